"""From the heights of rows to pages of whole rows. Knows nothing of what the rows hold."""

from collections.abc import Sequence
from dataclasses import dataclass
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
