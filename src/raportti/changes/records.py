"""What can change between two reports. Knows not how it is found, nor how it is told."""

from dataclasses import dataclass
from enum import Enum

from raportti.figures import Figures
from raportti.model import Goal


class Kind(Enum):
    """What happened to a thing from the old report to the new one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the model with its values before and after.

    A goal has two fields that the model says by where it stands: ``guideline`` (the names of strategy and guideline)
    and ``place`` (its number in its guideline, from 1), which is told of the fewest goals that explain the new order.
    """

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal that was added, was removed, or of which ``differences`` tell what changed.

    ``strategy`` and ``guideline`` are the names under which it stands now; of a removed goal, stood.
    """

    kind: Kind
    id: str
    strategy: str
    guideline: str
    old: Goal | None
    new: Goal | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_reassessed(self) -> bool:
        """Whether score or status moved."""
        return any(difference.field in ("achieved", "score") for difference in self.differences)

    @property
    def rise(self) -> int:
        """By how much the score rose, negative where it fell; 0 where one of the two is not known."""
        old, new = (goal.score if goal else None for goal in (self.old, self.new))
        return 0 if old is None or new is None else new - old


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field of the report, of a strategy or of a guideline that differs, or a whole one that came or went.

    ``strategy`` and ``guideline`` name whose it is, None where it is not of one; of a whole one, ``field`` is ``name``.
    """

    kind: Kind
    strategy: str | None
    guideline: str | None
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class FiguresChange:
    """The figures of a strategy (``guideline`` is None) or a guideline before and after; None where there was none."""

    strategy: str
    guideline: str | None
    old: Figures | None
    new: Figures | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two reports, in the order of the new one; what was removed comes after what stayed."""

    goals: tuple[GoalChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    figures: tuple[FiguresChange, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs. Figures follow from goals."""
        return bool(self.goals or self.texts)
