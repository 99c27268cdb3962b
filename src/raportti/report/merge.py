"""From three reports to one: what theirs changed since the base comes into ours.

Does not know files. A field that both changed, and not to the same value, is a conflict; everything else comes in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import TypeVar, cast

from raportti.report.diff import is_same
from raportti.report.model import Report
from raportti.report.pairs import CONTENTS, ROOT, Flat, Key, ReportPart, flat, moved, whole

T = TypeVar("T")


class Side(Enum):
    """Whose value a field gets that both changed apart."""

    OURS = "ours"
    THEIRS = "theirs"


class Keep(Enum):
    """Whose value is kept where a deck, or a file, and its source were changed apart, whichever of them is written."""

    DECK = "deck"
    FILE = "file"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that ours and theirs changed apart.

    ``kind`` is its owner's, as in ``Key``; ``names`` are too: from the strategy on, or a goal's id.

    ``field`` is ``parent`` for what it stands in, and None where one side removed the whole and the other changed it;
    then the values are parts, None on the side without it.
    """

    kind: str
    names: tuple[str, ...]
    field: str | None
    base: object
    ours: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Merged:
    """Ours with what theirs changed; where there is a conflict, it has the value of the side that is preferred."""

    report: Report
    conflicts: tuple[Conflict, ...]


def merge(
    base: Report, ours: Report, theirs: Report, *, preferred: Side | Callable[[Conflict], Side] = Side.OURS
) -> Merged:
    """Bring into ours what theirs changed since the base; base and theirs may be of some of the goals alone.

    ``preferred`` is one side for all conflicts, or is asked about each.
    """
    merger = _Merger(flat(base, base), flat(ours, base), flat(theirs, base), preferred)
    parts = {key: part for key in merger.standing() if (part := merger.part(key)) is not None}
    parents = {key: merger.parent(key) for key in parts}
    merger.revive(parts, parents)
    order = merger.order(parts, parents)
    return Merged(cast("Report", whole(Flat(parts, {key: parents[key] for key in order}))), tuple(merger.conflicts))


class _Merger:
    """Merges part by part, and gathers the conflicts."""

    def __init__(self, base: Flat, ours: Flat, theirs: Flat, preferred: Side | Callable[[Conflict], Side]) -> None:
        self.conflicts: list[Conflict] = []
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._preferred = preferred

    def standing(self) -> Iterator[Key]:
        """Yield the keys of all parts of ours and theirs."""
        yield from dict.fromkeys((*self._ours.parts, *self._theirs.parts))

    def part(self, key: Key) -> ReportPart | None:
        """Merge a part; None where it was removed."""
        base, ours, theirs = (side.parts.get(key) for side in (self._base, self._ours, self._theirs))
        if base is not None and ours is not None and theirs is not None:
            return self._merged_fields(key, base, ours, theirs)
        if base is None and ours is not None and theirs is not None and not is_same(ours, theirs):
            return self._decided(key, None, base, ours, theirs)
        if base is None:
            return ours or theirs
        return self._removed(key, base, ours, theirs)

    def parent(self, key: Key) -> Key:
        """Merge the place of a part: the part that it is in."""
        base, ours, theirs = (side.parents.get(key) for side in (self._base, self._ours, self._theirs))
        return self._merged_value(key, "parent", base, ours, theirs) or ours or theirs or ROOT

    def revive(self, parts: dict[Key, ReportPart], parents: dict[Key, Key]) -> None:
        """Keep what one side removed while the other put something into it."""
        for key in tuple(parts):
            while (parent := parents[key]) not in parts:
                base, ours, theirs = (side.parts.get(parent) for side in (self._base, self._ours, self._theirs))
                self._decided(parent, None, base, ours, theirs)
                kept = ours or theirs or base
                if kept is None:
                    raise AssertionError(parent)
                parts[parent] = kept
                parents[parent] = self.parent(parent)
                key = parent

    def order(self, parts: Mapping[Key, ReportPart], parents: Mapping[Key, Key]) -> list[Key]:
        """Order the parts as ours; those that theirs added or moved come after what they follow in theirs."""
        shifted = tuple(key for key in self._shifted() if key in parts)
        order = [key for key in parts if key not in shifted]
        for key in shifted:
            elder = [other for other in _elders(self._theirs, key) if other in order and parents[other] == parents[key]]
            younger = (at for at, other in enumerate(order) if parents[other] == parents[key])
            order.insert(order.index(elder[-1]) + 1 if elder else next(younger, len(order)), key)
        return order

    def _merged_fields(self, key: Key, base: ReportPart, ours: ReportPart, theirs: ReportPart) -> ReportPart:
        values = {
            name: self._merged_value(key, name, *(getattr(part, name) for part in (base, ours, theirs)))
            for name in (field.name for field in fields(ours))
            if name not in CONTENTS.values()
        }
        return replace(ours, **values)

    def _merged_value(self, key: Key, field: str, base: T, ours: T, theirs: T) -> T:
        if is_same(theirs, base) or is_same(theirs, ours):
            return ours
        if is_same(ours, base):
            return theirs
        return self._decided(key, field, base, ours, theirs)

    def _removed(
        self, key: Key, base: ReportPart, ours: ReportPart | None, theirs: ReportPart | None
    ) -> ReportPart | None:
        """Remove what one side removed, unless the other changed it."""
        left = ours or theirs
        if left is not None and not is_same(left, base):
            return self._decided(key, None, base, ours, theirs)
        return None

    def _shifted(self) -> Iterator[Key]:
        """Yield, in theirs' order, the parts that theirs added or moved, elsewhere or among their neighbours."""
        places = {key: at for at, key in enumerate(self._base.parts)}
        stayed: dict[Key, list[Key]] = {}
        for key, parent in self._theirs.parents.items():
            if self._base.parents.get(key) == parent:
                stayed.setdefault(parent, []).append(key)
        out = {keys[at] for keys in stayed.values() for at in moved([places[key] for key in keys])}
        for key, parent in self._theirs.parents.items():
            if key in out or self._base.parents.get(key) != parent:
                yield key

    def _decided(self, key: Key, field: str | None, base: object, ours: T, theirs: T) -> T:
        """Note a conflict, and return the value of the side that is preferred."""
        conflict = Conflict(key.kind, key.names, field, base, ours, theirs)
        self.conflicts.append(conflict)
        side = self._preferred if isinstance(self._preferred, Side) else self._preferred(conflict)
        return theirs if side is Side.THEIRS else ours


def _elders(side: Flat, key: Key) -> list[Key]:
    """Return what stands before a part in the same whole."""
    siblings = [other for other, parent in side.parents.items() if parent == side.parents[key]]
    return siblings[: siblings.index(key)]
