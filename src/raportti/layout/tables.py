"""From set rows to the pages of one table: titles with x/n are known before a row is placed.

Knows nothing of goals or guidelines.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from raportti.content import Words, fill_in
from raportti.layout.draft import require_room
from raportti.layout.frame import Frame
from raportti.layout.paginate import Slice, Tall, fill_pages
from raportti.layout.rows import SetRow, place_rows, text_widths
from raportti.layout.split import SetPart, split_row
from raportti.layout.theme import TableTheme
from raportti.plan import Box, Table
from raportti.text.rules import give_of
from raportti.text.spans import undivided
from raportti.units import Emu

Fill = Callable[[Sequence[Tall], Emu], tuple[Slice, ...]]
"""Divides rows over pages of a height."""


@dataclass(frozen=True, slots=True)
class Splitter:
    """How a row taller than a page is cut: what its later parts repeat of it, and how a part of a text is set."""

    repeat: Callable[[SetRow], SetRow]
    set_part: SetPart


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
    split: Splitter,
    fill: Fill = fill_pages,
) -> Paged:
    """Divide rows over pages; ``split`` says how a row taller than a page is cut, ``fill`` how pages are filled.

    The number of parts stands in the titles, and a longer title leaves less room: parts are added until they agree.
    More parts never leave more room, so this ends.
    """
    parts = 1
    while True:
        frame = frame_for(parts)
        pages = _divide(rows, capacity_in(frame), split, fill)
        if len(pages) <= parts:
            return Paged(frame, pages)
        parts = len(pages)


def _divide(rows: Sequence[SetRow], capacity: Emu, split: Splitter, fill: Fill) -> tuple[tuple[SetRow, ...], ...]:
    fitting: list[SetRow] = []
    for row in rows:
        fitting += (row,) if row.height <= capacity else _split(row, capacity, split)
    slices = fill(fitting, capacity)
    return tuple(tuple(fitting[page.start : page.end]) for page in slices)


def _split(row: SetRow, capacity: Emu, split: Splitter) -> tuple[SetRow, ...]:
    parts = split_row(row, capacity, repeated=split.repeat(row), set_part=split.set_part)
    text = parts[0].cells[0].paragraphs[0].text
    require_room("row", text, max(part.height for part in parts), capacity)
    return parts


def described(words: Words, what: str, part: tuple[int, int] | None, amount: str, **name: str) -> str:
    """Say what a person needs who does not see a table: its name, its part, and how much stands in it."""
    if part is None:
        return undivided(fill_in(words[f"{what}_description"], määrä=amount, **name))
    return undivided(fill_in(words[f"{what}_part_description"], x=part[0], n=part[1], määrä=amount, **name))


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
        gives=tuple(give_of(width) for width in text_widths(theme, widths).values()),
        name=name,
        description=description,
    )
