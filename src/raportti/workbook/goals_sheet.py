"""From the goals of a report to the sheet that people fill in. Knows no other sheet but by name."""

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from raportti.changes.pairs import placed_goals
from raportti.edits.table_values import cells_of
from raportti.model import Report
from raportti.source import names
from raportti.workbook.cells import BORDER, Sheet, print_on_width, put_headings, put_text, set_height, set_widths
from raportti.workbook.columns import Column, Extent, columns_of
from raportti.workbook.reports import stands_in
from raportti.workbook.rules import add_rules


def write_goals(sheet: Sheet, reports: Mapping[str, Report], known_ids: str) -> Extent:
    """Write a row for each goal; ``known_ids`` are cells with the ids that have to stay."""
    columns = columns_of(tuple(reports))
    rows = [list(placed_goals(report)) for report in reports.values()]
    extent = Extent(columns, 1 + len(rows[0]))
    put_headings(sheet, 1, [column.heading for column in columns])
    set_widths(sheet, [column.width for column in columns])
    for row in range(2, extent.last + 1):
        versions = [goals[row - 2] for goals in rows] if row <= extent.last_goal else []
        cells = {
            language: cells_of(placed, language) for language, placed in zip(reports, versions, strict=bool(versions))
        }
        _write_row(sheet, row, columns, cells)
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{extent.last}"
    sheet.print_title_rows = "1:1"
    # What is printed is in one language: both beside each other would be too small to read.
    sheet.print_area = f"A1:{get_column_letter(len(names.COLUMNS_IN[columns[0].language]))}{extent.last_goal}"
    print_on_width(sheet)
    add_rules(sheet, extent, known_ids, next(iter(reports)))
    return extent


def _write_row(sheet: Sheet, row: int, columns: Sequence[Column], cells: Mapping[str, Mapping[str, str]]) -> None:
    for number, column in enumerate(columns, 1):
        given = cells.get(column.language, {}).get(column.field, "")
        if column.language != columns[0].language and stands_in(given, columns[0].language):
            given = ""
        cell = put_text(sheet, row, number, given)
        cell.border = BORDER
        if column.field == "score":
            # A number, so that formulas count it.
            cell.number_format = "General"
            cell.value = int(given) if given else None
    if cells:
        set_height(sheet, row)
