"""What can change between two reports. Knows not how it is found, nor how it is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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

    def beyond(self, told: Iterable["Changes"]) -> "Changes":
        """Leave out what was told of the same report in other languages: what is not a text is the same in each."""
        told = tuple(told)
        if not told:
            return self
        of_goals = [
            (goal.id, difference) for changes in told for goal in changes.goals for difference in goal.differences
        ]
        of_texts = [(text.field, text.old, text.new) for changes in told for text in changes.texts]
        goals = (replace(goal, differences=tuple(_beyond(goal, of_goals))) for goal in self.goals)
        texts = (
            text
            for text in self.texts
            if text.kind is Kind.CHANGED and text.field != "place" and (text.field, text.old, text.new) not in of_texts
        )
        return Changes(tuple(goal for goal in goals if goal.differences), tuple(texts))


def _beyond(goal: GoalChange, told: Sequence[tuple[str, Difference]]) -> Iterator[Difference]:
    for difference in goal.differences:
        if difference.field not in ("guideline", "place") and (goal.id, difference) not in told:
            yield difference
