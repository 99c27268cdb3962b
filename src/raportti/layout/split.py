"""From a row taller than a page to rows that fit. Knows nothing of the rows around it.

Cells that flow are cut; the others are repeated in every part. A cut falls between subgoals or paragraphs rather than
between sentences, there rather than between any two lines, and leaves no line alone where that can be helped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from raportti.layout.rows import SetRow
from raportti.plan import Cell, Paragraph, room_of
from raportti.text.sentences import sentence_ends
from raportti.units import Emu

LOOK_BACK = 0.3
"""The share of a part's height that may stay empty for the sake of a better cut."""

BETWEEN_PARAGRAPHS, BELOW_SUBGOAL, BETWEEN_SENTENCES, BETWEEN_LINES, LINE_ALONE = range(5)
"""How bad a cut is, best first."""

SetPart = Callable[[str, Paragraph, int, int], Paragraph]
"""Sets the part of a cell's paragraph (the cell's key, the paragraph, two offsets of its text) anew."""


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
    return _cut(key, paragraphs, cuts[0], set_part)  # not even the first line fits: the caller finds that out


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
        top += len(ends) * paragraph.pitch
        if number + 1 < len(paragraphs):
            yield _Cut(number, ends[-1], top, _cost_after(paragraph, paragraphs[number + 1]))


def _cuts_within(number: int, paragraph: Paragraph, ends: Sequence[int], top: Emu) -> Iterator[_Cut]:
    sentences = frozenset(sentence_ends(paragraph.text))
    for offset in sorted({*ends, *sentences} - {ends[-1]}):
        above = sum(end < offset for end in ends) + 1
        below = len(ends) - above + (offset not in ends)
        alone = (above == 1 and not paragraph.continued) or below == 1
        cost = LINE_ALONE if alone else BETWEEN_SENTENCES if offset in sentences else BETWEEN_LINES
        yield _Cut(number, offset, top + above * paragraph.pitch, cost)


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
