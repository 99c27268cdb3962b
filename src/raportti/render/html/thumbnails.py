"""From a drawn page of HTML to what a notebook shows of it: all its pages, small, in a frame of their own.

Does not know reports or layouts. Within its frame no style of the notebook reaches the pages, nor theirs the notebook.
"""

from html import escape
from math import ceil

from raportti.plan import Plan
from raportti.units import as_pt

IN_A_ROW = 4
ZOOM = 0.2
GAP = 40
"""The distance between pages in points, before they are made small."""
ROWS_SEEN = 4
"""So many rows are seen at once; the others are scrolled to."""
PX_PER_PT = 4 / 3
"""CSS Values 4, 6.2."""
_STYLE = """<style>
html{zoom:%s;background:none}
body{display:grid;grid-template-columns:repeat(%d,max-content);gap:%dpt;margin:%dpt}
.page.page{margin:0}
</style>"""


def thumbnails(html: str, plan: Plan) -> str:
    """Put a page that was drawn of a plan into a frame in which its pages stand side by side."""
    columns = min(IN_A_ROW, len(plan.pages))
    rows = min(ROWS_SEEN, ceil(len(plan.pages) / columns))
    width = _pixels(columns * (as_pt(plan.width) + GAP) + GAP)
    height = _pixels(rows * (as_pt(plan.height) + GAP) + GAP)
    page = escape(html + _STYLE % (ZOOM, columns, GAP, GAP))
    size = f"width:{width + _SCROLLBAR}px;height:{height}px"
    return f'<iframe title="{escape(plan.properties.title)}" style="{size};border:0" srcdoc="{page}"></iframe>'


_SCROLLBAR = 20
"""Pixels that a browser may take away from a frame's width for its scroll bar."""


def _pixels(points: float) -> int:
    return ceil(points * ZOOM * PX_PER_PT)
