"""From a report and its plan to the stamp of the deck that is drawn of it. Knows not how a deck carries it."""

from collections.abc import Iterable, Mapping

from raportti.model import Report
from raportti.plan import Cell, Page, Paragraph, Plan, Row, page_keys
from raportti.stamp.records import CellStamp, ParagraphStamp, RowStamp, SlideStamp, Stamp


def stamp_of(
    plan: Plan, report: Report, *, layout: str, choices: Mapping[str, str], before: Report | None = None
) -> Stamp:
    """Take the stamp of a plan of a report, which is compared to the one before."""
    slides = (_slide(page, key) for page, key in zip(plan.pages, page_keys(plan.pages), strict=True))
    return Stamp(report, layout, tuple(choices.items()), tuple(slides), before=before)


def _slide(page: Page, key: str) -> SlideStamp:
    table = page.table
    rows = tuple(map(_row, table.rows)) if table else ()
    return SlideStamp(key, page.kind.value, page.title, table.name if table else None, rows)


def _row(row: Row) -> RowStamp:
    return RowStamp(row.goal, row.split, tuple(map(_cell, row.cells)))


def _cell(cell: Cell) -> CellStamp:
    return CellStamp(cell.key, tuple(_paragraphs(cell.paragraphs)))


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterable[ParagraphStamp]:
    """Say each paragraph; the rest of an item of a list has no bullet, and the level of its indent."""
    for paragraph in paragraphs:
        level = paragraph.bullet.level if paragraph.bullet else int(paragraph.indent > 0)
        yield ParagraphStamp(paragraph.text, level, paragraph.continued)
