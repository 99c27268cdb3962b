"""From a layout's boxes to a style sheet that outlines them on each kind of page.

Does not know pages: an outline lies below the text, and moves nothing.
"""

import base64

from raportti.layout.theme import Theme
from raportti.layout.theme.check import PAGES_OF_BOXES
from raportti.plan import PageKind
from raportti.plan.typeset import Box
from raportti.units import as_pt

_COLOURS = ("C2185B", "1565C0", "2E7D32", "6A1B9A", "E65100", "00838F")
_KINDS = (PageKind.COVER, PageKind.TABLE, PageKind.SCALE, PageKind.CHARTS, PageKind.SUMMARY, PageKind.CHANGES)
"""The kinds of pages in the order of ``PAGES_OF_BOXES``."""


def outlines_css(theme: Theme) -> str:
    """Write the rules: on each kind of page its boxes, in as many colours."""
    boxes = theme.boxes._asdict()
    return "\n" + "".join(
        f".page-{kind.value}::after {{ content: ''; position: absolute; left: 0; top: 0; width: 100%; height: 100%; "
        f'background: url("{_picture(theme, [boxes[key] for key in keys])}") 0 0 / 100% 100% no-repeat }}\n'
        for kind, keys in zip(_KINDS, PAGES_OF_BOXES, strict=True)
    )


def _picture(theme: Theme, boxes: list[Box]) -> str:
    shapes = "".join(_outline(box, _COLOURS[n % len(_COLOURS)]) for n, box in enumerate(boxes))
    size = f"0 0 {as_pt(theme.width):g} {as_pt(theme.height):g}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{shapes}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"


def _outline(box: Box, colour: str) -> str:
    x, y, w, h = (as_pt(side) for side in (box.x, box.y, box.w, box.h))
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="none" stroke="#{colour}" stroke-width="0.75" '
        'stroke-dasharray="3 2"/>'
    )
