"""Documents → the text in each cell of their tables, as programs that know nothing of raportti read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pptx import Presentation

from judges import pdf_text
from raportti.plan import Plan, Table
from raportti.units import as_pt
from stress.texts import BULLETS, STAND_IN, Found, cells_of, planned_lines, same, visible, with_letters

DrawnTexts: TypeAlias = Mapping[tuple[int, int, int], str]
OtherLines: TypeAlias = tuple[int, str, str, tuple[str, ...], tuple[str, ...]]
"""Page, goal, column, the plan's lines, the PDF's."""


@dataclass(frozen=True)
class PdfTexts:
    """The texts of a PDF's cells, and the cells whose lines are not the plan's."""

    texts: DrawnTexts
    other_lines: tuple[OtherLines, ...]


def deck_texts(deck: Path) -> DrawnTexts:
    """Read the tables of a deck."""
    return {
        (page, row, column): cell.text
        for page, slide in enumerate(Presentation(str(deck)).slides, 1)
        for shape in slide.shapes
        if shape.has_table
        for row, cells in enumerate(shape.table.rows)
        for column, cell in enumerate(cells.cells)
    }


def pdf_texts(pdf: Path, plan: Plan, undrawable: str) -> PdfTexts:
    """Read what stands in a PDF where the plan has cells; characters that no font has are drawn as stand-ins."""
    places = [(page.number, page.table, found) for page in plan.pages if page.table for found in cells_of(page.table)]
    read = pdf_text.lines(pdf, [(number, _box(table, found)) for number, table, found in places])
    stand_ins = str.maketrans(dict.fromkeys(undrawable, STAND_IN))
    texts: dict[tuple[int, int, int], str] = {}
    other: list[OtherLines] = []
    for (number, _, found), lines in zip(places, read, strict=True):
        texts[number, found.row, found.cell.column] = "".join(lines)
        planned = planned_lines(found.cell)
        if not _same_lines(tuple(line.translate(stand_ins) for line in planned), lines):
            other.append((number, found.goal, found.cell.key, planned, lines))
    return PdfTexts(texts, tuple(other))


def _box(table: Table, found: Found) -> pdf_text.Box:
    cell = found.cell
    left = table.box.x + sum(table.columns[: cell.column])
    width = sum(table.columns[cell.column : cell.column + cell.column_span])
    return pdf_text.Box(*(as_pt(length) for length in (left, found.y, width, found.height)))


def _same_lines(planned: tuple[str, ...], drawn: tuple[str, ...]) -> bool:
    drawn = with_letters(drawn)
    return len(planned) == len(drawn) and all(
        same(visible(one).lstrip(BULLETS), visible(other).lstrip(BULLETS))
        for one, other in zip(planned, drawn, strict=True)
    )
