"""From a report and a layout's words to what the deck says: titles, lists and cells, in their order.

Knows no sizes, widths or pages. Styles are keys of a layout's ``[styles]``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from raportti.figures import Figures, decimal_comma, figures_of
from raportti.model import SCORES, Achieved, Goal, Guideline, Report, Strategy
from raportti.passages import filled, joined, uppered

Words: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Text in one style; it may have passages in other languages."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph; ``level`` 1 and 2 are bullets and the bullets below them, 0 is none."""

    parts: tuple[Part, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of the scale and what it means."""

    score: int
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    strategies: tuple[str, ...]
    colophon: tuple[str, ...]
    """Organisation; meeting and date; case and attachment number: the lines that there are."""


@dataclass(frozen=True, slots=True)
class Scale:
    title: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    guideline: str
    figures: Figures
    average: str


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    charts_title: str
    """The title of the page of charts, if the layout wants one."""
    sentence: str
    rows: tuple[SummaryRow, ...]
    legend: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of a guideline's table: the paragraphs of each cell, by the key of its column."""

    goal: str
    cells: Mapping[str, tuple[Item, ...]]
    achieved: Achieved
    break_before: bool


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The table of a guideline, whole."""

    guideline: str
    title: str
    rows: tuple[GoalRow, ...]
    has_subgoals: bool


@dataclass(frozen=True, slots=True)
class StrategyContent:
    name: str
    tag: str
    scale: Scale
    summary: Summary
    tables: tuple[GoalTable, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole deck, in words."""

    report: Report
    words: Words
    cover: Cover
    strategies: tuple[StrategyContent, ...]
    is_draft: bool = False
    """Whether every page says that it is one, whatever may be missing."""


def content_of(report: Report, words: Words, *, is_draft: bool = False) -> Content:
    """Say a report in the words of a layout, in the report's language."""
    cover = _cover(report, words)
    strategies = (_strategy(strategy, report, words) for strategy in report.strategies)
    return Content(report, words, cover, tuple(_with_distinct_titles(strategies, cover.title)), is_draft)


def _with_distinct_titles(strategies: Iterable[StrategyContent], cover: str) -> Iterator[StrategyContent]:
    """Give each page a title of its own, for those who find their way by titles: a second one names its strategy."""
    taken = {cover}

    def distinct(title: str, strategy: str) -> str:
        others = (joined((title, " (", strategy, more, ")")) for more in _numbers(len(taken)))
        free = next(name for name in (title, *others) if name not in taken)
        taken.add(free)
        return free

    for strategy in strategies:
        yield replace(
            strategy,
            scale=replace(strategy.scale, title=distinct(strategy.scale.title, strategy.name)),
            summary=replace(
                strategy.summary,
                title=distinct(strategy.summary.title, strategy.name),
                charts_title=distinct(strategy.summary.charts_title, strategy.name),
            ),
            tables=tuple(replace(table, title=distinct(table.title, strategy.name)) for table in strategy.tables),
        )


def _numbers(taken: int) -> Iterator[str]:
    """Yield what makes that many names differ: nothing, then numbers."""
    yield ""
    yield from (f", {n}" for n in range(2, taken + 3))


def fill_in(text: str, **values: object) -> str:
    """Put values in the place of ``{name}``; passages stay, those of the text and those of the values."""
    return filled(text, values)


def _cover(report: Report, words: Words) -> Cover:
    when = report.date
    date = fill_in(words["date"], päivä=when.day, kuukausi=when.month, vuosi=when.year) if when else None
    case = report.case_number and fill_in(words["case_number"], asianumero=report.case_number)
    attachment = report.attachment_number and fill_in(words["attachment_number"], liitenumero=report.attachment_number)
    lines = ((report.organisation,), (report.meeting, date), (case, attachment))
    colophon = (joined((text for text in line if text), " · ") for line in lines)
    return Cover(report.title, tuple(s.name for s in report.strategies), tuple(line for line in colophon if line))


def _strategy(strategy: Strategy, report: Report, words: Words) -> StrategyContent:
    grades = _grades(report, words)
    title = strategy.scale_title or fill_in(words["scale_title"], strategia=strategy.name)
    return StrategyContent(
        name=strategy.name,
        tag=strategy.tag or uppered(strategy.name),
        scale=Scale(title, grades),
        summary=_summary(strategy, grades, words),
        tables=tuple(_table(guideline, strategy, words) for guideline in strategy.guidelines),
    )


def _grades(report: Report, words: Words) -> tuple[Grade, ...]:
    texts = report.scale or tuple(words[f"scale_{score}"] for score in SCORES)
    return tuple(Grade(score, text) for score, text in zip(SCORES, texts, strict=True))


def _summary(strategy: Strategy, grades: tuple[Grade, ...], words: Words) -> Summary:
    figures = figures_of(strategy.goals)
    sentence = fill_in(strategy.summary_sentence or words["summary_sentence"], tavoitteita=figures.goals)
    if figures.not_assessed:
        more = fill_in(words["not_assessed_sentence"], arvioimatta=figures.not_assessed)
        sentence = joined((sentence, more), " ")
    title = strategy.summary_title or fill_in(words["summary_title"], strategia=strategy.name)
    return Summary(
        title=title,
        charts_title=fill_in(words["charts_title"], yhteenveto=title),
        sentence=sentence,
        rows=tuple(_summary_row(guideline, words) for guideline in strategy.guidelines),
        legend=grades,
    )


def _summary_row(guideline: Guideline, words: Words) -> SummaryRow:
    figures = figures_of(guideline.goals)
    average = words["no_score"] if figures.average is None else decimal_comma(figures.average)
    return SummaryRow(guideline.name, figures, average)


def _table(guideline: Guideline, strategy: Strategy, words: Words) -> GoalTable:
    title = fill_in(strategy.table_title or words["table_title"], linjaus=guideline.name)
    rows = tuple(_row(goal, words, has_subgoals=guideline.has_subgoals) for goal in guideline.goals)
    return GoalTable(guideline.name, title, rows, guideline.has_subgoals)


def _row(goal: Goal, words: Words, *, has_subgoals: bool) -> GoalRow:
    score = words["no_score"] if goal.score is None else str(goal.score)
    achieved = Achieved.NOT_ASSESSED if goal.achieved is Achieved.MISSING else goal.achieved
    cells: dict[str, tuple[Item, ...]] = {
        "goal": (_text(goal.text),),
        "subgoals": tuple(_subgoals(goal)),
        "achieved": (_text(words[achieved.value], achieved.value),),
        "score": (_text(score, "score"),),
        "assessment": tuple(_text(paragraph) for paragraph in goal.assessment),
    }
    if not has_subgoals:
        del cells["subgoals"]
    return GoalRow(goal.id, cells, achieved, goal.break_before)


def _subgoals(goal: Goal) -> Iterable[Item]:
    for subgoal in goal.subgoals:
        yield _text(subgoal.text, level=1)
        for item in subgoal.items:
            yield _text(item, level=2)


def _text(text: str, style: str = "table_text", *, level: int = 0) -> Item:
    return Item((Part(text, style),), level)
