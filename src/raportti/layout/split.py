"""From a row taller than a page to rows that fit, cut between lines. Knows nothing of the rows around it.

Cells that flow are cut; the others are repeated in every part. A cut falls between paragraphs rather than after a
sentence, and there rather than between any two lines, and leaves no line of a paragraph alone where that can be helped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from raportti.layout.rows import SetRow
from raportti.plan import Cell, Paragraph, height_of
from raportti.units import Emu

LOOK_BACK = 0.25
"""The share of a part's lines that may stay empty for the sake of a better cut."""

_SENTENCE_ENDS = (".", "!", "?", ":", ".”", "!”", "?”", ".)", "!)", "?)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's place in its cell: paragraph, line (both from 0), and the height up to and with it."""

    paragraph: int
    line: int
    bottom: Emu


def split_row(row: SetRow, capacity: Emu, *, repeated: SetRow) -> tuple[SetRow, ...]:
    """Cut a row into parts no taller than ``capacity``.

    ``repeated`` is the row as its later parts repeat it (its flowing cells are not looked at); what is repeated has to
    leave room for at least one line.
    """
    room = capacity - row.margins.top - row.margins.bottom
    flowing = _flowing(row, repeated, room)
    rest = {cell.key: cell.paragraphs for cell in row.cells if cell.key in flowing}
    parts: list[SetRow] = []
    while any(rest.values()) or not parts:
        taken = {key: _take(paragraphs, room) for key, paragraphs in rest.items()}
        parts.append(_part(repeated if parts else row, {key: head for key, (head, _) in taken.items()}))
        rest = {key: tail for key, (_, tail) in taken.items()}
    count = len(parts)
    return tuple(
        replace(part, split=(number, count), begins_page=part.begins_page or number == 1)
        for number, part in enumerate(parts, 1)
    )


def _flowing(row: SetRow, repeated: SetRow, room: Emu) -> frozenset[str]:
    """Return the cells that are cut: those that flow, and any that would not fit if it were repeated."""
    tall = (cell.key for cells in (row.cells, repeated.cells) for cell in cells if height_of(cell.paragraphs) > room)
    return row.flowing.union(tall)


def _part(row: SetRow, texts: Mapping[str, tuple[Paragraph, ...]]) -> SetRow:
    cells: tuple[Cell, ...] = tuple(
        replace(cell, paragraphs=texts.get(cell.key, cell.paragraphs)) for cell in row.cells
    )
    return replace(row, cells=cells)


def _take(paragraphs: tuple[Paragraph, ...], room: Emu) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Cut a cell's paragraphs: what stands on this part, and the rest."""
    if height_of(paragraphs) <= room:
        return paragraphs, ()
    lines = tuple(_lines(paragraphs))
    fitting = sum(line.bottom <= room for line in lines) or 1  # a line taller than the room still has to go somewhere
    earliest = max(1, round(fitting * (1 - LOOK_BACK)))
    last = min(range(fitting, earliest - 1, -1), key=lambda count: _cost(paragraphs, lines[count - 1]))
    return _cut(paragraphs, lines[last - 1])


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[_Line]:
    bottom = 0
    for number, paragraph in enumerate(paragraphs):
        bottom += paragraph.space_before if number else 0
        for line in range(len(paragraph.lines)):
            bottom += paragraph.pitch
            yield _Line(number, line, bottom)


def _cost(paragraphs: Sequence[Paragraph], line: _Line) -> int:
    """Rate a cut after a line: 0 between paragraphs, 1 after a sentence, 2 anywhere, 3 where a line is left alone."""
    paragraph = paragraphs[line.paragraph]
    above, below = line.line + 1, len(paragraph.lines) - line.line - 1
    if below == 0:
        return 0
    if (above == 1 and not paragraph.continued) or below == 1:
        return 3
    return 1 if paragraph.lines[line.line].drawn.endswith(_SENTENCE_ENDS) else 2


def _cut(paragraphs: tuple[Paragraph, ...], after: _Line) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    paragraph = paragraphs[after.paragraph]
    head = replace(paragraph, lines=paragraph.lines[: after.line + 1])
    tail = paragraph.lines[after.line + 1 :]
    rest = (replace(paragraph, lines=tail, continued=True),) if tail else ()
    return (*paragraphs[: after.paragraph], head), (*rest, *paragraphs[after.paragraph + 1 :])
