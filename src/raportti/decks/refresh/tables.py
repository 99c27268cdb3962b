"""From a table as it was generated, as it is in the deck and as the data want it to the table that it becomes.

Rows that say what they should keep their XML, and so what was done to them by hand. Knows no package.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from raportti.decks.refresh.drawing import GOALS, RowName, Sheet
from raportti.decks.refresh.rows import Hand, OldCell, OldRow, content_of, head_rows, rows_in, with_columns
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import ROW_ID, A, Element, P, canonical, children, clone, is_same
from raportti.snapshot import RowSnapshot

_RUNS = (f"{A}rPr", f"{A}endParaRPr")
_FILLS = (f"{A}noFill", f"{A}solidFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")
_PLAIN = {"b": "0", "i": "0", "u": "none", "strike": "noStrike", "sz": ""}
"""The attributes of a run that people change by hand, and what their absence means."""
_TRUE = {"true": "1", "false": "0"}

_Reader: TypeAlias = Callable[[Element], str]


def carry(base: Element, now: Element, new: Element) -> None:
    """Give a new text what was changed by hand in the look of the old one, where that is of one look."""
    for name, read in _readers().items():
        before, after = _common(base, read), _common(now, read)
        if after is not None and before is not None and before != after:
            for properties in new.iter(*_RUNS):
                properties.set(name, after)
    _carry_colour(base, now, new)
    _carry_alignment(base, now, new)


def _readers() -> Mapping[str, _Reader]:
    def reader(name: str, plain: str) -> _Reader:
        return lambda run: str(_TRUE.get(run.get(name, plain), run.get(name, plain)))

    return {name: reader(name, plain) for name, plain in _PLAIN.items()}


def _runs(body: Element) -> list[Element]:
    """Return how the runs that have text look; one without a look of its own is as its placeholder."""
    found = (run.find(f"{A}rPr") for run in body.iter(f"{A}r") if (run.findtext(f"{A}t") or "").strip())
    return [look for look in found if look is not None]


def _common(body: Element, read: _Reader) -> str | None:
    values = {read(run) for run in _runs(body)}
    return values.pop() if len(values) == 1 else None


def _colour(run: Element) -> str:
    """Say a colour as text; LibreOffice writes its letters small."""
    fill = run.find(f"{A}solidFill")
    return canonical(fill).decode().upper() if fill is not None else ""


def _carry_colour(base: Element, now: Element, new: Element) -> None:
    before, after = _common(base, _colour), _common(now, _colour)
    if before and after and before != after:
        hand = _runs(now)[0].find(f"{A}solidFill")
        for properties in new.iter(*_RUNS):
            _put_fill(properties, hand)


def _put_fill(properties: Element, fill: Element) -> None:
    for old in children(properties, *_FILLS):
        properties.replace(old, clone(fill))


def _carry_alignment(base: Element, now: Element, new: Element) -> None:
    before, after = (_alignments(body) for body in (base, now))
    if len(before) == 1 and len(after) == 1 and before != after:
        for properties in new.iter(f"{A}pPr"):
            properties.set("algn", *after)


def _alignments(body: Element) -> set[str]:
    return {properties.get("algn", "l") for properties in body.iter(f"{A}pPr")}


def carry_fill(base: Element, now: Element, new: Element) -> None:
    """Give a new cell the fill that was changed by hand, unless the data gives it another one too."""
    fills = [next(children(cell.find(f"{A}tcPr"), *_FILLS), None) for cell in (base, now, new) if _has_fill(cell)]
    if len(fills) == 3 and _said(fills[0]) == _said(fills[2]) != _said(fills[1]):
        new.find(f"{A}tcPr").replace(fills[2], clone(fills[1]))


def _has_fill(cell: Element) -> bool:
    properties = cell.find(f"{A}tcPr")
    return properties is not None and any(True for _ in children(properties, *_FILLS))


def _said(fill: Element) -> str:
    return canonical(fill).decode().upper()


_NEAR = 700
"""EMU by which LibreOffice rounds lengths, which it keeps in hundredths of a millimetre."""


@dataclass(slots=True)
class TableRefresh:
    """Makes the table of a slide anew. ``new`` and ``base`` are frames as generated; ``changed`` names what changed."""

    sheet: Sheet
    new: Element
    base: Element | None
    number: int
    hand: Hand
    changed: list[str] = field(default_factory=list[str])

    def frame(self, now: Element | None) -> Element:
        """Return the frame, made of the one that is there now, if one is."""
        result = clone(self.new if now is None else now)
        put_rows(result, [*self._head(now), *self._body()])
        if now is not None:
            self._fit(result)
        return result

    def _head(self, now: Element | None) -> Iterator[Element]:
        """Give the header rows; text by text, where the columns are those that there were."""
        count = head_rows(self.sheet)
        wanted = rows_in(self.new)[:count]
        before = rows_in(self.base)[:count] if self.base is not None else []
        present = [rows_in(now)[n] for n in self.hand.rows.heads.get(self.sheet.key, ())] if now is not None else []
        widths = {len(row.findall(f"{A}tc")) for row in (*wanted, *before, *present)}
        if len(before) != count or len(present) != count or len(widths) != 1:
            yield from map(clone, wanted)
            return
        for base, old, new in zip(before, present, wanted, strict=True):
            yield self._head_row(base, old, new)

    def _head_row(self, base: Element, now: Element, new: Element) -> Element:
        cells = [
            self._head_cell(*three) for three in zip(*(row.findall(f"{A}tc") for row in (base, now, new)), strict=True)
        ]
        return _row(now, new, base, cells)

    def _head_cell(self, base: Element, now: Element, new: Element) -> Element:
        was, says, wants = text_of(base), text_of(now), text_of(new)
        if says == wants or was == wants or (says != was and not self._takes(was, was, says, wants)):
            return _kept(base, now, new)
        return self._replaced(wants, base, now, new)

    def _takes(self, what: str, was: str, says: str, wants: str, goal: str | None = None) -> bool:
        return self.hand.disputes.takes_data(self.number, what, was, says, wants, goal=goal)

    def _body(self) -> Iterator[Element]:
        start = head_rows(self.sheet)
        elements = dict(zip(self.sheet.rows, rows_in(self.new)[start:], strict=True))
        stamps = dict(zip(self.sheet.rows, self.sheet.stamp.rows, strict=True))
        yield from self._added(self.sheet.key)
        for name in self._order():
            yield self._row(name, stamps[name], elements[name])
            yield from self._added(name)

    def _added(self, above: object) -> Iterator[Element]:
        keys = [cell.key for cell in self.sheet.stamp.rows[0].cells]
        for row in self.hand.rows.added.get(above, ()):
            yield with_columns(clone(row), keys)

    def _order(self) -> list[RowName]:
        """Order the rows as the data; as people put them, where the data leave both rows and order as they were."""
        wanted = [name for name in self.sheet.rows if not self.hand.is_gone(name)]
        present = self.hand.rows.orders.get(self.sheet.key, [])
        return present if set(wanted) == set(present) and self._keeps_order(wanted) else wanted

    def _keeps_order(self, wanted: list[RowName]) -> bool:
        numbers = {name: n for n, name in enumerate(self.hand.rows.generated)}
        return [numbers[name] for name in wanted] == sorted(numbers[name] for name in wanted)

    def _row(self, name: RowName, stamp: RowSnapshot, new: Element) -> Element:
        old = self.hand.rows.like(name)
        if old is None:
            self.changed.append(_called(stamp))
            return clone(new)
        cells = [
            self._cell(old.cells.get(cell.key), old, stamp, n, element)
            for n, (cell, element) in enumerate(zip(stamp.cells, new.findall(f"{A}tc"), strict=True))
        ]
        return _row(old.element, new, old.base, cells)

    def _cell(self, old: OldCell | None, row: OldRow, stamp: RowSnapshot, n: int, new: Element) -> Element:
        if old is None:
            return clone(new)
        wants = content_of(stamp.cells[n])
        goal = stamp.goal if self.sheet.stamp.kind == GOALS else None
        is_kept = row.split == stamp.split and old.is_edited and old.was == wants
        if old.says == wants or goal in self.hand.still or is_kept:
            return _kept(old.base, old.now, new)
        # What was edited of a goal is in the data by now, or has lost a dispute; figures and changes are not.
        if (
            old.is_edited
            and goal is None
            and not self._takes(old.was_text, old.was_text, text_of(old.now), text_of(new))
        ):
            return clone(old.now)
        return self._replaced(_called(stamp), old.base, old.now, new)

    def _replaced(self, name: str, base: Element | None, now: Element, new: Element) -> Element:
        """Return a new cell that looks as the old one was made to look."""
        self.changed.append(name)
        result = clone(new)
        if base is not None and not is_same(base, now):
            carry(base, now, result)
            carry_fill(base, now, result)
        return result

    def _fit(self, frame: Element) -> None:
        """Let widths, place, name and description follow the data, where nobody changed them."""
        base = self.base if self.base is not None else self.new
        old, was, wants = (part.findall(f".//{A}gridCol") for part in (frame, base, self.new))
        if len(old) != len(wants):
            for column in old:
                column.getparent().remove(column)
            frame.find(f".//{A}tblGrid").extend(map(clone, wants))
        else:
            for column, before, after in zip(old, was, wants, strict=True):
                follow(column, before, after, "w")
        follow_frame(frame, base, self.new, height=False)


def put_rows(frame: Element, rows: Sequence[Element]) -> None:
    """Put rows into the frame of a table in the place of its own."""
    tall = sum(map(_height, rows))
    if tall != sum(map(_height, rows_in(frame))):
        frame.find(f"{P}xfrm/{A}ext").set("cy", str(tall))
    table = frame.find(f".//{A}tbl")
    for row in rows_in(frame):
        table.remove(row)
    table.extend(rows)


def follow_frame(now: Element, base: Element, new: Element, *, height: bool = True) -> None:
    """Let place, name and description of a frame follow the data, where nobody changed them."""
    for path, names in (
        (f"{P}xfrm/{A}off", ("x", "y")),
        (f"{P}xfrm/{A}ext", ("cx", "cy") if height else ("cx",)),
        (f".//{P}cNvPr", ("name", "descr")),
    ):
        mine, before, after = (part.find(path) for part in (now, base, new))
        for name in names:
            follow(mine, before, after, name)


def follow(now: Element, base: Element, new: Element, name: str) -> None:
    """Give an attribute its new value, where it is as it was generated (LibreOffice drops descriptions)."""
    was, wants = base.get(name), new.get(name)
    if was != wants and (now.get(name) in (was, None) or _is_near(now.get(name), was)):
        now.set(name, wants)


def _is_near(one: str, other: str) -> bool:
    try:
        return abs(int(one) - int(other)) <= _NEAR
    except ValueError:
        return False


def _kept(base: Element | None, now: Element, new: Element) -> Element:
    """Return a cell that says what it should: as it is in the deck; as the data make it, where nobody touched it."""
    return clone(new if base is not None and is_same(base, now) else now)


def _row(now: Element, new: Element, base: Element | None, cells: list[Element]) -> Element:
    """Put cells into the row that is there, with the height that their texts need."""
    result = clone(now)
    for cell in result.findall(f"{A}tc"):
        result.remove(cell)
    for n, cell in enumerate(cells):
        result.insert(n, cell)
    was, wants = _height(base) if base is not None else 0, _height(new)
    is_as_generated = abs(_height(now) - was) <= _NEAR
    if abs(_height(now) - wants) > _NEAR and (was != wants or not is_as_generated):
        result.set("h", str(wants if is_as_generated else max(wants, _height(now))))
    for mine, its in zip(result.iter(ROW_ID), new.iter(ROW_ID), strict=False):
        mine.set("val", its.get("val"))
    return result


def _height(row: Element) -> int:
    return int(row.get("h", "0"))


def _called(stamp: RowSnapshot) -> str:
    """Name a row to its reader: the goal's id, or the first words of the row."""
    first = stamp.cells[0].paragraphs if stamp.cells else ()
    return stamp.goal or (first[0].text if first else "")
