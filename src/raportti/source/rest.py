"""From the rows of goals and the sheet that says everything else to one raw tree, in the order that the sheet gives.

Knows nothing of rows and cells. A part of the sheet without goals is left out: a workbook may have one unit's alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from raportti.source.collect import Problems
from raportti.source.goals import id_of
from raportti.source.raw import Field, RawGoal, RawGuideline, RawReport, RawStrategy, Record
from raportti.source.rest_names import PUBLISHED, SCALE
from raportti.source.rest_rows import Part
from raportti.source.wording import plain_sentence

T = TypeVar("T", RawStrategy, RawGuideline)
_BREAK = "break_before"


def completed(raw: RawReport, rest: Part, own: str, problems: Problems) -> RawReport:
    """Say of a report what the sheet says; ``own`` is the language of the names that rows are grouped by."""
    record = rest.record()
    fields = {**raw.record.fields, **record.fields}
    scale = rest.record(f"{SCALE}/") if rest.has(f"{SCALE}/") else None
    strategies = _Completion(rest, own, problems).strategies(raw.strategies or ())
    return RawReport(replace(record, fields=fields), strategies or None, scale)


class _Completion:
    """Finds for each part of the tree what the sheet says of it."""

    def __init__(self, rest: Part, own: str, problems: Problems) -> None:
        self._rest = rest
        self._own = own
        self._problems = problems
        guidelines = [guideline for strategy in rest.inside for guideline in strategy.inside]
        self._breaks = {goal_id: g.fields[_BREAK] for g in guidelines for goal_id in _ids(g, _BREAK)}

    def strategies(self, raws: Sequence[RawStrategy]) -> tuple[RawStrategy, ...]:
        pairs = self._paired(raws, self._rest.inside, _ids_of_strategy)
        return tuple(self._strategy(raw, part) for raw, part in pairs)

    def _strategy(self, raw: RawStrategy, part: Part | None) -> RawStrategy:
        pairs = self._paired(raw.guidelines or (), part.inside if part else (), _ids_of_guideline)
        guidelines = tuple(self._guideline(guideline, own) for guideline, own in pairs)
        return RawStrategy(_joined(raw.record, part), guidelines or None)

    def _guideline(self, raw: RawGuideline, part: Part | None) -> RawGuideline:
        order = _ids(part, "goals") if part else ()
        goals = sorted(raw.goals or (), key=lambda goal: _place_in(order, _id(goal)))
        published = part.record(f"{PUBLISHED}/") if part and part.has(f"{PUBLISHED}/") else None
        return RawGuideline(raw.record, tuple(map(self._goal, goals)) or None, published)

    def _goal(self, raw: RawGoal) -> RawGoal:
        given = self._breaks.get(_id(raw))
        if given is None:
            return raw
        record = raw.record
        fields = {**record.fields, _BREAK: Field("kyllä", given.place)}
        return replace(raw, record=replace(record, fields=fields))

    def _paired(
        self, raws: Sequence[T], parts: Sequence[Part], ids: Callable[[T], set[str]]
    ) -> list[tuple[T, Part | None]]:
        """Pair by name, then by shared goals, since a name may be changed in the rows; in the order of the sheet."""
        named = {self._name(part.fields.get("name")): part for part in parts}
        found = {id(raw): named.get(self._name(raw.record.fields["name"])) for raw in raws}
        left = [part for part in parts if not any(part is other for other in found.values())]
        for raw in raws:
            if found[id(raw)] is None:
                other = max(left, key=lambda part: len(_all_ids(part) & ids(raw)), default=None)
                if other is not None and _all_ids(other) & ids(raw):
                    self._report_name(other, raw.record)
                    found[id(raw)] = other
                    left.remove(other)
        order = {id(part): number for number, part in enumerate(parts)}
        pairs = [(raw, found[id(raw)]) for raw in raws]
        return sorted(pairs, key=lambda pair: order.get(id(pair[1]), len(order)))

    def _name(self, name: Field | None) -> str:
        return plain_sentence(name.in_languages.get(self._own, name).text) if name else ""

    def _report_name(self, part: Part, record: Record) -> None:
        name, given = part.fields.get("name"), record.fields["name"]
        if name:
            values = {"value": self._name(name), "other": self._name(given)}
            self._problems.add("rest-name", name.place, **values)


def _joined(record: Record, part: Part | None) -> Record:
    """Add what the sheet says; the name is that of the rows."""
    if part is None:
        return record
    said = part.record()
    return replace(record, fields={**said.fields, **record.fields}, names={**said.names, **record.names})


def _ids(part: Part, field: str) -> Sequence[str]:
    """Return the ids that a cell lists, as ``_id`` does; people put commas between them."""
    given = part.fields.get(field)
    return [word.rstrip(",;").casefold() for word in given.text.split()] if given else ()


def _id(raw: RawGoal) -> str:
    """Return the id of a goal in the case in which ids are compared: no two of a report differ in case alone."""
    return id_of(raw).casefold()


def _place_in(order: Sequence[str], goal_id: str) -> int:
    return order.index(goal_id) if goal_id in order else len(order)


def _all_ids(part: Part) -> set[str]:
    return {*_ids(part, "goals"), *(goal_id for inside in part.inside for goal_id in _all_ids(inside))}


def _ids_of_strategy(raw: RawStrategy) -> set[str]:
    return {goal_id for guideline in raw.guidelines or () for goal_id in _ids_of_guideline(guideline)}


def _ids_of_guideline(raw: RawGuideline) -> set[str]:
    return {_id(goal) for goal in raw.goals or ()}
