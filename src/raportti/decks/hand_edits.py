"""From a deck that was read to the report that it says: what it was made of, with what people changed in its tables.

Removes nothing from the report, and adds no goal to it: what a deck lacks or has besides is remarked upon.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.changes import Changes, changes_of
from raportti.decks.goals import Checked, edited_goal
from raportti.decks.joining import Part
from raportti.decks.records import DeckReading
from raportti.decks.remarks import remarks_on
from raportti.kinds import KINDS
from raportti.model import Goal, Guideline, Report, Strategy
from raportti.problems import Problem, Severity
from raportti.stamp import RowStamp


@dataclass(frozen=True, slots=True)
class HandEdits:
    """The stamp's report with the edits, what they change in it, and what is wrong with them.

    ``problems`` are errors: values that cannot be. ``remarks`` are warnings: what looks odd, and what is no data.
    """

    report: Report
    changes: Changes
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def hand_edits(reading: DeckReading) -> HandEdits:
    """Tell what was changed by hand in the tables of a deck."""
    file, report = str(reading.path), reading.stamp.report
    parts = _parts(reading)
    checked = {
        goal.id: edited_goal(goal, parts[goal.id], file=file, language=reading.language)
        for goal in report.goals
        if goal.id in parts
    }
    new = _with_goals(report, checked)
    told = [problem for one in checked.values() for problem in one.problems]
    return HandEdits(
        report=new,
        changes=changes_of(report, new),
        problems=tuple(problem for problem in told if _is_error(problem)),
        remarks=(*(problem for problem in told if not _is_error(problem)), *remarks_on(reading)),
    )


def _is_error(problem: Problem) -> bool:
    return KINDS[problem.kind][0] is Severity.ERROR


def _parts(reading: DeckReading) -> Mapping[str, list[Part]]:
    """Return the rows of each goal in their order, as they were generated and as they are."""
    now = {row.stamp: (slide, row) for slide in reading.slides for row in slide.rows if row.stamp}
    parts: dict[str, list[Part]] = {}
    for goal, stamp in _rows(reading):
        parts.setdefault(goal, []).append(Part(stamp, *now.get(stamp, (None, None))))
    return parts


def _rows(reading: DeckReading) -> Iterator[tuple[str, RowStamp]]:
    for slide in reading.stamp.slides:
        if slide.kind == "table":
            yield from ((row.goal, row) for row in slide.rows if row.goal is not None)


def _with_goals(report: Report, checked: Mapping[str, Checked]) -> Report:
    def new(goal: Goal) -> Goal:
        return checked[goal.id].goal if goal.id in checked else goal

    def guideline(old: Guideline) -> Guideline:
        return replace(old, goals=tuple(map(new, old.goals)))

    def strategy(old: Strategy) -> Strategy:
        return replace(old, guidelines=tuple(map(guideline, old.guidelines)))

    return replace(report, strategies=tuple(map(strategy, report.strategies)))
