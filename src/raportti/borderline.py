"""From a plan to its borderline cells: those that take more or fewer lines by one rule of drawing than by another.

Knows no format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from raportti.plan import Cell, Plan
from raportti.text.rules import RULES


@dataclass(frozen=True, slots=True)
class Borderline:
    """A cell, and how many lines it takes by each rule, by the rule's name."""

    page: int
    goal: str | None
    key: str
    counts: Mapping[str, int]


def borderline_cells(plan: Plan) -> Iterator[Borderline]:
    """Yield the cells in which the rules differ, in the order of the pages."""
    for page in plan.pages:
        for row in page.table.rows if page.table else ():
            for cell in row.cells:
                counts = _counts(cell)
                if len(set(counts)) > 1:
                    names = (rule.name for rule in RULES)
                    yield Borderline(page.number, row.goal, cell.key, dict(zip(names, counts, strict=True)))


def _counts(cell: Cell) -> tuple[int, ...]:
    return tuple(sum(counts) for counts in zip(*(paragraph.counts for paragraph in cell.paragraphs), strict=True))
