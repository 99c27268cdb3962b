"""From a report's texts and a layout's fonts to warnings of characters that no reader would see as meant.

Does not know how texts are drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from raportti.plan import Cell, Plan
from raportti.problems import Place, Problem
from raportti.report.characters import is_invisible
from raportti.report.fields import Ref, texts_of
from raportti.report.model import Report
from raportti.text.fonts import FontBook
from raportti.text.measure import RULES


def missing_characters(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> tuple[Problem, ...]:
    """Warn of each text with characters that a font of the layout lacks, at its place in the source."""
    return tuple(_warnings(report, fonts, places))


def _warnings(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> Iterator[Problem]:
    families = ", ".join(dict.fromkeys(font.family for font in fonts.fonts))
    drawable = fonts.characters
    goals = {goal.id for goal in report.goals}
    for ref, text in texts_of(report):
        missing = dict.fromkeys(char for char in text if ord(char) not in drawable and not is_invisible(char))
        if missing:
            characters = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
            values = {"characters": characters, "fonts": families}
            yield Problem("characters-missing", places.get(ref), values, ref.owner if ref.owner in goals else None)


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
