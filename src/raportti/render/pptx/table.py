"""From a table of the plan to a native PowerPoint table (ECMA-376-1, 21.1.3).

Places nothing: widths, heights and fills are the plan's. One text a table, since a deck has thousands of cells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

from raportti.ooxml.xml import A16_MAIN, TABLE, attribute
from raportti.plan import Cell, CellKind, Row, Table
from raportti.plan.typeset import Box, Paragraph, Style
from raportti.render.pptx.markup import place, solid
from raportti.render.pptx.text import ANCHOR, Voice, cell_body
from raportti.units import Emu, pt

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's "No Style, No Grid": whatever the plan does not say is not drawn."""
_EXTENDED = "{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}"
"""The element that has the number of a row."""
_NO_TEXT = Style("", bold=False, size=pt(1), leading=pt(1), colour="000000")
"""The size of an empty cell in a row without any text, which must not make the row grow."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """The cell that a place of the grid belongs to, and the row where it begins."""

    cell: Cell
    row: int


_Grid: TypeAlias = Mapping[tuple[int, int], _Owner]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table as its cells see it: rows and columns are counted from 0, header rows with the others."""

    table: Table
    rows: tuple[Row, ...]
    grid: _Grid
    voice: Voice

    def rule_below(self, row: int, column: int) -> str:
        """Draw the line below a place: none within a cell, and none in the head, whose fill has an edge already."""
        if row < len(self.table.header) or self._is_one_cell((row, column), (row + 1, column)):
            return _NO_LINE
        return _line(self.table.rule_colour, self.table.rule_width)

    def rule_right_of(self, row: int, column: int) -> str:
        """Draw the line on the right of a place: a thin one between two cells of the head, else none."""
        beside = (row, column + 1)
        if row not in range(len(self.table.header)) or (row, column) not in self.grid or beside not in self.grid:
            return _NO_LINE
        if self._is_one_cell((row, column), beside):
            return _NO_LINE
        return _line(self.table.rule_colour, self.table.rule_width * 2 // 3)

    def _is_one_cell(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        return one in self.grid and self.grid.get(one) == self.grid.get(other)


def graphic_frame(table: Table, *, number: int, name: str, placeholder: str, voice: Voice) -> str:
    """Write a table's frame; ``placeholder`` is the element that ties it to its slide layout, or nothing."""
    rows = (*table.header, *table.rows)
    box = Box(table.box.x, table.box.y, sum(table.columns), sum(row.h for row in rows))
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{attribute(name)}" '
        f'descr="{attribute(table.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr>{placeholder}</p:nvPr></p:nvGraphicFramePr>{place(box, 'p')}"
        f'<a:graphic><a:graphicData uri="{TABLE}">{_table(_Sheet(table, rows, _grid(rows), voice))}</a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _grid(rows: tuple[Row, ...]) -> _Grid:
    """Say of every place which cell it belongs to."""
    return {
        (n + down, cell.column + right): _Owner(cell, n)
        for n, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }


def _table(sheet: _Sheet) -> str:
    has_row_headers = any(cell.kind is CellKind.ROW_HEADER for row in sheet.rows for cell in row.cells)
    columns = "".join(f'<a:gridCol w="{width}"/>' for width in sheet.table.columns)
    return (
        f'<a:tbl><a:tblPr firstRow="1" firstCol="{int(has_row_headers)}" bandRow="0"><a:tableStyleId>{NO_STYLE}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{''.join(_rows(sheet))}</a:tbl>"
    )


def _rows(sheet: _Sheet) -> Iterator[str]:
    for n, row in enumerate(sheet.rows):
        filler = _filler(row)
        cells = "".join(_cell(sheet, n, column, filler) for column in range(len(sheet.table.columns)))
        yield f'<a:tr h="{row.h}">{cells}{_id(row, n)}</a:tr>'


def _id(row: Row, number: int) -> str:
    """Write the number by which a row is found again ([MS-ODRAWXML] 2.10.1.4, ``a16:rowId``): PowerPoint keeps it.

    It is that of its goal, and of the goal's part where it is cut; of the other rows that of their place.
    """
    value = row_id(row.goal, row.split, number)
    return f'<a:extLst><a:ext uri="{_EXTENDED}"><a16:rowId xmlns:a16="{A16_MAIN}" val="{value}"/></a:ext></a:extLst>'


def row_id(goal: str | None, split: tuple[int, int] | None, number: int) -> int:
    """Return the number of a row: 31 bits of its goal's id and part, or of its place in the table."""
    name = f"row {number}" if goal is None else f"goal {goal}" if split is None else f"goal {goal} part {split[0]}"
    return crc32(name.encode()) >> 1


def _filler(row: Row) -> Style:
    """Choose how an empty cell of the row is set: as the row's first text, so that what is typed there looks right."""
    styles = (span.style for cell in row.cells for p in cell.paragraphs for line in p.lines for span in line.spans)
    return next(styles, _NO_TEXT)


def _cell(sheet: _Sheet, row: int, column: int, filler: Style) -> str:
    """Write a place of the grid: a cell, or the mark that another cell covers it."""
    owner = sheet.grid[row, column]
    cell = owner.cell
    is_first_row, is_first_column = row == owner.row, column == cell.column
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
        ("lnL", sheet.rule_right_of(row, column - 1)),
        ("lnR", sheet.rule_right_of(row, last_column)),
        ("lnT", sheet.rule_below(row - 1, column) if row else _NO_LINE),
        ("lnB", sheet.rule_below(last_row, column)),
    )
    lines = "".join(line.format(edge=edge) for edge, line in edges)
    return f"<a:tc{''.join(spans)}>{cell_body(paragraphs, sheet.voice, filler)}{_properties(sheet, cell, lines)}</a:tc>"


def _properties(sheet: _Sheet, cell: Cell, lines: str) -> str:
    margins = sheet.table.margins
    right = max(margins.right - sheet.table.slacks[cell.column + cell.column_span - 1], 0)
    return (
        f'<a:tcPr marL="{margins.left}" marR="{right}" marT="{margins.top}" marB="{margins.bottom}" '
        f'anchor="{ANCHOR[cell.anchor]}">{lines}{solid(cell.fill) if cell.fill else "<a:noFill/>"}</a:tcPr>'
    )


_NO_LINE = '<a:{edge} w="0"><a:noFill/></a:{edge}>'
"""Said on every edge without a line: a reader's own default is a line of its own."""


def _line(colour: str, width: Emu) -> str:
    inner = f'{solid(colour)}<a:prstDash val="solid"/>'
    return f'<a:{{edge}} w="{width}" cap="flat" cmpd="sng" algn="ctr">{inner}</a:{{edge}}>'
