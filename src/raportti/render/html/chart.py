"""From the drawing of a chart to the shapes of an SVG picture, in points from its top left.

Knows no places on a page.
"""

from typing import assert_never

from markupsafe import Markup

from raportti.plan import Block, Box, Chart, Word
from raportti.units import Emu, as_pt

_OUTLINE = "0.75"
"""How thick the outline of a block is, in points."""
_BLOCK = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#{}"{}/>')
_STROKE = Markup(' stroke="#{}" stroke-width="{}"')
_WORD = Markup('<text x="{}" y="{}" font-family="{}" font-weight="{}" font-size="{}" fill="#{}">{}</text>')


def shapes_of(chart: Chart) -> Markup:
    """Draw the blocks and words of a chart."""
    return Markup("").join(_shape(mark, chart.box) for mark in chart.drawing)


def size_of(chart: Chart) -> str:
    """Say the size of the picture as a view box."""
    return f"0 0 {_points(chart.box.w)} {_points(chart.box.h)}"


def _shape(mark: Block | Word, within: Box) -> Markup:
    match mark:
        case Block(box, fill, outline):
            stroke = _STROKE.format(outline, _OUTLINE) if outline else ""
            x, y = _points(box.x - within.x), _points(box.y - within.y)
            return _BLOCK.format(x, y, _points(box.w), _points(box.h), fill, stroke)
        case Word(text, style, x, y):
            weight = 700 if style.bold else 400
            place = (_points(x - within.x), _points(y - within.y))
            return _WORD.format(*place, style.family, weight, _points(style.size), style.colour, text)
        case _:
            assert_never(mark)


def _points(length: Emu) -> str:
    return f"{as_pt(length):.3f}".rstrip("0").rstrip(".")
