"""From slides to what they were when they were generated. Knows not what was changed in them.

A slide is known by its tag; where a program dropped that, by the name of its table, its title, or its rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from raportti.decks.likeness import ALIKE, row_likeness, table_likeness
from raportti.decks.raw import RawSlide, RawTable
from raportti.decks.rows import head_rows
from raportti.stamp import SlideStamp

_Keys: TypeAlias = tuple[Callable[[RawSlide], str | None], Callable[[SlideStamp], str | None]]


@dataclass(slots=True)
class Slides:
    """Which slide (by its number) is which stamp's, and which is a copy of one that another slide is."""

    stamps: dict[int, SlideStamp] = field(default_factory=dict[int, SlideStamp])
    copies: dict[int, SlideStamp] = field(default_factory=dict[int, SlideStamp])

    def free(self, slides: Sequence[RawSlide]) -> list[RawSlide]:
        return [slide for slide in slides if slide.number not in self.stamps and slide.number not in self.copies]

    def missing(self, stamps: Sequence[SlideStamp]) -> list[SlideStamp]:
        found = {stamp.key for stamp in self.stamps.values()}
        return [stamp for stamp in stamps if stamp.key not in found]


_BY_TAG: _Keys = (lambda slide: slide.key, lambda stamp: stamp.key)
_BY_TABLE: _Keys = (
    lambda slide: slide.tables[0].name if slide.tables and slide.key is None else None,
    lambda stamp: stamp.table,
)
_BY_TITLE: _Keys = (lambda slide: slide.title if slide.key is None else None, lambda stamp: stamp.title)


def match_slides(slides: Sequence[RawSlide], stamps: Sequence[SlideStamp]) -> Slides:
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


def _choose(found: Slides, stamp: SlideStamp, candidates: Sequence[RawSlide]) -> None:
    """Take the slide that is most like what was generated, the first of several; the others are copies of it."""
    likely = [slide for slide in candidates if not _is_other(slide, stamp)]
    best = max(likely, key=lambda slide: _likeness(slide, stamp), default=None)
    if best:
        found.stamps[best.number] = stamp
        found.copies |= {slide.number: stamp for slide in candidates if slide is not best}


def _is_other(slide: RawSlide, stamp: SlideStamp) -> bool:
    """Tell whether a slide has a table that says nothing of what was generated: it is one of another deck."""
    rows = [row for table in slide.tables for row in table.rows[head_rows(stamp) :]]
    return bool(rows and stamp.rows) and all(row_likeness(row, said) < ALIKE for row in rows for said in stamp.rows)


def _likeness(slide: RawSlide, stamp: SlideStamp) -> float:
    table = table_of(slide, stamp)
    return table_likeness(table.rows, stamp.rows) if table else 0.0


def table_of(slide: RawSlide, stamp: SlideStamp) -> RawTable | None:
    """Return the table of a slide that was generated: the one of its name, else the one that is most like it."""
    if stamp.table is None:
        return None
    named = (table for table in slide.tables if _same(table.name, stamp.table))
    like = max(slide.tables, key=lambda table: table_likeness(table.rows, stamp.rows), default=None)
    return next(named, like)
