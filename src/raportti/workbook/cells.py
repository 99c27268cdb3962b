"""Cells as every sheet of the workbook has them: texts that stay texts, headings, colours. Knows no report."""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from raportti.problems import CellPlace, Problem, ProblemsFound

# openpyxl has no types of its own.
Sheet: TypeAlias = Any
Cell: TypeAlias = Any

LONGEST = 32_767
"""So many characters a cell can hold (Excel's limit)."""
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
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = DARK
        cell.border = BORDER


def set_widths(sheet: Sheet, widths: Sequence[float]) -> None:
    """Set the widths of columns in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width


def print_on_width(sheet: Sheet) -> None:
    """Let the sheet be printed on landscape paper, as wide as a page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
