"""From the heights of rows to pages of whole rows. Knows nothing of what the rows hold."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Protocol

from raportti.units import Emu


class Tall(Protocol):
    """What can be set below another: it has a height, and may begin a new page."""

    @property
    def height(self) -> Emu: ...

    @property
    def begins_page(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


def fill_pages(rows: Sequence[Tall], capacity: Emu) -> tuple[Slice, ...]:
    """Put whole rows on each page as long as they fit: the original's way. No row may be taller than ``capacity``."""
    pages: list[Slice] = []
    start, used = 0, 0
    for at, row in enumerate(rows):
        if at > start and (row.begins_page or used + row.height > capacity):
            pages.append(Slice(start, at))
            start, used = at, 0
        used += row.height
    return (*pages, Slice(start, len(rows)))


def balance_pages(rows: Sequence[Tall], capacity: Emu) -> tuple[Slice, ...]:
    """Divide rows over as many pages as filling takes, so that the fullest is as empty as can be.

    Of divisions alike in that, the most even is taken (the least sum of squared heights), so that no last page holds
    one short row where that can be avoided. Exact, by dynamic programming over the breaks.
    """
    pages = len(fill_pages(rows, capacity))
    limits = _limits(rows, capacity)
    fits = bisect_left(limits, True, key=lambda limit: len(fill_pages(rows, limit)) <= pages)
    return _most_even(rows, pages, limits[fits])


def _limits(rows: Sequence[Tall], capacity: Emu) -> list[Emu]:
    """Return every height that the fullest page of whole rows may have, in order."""
    tallest = max(row.height for row in rows)
    sums = (accumulate(row.height for row in rows[start:]) for start in range(len(rows)))
    heights = (height for page in sums for height in takewhile(lambda height: height <= capacity, page))
    return sorted({height for height in heights if height >= tallest})


def _most_even(rows: Sequence[Tall], pages: int, limit: Emu) -> tuple[Slice, ...]:
    """Return the division into so many pages, none over ``limit``, with the least sum of squared heights."""
    best: dict[int, tuple[int, tuple[Slice, ...]]] = {0: (0, ())}
    for _ in range(pages):
        reached: dict[int, tuple[int, tuple[Slice, ...]]] = {}
        for start, (squares, division) in best.items():
            for end, height in _pages_from(rows, start, limit):
                candidate = (squares + height**2, (*division, Slice(start, end)))
                reached[end] = min(reached.get(end, candidate), candidate, key=lambda found: found[0])
        best = reached
    return best[len(rows)][1]


def _pages_from(rows: Sequence[Tall], start: int, limit: Emu) -> Iterator[tuple[int, Emu]]:
    """Yield the end and the height of each page that may begin at a row."""
    height = 0
    for at in range(start, len(rows)):
        height += rows[at].height
        if height > limit or (at > start and rows[at].begins_page):
            return
        yield at + 1, height
