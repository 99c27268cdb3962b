"""From two reports to what changed.

Does not know how a change is printed. Every field of the model is compared, by the model's own list of them, so that
none can be forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, cast

from raportti.report.figures import Figures, figures_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Pair, Placed, base_names, goal_pairs, guideline_pairs, moved, strategy_pairs
from raportti.report.passages import Passage, joined, passages_of


class ChangeKind(Enum):
    """What happened to a thing from the old report to the new one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the model with its values before and after.

    A goal has two fields that the model says by where it stands: ``guideline`` (the names of strategy and guideline)
    and ``place`` (its number in its guideline, from 1), which differs for the fewest goals that explain the new order.
    """

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal that was added, was removed, or of which ``differences`` tell what changed.

    ``strategy`` and ``guideline`` are the names under which it stands now; of a removed goal, stood.
    """

    kind: ChangeKind
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

    kind: ChangeKind
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
        """Return whether anything differs. Figures follow from goals."""
        return bool(self.goals or self.texts)

    def beyond(self, told: Iterable["Changes"]) -> "Changes":
        """Leave out what changed in other languages of the report too: only texts differ between languages."""
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
            if text.kind is ChangeKind.CHANGED
            and text.field != "place"
            and (text.field, text.old, text.new) not in of_texts
        )
        return Changes(tuple(goal for goal in goals if goal.differences), tuple(texts))


def _beyond(goal: GoalChange, told: Sequence[tuple[str, Difference]]) -> Iterator[Difference]:
    for difference in goal.differences:
        if difference.field not in ("guideline", "place") and (goal.id, difference) not in told:
            yield difference


def is_same(old: object, new: object) -> bool:
    """Return whether two values are equal, and their passages in the same languages.

    >>> from raportti.report.passages import Marked
    >>> is_same(("Lean",), (Marked([Passage("Lean", "en")]),))
    False
    """
    return old is new or (old == new and list(_passages(old)) == list(_passages(new)))


def _passages(value: object) -> Iterator[tuple[Passage, ...]]:
    if isinstance(value, str):
        yield passages_of(joined((value,)))
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from _passages(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _passages(getattr(value, field.name))


_PARTS = frozenset({"strategies", "guidelines", "goals"})
"""Fields that are compared by what is in them."""


def changes_of(old: Report, new: Report) -> Changes:
    """Compare two reports."""
    strategies = strategy_pairs(old, new)
    return Changes(
        goals=tuple(_goal_changes(old, new)),
        texts=tuple(_text_changes(old, new, strategies)),
        figures=tuple(_figures_changes(strategies)),
    )


def _goal_changes(old: Report, new: Report) -> Iterator[GoalChange]:
    pairs, homes = goal_pairs(old, new), base_names(old, new).guidelines
    out_of_place = _out_of_place(pairs, homes)
    for pair in pairs:
        if pair.new is None:
            if pair.old:
                yield _goal_change(ChangeKind.REMOVED, pair.old, pair.old.goal, None)
        elif pair.old is None:
            yield _goal_change(ChangeKind.ADDED, pair.new, None, pair.new.goal)
        else:
            found = (*_fields(pair.old.goal, pair.new.goal), *_moves(pair.old, pair.new, homes, out_of_place))
            if found:
                yield _goal_change(ChangeKind.CHANGED, pair.new, pair.old.goal, pair.new.goal, found)


def _goal_change(
    kind: ChangeKind, at: Placed, old: Goal | None, new: Goal | None, differences: tuple[Difference, ...] = ()
) -> GoalChange:
    return GoalChange(kind, at.goal.id, at.strategy, at.guideline, old, new, differences)


def _fields(old: Any, new: Any) -> Iterator[Difference]:
    """Compare two values of one class of the model, field by field."""
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _PARTS and not is_same(before, after):
            yield Difference(field.name, before, after)


def _moves(
    old: Placed, new: Placed, homes: Mapping[tuple[str, str], tuple[str, str]], out_of_place: frozenset[str]
) -> Iterator[Difference]:
    if homes[_home(new)] != _home(old):
        yield Difference("guideline", _home(old), _home(new))
    elif new.goal.id in out_of_place:
        yield Difference("place", old.number, new.number)


def _out_of_place(pairs: Iterable[Pair[Placed]], homes: Mapping[tuple[str, str], tuple[str, str]]) -> frozenset[str]:
    """Name the goals that have another place among those that stayed in their guideline."""
    stayed: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for pair in pairs:
        if pair.old and pair.new and homes[_home(pair.new)] == _home(pair.old):
            stayed.setdefault(_home(pair.new), []).append((pair.new.goal.id, pair.old.number))
    return frozenset(goals[at][0] for goals in stayed.values() for at in moved([number for _, number in goals]))


def _home(placed: Placed) -> tuple[str, str]:
    return placed.strategy, placed.guideline


def _text_changes(old: Report, new: Report, strategies: Sequence[Pair[Strategy]]) -> Iterator[TextChange]:
    yield from (TextChange(ChangeKind.CHANGED, None, None, d.field, d.old, d.new) for d in _fields(old, new))
    yield from _order(strategies, old.strategies, None)
    for pair in strategies:
        yield from _part_changes(pair, None)
        guidelines = guideline_pairs(pair)
        if pair.old and pair.new:
            yield from _order(guidelines, pair.old.guidelines, pair.new.name)
        for guideline in guidelines:
            yield from _part_changes(guideline, _name(pair))


def _part_changes(pair: Pair[Strategy] | Pair[Guideline], strategy: str | None) -> Iterator[TextChange]:
    """Yield what changed in a strategy, or in a guideline of one: whether it came, went or differs."""
    owner = (_name(pair), None) if strategy is None else (strategy, _name(pair))
    if pair.old and pair.new:
        yield from (TextChange(ChangeKind.CHANGED, *owner, d.field, d.old, d.new) for d in _fields(pair.old, pair.new))
    elif pair.new:
        yield TextChange(ChangeKind.ADDED, *owner, "name", None, pair.new.name)
    elif pair.old:
        yield TextChange(ChangeKind.REMOVED, *owner, "name", pair.old.name, None)


def _order(
    pairs: Sequence[Pair[Strategy]] | Sequence[Pair[Guideline]], old: Sequence[Any], strategy: str | None
) -> Iterator[TextChange]:
    """Yield the strategies or guidelines that stand elsewhere among those that stayed."""
    stayed = [(pair.old, pair.new) for pair in pairs if pair.old and pair.new]
    numbers = [next(n for n, thing in enumerate(old, 1) if thing is before) for before, _ in stayed]
    for at in sorted(moved(numbers)):
        name = stayed[at][1].name
        owner = (name, None) if strategy is None else (strategy, name)
        yield TextChange(ChangeKind.CHANGED, *owner, "place", numbers[at], at + 1)


def _name(pair: Pair[Any]) -> str:
    return pair.new.name if pair.new else pair.old.name if pair.old else ""


def _figures_changes(strategies: Iterable[Pair[Strategy]]) -> Iterator[FiguresChange]:
    for pair in strategies:
        yield from _figures_change(pair, _name(pair), None)
        for guideline in guideline_pairs(pair):
            yield from _figures_change(guideline, _name(pair), _name(guideline))


def _figures_change(pair: Pair[Any], strategy: str, guideline: str | None) -> Iterator[FiguresChange]:
    old, new = (thing and figures_of(thing.goals) for thing in (pair.old, pair.new))
    if old != new:
        yield FiguresChange(strategy, guideline, old, new)
