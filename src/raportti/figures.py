"""From goals to their figures: counts, and the average that is printed.

Knows nothing of files or layouts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from raportti.model import Achieved, Goal


@dataclass(frozen=True, slots=True)
class Figures:
    """What a summary says of some goals; ``average`` is None where none of them is assessed."""

    goals: int
    average: Decimal | None
    yes: int
    partly: int
    no: int
    not_assessed: int


def figures_of(goals: Iterable[Goal]) -> Figures:
    """Count the goals by status, and average the scores of those that are assessed."""
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
