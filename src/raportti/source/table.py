"""A table as it was read: rows of texts, and where each cell is.

Knows neither pandas nor goals.
"""

from dataclasses import dataclass

from raportti.problems import CellPlace, FilePlace, RowPlace


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, with the header first. A cell that is None was reported; so was a row that is None."""

    file: str
    sheet: str | None
    """None: a CSV."""
    rows: tuple[tuple[str | None, ...] | None, ...]
    rest: "Table | None" = None
    """The sheet that says everything else of the report, where a workbook has one."""

    def place(self, row: int, column: int | None = None, name: str | None = None) -> RowPlace | CellPlace:
        """Give the place of a cell, or of a whole row; both counted from 0. ``name`` is that of the column."""
        if self.sheet is None:
            return RowPlace(self.file, row + 1, name)
        return CellPlace(self.file, self.sheet, f"{letters_of(column or 0)}{row + 1}")

    @property
    def whole(self) -> FilePlace | CellPlace:
        """The place of the whole table."""
        return FilePlace(self.file) if self.sheet is None else CellPlace(self.file, self.sheet)


def letters_of(column: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does: A to Z, then AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
