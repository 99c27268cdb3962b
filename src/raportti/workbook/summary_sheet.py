"""From the parts of a report to a sheet of formulas for its figures. Knows the rows of goals only by their cells.

The formulas are sums of products, not COUNTIFS: they compare names letter for letter, whatever signs are in them.
"""

from openpyxl.styles import Alignment

from raportti.edits.values import written
from raportti.messages import text
from raportti.model import Report
from raportti.source import names
from raportti.workbook.cells import BORDER, LIGHT, Sheet, font, print_on_width, put_headings, put_text, set_widths
from raportti.workbook.columns import Extent, status_words

_WIDTHS = (32, 60, 14, 14, 14, 14, 14, 16)
_COUNT, _AVERAGE, _FIRST_STATUS, _LAST = 3, 4, 5, 8


def write_summary(sheet: Sheet, report: Report, extent: Extent) -> None:
    """Write a row of formulas for each guideline and each strategy, and one that counts what is in none of them."""
    language = report.language
    columns = names.by_field(names.COLUMNS_IN[language])
    headings = (text("Goals", language), text("Average", language), *status_words(language))
    put_headings(sheet, 1, (columns["strategy"], columns["guideline"], *headings))
    set_widths(sheet, _WIDTHS)
    row, totals = 1, list[str]()
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            row += 1
            _write_row(sheet, row, (written(strategy.name), written(guideline.name)), extent, language)
            totals.append(f"C{row}")
        row += 1
        _write_row(sheet, row, (written(strategy.name),), extent, language)
        put_text(sheet, row, 2, text("Altogether", language))
        for cell in sheet[row]:
            cell.font, cell.fill = font(bold=True), LIGHT
    row += 1
    put_text(sheet, row, 1, text("Rows of none of these", language))
    _put_formula(sheet, row, _COUNT, f'SUMPRODUCT((TRIM({extent.cells("id")})<>"")*1)-({"+".join(totals)})')
    sheet.freeze_panes = "A2"
    print_on_width(sheet)


def _write_row(sheet: Sheet, row: int, labels: tuple[str, ...], extent: Extent, language: str) -> None:
    """Write the figures of the goals that the labels name: those of a strategy, or of one of its guidelines."""
    parts: list[str] = []
    for column, (label, field) in enumerate(zip(labels, ("strategy", "guideline"), strict=False), 1):
        put_text(sheet, row, column, label)
        parts.append(f"EXACT({extent.cells(field)},${'AB'[column - 1]}{row})")
    own = "*".join(parts)
    _put_formula(sheet, row, _COUNT, f"SUMPRODUCT({own}*1)")
    scores = extent.cells("score")
    # Whole numbers until the last division, so that halves are rounded up exactly.
    sums, counts = f"SUMPRODUCT({own}*1,{scores})", f"SUMPRODUCT({own}*ISNUMBER({scores}))"
    _put_formula(sheet, row, _AVERAGE, f'IF({counts}=0,"–",ROUND(10*{sums}/{counts},0)/10)').number_format = "0.0"
    *assessed, _ = status_words(language)
    for column, word in enumerate(assessed, _FIRST_STATUS):
        _put_formula(sheet, row, column, f'SUMPRODUCT({own}*(TRIM({extent.cells("achieved")})="{word}"))')
    _put_formula(sheet, row, _LAST, f"C{row}-SUM(E{row}:G{row})")
    for column in range(1, _LAST + 1):
        sheet.cell(row, column).border = BORDER


def _put_formula(sheet: Sheet, row: int, column: int, formula: str) -> Sheet:
    cell = sheet.cell(row, column, f"={formula}")
    cell.alignment = Alignment(horizontal="right", vertical="top")
    return cell
