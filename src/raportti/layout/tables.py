"""From set rows to the pages of one table: titles with x/n are known before a row is placed.

Does not know goals or guidelines.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from typing import Protocol

from raportti.content.records import SourceText
from raportti.content.wording import fill_in
from raportti.layout.frame import Frame, require_room
from raportti.layout.typesetting import SetRow, TableSetter, place_rows
from raportti.plan import Cell, Table
from raportti.plan.typeset import Box, Paragraph, room_of
from raportti.text.lines import sentence_ends
from raportti.text.measure import slack_of
from raportti.text.spans import undivided
from raportti.units import Emu

LOOK_BACK = 0.3
"""The share of a part's height that may stay empty for the sake of a better cut."""

BETWEEN_PARAGRAPHS, BELOW_SUBGOAL, BETWEEN_SENTENCES, BETWEEN_LINES, LINE_ALONE = range(5)
"""How bad a cut is, best first."""


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


SetPart = Callable[[str, Paragraph, int, int], Paragraph]
"""Sets the part of a cell's paragraph (the cell's key, the paragraph, two offsets of its text) anew."""

Fill = Callable[[Sequence[Tall], Emu], tuple[Slice, ...]]
"""Divides rows over pages of a height."""


@dataclass(frozen=True, slots=True)
class Splitter:
    """How a row taller than a page is cut: how a part of a text is set, and what later parts repeat of the row."""

    set_part: SetPart
    repeat: Callable[[SetRow], SetRow] = lambda row: row


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
    fill: Fill,
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
    text = SourceText(row.cells[0].paragraphs[0].text, row.ref)
    require_room("row", text, max(part.height for part in parts), capacity)
    return parts


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a cell may be cut: after ``offset`` letters of a paragraph, ``height`` from the cell's top."""

    paragraph: int
    offset: int
    height: Emu
    cost: int


def split_row(row: SetRow, capacity: Emu, *, repeated: SetRow, set_part: SetPart) -> tuple[SetRow, ...]:
    """Cut a row into parts no taller than ``capacity``, where one line at least has room.

    ``repeated`` is the row as its later parts repeat it; its flowing cells are not looked at.
    """
    room = capacity - row.margins.top - row.margins.bottom
    rest = {cell.key: cell.paragraphs for cell in row.cells if cell.key in _flowing(row, repeated, room)}
    parts: list[SetRow] = []
    while any(rest.values()) or not parts:
        taken = {key: _take(key, paragraphs, room, set_part) for key, paragraphs in rest.items()}
        parts.append(_part(repeated if parts else row, {key: head for key, (head, _) in taken.items()}))
        rest = {key: tail for key, (_, tail) in taken.items()}
    count = len(parts)
    return tuple(
        replace(part, split=(number, count), begins_page=part.begins_page or number == 1)
        for number, part in enumerate(parts, 1)
    )


def _flowing(row: SetRow, repeated: SetRow, room: Emu) -> frozenset[str]:
    """Return the cells that are cut: those that flow, and any that would not fit if it were repeated."""
    tall = (cell.key for cells in (row.cells, repeated.cells) for cell in cells if room_of(cell.paragraphs) > room)
    return row.flowing.union(tall)


def _part(row: SetRow, texts: Mapping[str, tuple[Paragraph, ...]]) -> SetRow:
    cells: tuple[Cell, ...] = tuple(
        replace(cell, paragraphs=texts.get(cell.key, cell.paragraphs)) for cell in row.cells
    )
    return replace(row, cells=cells)


def _take(
    key: str, paragraphs: tuple[Paragraph, ...], room: Emu, set_part: SetPart
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Cut a cell's paragraphs: what stands on this part, and the rest."""
    if room_of(paragraphs) <= room:
        return paragraphs, ()
    cuts = tuple(_cuts(paragraphs))
    for cut in _best_first(cuts, room):
        head, tail = _cut(key, paragraphs, cut, set_part)
        if room_of(head) <= room:
            return head, tail
    # Not even the first line fits: the caller finds that out.
    return _cut(key, paragraphs, cuts[0], set_part) if cuts else (paragraphs, ())


def _best_first(cuts: Sequence[_Cut], room: Emu) -> list[_Cut]:
    """Order the cuts that may fit: the best kind of those that leave little empty, the fullest first; then any."""
    fitting = [cut for cut in cuts if cut.height <= room]
    enough = max((cut.height for cut in fitting), default=0) * (1 - LOOK_BACK)
    return sorted(fitting, key=lambda cut: (cut.height < enough, cut.cost if cut.height >= enough else 0, -cut.height))


def _cuts(paragraphs: Sequence[Paragraph]) -> Iterator[_Cut]:
    """Yield every place for a cut, from the top: the ends of lines, of sentences and of paragraphs but the last."""
    top = 0
    for number, paragraph in enumerate(paragraphs):
        top += paragraph.space_before if number else 0
        ends = tuple(accumulate(len(line.text) for line in paragraph.lines))
        yield from _cuts_within(number, paragraph, ends, top)
        top += len(ends) * paragraph.leading
        if number + 1 < len(paragraphs):
            yield _Cut(number, ends[-1], top, _cost_after(paragraph, paragraphs[number + 1]))


def _cuts_within(number: int, paragraph: Paragraph, ends: Sequence[int], top: Emu) -> Iterator[_Cut]:
    sentences = frozenset(sentence_ends(paragraph.text))
    for offset in sorted({*ends, *sentences} - {ends[-1]}):
        above = sum(end < offset for end in ends) + 1
        below = len(ends) - above + (offset not in ends)
        alone = (above == 1 and not paragraph.continued) or below == 1
        cost = LINE_ALONE if alone else BETWEEN_SENTENCES if offset in sentences else BETWEEN_LINES
        yield _Cut(number, offset, top + above * paragraph.leading, cost)


def _cost_after(paragraph: Paragraph, following: Paragraph) -> int:
    """Rate a cut between two paragraphs: items stay rather with the subgoal that they belong to."""
    levels = [p.bullet.level if p.bullet else 0 for p in (paragraph, following)]
    return BELOW_SUBGOAL if levels[0] < levels[1] else BETWEEN_PARAGRAPHS


def _cut(
    key: str, paragraphs: tuple[Paragraph, ...], cut: _Cut, set_part: SetPart
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    before, paragraph, after = (
        paragraphs[: cut.paragraph],
        paragraphs[cut.paragraph],
        paragraphs[cut.paragraph + 1 :],
    )
    end = len(paragraph.text)
    if cut.offset == end:
        return (*before, paragraph), after
    head = set_part(key, paragraph, 0, cut.offset)
    tail = set_part(key, paragraph, cut.offset, end)
    return (*before, head), (tail, *after)


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


def described(whole: str, of_part: str, part: tuple[int, int] | None, **values: object) -> str:
    """Say what a person needs who does not see a table: its name, its part, and how much stands in it.

    ``whole`` and ``of_part`` are the layout's words for a table on one page and for a part of one.
    """
    if part is None:
        return undivided(fill_in(whole, **values))
    return undivided(fill_in(of_part, x=part[0], n=part[1], **values))


def table_item(
    header: tuple[SetRow, ...],
    rows: tuple[SetRow, ...],
    setter: TableSetter,
    *,
    at: Box,
    name: str,
    description: str,
) -> Table:
    """Place a page's rows below their header, from the top left of a box on."""
    placed = place_rows((*header, *rows), at.y)
    return Table(
        box=Box(at.x, at.y, sum(setter.widths.values()), sum(row.h for row in placed)),
        columns=tuple(setter.widths.values()),
        header=placed[: len(header)],
        rows=placed[len(header) :],
        margins=setter.theme.margins,
        rule_colour=setter.theme.rule,
        rule_width=setter.theme.rule_width,
        slacks=tuple(slack_of(setter.text_width(key)) for key in setter.widths),
        name=name,
        description=description,
    )
