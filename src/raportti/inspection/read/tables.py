"""From a table's grid to its cells with resolved text (ECMA-376-1, 21.1.3). Knows no shapes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from raportti.inspection.deck import UNKNOWN, Cell, Frame, Paragraph, Table
from raportti.inspection.read.colours import ANY_FILL
from raportti.inspection.read.inherit import Ancestry, has_look, table_style
from raportti.inspection.read.markup import A, first_child, flag, length, number
from raportti.inspection.read.text import ANCHORS, is_vertical, read_paragraphs
from raportti.plan import Anchor, Margins

_MARGINS = {"marL": 91_440, "marT": 45_720, "marR": 91_440, "marB": 45_720}
_NOTHING = Element(f"{A}tcPr")


def read_table(grid: Element, ancestry: Ancestry) -> Table:
    """Read a table; a cell that another one covers is left out."""
    properties = grid.find(f"{A}tblPr")
    rows = grid.findall(f"{A}tr")
    columns = tuple(max(0, length(column, "w")) for column in grid.iterfind(f"{A}tblGrid/{A}gridCol"))
    return Table(
        columns=columns,
        rows=tuple(max(0, length(row, "h")) for row in rows),
        cells=tuple(_cells(rows, len(columns), properties, ancestry)),
        has_header=bool(flag(properties, "firstRow")),
    )


def _cells(rows: list[Element], columns: int, properties: Element | None, ancestry: Ancestry) -> Iterator[Cell]:
    is_styled = has_look(table_style(properties))
    lists = ancestry.lists(None, is_styled=is_styled)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.findall(f"{A}tc")[:columns]):
            if flag(cell, "hMerge") or flag(cell, "vMerge"):
                continue
            column = "first" if x == 0 else "last" if x == columns - 1 else ""
            style = ancestry.table_list(properties, first=y == 0, last=y == len(rows) - 1, column=column)
            body, own = cell.find(f"{A}txBody"), cell.find(f"{A}tcPr")
            filled = first_child((own,) if own is not None else (), *ANY_FILL)
            yield Cell(
                row=y,
                column=x,
                row_span=max(1, min(number(cell, "rowSpan") or 1, len(rows) - y)),
                column_span=max(1, min(number(cell, "gridSpan") or 1, columns - x)),
                frame=_frame(read_paragraphs(body, lists.with_first(style)) if body is not None else (), own),
                fill=UNKNOWN if filled is None and is_styled else ancestry.palette.fill(filled),
            )


def _frame(paragraphs: tuple[Paragraph, ...], properties: Element | None) -> Frame:
    said = _NOTHING if properties is None else properties
    left, top, right, bottom = (length(said, key, default) for key, default in _MARGINS.items())
    return Frame(
        paragraphs=paragraphs,
        insets=Margins(left=left, right=right, top=top, bottom=bottom),
        anchor=ANCHORS.get(said.get("anchor", ""), Anchor.TOP),
        is_vertical=is_vertical(said.get("vert")),
    )
