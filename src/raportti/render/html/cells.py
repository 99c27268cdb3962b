"""From a table to what ties its cells together: the ids of rows and header cells, and the headers of each cell.

Knows no markup. Every cell names its headers: a reader of the PDF need not work them out, and where a header has two
rows (HTML, 4.9.12) could not.
"""

from collections.abc import Iterator

from raportti.plan import Cell, CellKind, Page, PageKind, Row, Table


def row_id(page: Page, row: Row) -> str:
    """Name a row by its goal, so that it can be linked to, where the goal is told; else by its page and place."""
    if row.goal is None:
        return f"row-{page.number}-{row.y}"
    name = row.goal if page.kind is PageKind.TABLE else f"{page.kind.value}-{row.goal}"
    return name if row.split is None or row.split[0] == 1 else f"{name}-{row.split[0]}"


def cell_id(page: Page, row: Row, cell: Cell) -> str:
    """Name a header cell by its page, row and column."""
    return f"head-{page.number}-{row.y}-{cell.column}"


def headers_of(page: Page, table: Table, row: Row, cell: Cell) -> str:
    """Return the ids of the headers of a cell, outermost first."""
    return " ".join(_headers(page, table, row, cell))


def _headers(page: Page, table: Table, row: Row, cell: Cell) -> Iterator[str]:
    if cell.kind is CellKind.DATA:
        yield from (cell_id(page, row, head) for head in row.cells if head.kind is CellKind.ROW_HEADER)
    for above in table.header:
        if above.y >= row.y:
            return
        yield from (cell_id(page, above, head) for head in above.cells if _covers(head, cell))


def _covers(head: Cell, cell: Cell) -> bool:
    """Tell whether two cells share a column."""
    return head.column < cell.column + cell.column_span and cell.column < head.column + head.column_span
