"""From slides to what they were when they were generated. Knows not what was changed in them.

A slide is known by its tag; where a program dropped that, by the name of its table, its title, or its rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from raportti.decks.readback.slides import RawParagraph, RawRow, RawSlide, RawTable
from raportti.render.pptx.table import row_id
from raportti.snapshot import ParagraphSnapshot, RowSnapshot, SlideSnapshot

ALIKE = 0.5
"""From this share of words in common on, two rows are taken for the same one with edits."""
_LONGEST_STATUS = len("INTE BEDÖMT")
_GOAL = 2
"""How much the first column, which says what the row is about, counts against each other one."""


def row_likeness(row: RawRow, stamp: RowSnapshot) -> float:
    """Return the share of words that a row has in common with one that was generated, from 0 to 1."""
    shares = [
        (_GOAL if n == 0 else 1, _share(_words(cell), _words(said.paragraphs)))
        for n, (cell, said) in enumerate(zip(row.cells, stamp.cells, strict=False))
        if n == 0 or _is_text(said.paragraphs)
    ]
    weights = sum(weight for weight, _ in shares)
    return sum(weight * share for weight, share in shares) / weights if weights else 0.0


def table_likeness(rows: Sequence[RawRow], stamps: Sequence[RowSnapshot]) -> float:
    """Return how alike the rows of a table are to those generated: each to the one that it is most like, on average."""
    if not rows or not stamps:
        return 0.0
    return sum(max(row_likeness(row, stamp) for row in rows) for stamp in stamps) / len(stamps)


def _words(paragraphs: Iterable[RawParagraph | ParagraphSnapshot]) -> Counter[str]:
    return Counter(word for paragraph in paragraphs for word in paragraph.text.split())


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _is_text(paragraphs: Sequence[ParagraphSnapshot]) -> bool:
    """Tell whether a cell has text that tells rows apart: statuses, scores and figures are the same in many."""
    return sum(len(paragraph.text) for paragraph in paragraphs) > _LONGEST_STATUS


RowKey: TypeAlias = tuple[int, int]
"""The number of a slide, and the index of a row in its table, header rows counted."""
_HEADS = {"summary": 2}


def head_rows(stamp: SlideSnapshot) -> int:
    """Return how many rows of a slide's table are its head."""
    return _HEADS.get(stamp.kind, 1)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row that was generated, on a slide of a kind, and the number that this has now, 0 where it is gone."""

    slide: int
    kind: str
    stamp: RowSnapshot


def match_rows(
    tables: Mapping[int, tuple[RawTable, SlideSnapshot]], stamps: Sequence[SlideSnapshot]
) -> dict[RowKey, RowSnapshot]:
    """Find the rows that were generated, in the tables of the slides with these numbers."""
    numbers = {stamp.key: number for number, (_, stamp) in tables.items()}
    matcher = _Rows(
        {(number, n): row for number, (table, _) in tables.items() for n, row in enumerate(table.rows)},
        [_Wanted(numbers.get(stamp.key, 0), stamp.kind, row) for stamp in stamps for row in stamp.rows],
        {number: stamp for number, (_, stamp) in tables.items()},
    )
    matcher.by_id()
    matcher.by_text(is_same_slide=True)
    matcher.by_text(is_same_slide=False)
    matcher.by_place()
    return matcher.found


class _Rows:
    """Rows that are not known yet, and those that were found."""

    def __init__(self, rows: dict[RowKey, RawRow], wanted: list[_Wanted], slides: Mapping[int, SlideSnapshot]) -> None:
        self.found: dict[RowKey, RowSnapshot] = {}
        self._rows = rows
        self._wanted = wanted
        self._slides = slides

    def by_id(self) -> None:
        """Take the rows with the ids of goals; of several with one id, the one that is most alike."""
        places: dict[int, list[RowKey]] = {}
        for key, row in self._rows.items():
            if row.id is not None:
                places.setdefault(row.id, []).append(key)
        for wanted in tuple(self._wanted):
            of_goal = places.get(row_id(wanted.stamp.goal, wanted.stamp.split, 0), ()) if wanted.stamp.goal else ()
            # The pages of changes have rows of the same goals.
            same = [key for key in of_goal if self._slides[key[0]].kind == wanted.kind]
            if same:
                self._take(max(same, key=lambda key: self._likeness(key, wanted)), wanted)

    def by_text(self, *, is_same_slide: bool) -> None:
        """Pair what is left, the most alike first; another slide is of the same kind, and its head is none of it."""
        pairs = [
            (self._likeness(key, wanted), key, wanted)
            for wanted in self._wanted
            for key in self._rows
            if (key[0] == wanted.slide if is_same_slide else self._may_have_moved(key, wanted))
        ]
        for share, key, wanted in sorted(pairs, key=lambda pair: -pair[0]):
            if share >= ALIKE and key in self._rows and wanted in self._wanted:
                self._take(key, wanted)

    def _may_have_moved(self, key: RowKey, wanted: _Wanted) -> bool:
        number, index = key
        slide = self._slides[number]
        return number != wanted.slide and slide.kind == wanted.kind and index >= head_rows(slide)

    def by_place(self) -> None:
        """Pair the only row that is left of a slide with the only one that it lacks, if it has no id of its own."""
        for number, slide in self._slides.items():
            left = [key for key in self._rows if key[0] == number and key[1] >= head_rows(slide)]
            lacking = [wanted for wanted in self._wanted if wanted.slide == number]
            if len(left) == len(lacking) == 1 and self._rows[left[0]].id is None:
                self._take(left[0], lacking[0])

    def _likeness(self, key: RowKey, wanted: _Wanted) -> float:
        return row_likeness(self._rows[key], wanted.stamp) if key in self._rows else -1

    def _take(self, key: RowKey, wanted: _Wanted) -> None:
        if key in self._rows:
            self.found[key] = wanted.stamp
            del self._rows[key]
            self._wanted.remove(wanted)


_Keys: TypeAlias = tuple[Callable[[RawSlide], str | None], Callable[[SlideSnapshot], str | None]]


@dataclass(slots=True)
class Slides:
    """Which slide (by its number) is which stamp's, and which is a copy of one that another slide is."""

    stamps: dict[int, SlideSnapshot] = field(default_factory=dict[int, SlideSnapshot])
    copies: dict[int, SlideSnapshot] = field(default_factory=dict[int, SlideSnapshot])

    def free(self, slides: Sequence[RawSlide]) -> list[RawSlide]:
        return [slide for slide in slides if slide.number not in self.stamps and slide.number not in self.copies]

    def missing(self, stamps: Sequence[SlideSnapshot]) -> list[SlideSnapshot]:
        found = {stamp.key for stamp in self.stamps.values()}
        return [stamp for stamp in stamps if stamp.key not in found]


_BY_TAG: _Keys = (lambda slide: slide.key, lambda stamp: stamp.key)
_BY_TABLE: _Keys = (
    lambda slide: slide.tables[0].name if slide.tables and slide.key is None else None,
    lambda stamp: stamp.table,
)
_BY_TITLE: _Keys = (lambda slide: slide.title if slide.key is None else None, lambda stamp: stamp.title)


def match_slides(slides: Sequence[RawSlide], stamps: Sequence[SlideSnapshot]) -> Slides:
    """Find the slides that were generated. A slide with a tag is known by that alone."""
    found = Slides()
    for of_slide, of_stamp in (_BY_TAG, _BY_TABLE, _BY_TITLE):
        for stamp in found.missing(stamps):
            _choose(found, stamp, [s for s in found.free(slides) if _same(of_slide(s), of_stamp(stamp))])
    for slide in [slide for slide in found.free(slides) if slide.key is None and slide.tables]:
        stamp = max(found.missing(stamps), key=lambda stamp: _likeness(slide, stamp), default=None)
        if stamp and stamp.table and _likeness(slide, stamp) >= ALIKE:
            found.stamps[slide.number] = stamp
    return found


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.split() == other.split()


def _choose(found: Slides, stamp: SlideSnapshot, candidates: Sequence[RawSlide]) -> None:
    """Take the slide that is most like what was generated, the first of several; the others are copies of it."""
    likely = [slide for slide in candidates if not _is_other(slide, stamp)]
    best = max(likely, key=lambda slide: _likeness(slide, stamp), default=None)
    if best:
        found.stamps[best.number] = stamp
        found.copies |= {slide.number: stamp for slide in candidates if slide is not best}


def _is_other(slide: RawSlide, stamp: SlideSnapshot) -> bool:
    """Tell whether a slide has a table that says nothing of what was generated: it is one of another deck."""
    rows = [row for table in slide.tables for row in table.rows[head_rows(stamp) :]]
    return bool(rows and stamp.rows) and all(row_likeness(row, said) < ALIKE for row in rows for said in stamp.rows)


def _likeness(slide: RawSlide, stamp: SlideSnapshot) -> float:
    table = table_of(slide, stamp)
    return table_likeness(table.rows, stamp.rows) if table else 0.0


def table_of(slide: RawSlide, stamp: SlideSnapshot) -> RawTable | None:
    """Return the table of a slide that was generated: the one of its name, else the one that is most like it."""
    if stamp.table is None:
        return None
    named = (table for table in slide.tables if _same(table.name, stamp.table))
    like = max(slide.tables, key=lambda table: table_likeness(table.rows, stamp.rows), default=None)
    return next(named, like)
