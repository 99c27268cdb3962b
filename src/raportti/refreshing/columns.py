"""From a row that people added to one with the columns that its table has now. Knows not what is in its cells.

The column of subgoals is the only one that comes and goes.
"""

from collections.abc import Sequence

from raportti.refreshing.texts import said
from raportti.refreshing.xml import A, Element, clone

_COLUMN = "subgoals"
_PLACE = 1
"""Where it stands, behind the goal."""


def with_columns(row: Element, keys: Sequence[str]) -> Element:
    """Give a row an empty cell for the column that came, or put what stood in the one that went below the goal."""
    cells = row.findall(f"{A}tc")
    if len(cells) == len(keys) - 1 and _COLUMN in keys:
        cells[0].addnext(_empty(cells[0]))
    elif len(cells) == len(keys) + 1 and _COLUMN not in keys:
        gone = cells[_PLACE]
        if said(gone):
            cells[0].find(f"{A}txBody").extend(gone.findall(f"{A}txBody/{A}p"))
        row.remove(gone)
    return row


def _empty(cell: Element) -> Element:
    """Return a cell that looks like another one and says nothing."""
    result = clone(cell)
    first, *others = result.findall(f"{A}txBody/{A}p")
    for paragraph in others:
        paragraph.getparent().remove(paragraph)
    for name in ("r", "br", "fld"):
        for text in first.findall(f"{A}{name}"):
            first.remove(text)
    return result
