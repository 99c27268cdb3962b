"""From a deck and fonts to the sizes that things have when they are drawn: grown tables, texts, what they cover.

Knows no rules of what is good.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from raportti.inspection.deck import Cell, Deck, Frame, Relative, Shape, Slide, Table
from raportti.inspection.fonts import Fonts
from raportti.inspection.setting import Setter
from raportti.plan import Anchor, Box
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as it is drawn. ``box`` is what it covers: a grown table, a picture, the text of a shape.

    ``grown``: how much taller it is than the file says (a table), or its text than its box.
    ``is_exact``: whether all its heights are said by the file and none follows from a font.
    """

    shape: Shape
    box: Box
    grown: Emu = 0
    rows: tuple[Emu, ...] = ()
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class DrawnSlide:
    """A slide with its shapes as they are drawn, in their order."""

    slide: Slide
    shapes: tuple[Drawn, ...]


def measure_deck(deck: Deck, fonts: Fonts) -> tuple[DrawnSlide, ...]:
    """Measure every shape of a deck."""
    setter = Setter(fonts)
    return tuple(DrawnSlide(slide, tuple(_drawn(shape, setter) for shape in slide.shapes)) for slide in deck.slides)


def _drawn(shape: Shape, setter: Setter) -> Drawn:
    is_exact = not any(isinstance(paragraph.line, Relative) for frame in shape.frames for paragraph in frame.paragraphs)
    if shape.table:
        rows = row_heights(shape.table, setter)
        grown = sum(rows) - sum(shape.table.rows)
        box = replace(shape.box, w=sum(shape.table.columns), h=sum(rows))
        return Drawn(shape, box, grown, rows, is_exact)
    if shape.frame and shape.text and not shape.frame.is_vertical:
        box, grown = _text(shape.frame, shape.text_box, setter)
        return Drawn(shape, box, grown, is_exact=is_exact)
    return Drawn(shape, shape.box)


def row_heights(table: Table, setter: Setter) -> tuple[Emu, ...]:
    """Return the true height of each row: what the file says, or what the tallest cell needs.

    What a cell of several rows needs beyond them goes to the last of them, as LibreOffice does it.
    """
    heights = list(table.rows)
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        last = cell.row + cell.row_span - 1
        above = sum(heights[cell.row : last])
        heights[last] = max(heights[last], _needed(cell, table, setter) - above)
    return tuple(heights)


def _needed(cell: Cell, table: Table, setter: Setter) -> Emu:
    if cell.frame.is_vertical:
        return 0
    insets = cell.frame.insets
    width = sum(table.columns[cell.column : cell.column + cell.column_span])
    text = setter.set_frame(cell.frame, max(1, width - insets.left - insets.right))
    return text.height + insets.top + insets.bottom


def _text(frame: Frame, box: Box, setter: Setter) -> tuple[Box, Emu]:
    """Return what the text of a shape covers, and how much taller it is than its shape; the insets count."""
    insets = frame.insets
    width = max(1, box.w - insets.left - insets.right)
    text = setter.set_frame(frame, width)
    room = box.h - insets.top - insets.bottom
    top = box.y + insets.top + _above(frame.anchor, room - text.height)
    covered = Box(box.x + insets.left + text.left, top, text.right - text.left, text.height)
    return covered, text.height - room


def _above(anchor: Anchor, rest: Emu) -> Emu:
    """Return how far below the top a text begins; one that is too tall for the middle stands out on both sides."""
    match anchor:
        case Anchor.TOP:
            return 0
        case Anchor.MIDDLE:
            return rest // 2
        case Anchor.BOTTOM:
            return rest


def vertical_texts(deck: Deck) -> Iterator[Frame]:
    """Give the texts that are not measured, as they are written upwards or downwards."""
    return (frame for frame in deck.frames if frame.is_vertical and frame.text)
