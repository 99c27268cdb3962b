"""From two reports to what changed. Knows not how it is told.

Every field of the model is compared, by the model's own list of them, so that none can be forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from raportti.changes.pairs import Pair, Placed, goal_pairs, guideline_pairs, moved, strategy_pairs
from raportti.changes.records import Changes, Difference, FiguresChange, GoalChange, Kind, TextChange
from raportti.changes.same import is_same
from raportti.figures import figures_of
from raportti.model import Goal, Guideline, Report, Strategy

_PARTS = frozenset({"strategies", "guidelines", "goals"})
"""Fields that are compared by what is in them."""


def changes_of(old: Report, new: Report) -> Changes:
    """Compare two reports."""
    strategies = strategy_pairs(old, new)
    return Changes(
        goals=tuple(_goal_changes(old, new, _names(strategies))),
        texts=tuple(_text_changes(old, new, strategies)),
        figures=tuple(_figures_changes(strategies)),
    )


def _names(strategies: Iterable[Pair[Strategy]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Say of each guideline that is in both reports how it was named, and how it is."""
    return {
        (pair.old.name, guideline.old.name): (pair.new.name, guideline.new.name)
        for pair in strategies
        if pair.old and pair.new
        for guideline in guideline_pairs(pair)
        if guideline.old and guideline.new
    }


def _goal_changes(old: Report, new: Report, names: dict[tuple[str, str], tuple[str, str]]) -> Iterator[GoalChange]:
    pairs = goal_pairs(old, new)
    out_of_place = _out_of_place(pairs, names)
    for pair in pairs:
        if pair.new is None:
            if pair.old:
                yield _goal_change(Kind.REMOVED, pair.old, pair.old.goal, None)
        elif pair.old is None:
            yield _goal_change(Kind.ADDED, pair.new, None, pair.new.goal)
        else:
            found = (*_fields(pair.old.goal, pair.new.goal), *_moves(pair.old, pair.new, names, out_of_place))
            if found:
                yield _goal_change(Kind.CHANGED, pair.new, pair.old.goal, pair.new.goal, found)


def _goal_change(
    kind: Kind, at: Placed, old: Goal | None, new: Goal | None, differences: tuple[Difference, ...] = ()
) -> GoalChange:
    return GoalChange(kind, at.goal.id, at.strategy, at.guideline, old, new, differences)


def _fields(old: Any, new: Any) -> Iterator[Difference]:
    """Compare two values of one class of the model, field by field."""
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _PARTS and not is_same(before, after):
            yield Difference(field.name, before, after)


def _moves(
    old: Placed, new: Placed, names: dict[tuple[str, str], tuple[str, str]], out_of_place: frozenset[str]
) -> Iterator[Difference]:
    if names.get((old.strategy, old.guideline)) != (new.strategy, new.guideline):
        yield Difference("guideline", (old.strategy, old.guideline), (new.strategy, new.guideline))
    elif new.goal.id in out_of_place:
        yield Difference("place", old.number, new.number)


def _out_of_place(pairs: Iterable[Pair[Placed]], names: dict[tuple[str, str], tuple[str, str]]) -> frozenset[str]:
    """Name the goals that have another place among those that stayed in their guideline."""
    stayed: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for pair in pairs:
        if pair.old and pair.new and names.get((pair.old.strategy, pair.old.guideline)) == _where(pair.new):
            stayed.setdefault(_where(pair.new), []).append((pair.new.goal.id, pair.old.number))
    return frozenset(goals[at][0] for goals in stayed.values() for at in moved([number for _, number in goals]))


def _where(placed: Placed) -> tuple[str, str]:
    return placed.strategy, placed.guideline


def _text_changes(old: Report, new: Report, strategies: Sequence[Pair[Strategy]]) -> Iterator[TextChange]:
    yield from (TextChange(Kind.CHANGED, None, None, d.field, d.old, d.new) for d in _fields(old, new))
    yield from _order(strategies, old.strategies, None)
    for pair in strategies:
        yield from _part_changes(pair, None)
        guidelines = guideline_pairs(pair)
        if pair.old and pair.new:
            yield from _order(guidelines, pair.old.guidelines, pair.new.name)
        for guideline in guidelines:
            yield from _part_changes(guideline, _name(pair))


def _part_changes(pair: Pair[Strategy] | Pair[Guideline], strategy: str | None) -> Iterator[TextChange]:
    """Tell of a strategy, or of a guideline of one, that it came, went or differs."""
    owner = (_name(pair), None) if strategy is None else (strategy, _name(pair))
    if pair.old and pair.new:
        yield from (TextChange(Kind.CHANGED, *owner, d.field, d.old, d.new) for d in _fields(pair.old, pair.new))
    elif pair.new:
        yield TextChange(Kind.ADDED, *owner, "name", None, pair.new.name)
    elif pair.old:
        yield TextChange(Kind.REMOVED, *owner, "name", pair.old.name, None)


def _order(
    pairs: Sequence[Pair[Strategy]] | Sequence[Pair[Guideline]], old: Sequence[Any], strategy: str | None
) -> Iterator[TextChange]:
    """Tell which strategies or guidelines stand elsewhere among those that stayed."""
    stayed = [(pair.old, pair.new) for pair in pairs if pair.old and pair.new]
    numbers = [next(n for n, thing in enumerate(old, 1) if thing is before) for before, _ in stayed]
    for at in sorted(moved(numbers)):
        name = stayed[at][1].name
        owner = (name, None) if strategy is None else (strategy, name)
        yield TextChange(Kind.CHANGED, *owner, "place", numbers[at], at + 1)


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
