"""From a report and a layout's words to what the deck says, in its order. Knows no sizes, widths or pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from raportti.content.changes import Comparison, compared, moved_of, score_items
from raportti.content.records import (
    Content,
    ContentItem,
    Cover,
    GoalRow,
    GoalTable,
    Grade,
    Scale,
    StrategyChanges,
    StrategyContent,
    StyledText,
    Summary,
    SummaryRow,
    Words,
    average_text,
    fill_in,
    status_key,
)
from raportti.report.diff import GoalChange
from raportti.report.figures import figures_of
from raportti.report.model import SCORES, Achieved, Goal, Guideline, Report, Strategy
from raportti.report.passages import joined, uppered


def make_content(report: Report, words: Words, before: Report | None = None, *, is_draft: bool = False) -> Content:
    """Say a report in the words of a layout, in the report's language, and what changed since the one before."""
    changes = compared(before, report, words) if before else Comparison()
    strategies = tuple(_strategy(strategy, report, changes, words) for strategy in report.strategies)
    content = Content(report, words, _cover(report, words), strategies, changes.removed, is_draft)
    return _with_distinct_titles(content)


def _with_distinct_titles(content: Content) -> Content:
    """Give each page a title of its own, for those who find their way by titles: a second one names its strategy."""
    taken = {content.cover.title}

    def distinct(title: str, strategy: str) -> str:
        others = (joined((title, " (", strategy, more, ")")) for more in _numbers(len(taken)))
        free = next(name for name in (title, *others) if name not in taken)
        taken.add(free)
        return free

    def with_changes(changes: StrategyChanges) -> StrategyChanges:
        tables = (replace(table, title=distinct(table.title, changes.strategy)) for table in changes.tables)
        return replace(changes, tables=tuple(tables))

    def with_titles(strategy: StrategyContent) -> StrategyContent:
        return replace(
            strategy,
            scale=replace(strategy.scale, title=distinct(strategy.scale.title, strategy.name)),
            summary=replace(
                strategy.summary,
                title=distinct(strategy.summary.title, strategy.name),
                charts_title=distinct(strategy.summary.charts_title, strategy.name),
            ),
            changes=strategy.changes and with_changes(strategy.changes),
            tables=tuple(replace(table, title=distinct(table.title, strategy.name)) for table in strategy.tables),
        )

    strategies = tuple(map(with_titles, content.strategies))
    return replace(content, strategies=strategies, removed=tuple(map(with_changes, content.removed)))


def _numbers(taken: int) -> Iterator[str]:
    """Yield what makes that many names differ: nothing, then numbers."""
    yield ""
    yield from (f", {n}" for n in range(2, taken + 3))


def _cover(report: Report, words: Words) -> Cover:
    when = report.date
    date = fill_in(words["date"], päivä=when.day, kuukausi=when.month, vuosi=when.year) if when else None
    case = report.case_number and fill_in(words["case_number"], asianumero=report.case_number)
    attachment = report.attachment_number and fill_in(words["attachment_number"], liitenumero=report.attachment_number)
    lines = ((report.organisation,), (report.meeting, date), (case, attachment))
    colophon = (joined((text for text in line if text), " · ") for line in lines)
    return Cover(report.title, tuple(s.name for s in report.strategies), tuple(line for line in colophon if line))


def _strategy(strategy: Strategy, report: Report, changes: Comparison, words: Words) -> StrategyContent:
    grades = _grades(report, words)
    title = strategy.scale_title or fill_in(words["scale_title"], strategia=strategy.name)
    return StrategyContent(
        name=strategy.name,
        tag=strategy.tag or uppered(strategy.name),
        scale=Scale(title, grades),
        summary=_summary(strategy, grades, words),
        tables=tuple(_table(guideline, strategy, changes.goals, words) for guideline in strategy.guidelines),
        changes=changes.strategies.get(strategy.name),
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
    return SummaryRow(guideline.name, figures, average_text(figures.average, words))


def _table(guideline: Guideline, strategy: Strategy, changes: Mapping[str, GoalChange], words: Words) -> GoalTable:
    title = fill_in(strategy.table_title or words["table_title"], linjaus=guideline.name)
    has_subgoals = guideline.has_subgoals
    rows = tuple(_row(goal, changes.get(goal.id), words, has_subgoals=has_subgoals) for goal in guideline.goals)
    return GoalTable(guideline.name, title, rows, has_subgoals)


def _row(goal: Goal, change: GoalChange | None, words: Words, *, has_subgoals: bool) -> GoalRow:
    status = status_key(goal)
    cells: dict[str, tuple[ContentItem, ...]] = {
        "goal": (_text(goal.text),),
        "subgoals": tuple(_subgoals(goal)),
        "achieved": (_text(words[status], status),),
        "score": score_items(goal, change, words),
        "assessment": tuple(_text(paragraph) for paragraph in goal.assessment),
    }
    if not has_subgoals:
        del cells["subgoals"]
    moved = change and moved_of(change, words)
    return GoalRow(goal.id, cells, Achieved(status), goal.break_before, moved)


def _subgoals(goal: Goal) -> Iterable[ContentItem]:
    for subgoal in goal.subgoals:
        yield _text(subgoal.text, level=1)
        for item in subgoal.items:
            yield _text(item, level=2)


def _text(text: str, style: str = "table_text", *, level: int = 0) -> ContentItem:
    return ContentItem((StyledText(text, style),), level)
