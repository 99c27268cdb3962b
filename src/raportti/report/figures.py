"""From goals to what is counted of them: the figures that are printed, and what is still missing of an assessment.

Does not know files or layouts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from raportti.report.model import Achieved, Goal, Report


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some goals in a summary; ``average`` is None where none of them has a score."""

    goals: int
    average: Decimal | None
    yes: int
    partly: int
    no: int
    not_assessed: int


def figures_of(goals: Iterable[Goal]) -> Figures:
    """Count the goals by status, and average all scores that there are, as they are printed.

    In a draft a goal may have a score and no status yet: it counts as not assessed, and its score in the average.
    """
    goals = tuple(goals)
    statuses = [goal.achieved for goal in goals]
    return Figures(
        goals=len(goals),
        average=average_of([goal.score for goal in goals if goal.score is not None]),
        yes=statuses.count(Achieved.YES),
        partly=statuses.count(Achieved.PARTLY),
        no=statuses.count(Achieved.NO),
        not_assessed=statuses.count(Achieved.NOT_ASSESSED) + statuses.count(Achieved.MISSING),
    )


def average_of(scores: Sequence[int]) -> Decimal | None:
    """Return the average rounded half up to one decimal, from whole numbers only, so that it is exact.

    >>> average_of([3, 3, 3, 4])
    Decimal('3.3')
    >>> average_of([]) is None
    True
    """
    if not scores:
        return None
    tenths = (20 * sum(scores) + len(scores)) // (2 * len(scores))
    return Decimal(tenths).scaleb(-1)


def decimal_comma(number: Decimal) -> str:
    """Write a number with a decimal comma, as Finnish and Swedish do.

    >>> decimal_comma(Decimal("4.0"))
    '4,0'
    """
    return str(number).replace(".", ",")


STATUS, SCORE, ASSESSMENT = "status", "score", "assessment"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A goal whose assessment is not complete; ``missing`` are of STATUS, SCORE and ASSESSMENT, in this order."""

    goal: str
    missing: tuple[str, ...]


def unfinished_goals(report: Report) -> Mapping[str | None, tuple[Unfinished, ...]]:
    """Return the unfinished goals of each unit in charge, in the report's order; goals without a unit come last."""
    found: dict[str | None, tuple[Unfinished, ...]] = {}
    for goal in report.goals:
        if missing := tuple(_missing(goal)):
            found[goal.responsible] = (*found.get(goal.responsible, ()), Unfinished(goal.id, missing))
    return dict(sorted(found.items(), key=lambda entry: entry[0] is None))


def _missing(goal: Goal) -> Iterator[str]:
    """Name what a goal lacks. A goal with the status "not assessed" is complete."""
    if goal.achieved is Achieved.NOT_ASSESSED:
        return
    if goal.achieved is Achieved.MISSING:
        yield STATUS
    if goal.score is None:
        yield SCORE
    if not goal.assessment:
        yield ASSESSMENT
