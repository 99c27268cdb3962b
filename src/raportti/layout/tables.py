"""From set rows to the pages of one table: titles with x/n are known before a row is placed.

Knows nothing of goals or guidelines.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from raportti.layout.draft import require_room
from raportti.layout.frame import Frame
from raportti.layout.paginate import fill_pages
from raportti.layout.rows import SetRow, place_rows
from raportti.layout.split import split_row
from raportti.layout.theme import TableTheme
from raportti.plan import Box, Table
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Paged:
    """A table over its pages: the frame of each, and the rows on each."""

    frame: Frame
    pages: tuple[tuple[SetRow, ...], ...]


def page_table(
    rows: Sequence[SetRow],
    *,
    frame_for: Callable[[int], Frame],
    capacity_in: Callable[[Frame], Emu],
    repeat: Callable[[SetRow], SetRow],
) -> Paged:
    """Divide rows over pages; ``repeat`` makes what the later parts of a row taller than a page repeat of it.

    The number of parts stands in the titles, and a longer title leaves less room: parts are added until they agree.
    More parts never leave more room, so this ends.
    """
    parts = 1
    while True:
        frame = frame_for(parts)
        pages = _divide(rows, capacity_in(frame), repeat)
        if len(pages) <= parts:
            return Paged(frame, pages)
        parts = len(pages)


def _divide(
    rows: Sequence[SetRow], capacity: Emu, repeat: Callable[[SetRow], SetRow]
) -> tuple[tuple[SetRow, ...], ...]:
    fitting: list[SetRow] = []
    for row in rows:
        fitting += (row,) if row.height <= capacity else _split(row, capacity, repeat)
    slices = fill_pages(fitting, capacity)
    return tuple(tuple(fitting[page.start : page.end]) for page in slices)


def _split(row: SetRow, capacity: Emu, repeat: Callable[[SetRow], SetRow]) -> tuple[SetRow, ...]:
    parts = split_row(row, capacity, repeated=repeat(row))
    text = parts[0].cells[0].paragraphs[0].text
    require_room("row", text, max(part.height for part in parts), capacity)
    return parts


def table_item(
    header: tuple[SetRow, ...],
    rows: tuple[SetRow, ...],
    *,
    theme: TableTheme,
    widths: Mapping[str, Emu],
    at: tuple[Emu, Emu],
    name: str,
    description: str,
) -> Table:
    """Place a page's rows below their header, the top left of the table at ``at``."""
    x, y = at
    placed = place_rows((*header, *rows), y)
    return Table(
        box=Box(x, y, sum(widths.values()), sum(row.h for row in placed)),
        columns=tuple(widths.values()),
        header=placed[: len(header)],
        rows=placed[len(header) :],
        margins=theme.margins,
        rule=theme.rule,
        rule_width=theme.rule_width,
        name=name,
        description=description,
    )
