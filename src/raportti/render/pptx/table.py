"""From a table of the plan to a native PowerPoint table (ECMA-376-1, 21.1.3).

Places nothing: widths, heights and fills are the plan's. Writes text, since a deck has thousands of cells and building
a tree of them would be slow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

from raportti.ooxml.xml import A16_MAIN, TABLE, attribute, solid
from raportti.plan import Cell, CellKind, Row, Table
from raportti.plan.typeset import Box, Paragraph, Style
from raportti.render.pptx.text import ANCHOR, RunDefaults, cell_body, place
from raportti.units import Emu, pt

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's "No Style, No Grid": nothing is drawn but what the plan says."""
_EXTENDED = "{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}"
_NO_TEXT = Style("", bold=False, size=pt(1), leading=pt(1), colour="000000")
"""The size of an empty cell in a row without any text, which must not make the row grow."""
_NO_LINE = '<a:{edge} w="0"><a:noFill/></a:{edge}>'
"""Written for every edge without a line, since programs draw one by default."""


@dataclass(frozen=True, slots=True)
class _PlacedCell:
    """The cell that covers a place of the grid, and the row in which it begins."""

    cell: Cell
    row: int


_Cells: TypeAlias = Mapping[tuple[int, int], _PlacedCell]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with the cell at each (row, column); both are counted from 0, header rows included."""

    table: Table
    rows: tuple[Row, ...]
    cells: _Cells
    defaults: RunDefaults

    def rule_below(self, row: int, column: int) -> str:
        """Write the line below a place: none within a cell, and none in the header, whose fill has an edge already."""
        if row < len(self.table.header) or self._is_one_cell((row, column), (row + 1, column)):
            return _NO_LINE
        return _line(self.table.rule_colour, self.table.rule_width)

    def rule_right_of(self, row: int, column: int) -> str:
        """Write the line on the right of a place: a thin one between two cells of the header, else none."""
        beside = (row, column + 1)
        if row not in range(len(self.table.header)) or (row, column) not in self.cells or beside not in self.cells:
            return _NO_LINE
        if self._is_one_cell((row, column), beside):
            return _NO_LINE
        return _line(self.table.rule_colour, self.table.rule_width * 2 // 3)

    def _is_one_cell(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        return one in self.cells and self.cells.get(one) == self.cells.get(other)


def table_frame(table: Table, *, number: int, name: str, placeholder: str, defaults: RunDefaults) -> str:
    """Write the frame of a table; ``placeholder`` is the element that names its placeholder, empty for none."""
    rows = (*table.header, *table.rows)
    box = Box(table.box.x, table.box.y, sum(table.columns), sum(row.h for row in rows))
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{attribute(name)}" '
        f'descr="{attribute(table.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr>{placeholder}</p:nvPr></p:nvGraphicFramePr>{place(box, 'p')}"
        f'<a:graphic><a:graphicData uri="{TABLE}">{_table(_Grid(table, rows, _placed(rows), defaults))}</a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _placed(rows: tuple[Row, ...]) -> _Cells:
    """Return the cell at every place of the grid."""
    return {
        (n + down, cell.column + right): _PlacedCell(cell, n)
        for n, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }


def _table(grid: _Grid) -> str:
    has_row_headers = any(cell.kind is CellKind.ROW_HEADER for row in grid.rows for cell in row.cells)
    columns = "".join(f'<a:gridCol w="{width}"/>' for width in grid.table.columns)
    return (
        f'<a:tbl><a:tblPr firstRow="1" firstCol="{int(has_row_headers)}" bandRow="0"><a:tableStyleId>{NO_STYLE}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{''.join(_rows(grid))}</a:tbl>"
    )


def _rows(grid: _Grid) -> Iterator[str]:
    for n, row in enumerate(grid.rows):
        filler = _filler(row)
        cells = "".join(_cell(grid, n, column, filler) for column in range(len(grid.table.columns)))
        yield f'<a:tr h="{row.h}">{cells}{_id(row, n)}</a:tr>'


def _id(row: Row, number: int) -> str:
    """Write the number by which a row is found again ([MS-ODRAWXML] 2.10.1.4, ``a16:rowId``): PowerPoint keeps it."""
    value = row_id(row.goal, row.split, number)
    return f'<a:extLst><a:ext uri="{_EXTENDED}"><a16:rowId xmlns:a16="{A16_MAIN}" val="{value}"/></a:ext></a:extLst>'


def row_id(goal: str | None, split: tuple[int, int] | None, number: int) -> int:
    """Return the number of a row: 31 bits from its goal's id and part, or from its place in a table without goals."""
    name = f"row {number}" if goal is None else f"goal {goal}" if split is None else f"goal {goal} part {split[0]}"
    return crc32(name.encode()) >> 1


def _filler(row: Row) -> Style:
    """Return the style of the row's empty cells: that of its first text, so that what people type there looks right."""
    styles = (span.style for cell in row.cells for p in cell.paragraphs for line in p.lines for span in line.spans)
    return next(styles, _NO_TEXT)


def _cell(grid: _Grid, row: int, column: int, filler: Style) -> str:
    """Write a place of the grid: a cell, or the mark of a place that a cell covers from elsewhere."""
    placed = grid.cells[row, column]
    cell = placed.cell
    is_first_row, is_first_column = row == placed.row, column == cell.column
    paragraphs: tuple[Paragraph, ...] = cell.paragraphs if is_first_row and is_first_column else ()
    spans = (
        f' rowSpan="{cell.row_span}"' if is_first_row and cell.row_span > 1 else "",
        f' gridSpan="{cell.column_span}"' if is_first_column and cell.column_span > 1 else "",
        "" if is_first_column else ' hMerge="1"',
        "" if is_first_row else ' vMerge="1"',
    )
    last_row = row + cell.row_span - 1 if is_first_row else row
    last_column = column + cell.column_span - 1 if is_first_column else column
    edges = (
        ("lnL", grid.rule_right_of(row, column - 1)),
        ("lnR", grid.rule_right_of(row, last_column)),
        ("lnT", grid.rule_below(row - 1, column) if row else _NO_LINE),
        ("lnB", grid.rule_below(last_row, column)),
    )
    lines = "".join(line.format(edge=edge) for edge, line in edges)
    return (
        f"<a:tc{''.join(spans)}>{cell_body(paragraphs, grid.defaults, filler)}{_properties(grid, cell, lines)}</a:tc>"
    )


def _properties(grid: _Grid, cell: Cell, lines: str) -> str:
    margins = grid.table.margins
    right = max(margins.right - grid.table.slacks[cell.column + cell.column_span - 1], 0)
    return (
        f'<a:tcPr marL="{margins.left}" marR="{right}" marT="{margins.top}" marB="{margins.bottom}" '
        f'anchor="{ANCHOR[cell.anchor]}">{lines}{solid(cell.fill) if cell.fill else "<a:noFill/>"}</a:tcPr>'
    )


def _line(colour: str, width: Emu) -> str:
    inner = f'{solid(colour)}<a:prstDash val="solid"/>'
    return f'<a:{{edge}} w="{width}" cap="flat" cmpd="sng" algn="ctr">{inner}</a:{{edge}}>'
