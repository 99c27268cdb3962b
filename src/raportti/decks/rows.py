"""From the rows of a deck's tables to what they were when they were generated. Knows not what was changed in them.

A row is known by its id; where a program dropped that, by its text, on its own slide before any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from raportti.decks.likeness import ALIKE, row_likeness
from raportti.decks.raw import RawRow, RawTable
from raportti.render.pptx.table import row_id
from raportti.stamp import RowStamp, SlideStamp

RowKey: TypeAlias = tuple[int, int]
"""The number of a slide, and the index of a row in its table, header rows counted."""
_HEADS = {"summary": 2}


def head_rows(stamp: SlideStamp) -> int:
    """Return how many rows of a slide's table are its head."""
    return _HEADS.get(stamp.kind, 1)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row that was generated, on a slide of a kind, and the number that this has now, 0 where it is gone."""

    slide: int
    kind: str
    stamp: RowStamp


def match_rows(
    tables: Mapping[int, tuple[RawTable, SlideStamp]], stamps: Sequence[SlideStamp]
) -> dict[RowKey, RowStamp]:
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

    def __init__(self, rows: dict[RowKey, RawRow], wanted: list[_Wanted], slides: Mapping[int, SlideStamp]) -> None:
        self.found: dict[RowKey, RowStamp] = {}
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
