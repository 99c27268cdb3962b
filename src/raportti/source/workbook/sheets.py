"""From a report to the sheets of a workbook: its goals, with the rules for what is typed, all else, figures, a guide.

Does not know what else is in the workbook, nor how it is saved.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from openpyxl.formatting import rule as formatting
from openpyxl.styles import Alignment, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from raportti.problems.messages import text
from raportti.report.model import SCORES, Achieved, Report
from raportti.report.pairs import placed_goals
from raportti.source import names
from raportti.source.names import REST_HEADINGS, VALUES, is_translated
from raportti.source.plain import status_word, status_words, written
from raportti.source.table_plan import RestRow, cells_of, rest_rows
from raportti.source.workbook.cells import (
    BORDER,
    LIGHT,
    RED,
    UNLOCKED,
    YELLOW,
    Column,
    Extent,
    Sheet,
    columns_of,
    columns_side_by_side,
    font,
    print_on_width,
    put_headings,
    put_text,
    set_height,
    set_widths,
    stands_in,
)

# openpyxl's types are known in part only.
_formula_rule = cast("Any", formatting).FormulaRule
_data_validation: Any = DataValidation


def write_goals(
    sheet: Sheet, reports: Mapping[str, Report], known_ids: str | None, *, is_side_by_side: bool = False
) -> Extent:
    """Write a row for each goal; ``known_ids`` are cells with the ids that have to stay, None where none has to."""
    columns = (columns_side_by_side if is_side_by_side else columns_of)(tuple(reports))
    rows = [list(placed_goals(report)) for report in reports.values()]
    extent = Extent(columns, 1 + len(rows[0]))
    put_headings(sheet, 1, [column.heading for column in columns])
    set_widths(sheet, [column.width for column in columns])
    for row in range(2, extent.last + 1):
        versions = [goals[row - 2] for goals in rows] if row <= extent.last_goal else []
        cells = {
            language: cells_of(placed, language) for language, placed in zip(reports, versions, strict=bool(versions))
        }
        _write_goal(sheet, row, columns, cells)
    sheet.freeze_panes = "B2" if is_side_by_side else "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{extent.last}"
    sheet.print_title_rows = "1:1"
    # What is printed is in one language, unless it is for a translator: both would be too small to read.
    printed = len(columns if is_side_by_side else names.COLUMNS_IN[columns[0].language])
    sheet.print_area = f"A1:{get_column_letter(printed)}{extent.last_goal}"
    print_on_width(sheet)
    _add_rules(sheet, extent, known_ids, next(iter(reports)))
    return extent


def _write_goal(sheet: Sheet, row: int, columns: Sequence[Column], cells: Mapping[str, Mapping[str, str]]) -> None:
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


def _add_rules(sheet: Sheet, extent: Extent, known_ids: str | None, language: str) -> None:
    """Add drop-downs, a guard for ids and colours; ``known_ids`` are cells with the ids that have to stay."""
    _add_choices(sheet, extent, language)
    _guard_ids(sheet, extent, known_ids, language)
    _add_colours(sheet, extent, language)


def _add_choices(sheet: Sheet, extent: Extent, language: str) -> None:
    """Offer the statuses and the scores in drop-downs, and refuse anything else."""
    statuses = status_words(language)
    choices = (
        ("achieved", statuses, text("Choose the status from the list.", language)),
        ("score", tuple(map(str, SCORES)), text("Choose a score from 1 to 5, or leave the cell empty.", language)),
    )
    for field, words, message in choices:
        choice = _data_validation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        _refuse(choice, text("This cannot stand here", language), message)
        choice.add(f"{extent.letter(field)}2:{extent.letter(field)}{extent.last}")
        sheet.add_data_validation(choice)


def _refuse(rule: Any, title: str, message: str) -> None:
    """Let a rule refuse what is typed against it, and say why."""
    rule.errorStyle, rule.errorTitle, rule.error, rule.showErrorMessage = "stop", title, message, True


def _guard_ids(sheet: Sheet, extent: Extent, known_ids: str | None, language: str) -> None:
    """Refuse another id in a row of a goal, and an id that is in use in a new row.

    The cells are not locked: Excel neither sorts nor inserts where a protected sheet has locked cells.
    """
    letter = extent.letter("id")
    cells = f"${letter}$2:${letter}${extent.last}"
    first_empty = extent.last_goal + 1 if known_ids else 2
    once = "SUMPRODUCT(--EXACT({cells},{letter}{row}))=1"
    known = f"SUMPRODUCT(--EXACT({known_ids},{letter}2))=1"
    rules = (
        (2, extent.last_goal, f"AND({once.format(cells=cells, letter=letter, row=2)},{known})",
         text("The id of a goal stays as it is. Add a new goal on the empty rows below the last one.", language)),
        (first_empty, extent.last, once.format(cells=cells, letter=letter, row=first_empty),
         text("Another goal has this id. Give each goal an id of its own.", language)),
    )  # fmt: skip
    for first, last, formula, message in rules if known_ids else rules[1:]:
        rule = _data_validation(type="custom", formula1=formula, allow_blank=False)
        _refuse(rule, text("This cannot stand here", language), message)
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(rule)


def _add_colours(sheet: Sheet, extent: Extent, language: str) -> None:
    """Colour what is invalid red and what is missing yellow, on each row that has anything on it."""
    status, score, goal_id = (f"${extent.letter(field)}2" for field in ("achieved", "score", "id"))
    not_assessed = status_word(Achieved.NOT_ASSESSED, language)
    is_row = f"COUNTA($A2:${get_column_letter(len(extent.columns))}2)>0"
    is_assessed = f'TRIM({status})<>"{not_assessed}"'
    is_status = ",".join(f'TRIM({status})="{word}"' for word in status_words(language))
    is_score = ",".join(f"{score}={grade}" for grade in SCORES)
    ids = f"${extent.letter('id')}$2:${extent.letter('id')}${extent.last}"
    red = {
        "achieved": f'AND(TRIM({status})<>"",NOT(OR({is_status})))',
        "score": f'AND(TRIM({score})<>"",OR(NOT({is_assessed}),NOT(OR({is_score}))))',
        "id": f'AND({goal_id}<>"",SUMPRODUCT(--EXACT({ids},{goal_id}))>1)',
    }
    if extent.is_side_by_side:
        _colour_missing_translations(sheet, extent)
    needs = {"score": f",{is_assessed}", "assessment": f",{is_assessed}"}
    for field in sorted(names.NEEDED_COLUMNS):
        letter = extent.letter(field)
        yellow = f'AND({is_row},TRIM(${letter}2)=""{needs.get(field, "")})'
        for formula, fill in ((red.get(field), RED), (yellow, YELLOW)):
            if formula:
                rule = _formula_rule(formula=[formula], fill=fill, stopIfTrue=True)
                sheet.conditional_formatting.add(f"{letter}2:{letter}{extent.last}", rule)


def _colour_missing_translations(sheet: Sheet, extent: Extent) -> None:
    """Colour each cell without a translation yellow, where there is a text to translate."""
    for letter, own in extent.translations:
        cells = f"{letter}2:{letter}{extent.last}"
        rule = _formula_rule(formula=[f'AND(TRIM(${own}2)<>"",TRIM(${letter}2)="")'], fill=YELLOW, stopIfTrue=True)
        sheet.conditional_formatting.add(cells, rule)


_EMPTY_ROWS = 50
_REST_WIDTHS = (14, 34, 80, 80)


def write_rest(sheet: Sheet, reports: Mapping[str, Report], *, is_side_by_side: bool = False) -> None:
    """Write a row for each field, its labels locked and its values open; for a translator, with colours."""
    headings = _value_headings(tuple(reports))
    put_headings(sheet, 1, (*REST_HEADINGS, *headings))
    set_widths(sheet, _REST_WIDTHS[: len(headings) + len(REST_HEADINGS)])
    versions = [rest_rows(report, report) for report in reports.values()]
    own = next(iter(reports))
    for row, same in enumerate(zip(*versions, strict=True), 2):
        by_language = dict(zip(reports, same, strict=True))
        _write_line(sheet, row, by_language[own], [_value(by_language, VALUES[name] or own, own) for name in headings])
    if is_side_by_side:
        _mark_translations(sheet, [row.field for row in versions[0]], headings, own)
    last = sheet.max_row
    for row in range(last + 1, last + _EMPTY_ROWS + 1):
        for column in range(1, len(headings) + len(REST_HEADINGS) + 1):
            put_text(sheet, row, column, "").protection = UNLOCKED
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    print_on_width(sheet)
    _protect(sheet)


def _mark_translations(sheet: Sheet, fields: Sequence[str], headings: Sequence[str], own: str) -> None:
    """Colour what has no translation yellow, and close the cells of what needs none."""
    letters = {VALUES[name]: get_column_letter(number) for number, name in enumerate(headings, len(REST_HEADINGS) + 1)}
    here = letters.pop(own)
    for there in letters.values():
        cells = [f"{there}{row}" for row, field in enumerate(fields, 2) if is_translated(field)]
        first = cells[0].removeprefix(there)
        formula = f'AND(TRIM(${here}{first})<>"",TRIM(${there}{first})="")'
        sheet.conditional_formatting.add(" ".join(cells), _formula_rule(formula=[formula], fill=YELLOW))
        for row in (row for row, field in enumerate(fields, 2) if not is_translated(field)):
            cell = sheet[f"{there}{row}"]
            cell.protection, cell.fill = Protection(locked=True), LIGHT


def _value_headings(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of the values: one, or one for each language."""
    shown = {None} if len(languages) == 1 else set(languages)
    return tuple(name for name, language in VALUES.items() if language in shown)


def _value(rows: Mapping[str, RestRow], language: str, own: str) -> str:
    row = rows[language]
    if language != own and not is_translated(row.field):
        return ""
    return "" if language != own and stands_in(row.text, own) else row.text


def _write_line(sheet: Sheet, row: int, labels: RestRow, values: list[str]) -> None:
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


_SUMMARY_WIDTHS = (32, 60, 14, 14, 14, 14, 14, 16)
_COUNT, _AVERAGE, _FIRST_STATUS, _LAST = 3, 4, 5, 8


def write_summary(sheet: Sheet, report: Report, extent: Extent) -> None:
    """Write a row of formulas for each guideline and each strategy, and one that counts what is in none of them."""
    language = report.language
    columns = names.by_field(names.COLUMNS_IN[language])
    headings = (text("Goals", language), text("Average", language), *status_words(language))
    put_headings(sheet, 1, (columns["strategy"], columns["guideline"], *headings))
    set_widths(sheet, _SUMMARY_WIDTHS)
    row, totals = 1, list[str]()
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            row += 1
            _write_figures(sheet, row, (written(strategy.name), written(guideline.name)), extent, language)
            totals.append(f"C{row}")
        row += 1
        _write_figures(sheet, row, (written(strategy.name),), extent, language)
        put_text(sheet, row, 2, text("Altogether", language))
        for cell in sheet[row]:
            cell.font, cell.fill = font(bold=True), LIGHT
    row += 1
    put_text(sheet, row, 1, text("Rows of none of these", language))
    _put_formula(sheet, row, _COUNT, f'SUMPRODUCT((TRIM({extent.cells("id")})<>"")*1)-({"+".join(totals)})')
    sheet.freeze_panes = "A2"
    print_on_width(sheet)


def _write_figures(sheet: Sheet, row: int, labels: tuple[str, ...], extent: Extent, language: str) -> None:
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
    assessed = (word for word in status_words(language) if word != status_word(Achieved.NOT_ASSESSED, language))
    for column, word in enumerate(assessed, _FIRST_STATUS):
        _put_formula(sheet, row, column, f'SUMPRODUCT({own}*(TRIM({extent.cells("achieved")})="{word}"))')
    _put_formula(sheet, row, _LAST, f"C{row}-SUM(E{row}:G{row})")
    for column in range(1, _LAST + 1):
        sheet.cell(row, column).border = BORDER


def _put_formula(sheet: Sheet, row: int, column: int, formula: str) -> Sheet:
    cell = sheet.cell(row, column, f"={formula}")
    cell.alignment = Alignment(horizontal="right", vertical="top")
    return cell


_Tip: TypeAlias = tuple[str, str]

_HEADING = font(bold=True, size=14, color="1F4E79")


def write_guide(sheet: Sheet, report: Report, unit: str | None, *, is_side_by_side: bool = False) -> None:
    """Write how to fill in the workbook, and what the grades mean."""
    language = report.language
    set_widths(sheet, (28, 100))
    row = _write(sheet, 1, text("How to fill in this workbook", language), _tips(language, unit, is_side_by_side))
    if report.scale:
        scale = zip(map(str, SCORES), report.scale, strict=True)
        _write(sheet, row + 1, text("What the scores mean", language), scale)
    sheet.sheet_view.showGridLines = False
    print_on_width(sheet)


def _write(sheet: Sheet, row: int, title: str, tips: Iterator[_Tip]) -> int:
    """Write tips under a title, and return the row after them."""
    heading = put_text(sheet, row, 1, title)
    heading.font, heading.alignment = _HEADING, Alignment(vertical="top")
    for label, words in tips:
        row += 1
        put_text(sheet, row, 1, label).font = font(bold=True)
        put_text(sheet, row, 2, words)
        set_height(sheet, row)
    return row + 1


def _tips(language: str, unit: str | None, is_side_by_side: bool) -> Iterator[_Tip]:
    if unit:
        yield text("Unit in charge", language), unit
    if is_side_by_side:
        words = text(
            "Write each text in the other language beside it. A translation that is missing is yellow.", language
        )
        yield text("Translations", language), words
    yield from _tips_for_goals(language)
    yield from _tips_for_sheets(language)


def _tips_for_goals(language: str) -> Iterator[_Tip]:
    yield text("Goals", language), text("The sheet Tavoitteet has one row a goal. Fill in its cells.", language)
    yield text("Status", language), f"{text('Choose from the list:', language)} {', '.join(status_words(language))}."
    yield text("Score", language), text("A whole number from 1 to 5; empty if the goal is not assessed.", language)
    yield text("Assessment", language), text("Leave an empty line between paragraphs (Alt + Enter twice).", language)
    yield (
        text("Subgoals", language),
        text("One a line, after •. A line that begins with - belongs to the one above.", language),
    )
    yield text("Colours", language), text("What is missing is yellow, what is wrong is red.", language)


def _tips_for_sheets(language: str) -> Iterator[_Tip]:
    yield (
        text("Order", language),
        text("Sort and filter as you like: the order of the pages stands on the sheet Raportti.", language),
    )
    yield (
        text("New goals", language),
        text("Write them on the empty rows below the last goal, each with an id of its own.", language),
    )
    yield text("Other texts", language), text("Title, meeting and the like stand on the sheet Raportti.", language)
    yield (
        text("Figures", language),
        text("The sheet Yhteenveto computes averages and counts. Write nothing there.", language),
    )
