"""Rows with their text set in the widths of their columns: heights are exact, places are not known yet.

Knows nothing of pages. A row's height is lines x pitch + margins of its tallest cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from raportti.layout.theme import TableTheme
from raportti.plan import Cell, CellKind, Margins, Paragraph, Row, room_of
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row that is set but not placed. ``flowing`` are the keys of the cells that may be cut between lines."""

    cells: tuple[Cell, ...]
    margins: Margins
    flowing: frozenset[str]
    goal: str | None = None
    begins_page: bool = False
    split: tuple[int, int] | None = None
    fixed_height: Emu | None = None
    """The height of a row whose cells reach into the next; None: that of its tallest cell."""

    @property
    def height(self) -> Emu:
        """The height of the row."""
        if self.fixed_height is not None:
            return self.fixed_height
        return max(room_of(cell.paragraphs) for cell in self.cells) + self.margins.top + self.margins.bottom


def text_widths(table: TableTheme, columns: Mapping[str, Emu]) -> Mapping[str, Emu]:
    """Return the width that each column leaves to text."""
    sides = table.margins.left + table.margins.right
    return {key: width - sides for key, width in columns.items()}


def place_rows(rows: Iterable[SetRow], top: Emu) -> tuple[Row, ...]:
    """Set rows below each other from ``top`` on."""
    placed: list[Row] = []
    for row in rows:
        placed.append(Row(row.cells, top, row.height, row.goal, row.split))
        top += row.height
    return tuple(placed)


def header_row(cells: Iterable[tuple[str, int, tuple[Paragraph, ...]]], theme: TableTheme, fill: str) -> SetRow:
    """Make a header row of (key, column, paragraphs)."""
    heads = tuple(
        Cell(key, column, paragraphs, CellKind.COLUMN_HEADER, fill, theme.head_anchor)
        for key, column, paragraphs in cells
    )
    return SetRow(heads, theme.margins, frozenset())


def with_cell(row: SetRow, key: str, paragraphs: tuple[Paragraph, ...]) -> SetRow:
    """Return the row with other text in one of its cells."""
    cells = tuple(replace(cell, paragraphs=paragraphs) if cell.key == key else cell for cell in row.cells)
    return replace(row, cells=cells)
