"""From a table as generated (base), as it is in the deck and as it is generated now (new) to the table that it becomes.

Rows and cells that say what they should keep their XML, and with it what people did to them. Does not know the package.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from raportti.decks.refresh.formatting import ROUNDING, keep_fill, keep_margins, update_attribute, update_frame
from raportti.decks.refresh.generated import GOALS, GeneratedSlide, RowName
from raportti.decks.refresh.rows import (
    DeckCell,
    DeckRow,
    TableEdits,
    cell_content,
    head_rows,
    put_rows,
    row_height,
    rows_in,
    with_columns,
)
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import ROW_ID, A, Element, clone, flag, is_merged, is_same, number
from raportti.problems import Problem, SlidePlace
from raportti.snapshot import RowSnapshot


@dataclass(slots=True)
class TableRefresh:
    """Makes the table of a slide anew. ``new`` and ``base`` are frames as generated; ``changed`` names what changed.

    ``number`` is that of the slide.
    """

    slide: GeneratedSlide
    new: Element
    base: Element | None
    number: int
    edits: TableEdits
    changed: list[str] = field(default_factory=list[str])

    def frame(self, deck: Element | None) -> Element:
        """Return the frame, made of the one that is in the deck, if one is."""
        result = clone(self.new if deck is None else deck)
        put_rows(result, [*self._head(deck), *self._body()])
        if deck is not None:
            self._update_columns(result)
            update_frame(self._base_or_new, result, self.new, with_height=False)
        return result

    @property
    def _base_or_new(self) -> Element:
        return self.base if self.base is not None else self.new

    def _head(self, deck: Element | None) -> Iterator[Element]:
        """Give the header rows; cell by cell, where the columns are the same in all three versions."""
        count = head_rows(self.slide)
        new = rows_in(self.new)[:count]
        base = rows_in(self.base)[:count] if self.base is not None else []
        places = self.edits.rows.heads.get(self.slide.key, ())
        present = [rows_in(deck)[n] for n in places] if deck is not None else []
        widths = {len(row.findall(f"{A}tc")) for row in (*new, *base, *present)}
        if len(base) != count or len(present) != count or len(widths) != 1:
            yield from map(clone, new)
            return
        for rows in zip(base, present, new, strict=True):
            cells = [self._head_cell(*three) for three in zip(*(row.findall(f"{A}tc") for row in rows), strict=True)]
            yield _row_of(cells, *rows)

    def _head_cell(self, base: Element, deck: Element, new: Element) -> Element:
        base_text, deck_text, new_text = text_of(base), text_of(deck), text_of(new)
        is_edited = deck_text != base_text
        if new_text in (base_text, deck_text) or (is_edited and not self._takes_source(base_text, deck_text, new_text)):
            return _cell_without_change(base, deck, new)
        return self._changed_cell(new_text, base, deck, new)

    def _takes_source(self, base: str, deck: str, source: str) -> bool:
        return self.edits.resolver.takes_source(self.number, base, base, deck, source)

    def _body(self) -> Iterator[Element]:
        """Give the rows below the head, with those that people added."""
        elements = dict(zip(self.slide.rows, rows_in(self.new)[head_rows(self.slide) :], strict=True))
        snapshots = dict(zip(self.slide.rows, self.slide.snapshot.rows, strict=True))
        yield from self._added_below(self.slide.key)
        order = self._order()
        for name in order:
            yield self._row(name, snapshots[name], elements[name])
            yield from self._added_below(name)
        for name in self._torn(order):
            self._refuse_merged(self.edits.rows.known[name], snapshots[name].goal)

    def _torn(self, order: Sequence[RowName]) -> Iterator[RowName]:
        """Give the rows with cells that span the row below, or are spanned, where the rows beside them are new."""
        deck = self.edits.rows.orders.get(self.slide.key, [])
        if order == deck:
            return
        for name in order:
            row = self.edits.rows.known.get(name)
            if row is not None and any(map(_spans_rows, row.deck.iter(f"{A}tc"))):
                yield name

    def _added_below(self, above: object) -> Iterator[Element]:
        keys = [cell.key for cell in self.slide.snapshot.rows[0].cells]
        for row in self.edits.rows.added.get(above, ()):
            yield with_columns(clone(row), keys)

    def _order(self) -> list[RowName]:
        """Order the rows as the data; as people put them, where the data leave both rows and order as they were."""
        new = [name for name in self.slide.rows if not self.edits.is_deleted(name)]
        deck = self.edits.rows.orders.get(self.slide.key, [])
        places = {name: n for n, name in enumerate(self.edits.rows.generated)}
        is_as_before = set(new) == set(deck) and sorted(new, key=lambda name: places[name]) == new
        return deck if is_as_before else new

    def _row(self, name: RowName, snapshot: RowSnapshot, new: Element) -> Element:
        row = self.edits.rows.closest(name)
        if row is None:
            self.changed.append(_row_label(snapshot))
            return self._new_row(snapshot, new)
        cells = [self._cell(row, snapshot, n, cell) for n, cell in enumerate(new.findall(f"{A}tc"))]
        if row.merged and not _keeps_merged(row, cells):
            if snapshot.goal is None:
                # Figures are counted, and LibreOffice's merged head of a summary may be taken for a row of them.
                self.changed.append(_row_label(snapshot))
                return self._new_row(snapshot, new)
            self._refuse_merged(row, snapshot.goal)
        return _row_of(cells, row.base, row.deck, new)

    def _new_row(self, snapshot: RowSnapshot, new: Element) -> Element:
        """Return a row that comes to the table, with the margins of a row that is there."""
        result, known = clone(new), self.edits.rows.known
        beside = next((known[name] for name in self.edits.rows.orders.get(self.slide.key, ()) if name in known), None)
        for n, cell in enumerate(result.findall(f"{A}tc")):
            if beside is not None and (other := beside.cells.get(snapshot.cells[n].key)):
                keep_margins(other.base, other.deck, cell)
        return result

    def _refuse_merged(self, row: DeckRow, goal: str | None) -> None:
        place = SlidePlace(self.edits.resolver.file, row.slide)
        self.edits.problems.append(Problem("refresh-merged", place, {}, goal))

    def _cell(self, row: DeckRow, snapshot: RowSnapshot, n: int, new: Element) -> Element:
        cell = row.cells.get(snapshot.cells[n].key)
        if cell is None:
            return clone(new)
        goal = snapshot.goal if self.slide.snapshot.kind == GOALS else None
        fates = self.edits.goals
        may_keep_edit = (goal, snapshot.cells[n].key) not in fates.of_data
        if goal in fates.unchanged or _says_what_it_should(cell, row, snapshot, n, may_keep_edit=may_keep_edit):
            return _cell_without_change(cell.base, cell.deck, new)
        # An edit of a goal is in the merged data by now, or has lost a conflict; one of a figure or a change is not.
        if cell.is_edited and goal is None and not self._takes_source(cell.base_text, text_of(cell.deck), text_of(new)):
            return clone(cell.deck)
        return self._changed_cell(_row_label(snapshot), cell.base, cell.deck, new)

    def _changed_cell(self, label: str, base: Element, deck: Element, new: Element) -> Element:
        """Return a new cell with the formatting that people gave the old one."""
        self.changed.append(label)
        result = clone(new)
        if not is_same(base, deck):
            self.edits.keep_look(self.number, base, deck, result)
            keep_fill(base, deck, result)
            keep_margins(base, deck, result)
        return result

    def _update_columns(self, frame: Element) -> None:
        """Let the widths of columns follow the data, where nobody changed them."""
        base, deck, new = (version.findall(f".//{A}gridCol") for version in (self._base_or_new, frame, self.new))
        if len(deck) != len(new):
            for column in deck:
                column.getparent().remove(column)
            frame.find(f".//{A}tblGrid").extend(map(clone, new))
        else:
            for columns in zip(base, deck, new, strict=True):
                update_attribute(*columns, "w")


def _keeps_merged(row: DeckRow, cells: Sequence[Element]) -> bool:
    """Return whether the merged cells of a row, and no others, stay as they are."""
    now = row.deck.findall(f"{A}tc")
    return all(is_same(one, other) for one, other in zip(now, cells, strict=True) if is_merged(one) or is_merged(other))


def _says_what_it_should(cell: DeckCell, row: DeckRow, snapshot: RowSnapshot, n: int, *, may_keep_edit: bool) -> bool:
    """Return whether a cell of the deck says what the data do, or keeps an edit that they leave alone."""
    new = cell_content(snapshot.cells[n])
    is_left_alone = row.split == snapshot.split and cell.is_edited and cell.base_content == new
    return cell.deck_content == new or (may_keep_edit and is_left_alone)


def _cell_without_change(base: Element, deck: Element, new: Element) -> Element:
    """Return a cell with the right text: the deck's own cell, or a generated one where nobody edited it."""
    return clone(new if is_same(base, deck) else deck)


def _row_of(cells: Sequence[Element], base: Element, deck: Element, new: Element) -> Element:
    """Put cells into the row of the deck, with the height that their texts need."""
    result = clone(deck)
    for cell in result.findall(f"{A}tc"):
        result.remove(cell)
    for n, cell in enumerate(cells):
        result.insert(n, cell)
    before, now, after = map(row_height, (base, deck, new))
    is_as_generated = abs(now - before) <= ROUNDING
    if abs(now - after) > ROUNDING and (before != after or not is_as_generated):
        result.set("h", str(after if is_as_generated else max(after, now)))
    for own, generated in zip(result.iter(ROW_ID), new.iter(ROW_ID), strict=False):
        own.set("val", generated.get("val"))
    return result


def _row_label(snapshot: RowSnapshot) -> str:
    """Name a row to its reader: by the goal's id, or its first words."""
    first = snapshot.cells[0].paragraphs if snapshot.cells else ()
    return snapshot.goal or (first[0].text if first else "")


def _spans_rows(cell: Element) -> bool:
    return (number(cell, "rowSpan") or 1) > 1 or bool(flag(cell, "vMerge"))
