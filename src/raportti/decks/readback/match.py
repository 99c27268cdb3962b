"""From the slides and rows of an edited deck to what they were when they were generated.

A slide is known by its tag; where a program dropped that, by the name of its table, its title, or its rows. Does not
know what was changed in them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from raportti.decks.readback.slides import RawParagraph, RawRow, RawSlide, RawTable
from raportti.render.pptx.table import row_id
from raportti.snapshot import ParagraphSnapshot, RowSnapshot, SlideSnapshot

_ALIKE = 0.5
"""From this share of words in common on, two rows are taken for the same one with edits."""
_LONGEST_STATUS = len("INTE BEDÖMT")
_FIRST_COLUMN_WEIGHT = 2
"""How much the first column, which says what the row is about, counts against each other one."""
_HEADS = {"summary": 2}

RowKey: TypeAlias = tuple[int, int]
"""The number of a slide, and the index of a row in its table, header rows counted."""
_Keys: TypeAlias = tuple[Callable[[RawSlide], str | None], Callable[[SlideSnapshot], str | None]]
"""What a slide of the deck is known by, and the same of a generated one."""

_BY_TAG: _Keys = (lambda slide: slide.key, lambda generated: generated.key)
_BY_TABLE: _Keys = (
    lambda slide: slide.tables[0].name if slide.tables and slide.key is None else None,
    lambda generated: generated.table,
)
_BY_TITLE: _Keys = (lambda slide: slide.title if slide.key is None else None, lambda generated: generated.title)


@dataclass(slots=True)
class SlideMatches:
    """Which slide of the deck, by its number, is which generated one, and which is a copy of one that is there too.

    Several slides are the same generated one where people split its table over them.
    """

    generated: dict[int, SlideSnapshot] = field(default_factory=dict[int, SlideSnapshot])
    copies: dict[int, SlideSnapshot] = field(default_factory=dict[int, SlideSnapshot])

    def unmatched(self, slides: Sequence[RawSlide]) -> list[RawSlide]:
        """Return the slides of the deck that are not known yet."""
        return [slide for slide in slides if slide.number not in self.generated and slide.number not in self.copies]

    def missing(self, slides: Sequence[SlideSnapshot]) -> list[SlideSnapshot]:
        """Return the generated slides that are not found yet."""
        found = {slide.key for slide in self.generated.values()}
        return [slide for slide in slides if slide.key not in found]


def match_slides(slides: Sequence[RawSlide], generated: Sequence[SlideSnapshot]) -> SlideMatches:
    """Find the slides that were generated. A slide with a tag is known by that alone."""
    matches = SlideMatches()
    for key_of, key_of_generated in (_BY_TAG, _BY_TABLE, _BY_TITLE):
        for wanted in matches.missing(generated):
            unmatched = matches.unmatched(slides)
            _choose(matches, wanted, [s for s in unmatched if _is_same(key_of(s), key_of_generated(wanted))])
    for slide in [slide for slide in matches.unmatched(slides) if slide.key is None and slide.tables]:
        best = max(matches.missing(generated), key=lambda wanted: _slide_likeness(slide, wanted), default=None)
        if best and best.table and _slide_likeness(slide, best) >= _ALIKE:
            matches.generated[slide.number] = best
    _add_split_off(matches, slides)
    return matches


def _add_split_off(matches: SlideMatches, slides: Sequence[RawSlide]) -> None:
    """Add the slides to which people took rows of a table: at least half of what they have of it is nowhere else.

    A copy has the same rows, and so has a slide of another deck that was built of the same report.
    """
    there = [(slide, found) for slide in slides if (found := matches.generated.get(slide.number))]
    wanted = {found.key: found for _, found in there if found.table is not None}
    for slide in [slide for slide in slides if slide.number not in matches.generated and slide.tables]:
        rows = [row for slide, found in there for row in _rows_of(slide, found)]
        for generated in wanted.values():
            known = [row for row in generated.rows if any(is_row(own, row) for own in _rows_of(slide, generated))]
            lacking = [row for row in known if not any(is_row(other, row) for other in rows)]
            if lacking and 2 * len(lacking) >= len(known):
                matches.generated[slide.number] = generated
                matches.copies.pop(slide.number, None)
                there.append((slide, generated))
                break


def _rows_of(slide: RawSlide, generated: SlideSnapshot) -> Sequence[RawRow]:
    """Return the rows of a slide's table that has the columns of a generated one."""
    table = table_of(slide, generated)
    widths = {len(row.cells) for row in generated.rows}
    return [row for row in table.rows if len(row.cells) in widths] if table else ()


def is_row(row: RawRow, generated: RowSnapshot) -> bool:
    """Return whether a row is one that was generated: by its id, else by its words."""
    if row.id is not None and generated.goal:
        return row.id == row_id(generated.goal, generated.split, 0)
    return _row_likeness(row, generated) >= _ALIKE


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.split() == other.split()


def _choose(matches: SlideMatches, generated: SlideSnapshot, candidates: Sequence[RawSlide]) -> None:
    """Take the slide that is most like what was generated, the first of several; the others are copies of it."""
    likely = [slide for slide in candidates if not _is_of_other_deck(slide, generated)]
    best = max(likely, key=lambda slide: _slide_likeness(slide, generated), default=None)
    if best:
        matches.generated[best.number] = generated
        matches.copies |= {slide.number: generated for slide in candidates if slide is not best}


def _is_of_other_deck(slide: RawSlide, generated: SlideSnapshot) -> bool:
    """Return whether a slide has a table with no text of the generated one."""
    rows = [row for table in slide.tables for row in table.rows[head_rows(generated) :]]
    if not rows or not generated.rows:
        return False
    return all(_row_likeness(row, wanted) < _ALIKE for row in rows for wanted in generated.rows)


def _slide_likeness(slide: RawSlide, generated: SlideSnapshot) -> float:
    table = table_of(slide, generated)
    return _table_likeness(table, generated) if table else 0.0


def table_of(slide: RawSlide, generated: SlideSnapshot) -> RawTable | None:
    """Return the table of a slide that was generated: the one of its name, else the one that is most like it."""
    if generated.table is None:
        return None
    named = (table for table in slide.tables if _is_same(table.name, generated.table))
    most_alike = max(slide.tables, key=lambda table: _table_likeness(table, generated), default=None)
    return next(named, most_alike)


def head_rows(slide: SlideSnapshot) -> int:
    """Return how many rows of a slide's table are its head."""
    return _HEADS.get(slide.kind, 1)


def match_rows(
    tables: Mapping[int, tuple[RawTable, SlideSnapshot]], generated: Sequence[SlideSnapshot]
) -> dict[RowKey, RowSnapshot]:
    """Find the rows that were generated, in the tables of the slides with these numbers."""
    numbers: dict[str, set[int]] = {}
    for number, (_, slide) in tables.items():
        numbers.setdefault(slide.key, set()).add(number)
    matcher = _RowMatcher(
        {(number, n): row for number, (table, _) in tables.items() for n, row in enumerate(table.rows)},
        [
            _GeneratedRow(frozenset(numbers.get(slide.key, ())), slide.kind, row)
            for slide in generated
            for row in slide.rows
        ],
        {number: slide for number, (_, slide) in tables.items()},
    )
    matcher.by_id()
    matcher.by_text(is_same_slide=True)
    matcher.by_text(is_same_slide=False)
    matcher.by_place()
    return matcher.found


@dataclass(frozen=True, slots=True)
class _GeneratedRow:
    """A row that was generated, on a slide of a kind; ``slides`` are the numbers that this has now, if any."""

    slides: frozenset[int]
    kind: str
    snapshot: RowSnapshot


class _RowMatcher:
    """Pairs the rows of the deck that are not known yet with those that are not found yet."""

    def __init__(
        self, rows: dict[RowKey, RawRow], missing: list[_GeneratedRow], slides: Mapping[int, SlideSnapshot]
    ) -> None:
        self.found: dict[RowKey, RowSnapshot] = {}
        self._rows = rows
        self._missing = missing
        self._slides = slides

    def by_id(self) -> None:
        """Take the rows with the ids of goals; of several with one id, the one that is most alike."""
        places: dict[int, list[RowKey]] = {}
        for key, row in self._rows.items():
            if row.id is not None:
                places.setdefault(row.id, []).append(key)
        for wanted in tuple(self._missing):
            goal = wanted.snapshot.goal
            of_goal = places.get(row_id(goal, wanted.snapshot.split, 0), ()) if goal else ()
            # The pages of changes have rows of the same goals.
            same = [key for key in of_goal if self._slides[key[0]].kind == wanted.kind]
            if same:
                self._take(max(same, key=lambda key: self._likeness(key, wanted)), wanted)

    def by_text(self, *, is_same_slide: bool) -> None:
        """Pair what is left, the most alike first; on another slide only below the head of a table of the same kind."""
        pairs = [
            (self._likeness(key, wanted), key, wanted)
            for wanted in self._missing
            for key in self._rows
            if (key[0] in wanted.slides if is_same_slide else self._may_have_moved(key, wanted))
        ]
        for share, key, wanted in sorted(pairs, key=lambda pair: -pair[0]):
            if share >= _ALIKE and key in self._rows and wanted in self._missing:
                self._take(key, wanted)

    def _may_have_moved(self, key: RowKey, wanted: _GeneratedRow) -> bool:
        number, index = key
        slide = self._slides[number]
        return number not in wanted.slides and slide.kind == wanted.kind and index >= head_rows(slide)

    def by_place(self) -> None:
        """Pair the only row that is left of a slide with the only one that it lacks, if it has no id of its own."""
        for number, slide in self._slides.items():
            left = [key for key in self._rows if key[0] == number and key[1] >= head_rows(slide)]
            lacking = [wanted for wanted in self._missing if number in wanted.slides]
            if len(left) == len(lacking) == 1 and self._rows[left[0]].id is None:
                self._take(left[0], lacking[0])

    def _likeness(self, key: RowKey, wanted: _GeneratedRow) -> float:
        return _row_likeness(self._rows[key], wanted.snapshot) if key in self._rows else -1

    def _take(self, key: RowKey, wanted: _GeneratedRow) -> None:
        if key in self._rows:
            self.found[key] = wanted.snapshot
            del self._rows[key]
            self._missing.remove(wanted)


def _table_likeness(table: RawTable, generated: SlideSnapshot) -> float:
    """Return how alike the rows of a table are to those generated: each to the one that it is most like, on average."""
    if not table.rows or not generated.rows:
        return 0.0
    best = (max(_row_likeness(row, wanted) for row in table.rows) for wanted in generated.rows)
    return sum(best) / len(generated.rows)


def _row_likeness(row: RawRow, generated: RowSnapshot) -> float:
    """Return the share of words that a row has in common with one that was generated, from 0 to 1.

    Where cells are merged, the words of one stand in another: the row counts as one cell.
    """
    if row.merged:
        said, wanted_words = (
            sum((_words(cell) for cell in cells), Counter[str]())
            for cells in (row.cells, [cell.paragraphs for cell in generated.cells])
        )
        return _share(said, wanted_words)
    shares = [
        (_FIRST_COLUMN_WEIGHT if n == 0 else 1, _share(_words(cell), _words(wanted.paragraphs)))
        for n, (cell, wanted) in enumerate(zip(row.cells, generated.cells, strict=False))
        if n == 0 or _is_text(wanted.paragraphs)
    ]
    weights = sum(weight for weight, _ in shares)
    return sum(weight * share for weight, share in shares) / weights if weights else 0.0


def _words(paragraphs: Iterable[RawParagraph | ParagraphSnapshot]) -> Counter[str]:
    return Counter(word for paragraph in paragraphs for word in paragraph.text.split())


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _is_text(paragraphs: Sequence[ParagraphSnapshot]) -> bool:
    """Return whether a cell has text that tells rows apart: statuses, scores and figures are the same in many."""
    return sum(len(paragraph.text) for paragraph in paragraphs) > _LONGEST_STATUS
