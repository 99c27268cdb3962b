"""From a report to its parts side by side, each under a key that stays the same when it is renamed, and back.

Knows not what differs between reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from raportti.changes.pairs import goal_pairs, guideline_pairs, strategy_pairs
from raportti.model import Goal, Guideline, Report, Strategy

Part: TypeAlias = Report | Strategy | Guideline | Goal


class Key(NamedTuple):
    """The name of a part: its kind, and its names in the base from the strategy on, or the id of a goal."""

    kind: Literal["report", "strategy", "guideline", "goal"]
    names: tuple[str, ...] = ()


ROOT = Key("report")
CONTENTS: Mapping[str, str] = {"report": "strategies", "strategy": "guidelines", "guideline": "goals"}
"""The field of each kind of part that has what is in it."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The parts of a report without what is in them, in the report's order, and the key of what each is in."""

    parts: Mapping[Key, Part]
    parents: Mapping[Key, Key]


def flat(report: Report, base: Report) -> Flat:
    """Lay the parts of a report side by side, under the names that they have in the base."""
    parts: dict[Key, Part] = {}
    parents: dict[Key, Key] = {}
    for key, parent, part in _walk(report, _base_names(base, report), _base_ids(base, report)):
        parts[key] = part
        parents[key] = parent
    return Flat(parts, parents)


def _walk(
    report: Report, names: Mapping[tuple[str, ...], tuple[str, ...]], ids: Mapping[str, str]
) -> Iterator[tuple[Key, Key, Part]]:
    yield ROOT, ROOT, replace(report, strategies=())
    for strategy in report.strategies:
        own = (strategy.name,)
        of = Key("strategy", names.get(own, own))
        yield of, ROOT, replace(strategy, guidelines=())
        for guideline in strategy.guidelines:
            own = (strategy.name, guideline.name)
            within = Key("guideline", names.get(own, own))
            yield within, of, replace(guideline, goals=())
            for goal in guideline.goals:
                yield Key("goal", (ids.get(goal.id, goal.id),)), within, goal


def _base_names(base: Report, report: Report) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for strategy in strategy_pairs(base, report):
        if strategy.new is None:
            continue
        name = (strategy.old or strategy.new).name
        names[(strategy.new.name,)] = (name,)
        for guideline in guideline_pairs(strategy):
            if guideline.new is not None:
                names[strategy.new.name, guideline.new.name] = name, (guideline.old or guideline.new).name
    return names


def _base_ids(base: Report, report: Report) -> Mapping[str, str]:
    return {pair.new.goal.id: pair.old.goal.id for pair in goal_pairs(base, report) if pair.old and pair.new}


def whole(parts: Flat, key: Key = ROOT) -> Part:
    """Put a part together again with all that is in it; the root is the report."""
    return _Wholes(parts).of(key)


class _Wholes:
    """Puts parts together; knows what is in each."""

    def __init__(self, parts: Flat) -> None:
        self._parts = parts.parts
        self._children = children_of(parts)

    def of(self, key: Key) -> Part:
        part = self._parts[key]
        within = CONTENTS.get(key.kind)
        if within is None:
            return part
        return replace(part, **{within: tuple(map(self.of, self._children.get(key, ())))})


def children_of(parts: Flat) -> dict[Key, list[Key]]:
    """Return what stands in each part, in its order."""
    children: dict[Key, list[Key]] = {}
    for key, parent in parts.parents.items():
        if key != ROOT:
            children.setdefault(parent, []).append(key)
    return children
