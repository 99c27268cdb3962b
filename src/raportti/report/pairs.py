"""From two reports to pairs of the same part in both, and to parts under the names that they have in a base.

Does not know what differs in a pair.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from raportti.report.model import Goal, Guideline, Report, Strategy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """The same thing in the old and in the new report; one of the two is None where it was added or removed."""

    old: T | None
    new: T | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A goal and where it stands; ``number`` counts from 1 within the guideline."""

    goal: Goal
    strategy: str
    guideline: str
    number: int


def strategy_pairs(old: Report, new: Report) -> tuple[Pair[Strategy], ...]:
    """Pair strategies by name, then those that share goals, then the only ones that are left."""
    return _paired(old.strategies, new.strategies, lambda s: s.name, lambda s: {goal.id for goal in s.goals})


def guideline_pairs(pair: Pair[Strategy]) -> tuple[Pair[Guideline], ...]:
    """Pair the guidelines of a pair of strategies, as strategies are paired."""
    old = pair.old.guidelines if pair.old else ()
    new = pair.new.guidelines if pair.new else ()
    return _paired(old, new, lambda g: g.name, lambda g: {goal.id for goal in g.goals})


def goal_pairs(old: Report, new: Report) -> tuple[Pair[Placed], ...]:
    """Pair goals by id, then goals with different ids by their text, where only one on each side has that text."""
    before, after = tuple(placed_goals(old)), tuple(placed_goals(new))
    pairs = _by(lambda placed: placed.goal.id, before, after)
    return _joined(pairs, lambda placed: (placed.strategy, placed.guideline, placed.goal.text))


def placed_goals(report: Report) -> Iterator[Placed]:
    """Yield the goals of a report with where they stand."""
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            for number, goal in enumerate(guideline.goals, 1):
                yield Placed(goal, strategy.name, guideline.name, number)


def moved(order: Sequence[int]) -> frozenset[int]:
    """Return the positions of the fewest numbers that have to move for the others to rise: all but a longest rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(order):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [at]
    keep, at = set[int](), ends[-1] if ends else -1
    while at >= 0:
        keep.add(at)
        at = before[at]
    return frozenset(range(len(order))) - keep


def _paired(
    old: Sequence[T], new: Sequence[T], name: Callable[[T], str], ids: Callable[[T], set[str]]
) -> tuple[Pair[T], ...]:
    pairs = _by(name, old, new)
    gone = [pair.old for pair in pairs if pair.old is not None and pair.new is None]
    came = [pair.new for pair in pairs if pair.new is not None and pair.old is None]
    partner: dict[int, T] = {}
    for thing in came:
        shared = max(gone, key=lambda other: len(ids(other) & ids(thing)), default=None)
        if shared is not None and (ids(shared) & ids(thing) or len(gone) == len(came) == 1):
            partner[id(thing)] = shared
            gone.remove(shared)
    return _with_partners(pairs, partner)


def _by(key: Callable[[T], Hashable], old: Sequence[T], new: Sequence[T]) -> tuple[Pair[T], ...]:
    """Pair by a key: in the order of the new ones, then the old ones that are left."""
    before = {key(thing): thing for thing in old}
    after = {key(thing) for thing in new}
    left = (Pair(thing, None) for thing in old if key(thing) not in after)
    return (*(Pair(before.get(key(thing)), thing) for thing in new), *left)


def _joined(pairs: tuple[Pair[T], ...], key: Callable[[T], Hashable]) -> tuple[Pair[T], ...]:
    """Join a part that came and one that went where no others have their key."""
    gone = [pair.old for pair in pairs if pair.old is not None and pair.new is None]
    came = [pair.new for pair in pairs if pair.new is not None and pair.old is None]
    partner: dict[int, T] = {}
    for thing in came:
        same = [other for other in gone if key(other) == key(thing)]
        if len(same) == 1 and sum(key(other) == key(thing) for other in came) == 1:
            partner[id(thing)] = same[0]
    return _with_partners(pairs, partner)


def _with_partners(pairs: tuple[Pair[T], ...], partner: dict[int, T]) -> tuple[Pair[T], ...]:
    taken = {id(thing) for thing in partner.values()}
    return tuple(
        Pair(partner[id(pair.new)], pair.new) if id(pair.new) in partner else pair
        for pair in pairs
        if pair.new is not None or id(pair.old) not in taken
    )


@dataclass(frozen=True, slots=True)
class BaseNames:
    """What the parts of a report are called in the base, by their names now; a part that is new keeps its name.

    Guidelines are named with their strategies, goals by their ids.
    """

    strategies: Mapping[str, str]
    guidelines: Mapping[tuple[str, str], tuple[str, str]]
    goals: Mapping[str, str]


def base_names(base: Report, report: Report) -> BaseNames:
    """Find what each part of a report is called in the base."""
    strategies: dict[str, str] = {}
    guidelines: dict[tuple[str, str], tuple[str, str]] = {}
    for strategy in strategy_pairs(base, report):
        if strategy.new is None:
            continue
        name = strategies[strategy.new.name] = (strategy.old or strategy.new).name
        for guideline in guideline_pairs(strategy):
            if guideline.new is not None:
                guidelines[strategy.new.name, guideline.new.name] = name, (guideline.old or guideline.new).name
    goals = {pair.new.goal.id: (pair.old or pair.new).goal.id for pair in goal_pairs(base, report) if pair.new}
    return BaseNames(strategies, guidelines, goals)


ReportPart: TypeAlias = Report | Strategy | Guideline | Goal


class Key(NamedTuple):
    """The name of a part: its kind, and its names in the base from the strategy on, or the id of a goal."""

    kind: Literal["report", "strategy", "guideline", "goal"]
    names: tuple[str, ...] = ()


ROOT = Key("report")
CONTENTS: Mapping[str, str] = {"report": "strategies", "strategy": "guidelines", "guideline": "goals"}
"""Kind of part → the field that holds the parts inside it."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The parts of a report, each without the parts inside it, in the report's order, and the key of its parent."""

    parts: Mapping[Key, ReportPart]
    parents: Mapping[Key, Key]


def flat(report: Report, base: Report) -> Flat:
    """Lay the parts of a report side by side, under the names that they have in the base."""
    parts: dict[Key, ReportPart] = {}
    parents: dict[Key, Key] = {}
    for key, parent, part in _walk(report, base_names(base, report)):
        parts[key] = part
        parents[key] = parent
    return Flat(parts, parents)


def _walk(report: Report, names: BaseNames) -> Iterator[tuple[Key, Key, ReportPart]]:
    yield ROOT, ROOT, replace(report, strategies=())
    for strategy in report.strategies:
        of = Key("strategy", (names.strategies[strategy.name],))
        yield of, ROOT, replace(strategy, guidelines=())
        for guideline in strategy.guidelines:
            within = Key("guideline", names.guidelines[strategy.name, guideline.name])
            yield within, of, replace(guideline, goals=())
            for goal in guideline.goals:
                yield Key("goal", (names.goals[goal.id],)), within, goal


def whole(parts: Flat, key: Key = ROOT) -> ReportPart:
    """Put a part together again with all parts inside it; the root is the report."""
    return _Wholes(parts).of(key)


class _Wholes:
    """Puts parts together from the inside out."""

    def __init__(self, parts: Flat) -> None:
        self._parts = parts.parts
        self._children = children_of(parts)

    def of(self, key: Key) -> ReportPart:
        part = self._parts[key]
        within = CONTENTS.get(key.kind)
        if within is None:
            return part
        return replace(part, **{within: tuple(map(self.of, self._children.get(key, ())))})


def children_of(parts: Flat) -> dict[Key, list[Key]]:
    """Return the keys of the parts inside each part, in their order."""
    children: dict[Key, list[Key]] = {}
    for key, parent in parts.parents.items():
        if key != ROOT:
            children.setdefault(parent, []).append(key)
    return children
