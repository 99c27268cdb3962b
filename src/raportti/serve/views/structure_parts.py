"""From the names that a browser sends to parts of the report, and to the changes of its structure that they ask for.

Does not know requests, answers or files.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from raportti.report.model import Guideline, Report, Strategy
from raportti.serve.saving.opened import Opened
from raportti.serve.saving.store import Conflict
from raportti.serve.saving.structure import (
    AddGoal,
    AddGuideline,
    AddStrategy,
    MoveGoal,
    MoveGuideline,
    MoveStrategy,
    RemoveGoal,
    RemoveGuideline,
    RemoveStrategy,
    Restructure,
    next_id,
)
from raportti.source import plain

_NUMBERED = re.compile(r"(.*?)(\d+)(\D+)(\d+)")
"""An id with two numbers, such as ``H1.3``: that of its guideline and its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report by its names; without any, the report itself. A goal needs none but its own."""

    strategy: str = ""
    guideline: str = ""
    goal: str = ""

    @classmethod
    def named(cls, values: Mapping[str, str]) -> "Part":
        """Take the names from an address, or from the hidden fields of a form."""
        return cls(**{name: values.get(name, "") for name in ("strategy", "guideline", "goal")})

    @property
    def kind(self) -> str:
        """Say what it is: ``report``, ``strategy``, ``guideline`` or ``goal``."""
        return next((name for name in ("goal", "guideline", "strategy") if getattr(self, name)), "report")

    @property
    def name(self) -> str:
        """The name that people know it by; empty for the report."""
        return self.goal or self.guideline or self.strategy

    @property
    def names(self) -> Mapping[str, str]:
        """The names that are sent for it."""
        if self.goal:
            return {"goal": self.goal}
        return {name: value for name in ("strategy", "guideline") if (value := getattr(self, name))}

    @property
    def query(self) -> str:
        """The names as the end of an address."""
        return urlencode(self.names)


@dataclass(frozen=True, slots=True)
class Row:
    """A part in the outline, with what is in it. ``place`` counts from 1 at each level: ``1-2-3`` is a goal's."""

    part: Part
    place: str
    text: str
    is_first: bool
    is_last: bool
    within: tuple["Row", ...] = ()
    breaks: bool = False

    @property
    def all(self) -> Iterator["Row"]:
        """Give this row and all that are in it, in the report's order."""
        yield self
        for row in self.within:
            yield from row.all

    @property
    def goals(self) -> Sequence["Row"]:
        """The goals in it."""
        return [row for row in self.all if row.part.goal]


def outline_of(report: Report) -> tuple[Row, ...]:
    """Return the strategies of a report, with their guidelines and goals."""
    return tuple(_strategy_row(report, number) for number in range(len(report.strategies)))


def _strategy_row(report: Report, number: int) -> Row:
    strategy = report.strategies[number]
    within = tuple(_guideline_row(strategy, f"{number + 1}", at) for at in range(len(strategy.guidelines)))
    ends = number == 0, number + 1 == len(report.strategies)
    return Row(Part(strategy.name), f"{number + 1}", plain.written(strategy.name), *ends, within)


def _guideline_row(strategy: Strategy, above: str, number: int) -> Row:
    guideline, place = strategy.guidelines[number], f"{above}-{number + 1}"
    last = len(guideline.goals)
    within = tuple(
        Row(
            Part(strategy.name, guideline.name, goal.id),
            f"{place}-{at}",
            plain.written(goal.text),
            at == 1,
            at == last,
            breaks=goal.break_before,
        )
        for at, goal in enumerate(guideline.goals, 1)
    )
    ends = number == 0, number + 1 == len(strategy.guidelines)
    return Row(Part(strategy.name, guideline.name), place, plain.written(guideline.name), *ends, within)


def row_of(report: Report, part: Part) -> Row:
    """Return the row of a part. Raises ``Conflict`` where it is not there, or not any more."""
    for row in (row for strategy in outline_of(report) for row in strategy.all):
        if row.part == part or (part.goal and row.part.goal == part.goal):
            return row
    raise gone(part.name)


def gone(name: str) -> Conflict:
    """Say that a part is not there any more, as the store says it."""
    return Conflict(name, {}, is_gone=True)


def siblings_of(report: Report, part: Part) -> Sequence[Row]:
    """Return the rows beside a part, itself among them."""
    row = row_of(report, part)
    above, _, _ = row.place.rpartition("-")
    rows = outline_of(report)
    for number in filter(None, above.split("-")):
        rows = rows[int(number) - 1].within
    return rows


def seen_of(opened: Opened, part: Part) -> str:
    """Return a digest of all that goes when a part is removed: of a goal it is the version of its form."""
    goals = [row.part.goal for row in row_of(opened.report, part).goals]
    if part.goal:
        return opened.goals[part.goal].version
    content = json.dumps([[goal, opened.goals[goal].version] for goal in goals])
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def removal_of(part: Part, seen: str) -> Restructure:
    """Ask for a part to go; ``seen`` is what was shown of it."""
    match part.kind:
        case "goal":
            return RemoveGoal(part.goal, seen)
        case "guideline":
            return RemoveGuideline(part.strategy, part.guideline)
        case _:
            return RemoveStrategy(part.strategy)


def step_of(report: Report, part: Part, way: str) -> Restructure | None:
    """Ask for a part to change places with the one before it or after it; None where there is none."""
    row, beside = row_of(report, part), siblings_of(report, part)
    at = beside.index(row)
    if (way == "up" and row.is_first) or (way == "down" and row.is_last):
        return None
    before = at - 1 if way == "up" else at + 2
    into = Part(row.part.strategy, row.part.guideline) if part.goal else Part(row.part.strategy)
    return _move(part, into, beside[before].part.name if before < len(beside) else None)


def _move(part: Part, into: Part, before: str | None) -> Restructure:
    match part.kind:
        case "goal":
            return MoveGoal(part.goal, into.strategy, into.guideline, before)
        case "guideline":
            return MoveGuideline(part.strategy, part.guideline, into.strategy, before)
        case _:
            return MoveStrategy(part.strategy, before)


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a part can move to: before a row, or at the end of its group where there is none."""

    value: str
    before: Row | None


def targets_of(report: Report, part: Part) -> Sequence[tuple[str, Sequence[Target]]]:
    """Return the places that a part can move to, by the name of what they are in."""
    outline = outline_of(report)
    match part.kind:
        case "goal":
            groups = [(f"{s.text} / {g.text}", g.part, g.within) for s in outline for g in s.within]
        case "guideline":
            groups = [(strategy.text, strategy.part, strategy.within) for strategy in outline]
        case _:
            groups = [("", Part(), outline)]
    moved = row_of(report, part)
    return [(name, list(_targets_in(into, rows, moved))) for name, into, rows in groups]


def _targets_in(into: Part, rows: Sequence[Row], moved: Row) -> Iterator[Target]:
    """Give the places in a group but those where the part stands already."""
    is_here = moved in rows
    for number, row in enumerate(rows):
        if not is_here or (row != moved and rows[number - 1 if number else 0] != moved):
            yield Target(_said(into, row.part.name), row)
    if not is_here or not moved.is_last:
        yield Target(_said(into, None), None)


def _said(into: Part, before: str | None) -> str:
    return json.dumps([into.strategy, into.guideline, before], ensure_ascii=False)


def move_to(report: Report, part: Part, target: str) -> Restructure:
    """Ask for a part to move to the place that a form offered.

    Raises ``ValueError`` where no form says that, ``Conflict`` where the place is not there any more.
    """
    match json.loads(target):
        case [str(strategy), str(guideline), (str() | None) as before]:
            into = Part(strategy, guideline)
        case _:
            raise ValueError(target)
    within = row_of(report, into).within if strategy else outline_of(report)
    if before is not None and before not in [row.part.name for row in within]:
        raise gone(before)
    return _move(part, into, before)


def addition_of(kind: str, part: Part, posted: Mapping[str, str], languages: Sequence[str]) -> Restructure:
    """Ask for a new goal, guideline or strategy, within a part."""

    def texts(name: str) -> Mapping[str, str]:
        return {language: posted.get(f"{name}.{language}", "") for language in languages}

    goal, before = posted.get("id", "").strip(), posted.get("before") or None
    match kind:
        case "goal":
            return AddGoal(part.strategy, part.guideline, goal, texts("text"), before)
        case "guideline":
            return AddGuideline(part.strategy, texts("name"), goal, texts("text"), before)
        case _:
            return AddStrategy(texts("name"), texts("guideline"), goal, texts("text"), before)


def proposed_id(report: Report, kind: str, part: Part) -> str:
    """Propose the id of a new goal: the next of its guideline, or the first of a guideline that is new too."""
    if kind == "goal":
        return next_id(report, part.strategy, part.guideline)
    strategies = report.strategies
    guidelines: Sequence[Guideline] = [
        guideline for one in strategies if one.name == part.strategy for guideline in one.guidelines
    ]
    found = [_NUMBERED.fullmatch(goal.id) for guideline in guidelines for goal in guideline.goals]
    heads = [match for match in found if match]
    if not heads:
        return ""
    stem, _, between, _ = heads[-1].groups()
    number = max(int(match[2]) for match in heads if match[1] == stem) + 1
    taken = {goal.id.casefold() for goal in report.goals}
    while f"{stem}{number}{between}1".casefold() in taken:
        number += 1
    return f"{stem}{number}{between}1"
