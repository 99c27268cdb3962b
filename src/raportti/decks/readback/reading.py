"""From the file of a deck that was built here to what each slide, row and cell of it was generated as, and says now.

Does not know what that means for the report.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from raportti.decks.readback.match import RowKey, SlideMatches, head_rows, is_row, match_rows, match_slides, table_of
from raportti.decks.readback.slides import RawDeck, RawParagraph, RawRow, RawSlide, RawTable, read_raw
from raportti.problems import FilePlace, Place, Problem, ProblemsFound, SlidePlace
from raportti.report.model import Report
from raportti.snapshot import CellSnapshot, RowSnapshot, SlideSnapshot, Snapshot, read_snapshot

_TOKEN = re.compile(r"[\S\n]+")
_SPACES = re.compile(" +")
_SHORTEST = 10
"""A shorter word fits any column of text."""
_MOST_PIECES = 50
"""A word in more lines than this is none."""
_MARKS = "-.,;:!?()[]\"'”’»…"
"""What may stand around a word."""
_ALIKE = 0.85
"""How alike a word without its breaks has to be to one that is known, to be that word with an edit."""


class KnownWords:
    """The words that were generated: they tell how a broken word was written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._written = frozenset(word for text in texts for word in text.split())
        self._known = {_bare(word): word for written in sorted(self._written) if (word := written.strip(_MARKS))}

    def unbroken(self, text: str) -> str:
        r"""Return a text without the breaks of its layout; every other break is a space.

        >>> KnownWords(["Sote-keskus on järjestelmä"]).unbroken("Sote-\nkeskus,\njärjes-\ntelmästä")
        'Sote-keskus, järjestelmästä'
        """
        if "\n" not in text:
            return text
        whole = _TOKEN.sub(lambda found: self._joined([piece for piece in found.group().split("\n") if piece]), text)
        return _SPACES.sub(" ", whole).strip(" ")

    def _joined(self, pieces: list[str]) -> str:
        """Join the pieces of words, the longest known words first; what is joined to no other piece is a word."""
        words: list[str] = []
        while pieces:
            count, word = self._first_known(pieces)
            glued = self._glued(*pieces[:2]) if not count and len(pieces) > 1 else None
            if glued is not None:
                pieces[:2] = [glued]
            else:
                words.append(word)
                del pieces[: max(count, 1)]
        return " ".join(words)

    def _first_known(self, pieces: list[str]) -> tuple[int, str]:
        """Return how many pieces are the first known word, and it; none, and the first piece, where there is none."""
        for count in range(min(len(pieces), _MOST_PIECES), 1, -1):
            known = self._whole("".join(pieces[:count]))
            if known is not None:
                return count, known
        return 0, pieces[0]

    def _whole(self, written: str) -> str | None:
        """Return a known word, with the marks that are around it now; None where it is not known."""
        core = written.strip(_MARKS)
        known = self._known.get(_bare(core))
        return None if known is None or not core else written.replace(core, known)

    def _glued(self, first: str, second: str) -> str | None:
        """Join the pieces of an edited or a new word; None where the break stands between two words."""
        if {first, second} <= self._written:
            return None
        if not first.endswith("-"):
            bare = _bare(first + second)
            is_one = len(bare) >= _SHORTEST and get_close_matches(bare, self._known, 1, _ALIKE)
            return first + second if is_one else None
        if not first[-2:-1].isalpha() or not second:
            return None
        return first.removesuffix("-") + second if second[0].islower() else first + second


def _bare(word: str) -> str:
    return word.replace("-", "").replace("\u00ad", "")


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph without the breaks of its layout; ``level`` is 0 for text, 1 and 2 for items of a list."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell under the key of its column; ``is_edited``: it says other than what was generated."""

    key: str
    paragraphs: tuple[ReadParagraph, ...]
    is_edited: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a table; ``snapshot`` is None where it was added by hand. ``index`` counts header rows, from 0.

    ``merged`` are the columns of cells that people merged: nobody knows which of them says what, so each is taken to
    say what was generated.
    """

    snapshot: RowSnapshot | None
    index: int
    cells: tuple[ReadCell, ...]
    merged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadSlide:
    """A slide with its number in the deck's order, from 1, and the name of its part.

    ``key`` is that of its tag. ``snapshot`` is None where people added the slide, and the same on all slides over which
    people split a table; ``copy_of`` says which generated one it is a copy of. ``table`` is the name of its table, None
    where it has none (any more), ``head`` has the texts above its columns.
    """

    number: int
    part: str
    key: str | None
    snapshot: SlideSnapshot | None
    copy_of: SlideSnapshot | None
    title: str
    table: str | None = None
    rows: tuple[ReadRow, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckReading:
    """A deck that was built here; ``missing`` are the slides that were generated and are not there any more.

    ``unread`` are the tables, by their slides' numbers, that have rows which were generated, and are not read: a slide
    has one table of goals.
    """

    path: Path
    snapshot: Snapshot
    slides: tuple[ReadSlide, ...]
    missing: tuple[SlideSnapshot, ...]
    unread: tuple[tuple[int, str], ...] = ()

    @property
    def language(self) -> str:
        """The language of its report."""
        return self.snapshot.report.language

    def place_of(self, goal: str | None) -> Place:
        """Return the first slide on which a goal stands; the deck itself where that is none."""
        for slide in self.slides:
            if goal is not None and any(row.snapshot and row.snapshot.goal == goal for row in slide.rows):
                return SlidePlace(str(self.path), slide.number)
        return FilePlace(str(self.path))


def read_deck(path: Path) -> DeckReading:
    """Read a deck, and change nothing in it. Raises ``ProblemsFound`` where it was not built here or is broken."""
    deck = read_raw(path)
    snapshot = _snapshot(deck, FilePlace(str(path)))
    words = KnownWords(_generated_texts(snapshot))
    slides = tuple(_unbroken(slide, words) for slide in deck.slides)
    matches = match_slides(slides, snapshot.slides)
    reader = _Reader(slides, snapshot, matches)
    read = tuple(reader.slides())
    return DeckReading(path, snapshot, read, tuple(matches.missing(snapshot.slides)), tuple(reader.unread()))


def _snapshot(deck: RawDeck, place: FilePlace) -> Snapshot:
    if deck.snapshot is None:
        raise ProblemsFound([Problem("deck-not-ours", place)])
    try:
        return read_snapshot(deck.snapshot)
    except ValueError as error:
        raise ProblemsFound([Problem("deck-stamp-broken", place, {"words": str(error)})]) from error


def _unbroken(slide: RawSlide, words: KnownWords) -> RawSlide:
    """Make the words of a slide whole that the layout broke."""

    def cell(paragraphs: Sequence[RawParagraph]) -> tuple[RawParagraph, ...]:
        return tuple(replace(paragraph, text=words.unbroken(paragraph.text)) for paragraph in paragraphs)

    def table(table: RawTable) -> RawTable:
        return replace(table, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in table.rows))

    return replace(slide, title=words.unbroken(slide.title), tables=tuple(map(table, slide.tables)))


def _generated_texts(snapshot: Snapshot) -> Iterator[str]:
    """Give all texts that may have been broken: those of the report whole, then as they were drawn."""
    yield from _report_texts(snapshot.report)
    for slide in snapshot.slides:
        yield slide.title
        yield from (p.text for row in slide.rows for cell in row.cells for p in cell.paragraphs)


def _report_texts(report: Report) -> Iterator[str]:
    for goal in report.goals:
        yield goal.text
        yield from goal.assessment
        yield from (text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items))


class _Reader:
    """Reads the slides of a deck by what they were generated as."""

    def __init__(self, slides: Sequence[RawSlide], snapshot: Snapshot, matches: SlideMatches) -> None:
        self._slides = slides
        self._snapshot = snapshot
        self._matches = matches
        self._tables = {slide.number: found for slide in slides if (found := self._table(slide))}
        self._rows = match_rows(self._tables, snapshot.slides)

    def slides(self) -> Iterator[ReadSlide]:
        for slide in self._slides:
            generated = self._matches.generated.get(slide.number)
            copy_of = self._matches.copies.get(slide.number)
            read = ReadSlide(slide.number, slide.part, slide.key, generated, copy_of, slide.title)
            found = self._tables.get(slide.number)
            yield self._with_table(read, *found) if found else read

    def unread(self) -> Iterator[tuple[int, str]]:
        """Give the tables beside those that are read, by their slides, which have rows that are missing in these."""
        found = set(self._rows.values())
        lacking = [row for slide in self._snapshot.slides for row in slide.rows if row.goal and row not in found]
        for slide in self._slides if lacking else ():
            read = self._tables.get(slide.number)
            for table in slide.tables if slide.number not in self._matches.copies else ():
                is_read = read is not None and table is read[0]
                if not is_read and any(is_row(row, wanted) for row in table.rows for wanted in lacking):
                    yield slide.number, table.name

    def _with_table(self, slide: ReadSlide, table: RawTable, generated: SlideSnapshot) -> ReadSlide:
        rows = tuple(self._read_rows(slide.number, table, generated))
        has_head = bool(table.rows) and (slide.number, 0) not in self._rows
        head = tuple(" ".join(p.text for p in cell) for cell in table.rows[0].cells) if has_head else ()
        return replace(slide, table=table.name, rows=rows, head=head)

    def _table(self, slide: RawSlide) -> tuple[RawTable, SlideSnapshot] | None:
        generated = self._matches.generated.get(slide.number)
        table = table_of(slide, generated) if generated else None
        return (table, generated) if table and generated else None

    def _read_rows(self, number: int, table: RawTable, generated: SlideSnapshot) -> Iterator[ReadRow]:
        columns = _columns(number, table, generated, self._rows)
        for index, row in enumerate(table.rows):
            snapshot = self._rows.get((number, index))
            if snapshot is not None or index >= head_rows(generated):
                merged = frozenset(key for key, column in columns.items() if column in row.merged)
                yield ReadRow(snapshot, index, tuple(_cells(row, columns, snapshot)), merged)


def _cells(row: RawRow, columns: Mapping[str, int], snapshot: RowSnapshot | None) -> Iterator[ReadCell]:
    generated = {cell.key: cell for cell in snapshot.cells} if snapshot else {}
    is_cut = snapshot is not None and snapshot.split is not None and snapshot.split[0] < snapshot.split[1]
    for key, column in columns.items():
        raw = row.cells[column] if column < len(row.cells) else ()
        said = generated.get(key, CellSnapshot(key, ()))
        if column in row.merged and key in generated:
            texts = (ReadParagraph(p.text.strip(), p.level) for p in said.paragraphs if p.text.strip())
            yield ReadCell(key, tuple(texts), is_edited=False)
        else:
            yield _cell(raw, said, is_cut=is_cut)


def _cell(raw: Sequence[RawParagraph], generated: CellSnapshot, *, is_cut: bool) -> ReadCell:
    """Read a cell; ``is_cut``: its row goes on on another slide."""
    read = [ReadParagraph(paragraph.text, paragraph.level) for paragraph in raw]
    if is_cut and read and generated.paragraphs:
        read[-1] = _without_hyphen(read[-1], generated.paragraphs[-1].text)
    return ReadCell(generated.key, tuple(read), _is_edited(read, generated))


def _without_hyphen(paragraph: ReadParagraph, generated: str) -> ReadParagraph:
    """Undo the hyphen where the end of a part divides a word: no break follows it."""
    text = paragraph.text if generated.rstrip().endswith("-") else paragraph.text.removesuffix("-")
    return replace(paragraph, text=text)


def _is_edited(read: Sequence[ReadParagraph], cell: CellSnapshot) -> bool:
    """Return whether a cell says other than what was generated; levels count where it is a list."""
    generated = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    if [paragraph.text for paragraph in read] != [paragraph.text.strip() for paragraph in generated]:
        return True
    is_list = cell.key == "subgoals"
    return is_list and any(p.level != g.level for p, g in zip(read, generated, strict=True) if not g.continued)


def _columns(
    number: int, table: RawTable, generated: SlideSnapshot, rows: Mapping[RowKey, RowSnapshot]
) -> dict[str, int]:
    """Find the column of each key: as they were generated or, where columns came or went, by their texts."""
    keys = [cell.key for cell in generated.rows[0].cells] if generated.rows else []
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
    """Count the rows that say in a column what was generated in the column of another place."""
    matched = ((row, rows.get((number, index))) for index, row in enumerate(table.rows))
    return sum(
        snapshot is not None
        and column < len(row.cells)
        and [p.text for p in row.cells[column]] == [p.text for p in snapshot.cells[place].paragraphs]
        for row, snapshot in matched
    )
