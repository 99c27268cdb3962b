"""From the scale of a report to the sheet that says how to fill in the others. Knows nothing of their cells."""

from collections.abc import Iterator
from typing import TypeAlias

from openpyxl.styles import Alignment

from raportti.messages import text
from raportti.model import SCORES, Report
from raportti.workbook.cells import Sheet, font, print_on_width, put_text, set_height, set_widths
from raportti.workbook.columns import status_words

_Tip: TypeAlias = tuple[str, str]

_HEADING = font(bold=True, size=14, color="1F4E79")


def write_guide(sheet: Sheet, report: Report, unit: str | None) -> None:
    """Write how to fill in the workbook, and what the grades mean."""
    language = report.language
    set_widths(sheet, (28, 100))
    row = _write(sheet, 1, text("How to fill in this workbook", language), _tips(language, unit))
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


def _tips(language: str, unit: str | None) -> Iterator[_Tip]:
    if unit:
        yield text("Unit in charge", language), unit
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
