"""From what a file changes to what is chosen of it: goal by goal, and of what both sides changed, side by side.

Does not know files or browsers. Everything is a merge of three reports (``report.merge``); what is not chosen is as if
the file had left it alone, and where the file's side is chosen, as if only the file had changed it.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from raportti.report.diff import is_same
from raportti.report.merge import Conflict, merge
from raportti.report.model import Goal, Report
from raportti.report.pairs import CONTENTS, Flat, Key, ReportPart, flat, moved, whole
from raportti.serve.files.differing import Row, row
from raportti.source.stand_ins import Reports, bare_part, in_all_languages

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed, or a whole part; ``id`` names it in a form."""

    id: str
    key: Key
    field: str | None
    ours: Row
    """From what it was to what the source says."""
    theirs: Row
    """From what it was to what the file says."""


@dataclass(frozen=True, slots=True)
class Item:
    """What can be chosen as one: a goal, or a part with all that comes or goes with it.

    ``id`` names it in a form; ``state`` changes with what would be done. ``kind`` is added, removed or changed.
    """

    id: str
    key: Key
    kind: str
    goal: str
    """The id of the goal; empty where it is none."""
    title: str
    rows: tuple[Row, ...]
    clashes: tuple[Clash, ...]
    within: tuple[Key, ...]
    """What comes or goes with it."""

    @property
    def state(self) -> str:
        """Names what is shown, so that nothing else is done than what was looked at."""
        return _digest(self.kind, self.rows, self.clashes, self.within)


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


@dataclass(frozen=True, slots=True)
class Sides:
    """What a file was made from (``base``) and says (``theirs``), in languages that the source has, its own first.

    ``keys`` are, by language, the names of parts in the first of these languages.
    """

    base: Reports
    theirs: Reports
    keys: Mapping[str, Mapping[Key, Key]]


def sides_of(base: Reports, theirs: Reports, languages: Collection[str]) -> Sides | None:
    """Put beside each other what is of the source's languages; None where nothing is."""
    shared = [language for language in languages if language in theirs]
    if not shared:
        return None
    base, theirs = ({language: reports[language] for language in shared} for reports in (base, theirs))
    first = shared[0]
    keys = {language: dict(_aligned(base, theirs, first, language)) for language in shared}
    return Sides(base, theirs, keys)


def _aligned(base: Reports, theirs: Reports, first: str, language: str) -> Iterator[tuple[Key, Key]]:
    """Give the name of each part in a language with its name in the first one; the same parts have the same order."""
    for reports in (theirs, base):  # the later one counts
        there, here = (flat(reports[code], base[code]).parts for code in (language, first))
        yield from zip(there, here, strict=True)


def items_of(sides: Sides, ours: Reports, settled: Collection[str] = ()) -> tuple[Item, ...]:
    """Say what a file changes in the source, without the clashes that are settled for the source, by their ids."""
    found: dict[Key, _Found] = {}
    order: dict[Key, int] = {}
    for language, base in sides.base.items():
        merged = merge(base, ours[language], sides.theirs[language])
        before, after = flat(ours[language], base), flat(merged.report, base)
        order = order or {key: at for at, key in enumerate(dict.fromkeys((*after.parts, *before.parts)))}
        for key, one in _differences(before, after, language):
            found.setdefault(sides.keys[language].get(key, key), _Found()).add(one)
        for conflict in merged.conflicts:
            key = Key(cast("Any", conflict.kind), conflict.names)
            clash = _clash(sides.keys[language].get(key, key), conflict, before.parts.get(key), language)
            if clash is not None and clash.id not in settled:
                part = before.parts.get(key)
                found.setdefault(clash.key, _Found(_title(key, part), _goal(part))).clash(clash)
    return tuple(_items({key: found[key] for key in sorted(found, key=lambda key: order.get(key, len(order)))}))


class _Found:
    """What was found of one part, in all languages; what they share is told once."""

    def __init__(self, title: str = "", goal: str = "") -> None:
        self.kind, self.title, self.goal = "changed", title, goal
        self.parent: Key | None = None
        self.rows: dict[tuple[str, str], Row] = {}
        self.clashes: dict[str, Clash] = {}

    def add(self, one: "_Difference") -> None:
        if not self.rows or not self.title:
            self.kind, self.title, self.goal, self.parent = one.kind, one.title, one.goal, one.parent
        for told in one.rows:
            self.rows.setdefault((told.field, told.language), told)

    def clash(self, clash: Clash) -> None:
        self.clashes.setdefault(clash.id, clash)


@dataclass(frozen=True, slots=True)
class _Difference:
    kind: str
    title: str
    goal: str
    parent: Key | None
    rows: tuple[Row, ...]


def _differences(before: Flat, after: Flat, language: str) -> Iterator[tuple[Key, _Difference]]:
    shifted = _shifted(before, after)
    for key in dict.fromkeys((*after.parts, *before.parts)):
        old, new = before.parts.get(key), after.parts.get(key)
        kind = "added" if old is None else "removed" if new is None else "changed"
        parent = (after if old is None else before).parents.get(key) if kind != "changed" else None
        rows = tuple(_rows(key, before, after, language, is_shifted=key in shifted)) if kind == "changed" else ()
        if kind != "changed" or rows:
            yield key, _Difference(kind, _title(key, new or old), _goal(new or old), parent, rows)


def _goal(part: ReportPart | None) -> str:
    return part.id if isinstance(part, Goal) else ""


def _title(key: Key, part: ReportPart | None) -> str:
    return part.text if isinstance(part, Goal) else " / ".join(key.names)


def _rows(key: Key, before: Flat, after: Flat, language: str, *, is_shifted: bool) -> Iterator[Row]:
    old, new = (bare_part(side.parts[key], language, language) for side in (before, after))
    for field in fields(new):
        values = getattr(old, field.name), getattr(new, field.name)
        if field.name not in CONTENTS.values() and not is_same(*values):
            yield row(field.name, *values, language)
    if before.parents[key] != after.parents[key]:
        yield Row("parent", "", *(" / ".join(side.parents[key].names) for side in (before, after)))
    elif is_shifted:
        yield Row("place", "", *(str(_place(key, side)) for side in (before, after)))


def _place(key: Key, side: Flat) -> int:
    siblings = [other for other, parent in side.parents.items() if parent == side.parents[key]]
    return siblings.index(key) + 1


def _shifted(before: Flat, after: Flat) -> frozenset[Key]:
    """Name what stands elsewhere among those that stayed in the same part."""
    places = {key: at for at, key in enumerate(before.parts)}
    stayed: dict[Key, list[Key]] = {}
    for key, parent in after.parents.items():
        if before.parents.get(key) == parent:
            stayed.setdefault(parent, []).append(key)
    return frozenset(keys[at] for keys in stayed.values() for at in moved([places[key] for key in keys]))


def _clash(key: Key, conflict: Conflict, part: ReportPart | None, language: str) -> Clash | None:
    """Show a conflict; None where it is of texts that only stand in for those of another language."""
    field = conflict.field
    values = conflict.base, conflict.ours, conflict.theirs
    if field is None:
        base, *others = map(_whole_words, values)
        rows = [Row("text", "", base, other) for other in others]
    elif field == "parent":
        base, *others = (" / ".join(cast("Key", one).names) if one else "–" for one in values)
        rows = [Row(field, "", base, other) for other in others]
    else:
        bare = [
            getattr(bare_part(replace(cast("Any", part), **{field: one}), language, language), field) for one in values
        ]
        if is_same(bare[1], bare[2]):
            return None
        rows = [row(field, bare[0], other, language) for other in bare[1:]]
    return Clash(_digest(key, field, rows[0].language), key, field, *rows)


def _whole_words(part: object) -> str:
    return "–" if part is None else part.text if isinstance(part, Goal) else str(getattr(part, "name", ""))


def _items(found: Mapping[Key, _Found]) -> Iterator[Item]:
    """Make items; what comes or goes together with the part that it is in belongs to that."""
    within: dict[Key, list[Key]] = {}
    for key in found:
        top = _top(key, found)
        if top != key:
            within.setdefault(top, []).append(key)
    for key, one in found.items():
        if _top(key, found) == key:
            inner = tuple(within.get(key, ()))
            clashes = tuple(clash for part in (key, *inner) for clash in found[part].clashes.values())
            yield Item(_digest(key), key, one.kind, one.goal, one.title, tuple(one.rows.values()), clashes, inner)


def _top(key: Key, found: Mapping[Key, _Found]) -> Key:
    parent = found[key].parent
    while parent is not None and parent in found and found[parent].kind == found[key].kind != "changed":
        key, parent = parent, found[parent].parent
    return key


def chosen(sides: Sides, ours: Reports, items: Collection[Item], taken: Collection[str]) -> Reports:
    """Bring the chosen items into the source, in all its languages; of ``taken`` clashes, by id, the file's side.

    Returns bare reports, as ``source.stand_ins`` says.
    """
    keys = {key for item in items for key in (item.key, *item.within)}
    clashes = [clash for item in items for clash in item.clashes if clash.id in taken]
    merged: dict[str, Report] = {}
    for language, base in sides.base.items():
        own = {key: named for key, named in sides.keys[language].items() if named in keys}
        theirs = _with_chosen(flat(base, base), flat(sides.theirs[language], base), own)
        names = {named: key for key, named in sides.keys[language].items()}
        ground = _as_ours(flat(base, base), flat(ours[language], base), clashes, names)
        merged[language] = merge(ground, ours[language], theirs).report
    return in_all_languages(merged, ours, sides.base)


def _with_chosen(base: Flat, theirs: Flat, keys: Collection[Key]) -> Report:
    """Return the base with the chosen parts as theirs, each where it stands in theirs."""
    parts = {key: part for key, part in base.parts.items() if key not in keys or key in theirs.parts}
    parents = {key: base.parents[key] for key in parts}
    for key in theirs.parts:
        if key in keys:
            _put(key, theirs, parts, parents)
    for key in tuple(parts):  # what was not chosen may stand in what was: then that stays
        while parents[key] not in parts:
            key = parents[key]
            _put(key, theirs if key in theirs.parts else base, parts, parents)
    order = _order(base, theirs, parts, parents, keys)
    return cast("Report", whole(Flat(parts, {key: parents[key] for key in order})))


def _put(key: Key, side: Flat, parts: dict[Key, ReportPart], parents: dict[Key, Key]) -> None:
    parts[key], parents[key] = side.parts[key], side.parents[key]


def _order(
    base: Flat, theirs: Flat, parts: Mapping[Key, ReportPart], parents: Mapping[Key, Key], keys: Collection[Key]
) -> list[Key]:
    shifted = _shifted(base, theirs)
    late = [
        key
        for key in theirs.parts
        if key in parts and (key not in base.parts or (key in keys and _is_elsewhere(key, base, theirs, shifted)))
    ]
    order = [key for key in parts if key not in late]
    for key in late:
        siblings = [other for other, parent in theirs.parents.items() if parent == theirs.parents[key]]
        elder = [other for other in siblings[: siblings.index(key)] if other in order]
        elder = [other for other in elder if parents[other] == parents[key]]
        first = next((at for at, other in enumerate(order) if parents[other] == parents[key]), len(order))
        order.insert(order.index(elder[-1]) + 1 if elder else first, key)
    return order


def _is_elsewhere(key: Key, base: Flat, theirs: Flat, shifted: Collection[Key]) -> bool:
    return key in shifted or base.parents[key] != theirs.parents[key]


def _as_ours(base: Flat, ours: Flat, clashes: Collection[Clash], names: Mapping[Key, Key]) -> Report:
    """Return the base as if the source had not changed what clashes, so that theirs comes in."""
    parts, parents = dict(base.parts), dict(base.parents)
    for clash in clashes:
        key = names.get(clash.key, clash.key)
        if clash.field is None:
            parts.pop(key, None)
            parents.pop(key, None)
            if key in ours.parts:
                _put(key, ours, parts, parents)
        elif key in parts and key in ours.parts:
            if clash.field == "parent":
                parents[key] = ours.parents[key]
            else:
                parts[key] = replace(parts[key], **{clash.field: getattr(ours.parts[key], clash.field)})
    return cast("Report", whole(Flat(parts, parents)))
