"""From a plan and what was drawn of it to the differences between them: there should be none.

Does not know HTML or PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from raportti.plan import Anchor, Disc, Item, Page, Panel, Plan, Row, Table, TextBox
from raportti.plan.chart import Chart
from raportti.plan.typeset import Box, Line, Paragraph, height_of
from raportti.problems import Problem
from raportti.units import Emu, as_pt

STAND_INS = ("□", "?")
"""What is drawn for a character that no font of the page has, since PDF/UA-1 forbids .notdef (ISO 14289-1, 7.21.8).
The second is for fonts without the first."""
TOLERANCE = 0.5
"""Points by which a place may differ: less than anyone sees, more than all roundings together."""
WIDTH_TOLERANCE = 0.02
"""The share of its width by which a line may differ beyond that: the kerning before a hyphen that the layout draws is
lost. A wrong font differs by more."""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """Where a row of a table was drawn, in points."""

    y: float
    h: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of text, in points: its top, leading included, and the width of its text, spaces at the end included."""

    text: str
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The rows and lines of a page, in the order of its elements."""

    rows: tuple[DrawnRow, ...]
    lines: tuple[DrawnLine, ...]


@dataclass(frozen=True, slots=True)
class _PlannedLine:
    """A line or bullet as it should be drawn; ``width`` is None where it cannot be compared."""

    text: str
    y: Emu
    width: Emu | None


def differences(plan: Plan, drawn: Sequence[DrawnPage]) -> tuple[Problem, ...]:
    """Compare places of rows, and text, place and width of lines; of a page's lines only the first that differs."""
    if len(plan.pages) != len(drawn):
        return (_differs(0, "pages", len(plan.pages), len(drawn)),)
    problems: list[Problem] = []
    for page, drawn_page in zip(plan.pages, drawn, strict=True):
        problems += _row_differences(page, drawn_page)
        problems += _line_differences(page, drawn_page)
    return tuple(problems)


def _differs(page: int, row: str, planned: object, drawn: object) -> Problem:
    return Problem("pdf-differs", None, {"page": page, "row": row, "planned": planned, "drawn": drawn})


def _row_differences(page: Page, drawn_page: DrawnPage) -> Iterator[Problem]:
    table = page.table
    rows = (*table.header, *table.rows) if table else ()
    for number, (row, drawn) in enumerate(zip_longest(rows, drawn_page.rows), 1):
        planned = _place_of(row) if row else None
        if planned is None or drawn is None or not (_near(planned.y, drawn.y) and _near(planned.h, drawn.h)):
            yield _differs(page.number, (row.goal if row else None) or str(number), planned, drawn)


def _place_of(row: Row) -> DrawnRow:
    return DrawnRow(as_pt(row.y), as_pt(row.h))


def _line_differences(page: Page, drawn_page: DrawnPage) -> Iterator[Problem]:
    for planned, drawn in zip_longest(_planned_lines(page), drawn_page.lines):
        if planned is None or drawn is None or not _is_drawn_so(planned, drawn):
            text = planned.text if planned else drawn.text if drawn else ""
            yield _differs(page.number, text.strip(), planned, drawn)
            return


def _is_drawn_so(planned: _PlannedLine, drawn: DrawnLine) -> bool:
    if not _near(as_pt(planned.y), drawn.y) or not _reads_as(planned.text, drawn.text):
        return False
    if planned.width is None or drawn.text.rstrip(" ") != planned.text or drawn.text.endswith(" "):
        return True
    width = as_pt(planned.width)
    return abs(width - drawn.width) <= TOLERANCE + WIDTH_TOLERANCE * width


def _reads_as(planned: str, drawn: str) -> bool:
    """Return whether two lines read the same, except for the stand-ins of characters that no font has."""
    one, other = planned.rstrip(" "), drawn.rstrip(" ")
    return len(one) == len(other) and all(b == a or b in STAND_INS for a, b in zip(one, other, strict=True))


def _near(planned: float, drawn: float) -> bool:
    return abs(planned - drawn) <= TOLERANCE


def _planned_lines(page: Page) -> Iterator[_PlannedLine]:
    for item in page.items:
        yield from _lines_of_item(item)


def _lines_of_item(item: Item) -> Iterator[_PlannedLine]:
    match item:
        case TextBox():
            yield from _lines_in(item.box, item.paragraphs, item.anchor)
        case Table():
            yield from _lines_of_table(item)
        case Chart() | Disc() | Panel():
            return


def _lines_of_table(table: Table) -> Iterator[_PlannedLine]:
    rows = (*table.header, *table.rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            height = sum(spanned.h for spanned in rows[number : number + cell.row_span])
            top, room = row.y + table.margins.top, height - table.margins.top - table.margins.bottom
            yield from _lines_in(Box(0, top, 0, room), cell.paragraphs, cell.anchor)


def _lines_in(box: Box, paragraphs: tuple[Paragraph, ...], anchor: Anchor) -> Iterator[_PlannedLine]:
    rest = box.h - height_of(paragraphs)
    y = box.y + {Anchor.TOP: 0, Anchor.MIDDLE: rest // 2, Anchor.BOTTOM: rest}[anchor]
    for number, paragraph in enumerate(paragraphs):
        y += paragraph.space_before if number else 0
        if paragraph.bullet:
            yield _PlannedLine(paragraph.bullet.text, y, None)
        for line in paragraph.lines:
            yield _PlannedLine(line.drawn, y, _width_of(line))
            y += paragraph.leading


def _width_of(line: Line) -> Emu | None:
    return line.width if line.spans else None
