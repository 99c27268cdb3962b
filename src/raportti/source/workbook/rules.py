"""From where goals stand to the rules of their sheet: what may be typed, which cells are coloured. Knows no goals."""

from typing import Any, cast

from openpyxl.formatting import rule as formatting
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from raportti.problems.messages import text
from raportti.report.model import SCORES
from raportti.source import names
from raportti.source.workbook.cells import RED, YELLOW, Extent, Sheet, status_words

# openpyxl's types are known in part only.
_formula_rule = cast("Any", formatting).FormulaRule
_data_validation: Any = DataValidation


def add_rules(sheet: Sheet, extent: Extent, known_ids: str, language: str) -> None:
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


def _guard_ids(sheet: Sheet, extent: Extent, known_ids: str, language: str) -> None:
    """Refuse another id in a row of a goal, and an id that is in use in a new row.

    The cells are not locked: Excel neither sorts nor inserts where a protected sheet has locked cells.
    """
    letter = extent.letter("id")
    cells = f"${letter}$2:${letter}${extent.last}"
    first_empty = extent.last_goal + 1
    once = "SUMPRODUCT(--EXACT({cells},{letter}{row}))=1"
    known = f"SUMPRODUCT(--EXACT({known_ids},{letter}2))=1"
    rules = (
        (2, extent.last_goal, f"AND({once.format(cells=cells, letter=letter, row=2)},{known})",
         text("The id of a goal stays as it is. Add a new goal on the empty rows below the last one.", language)),
        (first_empty, extent.last, once.format(cells=cells, letter=letter, row=first_empty),
         text("Another goal has this id. Give each goal an id of its own.", language)),
    )  # fmt: skip
    for first, last, formula, message in rules:
        rule = _data_validation(type="custom", formula1=formula, allow_blank=False)
        _refuse(rule, text("This cannot stand here", language), message)
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(rule)


def _add_colours(sheet: Sheet, extent: Extent, language: str) -> None:
    """Colour what is invalid red and what is missing yellow, on each row that has anything on it."""
    status, score, goal_id = (f"${extent.letter(field)}2" for field in ("achieved", "score", "id"))
    *_, not_assessed = status_words(language)
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
    needs = {"score": f",{is_assessed}", "assessment": f",{is_assessed}"}
    for field in sorted(names.NEEDED_COLUMNS):
        letter = extent.letter(field)
        yellow = f'AND({is_row},TRIM(${letter}2)=""{needs.get(field, "")})'
        for formula, fill in ((red.get(field), RED), (yellow, YELLOW)):
            if formula:
                rule = _formula_rule(formula=[formula], fill=fill, stopIfTrue=True)
                sheet.conditional_formatting.add(f"{letter}2:{letter}{extent.last}", rule)
