"""From the file of a deck that was built by us to what each slide, row and cell of it is, and says now.

Knows not what that means for the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from raportti.decks.readback.join import Words
from raportti.decks.readback.match import RowKey, Slides, head_rows, match_rows, match_slides, table_of
from raportti.decks.readback.slides import (
    DeckReading,
    RawDeck,
    RawParagraph,
    RawRow,
    RawSlide,
    RawTable,
    ReadCell,
    ReadParagraph,
    ReadRow,
    ReadSlide,
    read_raw,
)
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.model import Report
from raportti.snapshot import CellSnapshot, RowSnapshot, SlideSnapshot, Snapshot, read_snapshot


def read_deck(path: Path) -> DeckReading:
    """Read a deck of ours. Raises ``ProblemsFound`` where the file is none, or cannot be read; it is only read."""
    deck = read_raw(path)
    stamp = _stamp(deck, FilePlace(str(path)))
    words = Words(_texts(stamp))
    slides = tuple(_undone(slide, words) for slide in deck.slides)
    known = match_slides(slides, stamp.slides)
    return DeckReading(path, stamp, tuple(_Reader(slides, stamp, known).slides()), tuple(known.missing(stamp.slides)))


def _stamp(deck: RawDeck, place: FilePlace) -> Snapshot:
    if deck.stamp is None:
        raise ProblemsFound([Problem("deck-not-ours", place)])
    try:
        return read_snapshot(deck.stamp)
    except ValueError as error:
        raise ProblemsFound([Problem("deck-stamp-broken", place, {"words": str(error)})]) from error


def _undone(slide: RawSlide, words: Words) -> RawSlide:
    """Make the words of a slide whole that the layout broke."""

    def cell(paragraphs: Sequence[RawParagraph]) -> tuple[RawParagraph, ...]:
        return tuple(replace(paragraph, text=words.undone(paragraph.text)) for paragraph in paragraphs)

    def table(table: RawTable) -> RawTable:
        return replace(table, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in table.rows))

    return replace(slide, title=words.undone(slide.title), tables=tuple(map(table, slide.tables)))


def _texts(stamp: Snapshot) -> Iterator[str]:
    """Give all texts that may have been broken: those of the report whole, then as they were drawn."""
    yield from _texts_of(stamp.report)
    for slide in stamp.slides:
        yield slide.title
        yield from (p.text for row in slide.rows for cell in row.cells for p in cell.paragraphs)


def _texts_of(report: Report) -> Iterator[str]:
    for goal in report.goals:
        yield goal.text
        yield from goal.assessment
        yield from (text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items))


class _Reader:
    """Reads the slides of a deck whose slides are known."""

    def __init__(self, slides: Sequence[RawSlide], stamp: Snapshot, known: Slides) -> None:
        self._slides = slides
        self._known = known
        self._tables = {slide.number: found for slide in slides if (found := self._table(slide))}
        self._rows = match_rows(self._tables, stamp.slides)

    def slides(self) -> Iterator[ReadSlide]:
        for slide in self._slides:
            stamp, copied = self._known.stamps.get(slide.number), self._known.copies.get(slide.number)
            read = ReadSlide(slide.number, slide.part, slide.key, stamp, copied, slide.title)
            found = self._tables.get(slide.number)
            yield self._with_table(read, *found) if found else read

    def _with_table(self, slide: ReadSlide, table: RawTable, stamp: SlideSnapshot) -> ReadSlide:
        rows = tuple(self._read_rows(slide.number, table, stamp))
        has_head = bool(table.rows) and (slide.number, 0) not in self._rows
        head = tuple(_line(cell) for cell in table.rows[0].cells) if has_head else ()
        return replace(slide, table=table.name, rows=rows, head=head)

    def _table(self, slide: RawSlide) -> tuple[RawTable, SlideSnapshot] | None:
        stamp = self._known.stamps.get(slide.number)
        table = table_of(slide, stamp) if stamp else None
        return (table, stamp) if table and stamp else None

    def _read_rows(self, number: int, table: RawTable, stamp: SlideSnapshot) -> Iterator[ReadRow]:
        columns = _columns(number, table, stamp, self._rows)
        for index, row in enumerate(table.rows):
            said = self._rows.get((number, index))
            if said is not None or index >= head_rows(stamp):
                yield ReadRow(said, index, tuple(self._cells(row, columns, said)))

    def _cells(self, row: RawRow, columns: Mapping[str, int], stamp: RowSnapshot | None) -> Iterator[ReadCell]:
        said = {cell.key: cell for cell in stamp.cells} if stamp else {}
        for key, column in columns.items():
            raw = row.cells[column] if column < len(row.cells) else ()
            yield _cell(raw, said.get(key, CellSnapshot(key, ())), stamp)


def _line(paragraphs: Sequence[RawParagraph]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs)


def _cell(raw: Sequence[RawParagraph], stamp: CellSnapshot, row: RowSnapshot | None) -> ReadCell:
    read = [ReadParagraph(paragraph.text, paragraph.level) for paragraph in raw]
    is_cut = row is not None and row.split is not None and row.split[0] < row.split[1]
    if is_cut and read and stamp.paragraphs:
        read[-1] = _without_hyphen(read[-1], stamp.paragraphs[-1].text)
    return ReadCell(stamp.key, tuple(read), _is_edited(read, stamp))


def _without_hyphen(paragraph: ReadParagraph, said: str) -> ReadParagraph:
    """Undo the hyphen where the end of a part divides a word: no break follows it."""
    text = paragraph.text if said.rstrip().endswith("-") else paragraph.text.removesuffix("-")
    return replace(paragraph, text=text)


def _is_edited(read: Sequence[ReadParagraph], stamp: CellSnapshot) -> bool:
    """Tell whether a cell says other than what was generated; levels count where it is a list."""
    said = [paragraph for paragraph in stamp.paragraphs if paragraph.text.strip()]
    if [paragraph.text for paragraph in read] != [p.text.strip() for p in said]:
        return True
    is_list = stamp.key == "subgoals"
    return is_list and any(p.level != s.level for p, s in zip(read, said, strict=True) if not s.continued)


def _columns(number: int, table: RawTable, stamp: SlideSnapshot, rows: Mapping[RowKey, RowSnapshot]) -> dict[str, int]:
    """Say which column has which key: as they were generated or, where columns came or went, by their texts."""
    keys = [cell.key for cell in stamp.rows[0].cells] if stamp.rows else []
    width = max((len(row.cells) for row in table.rows), default=0)
    if width == len(keys):
        return {key: n for n, key in enumerate(keys)}
    found: dict[str, int] = {}
    for n, key in enumerate(keys):
        left = [column for column in range(width) if column not in found.values()]
        agreed = {column: _agreement(number, table, column, n, rows) for column in left}
        best = max(agreed, key=lambda column: agreed[column], default=None)
        if best is not None and agreed[best]:
            found[key] = best
    return found


def _agreement(number: int, table: RawTable, column: int, place: int, rows: Mapping[RowKey, RowSnapshot]) -> int:
    """Count the rows that say in a column what was generated in a place."""
    matched = ((row, rows.get((number, index))) for index, row in enumerate(table.rows))
    return sum(
        stamp is not None
        and column < len(row.cells)
        and [p.text for p in row.cells[column]] == [p.text for p in stamp.cells[place].paragraphs]
        for row, stamp in matched
    )
