"""From the tables of a deck as people left them to their rows: those that were generated, by name, and added ones.

Does not know what the rows will say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from raportti.decks.conflicts import ConflictResolver
from raportti.decks.readback.reading import ReadCell, ReadRow, ReadSlide
from raportti.decks.refresh.formatting import keep_formatting
from raportti.decks.refresh.generated import GeneratedDeck, GeneratedSlide, RowName
from raportti.decks.refresh.phrases import keep_phrases
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, Element, P, clone
from raportti.problems import Problem, ProblemsFound, SlidePlace
from raportti.snapshot import CellSnapshot, RowSnapshot

Content: TypeAlias = tuple[tuple[str, int], ...]
"""What a cell says: its paragraphs with their levels."""
_SUBGOALS = "subgoals"
_SUBGOALS_PLACE = 1
"""The column that a table has only where one of its goals has subgoals, and its place from 0."""


@dataclass(frozen=True, slots=True)
class DeckCell:
    """A cell: as it was generated (base) and as it is in the deck, as an element and as what it says."""

    base: Element
    deck: Element
    base_content: Content
    deck_content: Content

    @property
    def is_edited(self) -> bool:
        return self.deck_content != self.base_content

    @property
    def base_text(self) -> str:
        """What was generated, as one text."""
        return " ".join(text for text, _ in self.base_content)


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A row that was generated: the number of the slide on which it stands now, and its cells by their columns.

    ``split`` is its part i of k, from 1, where it was cut over slides.
    """

    slide: int
    split: tuple[int, int] | None
    base: Element
    deck: Element
    cells: Mapping[str, DeckCell]
    merged: frozenset[str]
    """The columns of cells that people merged."""


@dataclass(slots=True)
class DeckRows:
    """All rows of a deck: those that were generated, by name, and those that people added.

    ``orders`` has the names on each slide in their order there, by the slide's key. ``heads`` has the places of its
    header rows: a row may have been moved above them.
    """

    generated: tuple[RowName, ...]
    """The names of all rows that were generated, in their order."""
    known: dict[RowName, DeckRow] = field(default_factory=dict[RowName, DeckRow])
    orders: dict[str, list[RowName]] = field(default_factory=dict[str, list[RowName]])
    heads: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    added: dict[object, list[Element]] = field(default_factory=dict[object, list[Element]])
    """Rows that people added, by the name of the row above, or the key of the slide where there is none."""
    unplaced: dict[str, list[Element]] = field(default_factory=dict[str, list[Element]])
    """Added rows for whose table there is no slide any more, by the key of their old slide."""

    def closest(self, name: RowName) -> DeckRow | None:
        """Return a row; where it was cut in other parts, one of those."""
        parts = (row for other, row in self.known.items() if other[:-1] == name[:-1])
        return self.known.get(name) or next(parts, None)


@dataclass(frozen=True, slots=True)
class GoalFates:
    """``unchanged`` are the ids of the goals whose rows stay as they are.

    ``of_data`` are the cells, by the goal's id and the column, of which not a word of the deck may stay: they say what
    the data do, and the deck says otherwise.
    """

    unchanged: frozenset[str]
    of_data: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TableEdits:
    """What people did to the tables of a deck, and how it meets the new data.

    ``deleted`` names deleted rows; without its last part, a name stands for all rows of a goal. ``goals`` says what
    becomes of those of the goals.
    """

    rows: DeckRows
    deleted: frozenset[RowName]
    goals: GoalFates
    resolver: ConflictResolver
    problems: list[Problem] = field(default_factory=list[Problem])
    """What stands in the way of the new data (errors), and what is lost by them (warnings)."""

    def keep_look(self, slide: int, base: Element, deck: Element, new: Element) -> None:
        """Give a new text the look and the links that people gave the old one; note the links that it cannot have."""
        keep_formatting(base, deck, new)
        place = SlidePlace(self.resolver.file, slide)
        self.problems.extend(
            Problem("refresh-link-lost", place, {"value": text}) for text in keep_phrases(base, deck, new)
        )

    def is_deleted(self, name: RowName) -> bool:
        """Return whether people deleted a row: itself, or all rows of its goal where that was cut in other parts."""
        return name in self.deleted or name[:-1] in self.deleted


def deleted_rows(rows: DeckRows) -> frozenset[RowName]:
    """Name the rows that people deleted, and by its name without a part that of which they deleted all rows."""
    generated, known = set(rows.generated), rows.known.keys()
    whole = {name[:-1] for name in generated} - {name[:-1] for name in known}
    return frozenset(generated - known | whole)


def rows_of_deck(slides: Sequence[tuple[ReadSlide, Element]], base: GeneratedDeck, file: str) -> DeckRows:
    """Find every row of a deck. Raises ``ProblemsFound`` where a table has other columns than were generated."""
    problems = [
        Problem("refresh-columns", SlidePlace(file, slide.number, slide.table))
        for slide, root in slides
        if _has_other_columns(slide, root)
    ]
    if problems:
        raise ProblemsFound(problems)
    rows = DeckRows(tuple(name for slide in base.slides.values() for name in slide.rows))
    for slide, root in slides:
        if slide.snapshot is not None and slide.table is not None:
            _read_slide(slide, root, base.slides.get(slide.snapshot.key), base, rows)
    return rows


def _has_other_columns(slide: ReadSlide, root: Element) -> bool:
    """Return whether the rows of a table have more or fewer cells than they had."""
    frame = _table_in(root, slide.table) if slide.table is not None else None
    elements = rows_in(frame) if frame is not None else []
    known = ((elements[row.index], row.snapshot) for row in slide.rows if row.snapshot)
    return any(len(element.findall(f"{A}tc")) != len(snapshot.cells) for element, snapshot in known)


def _read_slide(
    slide: ReadSlide, root: Element, base_slide: GeneratedSlide | None, base: GeneratedDeck, rows: DeckRows
) -> None:
    """Enter the rows of a slide into ``rows``."""
    frame = _table_in(root, slide.table)
    if base_slide is None or frame is None:
        return
    elements = rows_in(frame)
    heads = [text_of(row) for row in _generated_rows(base_slide)[: head_rows(base_slide)]]
    body = [row for row in slide.rows if text_of(elements[row.index]) not in heads]
    rows.heads[base_slide.key] = sorted(set(range(len(elements))) - {row.index for row in body})
    above: object = base_slide.key
    for row in body:
        found = generated_row(row, [base_slide, *base.slides.values()])
        if row.snapshot is None or found is None:
            rows.added.setdefault(above, []).append(elements[row.index])
            continue
        above, base_row = found
        cells = dict(_cells(row.snapshot, row.cells, base_row, elements[row.index]))
        rows.known[above] = DeckRow(slide.number, row.snapshot.split, base_row, elements[row.index], cells, row.merged)
        rows.orders.setdefault(base_slide.key, []).append(above)


def generated_row(row: ReadRow, slides: Sequence[GeneratedSlide]) -> tuple[RowName, Element] | None:
    """Find the name of a row and how it was generated, on the first slide that has it; None where people added it."""
    snapshot = row.snapshot
    # A row in a table of another kind than its own counts as added.
    if snapshot is None or [cell.key for cell in row.cells] != [cell.key for cell in snapshot.cells]:
        return None
    for slide in slides:
        for n, generated in enumerate(slide.snapshot.rows):
            if _kind(generated) == _kind(snapshot) and (generated.goal or generated == snapshot):
                return slide.rows[n], _generated_rows(slide)[head_rows(slide) + n]
    return None


def _kind(row: RowSnapshot) -> tuple[object, ...]:
    """Return what a row is about, and its columns: the pages of changes have the goals too."""
    return row.goal, row.split, *(cell.key for cell in row.cells)


def _cells(
    snapshot: RowSnapshot, cells: Sequence[ReadCell], base: Element, deck: Element
) -> Iterator[tuple[str, DeckCell]]:
    """Pair the cells of a row; one that is not edited says what was generated."""
    elements = (base.findall(f"{A}tc"), deck.findall(f"{A}tc"))
    for generated, cell, base_cell, deck_cell in zip(snapshot.cells, cells, *elements, strict=True):
        content = cell_content(generated)
        yield cell.key, DeckCell(base_cell, deck_cell, content, cell_content(cell) if cell.is_edited else content)


def cell_content(cell: CellSnapshot | ReadCell) -> Content:
    """Return what a cell says."""
    return tuple((paragraph.text, paragraph.level) for paragraph in cell.paragraphs)


def _table_in(root: Element, name: str | None) -> Element | None:
    """Return the frame of the table with a name; the first one, where none has it."""
    frames = [frame for frame in root.iter(f"{P}graphicFrame") if frame.find(f".//{A}tbl") is not None]
    named = [frame for frame in frames if frame.find(f".//{P}cNvPr").get("name") == name]
    return next(iter(named or frames), None)


def _generated_rows(slide: GeneratedSlide) -> list[Element]:
    return rows_in(_table_in(slide.on_own_layout, None))


def rows_in(frame: Element) -> list[Element]:
    """Return the rows of a table."""
    return frame.findall(f".//{A}tbl/{A}tr")


def put_rows(frame: Element, rows: Sequence[Element]) -> None:
    """Put rows into the frame of a table in the place of its own."""
    height = sum(map(row_height, rows))
    if height != sum(map(row_height, rows_in(frame))):
        frame.find(f"{P}xfrm/{A}ext").set("cy", str(height))
    table = frame.find(f".//{A}tbl")
    for row in rows_in(frame):
        table.remove(row)
    table.extend(rows)


def row_height(row: Element) -> int:
    """Return the height that a row says, in EMU."""
    return int(row.get("h", "0"))


def head_rows(slide: GeneratedSlide) -> int:
    """Return how many rows of a slide's table are its head."""
    return len(slide.page.table.header) if slide.page.table else 0


def place_added_rows(rows: DeckRows, base: GeneratedDeck, new: GeneratedDeck) -> None:
    """Put each added row below the nearest row above it in its table that stays, else at the top of its slide.

    A row for which its table has no place any more becomes ``unplaced``.
    """
    staying = {name: name for slide in new.slides.values() for name in slide.rows}
    # Of what is cut in other parts now, the last part.
    last_parts: dict[RowName, RowName] = {name[:-1]: name for name in staying}
    added, rows.added = rows.added, {}
    for slides in _tables(base):
        place: object = None
        for slide in slides:
            if slide.key in new.slides:
                place = slide.key
            for above in (None, *rows.orders.get(slide.key, ())):
                if above is not None:
                    place = staying.get(above) or last_parts.get(above[:-1]) or place
                kept = rows.unplaced.setdefault(slide.key, []) if place is None else rows.added.setdefault(place, [])
                kept += added.get(above or slide.key, ())


def _tables(base: GeneratedDeck) -> Iterator[list[GeneratedSlide]]:
    """Yield the slides of each table in their order."""
    for _, slides in groupby(base.slides.values(), lambda slide: slide.table):
        yield list(slides)


def with_columns(row: Element, keys: Sequence[str]) -> Element:
    """Give an added row the columns of its table: an empty cell for subgoals, or those below the goal's own words."""
    cells = row.findall(f"{A}tc")
    if len(cells) == len(keys) - 1 and _SUBGOALS in keys:
        cells[0].addnext(_empty(cells[0]))
    elif len(cells) == len(keys) + 1 and _SUBGOALS not in keys:
        subgoals = cells[_SUBGOALS_PLACE]
        if text_of(subgoals):
            cells[0].find(f"{A}txBody").extend(subgoals.findall(f"{A}txBody/{A}p"))
        row.remove(subgoals)
    return row


def _empty(cell: Element) -> Element:
    """Return a cell with the formatting of another one and no text."""
    result = clone(cell)
    first, *others = result.findall(f"{A}txBody/{A}p")
    for paragraph in others:
        paragraph.getparent().remove(paragraph)
    for name in ("r", "br", "fld"):
        for text in first.findall(f"{A}{name}"):
            first.remove(text)
    return result
