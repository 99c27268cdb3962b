"""From a report and a layout's words to what the deck says, in its order.

Does not know sizes, widths or pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from raportti.content.changes import Comparison, compare, moves_of, score_items
from raportti.content.records import (
    Content,
    ContentItem,
    Cover,
    GoalRow,
    GoalTable,
    Grade,
    Scale,
    SourceText,
    StrategyChanges,
    StrategyContent,
    StyledText,
    StyleName,
    Summary,
    SummaryRow,
    joined_texts,
    longest,
    status_style,
)
from raportti.content.wording import Words, average_text, fill_in, of_status
from raportti.report.diff import GoalChange
from raportti.report.fields import Ref, guideline_ref, strategy_ref
from raportti.report.figures import figures_of
from raportti.report.model import SCORES, Achieved, Goal, Guideline, Report, Strategy
from raportti.report.passages import joined, uppered


def make_content(report: Report, words: Words, before: Report | None = None, *, is_draft: bool = False) -> Content:
    """Say a report in the words of a layout, in the report's language, and what changed since the one before."""
    changes = compare(before, report, words) if before else Comparison()
    strategies = tuple(_strategy(strategy, report, changes, words) for strategy in report.strategies)
    content = Content(report, words, _cover(report, words), strategies, changes.removed, is_draft)
    return _with_distinct_titles(content)


def _with_distinct_titles(content: Content) -> Content:
    """Give each page a title of its own, for those who find their way by titles: a second one names its strategy."""
    taken = {content.cover.title.text}

    def distinct(title: SourceText, strategy: str) -> SourceText:
        others = (joined((title.text, " (", strategy, more, ")")) for more in _numbers(len(taken)))
        free = next(text for text in (title.text, *others) if text not in taken)
        taken.add(free)
        return replace(title, text=free)

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
    return Cover(
        title=SourceText(report.title, Ref("report", "title")),
        strategies=tuple(SourceText(s.name, strategy_ref(s, "name")) for s in report.strategies),
        colophon=tuple(joined_texts(line, " · ") for line in _colophon(report, words) if line),
    )


def _colophon(report: Report, words: Words) -> Iterator[tuple[SourceText, ...]]:
    """Yield the texts of each line, those that the report has."""
    when, case, attachment = report.date, report.case_number, report.attachment_number
    date = fill_in(words.date, päivä=when.day, kuukausi=when.month, vuosi=when.year) if when else None
    lines = (
        {"organisation": report.organisation},
        {"meeting": report.meeting, "date": date},
        {
            "case_number": case and fill_in(words.case_number, asianumero=case),
            "attachment_number": attachment and fill_in(words.attachment_number, liitenumero=attachment),
        },
    )
    for line in lines:
        yield tuple(SourceText(text, Ref("report", field)) for field, text in line.items() if text)


def _strategy(strategy: Strategy, report: Report, changes: Comparison, words: Words) -> StrategyContent:
    grades = _grades(report, words)
    tag = strategy.tag or uppered(strategy.name)
    return StrategyContent(
        name=strategy.name,
        tag=SourceText(tag, strategy_ref(strategy, "tag" if strategy.tag else "name")),
        scale=Scale(_title(strategy, "scale_title", strategy.scale_title, words.scale_title), grades),
        summary=_summary(strategy, grades, words),
        tables=tuple(_table(guideline, strategy, changes.goals, words) for guideline in strategy.guidelines),
        changes=changes.strategies.get(strategy.name),
    )


def _title(strategy: Strategy, field: str, own: str | None, word: str) -> SourceText:
    """Take a strategy's own title, or make one of its name."""
    if own:
        return SourceText(own, strategy_ref(strategy, field))
    return SourceText(fill_in(word, strategia=strategy.name), strategy_ref(strategy, "name"))


def _grades(report: Report, words: Words) -> tuple[Grade, ...]:
    if report.scale is None:
        return tuple(Grade(score, SourceText(text)) for score, text in zip(SCORES, words.grades, strict=True))
    own = zip(SCORES, report.scale, strict=True)
    return tuple(Grade(score, SourceText(text, Ref("scale", str(score)))) for score, text in own)


def _summary(strategy: Strategy, grades: tuple[Grade, ...], words: Words) -> Summary:
    figures = figures_of(strategy.goals)
    sentence = fill_in(strategy.summary_sentence or words.summary_sentence, tavoitteita=figures.goals)
    if figures.not_assessed:
        more = fill_in(words.not_assessed_sentence, arvioimatta=figures.not_assessed)
        sentence = joined((sentence, more), " ")
    title = _title(strategy, "summary_title", strategy.summary_title, words.summary_title)
    return Summary(
        title=title,
        charts_title=replace(title, text=fill_in(words.charts_title, yhteenveto=title.text)),
        sentence=SourceText(sentence, strategy_ref(strategy, "summary_sentence")),
        rows=tuple(_summary_row(strategy, guideline, words) for guideline in strategy.guidelines),
        legend=grades,
    )


def _summary_row(strategy: Strategy, guideline: Guideline, words: Words) -> SummaryRow:
    figures = figures_of(guideline.goals)
    name = SourceText(guideline.name, guideline_ref(strategy, guideline))
    return SummaryRow(name, figures, average_text(figures.average, words))


def _table(guideline: Guideline, strategy: Strategy, changes: Mapping[str, GoalChange], words: Words) -> GoalTable:
    own = SourceText(strategy.table_title or "", strategy_ref(strategy, "table_title"))
    name = SourceText(guideline.name, guideline_ref(strategy, guideline))
    heads = {
        "goal": words.goal,
        "subgoals": words.subgoals,
        "achieved": words.achieved,
        "score": words.score,
        "assessment": words.assessment,
    }
    if not guideline.has_subgoals:
        del heads["subgoals"]
    return GoalTable(
        guideline=guideline.name,
        title=SourceText(fill_in(own.text or words.table_title, linjaus=guideline.name), longest((name, own)).ref),
        heads=heads,
        rows=tuple(_row(goal, changes.get(goal.id), heads, words) for goal in guideline.goals),
    )


def _row(goal: Goal, change: GoalChange | None, heads: Mapping[str, str], words: Words) -> GoalRow:
    status = Achieved.NOT_ASSESSED if goal.achieved is Achieved.MISSING else goal.achieved
    cells = {
        "goal": (_text(goal.text),),
        "subgoals": tuple(_subgoals(goal)),
        "achieved": (_text(of_status(words, status), status_style(status)),),
        "score": score_items(goal, change, words),
        "assessment": tuple(_text(paragraph) for paragraph in goal.assessment),
    }
    return GoalRow(
        goal=goal.id,
        ref=Ref(goal.id, "text"),
        cells={key: cells[key] for key in heads},
        achieved=status,
        break_before=goal.break_before,
        moves=change and moves_of(change, words),
    )


def _subgoals(goal: Goal) -> Iterator[ContentItem]:
    for subgoal in goal.subgoals:
        yield _text(subgoal.text, level=1)
        for item in subgoal.items:
            yield _text(item, level=2)


def _text(text: str, style: StyleName = "table_text", *, level: int = 0) -> ContentItem:
    return ContentItem((StyledText(text, style),), level)
