"""A PDF and its plan → what its tags do not say as they should: texts, headers, captions, lists, artifacts, order.

The texts are held twice: as the tree says them, and as poppler copies them out of the boxes of the cells.
"""

import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from judges.structure import Cell, Element, Tagged, grid_of, read_tags
from raportti.plan import CellKind, Page, Plan, Role, Table, TextBox
from raportti.plan.chart import Chart
from raportti.plan.typeset import Paragraph
from raportti.units import as_pt
from stress.texts import STAND_IN, cells_of

HIDDEN = (Role.TAG, Role.FOOTER, Role.NUMBER, Role.DRAFT)
SOFT_HYPHEN = "\u00ad"
"""Says where a word may be divided, and is in no line."""
LEAST_STEP = 1.0
"""Points by which the next line of a block may stand higher: text of another size on the same line."""
OWN_LETTERS = dict.fromkeys(map(ord, "äöåÄÖÅ"))
"""Letters with accents that every font of a Finnish or Swedish text has whole."""
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Fault:
    """What is not as it should be, on which page; both texts may be empty."""

    page: int
    what: str
    planned: str = ""
    read: str = ""


def faults(pdf: Path, plan: Plan, undrawable: str = "") -> Iterator[Fault]:
    """Hold the tags of a PDF against its plan; ``undrawable`` are characters that are drawn as stand-ins."""
    tags = read_tags(pdf)
    stand_ins = str.maketrans(dict.fromkeys(undrawable, STAND_IN))
    yield from _of_file(tags)
    for page, section in zip(plan.pages, tags.pages, strict=True):
        yield from _of_texts(page, section, stand_ins)
        yield from _of_order(page, section)
        yield from _of_lists(page, section)
        if page.table:
            title = page.title.replace(SOFT_HYPHEN, "").translate(stand_ins)
            yield from _of_table(replace(page, title=title), page.table, section)
    yield from _of_copies(pdf, plan, stand_ins)


def _of_file(tags: Tagged) -> Iterator[Fault]:
    if untyped := [artifact for artifact in tags.artifacts if "Type" not in artifact]:
        yield Fault(0, f"{len(untyped)} artifacts without a type")
    if list(tags.id_order) != sorted(tags.id_order):
        yield Fault(0, "ids not sorted")
    heads = [head.id for head in tags.document.walk("TH")]
    if None in heads or sorted(map(str, heads)) != list(tags.id_order):
        yield Fault(0, "ids are not those of the header cells")
    for element in tags.document.walk():
        if not element.kids and element.kind not in ("TD", "TH"):
            yield Fault(0, f"empty {element.kind}")
        if "\ufffd" in element.text:
            yield Fault(0, "U+FFFD", read=element.text)


def _heard(paragraphs: tuple[Paragraph, ...], stand_ins: dict[int, str]) -> Iterator[str]:
    for paragraph in paragraphs:
        texts = (paragraph.bullet.text if paragraph.bullet else "", paragraph.text)
        yield from (bare for text in texts if (bare := text.translate(stand_ins).strip(" ")))


def _of_texts(page: Page, section: Element, stand_ins: dict[int, str]) -> Iterator[Fault]:
    """Hold what is heard on a page, block by block, against the plan's items in their order."""
    planned: list[str] = []
    for item in page.items:
        if isinstance(item, TextBox) and item.heading:
            planned.append("".join(p.text for p in item.paragraphs).translate(stand_ins).strip(" "))
        elif isinstance(item, TextBox) and item.role not in HIDDEN:
            planned += _heard(item.paragraphs, stand_ins)
        elif isinstance(item, Chart):
            planned.append(item.description.translate(stand_ins))
        elif isinstance(item, Table):
            for found in cells_of(item):
                planned += _heard(found.cell.paragraphs, stand_ins)
    read = section.blocks()
    if len(planned) != len(read):
        yield Fault(page.number, "other number of blocks", str(len(planned)), str(len(read)))
    for one, other in zip(planned, read, strict=False):
        if one != other:
            yield Fault(page.number, "text of a block", one, other)


def _of_order(page: Page, section: Element) -> Iterator[Fault]:
    """Lines of a block go down, cells of a row right, rows down; the pages' contents follow the tree."""
    for block in section.walk("P", "LBody", "H1", "H2", "H3", "TD", "TH"):
        lines = [content.y for content in block.contents() if content.text.strip()]
        if any(after < before - LEAST_STEP for before, after in pairwise(lines) if block.kind == "P"):
            yield Fault(page.number, f"lines of a {block.kind} out of order", read=block.text)
    for row in section.walk("TR"):
        places = [content.x for cell in row.elements for content in [*cell.contents()][:1] if content.text.strip()]
        if places != sorted(places):
            yield Fault(page.number, "cells of a row out of order", read=row.text)
    numbers = [content.number for content in section.contents()]
    if numbers != sorted(numbers):
        yield Fault(page.number, "drawn in another order than read", read=str(numbers))


def _of_lists(page: Page, section: Element) -> Iterator[Fault]:
    for items in section.walk("L"):
        labels = [label for item in items.elements for label in item.elements if label.kind == "Lbl"]
        if any(item.kind not in ("LI", "L") for item in items.elements):
            yield Fault(page.number, "a list of more than items", read=items.text)
        if labels and "ListNumbering" not in items.attributes:
            yield Fault(page.number, "a list that does not say its numbering", read=items.text)
        for item in (item for item in items.elements if item.kind == "LI"):
            if [part.kind for part in item.elements] not in (["Lbl", "LBody"], ["LBody"]):
                yield Fault(page.number, "an item without a body", read=item.text)


def _of_table(page: Page, table: Table, section: Element) -> Iterator[Fault]:
    """Hold a page's table against the plan: one, with a caption that names it, its headers those of the grid."""
    tables = list(section.walk("Table"))
    if len(tables) != 1:
        yield Fault(page.number, f"{len(tables)} tables")
        return
    caption = tables[0].elements[0]
    if caption.kind != "Caption" or not caption.text.startswith(page.title):
        yield Fault(page.number, "caption", page.title, caption.text)
    grid = grid_of(tables[0])
    places = [(found.row, found.cell.column) for found in cells_of(table)]
    if [(cell.row, cell.column) for cell in grid] != places:
        yield Fault(page.number, "grid", str(places), str([(cell.row, cell.column) for cell in grid]))
    for cell, found in zip(grid, cells_of(table), strict=False):
        yield from _of_headers(page, cell, grid, found.cell.kind)


def _of_headers(page: Page, cell: Cell, grid: tuple[Cell, ...], kind: CellKind) -> Iterator[Fault]:
    marks = {CellKind.DATA: ("TD", ""), CellKind.ROW_HEADER: ("TH", "/Row"), CellKind.COLUMN_HEADER: ("TH", "/Column")}
    if (cell.element.kind, cell.scope) != marks[kind]:
        yield Fault(page.number, "kind of cell", str(marks[kind]), f"{cell.element.kind} {cell.scope}")
    true = cell.true_headers(grid)
    if frozenset(cell.headers) != true or (cell.element.kind == "TD" and not cell.headers):
        yield Fault(page.number, "headers of a cell", str(sorted(map(str, true))), str(cell.headers))


def _of_copies(pdf: Path, plan: Plan, stand_ins: dict[int, str]) -> Iterator[Fault]:
    """Hold the words that poppler finds in the box of each cell against the plan's, in any order."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    sheets = ElementTree.fromstring(said.stdout.decode()).iter(f"{XHTML}page")
    for page, sheet in zip(plan.pages, sheets, strict=True):
        words = [(_middle(word), word.text or "") for word in sheet.iter(f"{XHTML}word")]
        for found in cells_of(page.table) if page.table else ():
            assert page.table is not None
            left = page.table.box.x + sum(page.table.columns[: found.cell.column])
            right = left + sum(page.table.columns[found.cell.column : found.cell.column + found.cell.column_span])
            x, y, w, h = (as_pt(length) for length in (left, found.y, right - left, found.height))
            read = [word for (mx, my), word in words if x <= mx <= x + w and y <= my <= y + h]
            planned = list(_heard(found.cell.paragraphs, stand_ins))
            if not _have_same_words(planned, read):
                yield Fault(page.number, "words that are copied", " ".join(planned), " ".join(read))


def _have_same_words(planned: Sequence[str], read: Sequence[str]) -> bool:
    """Compare words in any order; where there are accents that fonts put together, which poppler may part, letters."""
    one, other = (" ".join(texts) for texts in (planned, read))
    parts = unicodedata.normalize("NFD", one.translate(OWN_LETTERS))
    if any(unicodedata.category(char) == "Mn" for char in parts):
        one, other = (" ".join(unicodedata.normalize("NFD", "".join(text.split()))) for text in (one, other))
    return Counter(one.split()) == Counter(other.split())


def _middle(word: ElementTree.Element) -> tuple[float, float]:
    x, y, right, bottom = (float(word.get(name, "0")) for name in ("xMin", "yMin", "xMax", "yMax"))
    return (x + right) / 2, (y + bottom) / 2
