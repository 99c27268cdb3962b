"""From a report to the sheet that says what its rows of goals do not. Knows nothing of those rows."""

from collections.abc import Mapping

from raportti.edits.rest_values import RestRow, rest_rows
from raportti.model import Report
from raportti.source.rest_names import REST_HEADINGS, VALUES, is_translated
from raportti.workbook.cells import (
    BORDER,
    LIGHT,
    UNLOCKED,
    Sheet,
    font,
    print_on_width,
    put_headings,
    put_text,
    set_height,
    set_widths,
)
from raportti.workbook.reports import stands_in

_EMPTY_ROWS = 50
_WIDTHS = (14, 34, 80, 80)


def write_rest(sheet: Sheet, reports: Mapping[str, Report]) -> None:
    """Write a row for each field, its labels locked and its values open."""
    headings = _value_headings(tuple(reports))
    put_headings(sheet, 1, (*REST_HEADINGS, *headings))
    set_widths(sheet, _WIDTHS[: len(headings) + len(REST_HEADINGS)])
    versions = [rest_rows(report, report) for report in reports.values()]
    own = next(iter(reports))
    for row, same in enumerate(zip(*versions, strict=True), 2):
        by_language = dict(zip(reports, same, strict=True))
        _write_row(sheet, row, by_language[own], [_value(by_language, VALUES[name] or own, own) for name in headings])
    last = sheet.max_row
    for row in range(last + 1, last + _EMPTY_ROWS + 1):
        for column in range(1, len(headings) + len(REST_HEADINGS) + 1):
            put_text(sheet, row, column, "").protection = UNLOCKED
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    print_on_width(sheet)
    _protect(sheet)


def _value_headings(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of the values: one, or one for each language."""
    wanted = {None} if len(languages) == 1 else set(languages)
    return tuple(name for name, language in VALUES.items() if language in wanted)


def _value(rows: Mapping[str, RestRow], language: str, own: str) -> str:
    row = rows[language]
    if language != own and not is_translated(row.field):
        return ""
    return "" if language != own and stands_in(row.text, own) else row.text


def _write_row(sheet: Sheet, row: int, labels: RestRow, values: list[str]) -> None:
    begins = labels.field == "name"
    for column, words in enumerate((labels.kind, labels.label), 1):
        cell = put_text(sheet, row, column, words)
        cell.fill, cell.border, cell.font = LIGHT, BORDER, font(bold=begins)
    for column, words in enumerate(values, len(REST_HEADINGS) + 1):
        cell = put_text(sheet, row, column, words)
        cell.protection, cell.border, cell.font = UNLOCKED, BORDER, font(bold=begins)
    set_height(sheet, row)


def _protect(sheet: Sheet) -> None:
    """Keep the labels from being changed by accident: without a password, and with all that does no harm allowed."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(sheet.protection, allowed, False)
