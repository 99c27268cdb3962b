"""From a goal's texts as they are being typed to what they do to the pages, before anything is saved.

Plans the report as it would be and compares: nothing is estimated. Knows no request and no words for people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from raportti.plan import Page, PageKind, Plan, Row
from raportti.plan.typeset import height_of

ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a goal: lines that its assessment takes, and how many more fit before pages change; its pages."""

    lines: int
    left: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What typing does: the goal's room before and after, and how many pages the report has before and after."""

    before: Room | None
    after: Room | None
    pages_before: int
    pages_after: int


def effect_of(goal: str, before: Plan, after: Plan) -> Effect:
    """Compare a goal on its pages before and after."""
    return Effect(room_of(goal, before), room_of(goal, after), len(before.pages), len(after.pages))


def room_of(goal: str, plan: Plan) -> Room | None:
    """Say where a goal stands and what room it has; None where it is on no page."""
    found = list(_rows_of(goal, plan))
    if not found:
        return None
    page, row = found[-1]
    return Room(
        lines=sum(_lines(one) for _, one in found),
        left=_left(page, row),
        pages=tuple(dict.fromkeys(page.number for page, _ in found)),
    )


def _rows_of(goal: str, plan: Plan) -> Iterator[tuple[Page, Row]]:
    for page in plan.pages:
        if page.kind is PageKind.TABLE and page.table:
            yield from ((page, row) for row in page.table.rows if row.goal == goal)


def _lines(row: Row) -> int:
    return sum(len(paragraph.lines) for cell in row.cells if cell.key == ASSESSMENT for paragraph in cell.paragraphs)


def _left(page: Page, row: Row) -> int:
    """Count the lines that fit below an assessment: within its row, where another cell is higher, and on the page."""
    cell = next((cell for cell in row.cells if cell.key == ASSESSMENT), None)
    table = page.table
    if cell is None or table is None or not cell.paragraphs:
        return 0
    within = row.h - height_of(cell.paragraphs) - table.margins.top - table.margins.bottom
    below = page.body.bottom - max(one.y + one.h for one in table.rows)
    return max(0, (within + below) // cell.paragraphs[-1].leading)
