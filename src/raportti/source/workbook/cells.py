"""Cells as every sheet of the workbook has them: texts that stay texts, headings, colours, the columns of goals.

Does not know any report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from raportti.problems import CellPlace, Problem, ProblemsFound
from raportti.report.passages import passages_of
from raportti.source import names
from raportti.source.texts import marked, tag_of

# openpyxl has no types of its own.
Sheet: TypeAlias = Any
Cell: TypeAlias = Any

LONGEST = 32_767
"""So many characters a cell can hold (Excel's limit)."""
_LINE_HEIGHT, _TALLEST, _FILLED = 15.0, 409.0, 0.95
"""Points that a line needs, and that a row can have at most (Excel's limit); the share of a line that words fill."""
TEXT = "@"
"""The number format of texts: what is typed there stays as it was typed."""
_FORMULA_LIKE = frozenset("=+-@")
# What a reader would take for a character written by its code (ECMA-376-1, 22.4.2.4).
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINE = Side(style="thin", color="D0D7DE")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
RED, YELLOW, DARK, LIGHT = (
    PatternFill("solid", start_color=c, end_color=c) for c in ("FFC7CE", "FFF2B3", "1F4E79", "EAF1F8")
)
UNLOCKED = Protection(locked=False)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def font(*, bold: bool = False, size: float = 11, color: str = "000000") -> Font:
    """Return the font of the workbook."""
    return Font(name="Calibri", bold=bold, size=size, color=color)


def put_text(sheet: Sheet, row: int, column: int, text: str) -> Cell:
    """Write a text, also one that looks like a formula, as a text."""
    if len(text) > LONGEST:
        place = CellPlace("", sheet.title, f"{sheet.cell(row, column).coordinate}")
        raise ProblemsFound([Problem("cell-long", place, {"limit": LONGEST, "value": text})])
    cell = sheet.cell(row, column)
    if text:
        cell.value = _ESCAPE.sub("_x005F_", text)
        cell.data_type = "s"
    cell.number_format = TEXT
    cell.alignment = WRAPPED
    cell.quotePrefix = text[:1] in _FORMULA_LIKE
    return cell


def put_headings(sheet: Sheet, row: int, headings: Sequence[str]) -> None:
    """Write the headings of columns."""
    for column, heading in enumerate(headings, 1):
        cell = put_text(sheet, row, column, heading)
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill = DARK
        cell.border = BORDER
    sheet.row_dimensions[row].height = 2 * _LINE_HEIGHT


def set_widths(sheet: Sheet, widths: Sequence[float]) -> None:
    """Set the widths of columns in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width


def set_height(sheet: Sheet, row: int) -> None:
    """Make a row as tall as its texts need: not every program does that when it opens a workbook."""
    lines = max(_lines(str(cell.value or ""), _width(sheet, cell)) for cell in sheet[row])
    sheet.row_dimensions[row].height = min(lines * _LINE_HEIGHT, _TALLEST)


def _width(sheet: Sheet, cell: Cell) -> float:
    return sheet.column_dimensions[cell.column_letter].width


def _lines(text: str, width: float) -> int:
    """Guess into how many lines a column breaks a text; words leave some of each line empty."""
    return sum(1 + int(len(line) / (_FILLED * width)) for line in text.split("\n"))


def print_on_width(sheet: Sheet) -> None:
    """Let the sheet be printed on landscape paper, as wide as a page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


EMPTY_ROWS = 200
"""So many rows below the goals are made ready for new ones."""
_WIDTHS = {
    "strategy": 22, "guideline": 30, "id": 10, "text": 44, "subgoals": 44, "achieved": 15, "score": 11,
    "assessment": 80, "responsible": 24,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field of a goal that it has, and the language of its texts."""

    heading: str
    field: str
    language: str

    @property
    def width(self) -> float:
        """Its width in characters."""
        return _WIDTHS[self.field]

    @property
    def has_texts(self) -> bool:
        """Whether it has texts of its language; what else it has is the same in all."""
        return self.field in names.TEXT_COLUMNS


def columns_of(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a report in its own language, then those of its texts in the other."""
    own, *others = languages
    return (*_columns_in(own), *(column for other in others for column in _columns_in(other) if column.has_texts))


def columns_side_by_side(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the same columns as a translator needs them: ids first, then each text beside its translation."""
    own, *others = languages
    there = {(column.field, column.language): column for column in columns_of(languages)}
    fields = sorted((column.field for column in _columns_in(own)), key=lambda field: field != "id")
    return tuple(there[field, code] for field in fields for code in (own, *others) if (field, code) in there)


def _columns_in(language: str) -> Iterator[Column]:
    return (Column(heading, field, language) for heading, field in names.COLUMNS_IN[language].items())


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the goals stand: their columns, the last row that has one, and the last that is ready for one."""

    columns: tuple[Column, ...]
    last_goal: int

    @property
    def last(self) -> int:
        """The last row that is ready for a goal."""
        return self.last_goal + EMPTY_ROWS

    @property
    def is_side_by_side(self) -> bool:
        """Whether each text stands beside its translation, for a translator."""
        return self.columns[0].field == "id"

    @property
    def translations(self) -> tuple[tuple[str, str], ...]:
        """The letter of each column of translations, with that of the texts that they translate."""
        own = self.columns[0].language
        return tuple(
            (get_column_letter(number), self.letter(column.field))
            for number, column in enumerate(self.columns, 1)
            if column.language != own
        )

    def letter(self, field: str) -> str:
        """Return the letter of the first column of a field, which has it in the report's own language."""
        return get_column_letter(1 + next(n for n, column in enumerate(self.columns) if column.field == field))

    def cells(self, field: str) -> str:
        """Return all cells of a field, for a formula on another sheet."""
        letter = self.letter(field)
        return f"{names.SHEET}!${letter}$2:${letter}${self.last}"


def stands_in(cell: str, own: str) -> bool:
    """Return whether a translated cell has only texts in the language ``own``: they stand there for missing ones."""
    lines = [line.removeprefix("• ").removeprefix("- ") for line in cell.split("\n") if line]
    return bool(lines) and all(_is_of(line, own) for line in lines)


def _is_of(line: str, language: str) -> bool:
    tags = {passage.language for passage in passages_of(marked(line))}
    return tag_of(language) in tags and None not in tags
