"""From a report to what is missing in it yet, and whose it is. Knows no words for users."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from raportti.model import Achieved, Goal, Report

STATUS, SCORE, ASSESSMENT = "status", "score", "assessment"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A goal that is not assessed to the end; ``missing`` are among STATUS, SCORE and ASSESSMENT."""

    goal: str
    missing: tuple[str, ...]


def unfinished_goals(report: Report) -> Mapping[str | None, tuple[Unfinished, ...]]:
    """Return unfinished goals by the unit in charge, in the report's order; what no unit is in charge of is last."""
    found: dict[str | None, tuple[Unfinished, ...]] = {}
    for goal in report.goals:
        if missing := tuple(_missing(goal)):
            found[goal.responsible] = (*found.get(goal.responsible, ()), Unfinished(goal.id, missing))
    return dict(sorted(found.items(), key=lambda entry: entry[0] is None))


def _missing(goal: Goal) -> Iterator[str]:
    """Name what a goal lacks; one that its author calls not assessed lacks nothing."""
    if goal.achieved is Achieved.NOT_ASSESSED:
        return
    if goal.achieved is Achieved.MISSING:
        yield STATUS
    if goal.score is None:
        yield SCORE
    if not goal.assessment:
        yield ASSESSMENT
