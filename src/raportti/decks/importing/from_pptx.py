"""From any deck to pages: its titles, texts and tables, with the levels of lists.

Does not know reports.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from raportti.decks.importing.pages import BREAK, Cell, Page, Paragraph, Row
from raportti.decks.inspect import deck as decks
from raportti.decks.inspect.read import read_deck
from raportti.problems import SlidePlace

_TYPED = re.compile(r"^([•▪◦·]|[-–](?=\s))\s*")
"""A bullet that was typed as text."""
_ADDRESS = re.compile(r"(\S*(?:@|://)\S*)\n(?=\S*[@/?=&_]|\S*\.\w)|(\S*(?:@|://)\S*[@/?=&_:])\n|(\w+\.\w*)\n(?=\w+@)")
"""An address that a break divides: its beginning, and then what no word behind an address has."""
_ITEM_OF_ITEM = frozenset("-–◦o")
_NOT_READ = frozenset({"ftr", "sldNum", "dt", "title", "ctrTitle"})


def read_pptx(path: Path) -> tuple[Page, ...]:
    """Read the slides of a deck. Raises ``ProblemsFound`` where the file is no deck that can be read."""
    return tuple(_page(slide, str(path)) for slide in read_deck(path).slides)


def _page(slide: decks.Slide, file: str) -> Page:
    title = slide.title
    shapes = [shape for shape in slide.shapes if shape.placeholder not in _NOT_READ]
    texts = (paragraph for shape in shapes if shape.frame for paragraph in _paragraphs(shape.frame))
    tables = (shape for shape in shapes if shape.table)
    return Page(
        place=SlidePlace(file, slide.number),
        title=_title(title.frame) if title and title.frame and title.text else None,
        texts=tuple(texts),
        rows=tuple(row for shape in tables for row in _rows(shape, SlidePlace(file, slide.number, shape.name))),
    )


def _text(paragraph: decks.Paragraph) -> str:
    """Return the text of a paragraph, the addresses in it whole."""
    text = paragraph.text.replace(decks.BREAK, BREAK).strip()
    while found := _ADDRESS.search(text):
        text = f"{text[: found.end() - 1]}{text[found.end() :]}"
    return text


def _title(frame: decks.Frame) -> str:
    return BREAK.join(map(_text, frame.paragraphs))


def _rows(shape: decks.Shape, place: SlidePlace) -> Iterator[Row]:
    table = shape.table
    if table is None:
        return
    for number in range(len(table.rows)):
        cells = {cell.column: cell for cell in table.cells if cell.row == number}
        given = (cells.get(column) for column in range(len(table.columns)))
        yield Row(place, tuple(tuple(_paragraphs(cell.frame)) if cell else () for cell in given))


def _paragraphs(frame: decks.Frame) -> Cell:
    lefts = sorted({p.left for p in frame.paragraphs if p.bullet})
    read = (_paragraph(paragraph, lefts) for paragraph in frame.paragraphs)
    return tuple(paragraph for paragraph in read if paragraph.text.strip())


def _paragraph(paragraph: decks.Paragraph, lefts: list[int]) -> Paragraph:
    """Read a paragraph; ``lefts`` are where the items of its list begin, the outer ones first."""
    text = _text(paragraph)
    if paragraph.bullet:
        return Paragraph(text, 2 if paragraph.bullet.text in _ITEM_OF_ITEM or paragraph.left > lefts[0] else 1)
    if typed := _TYPED.match(text):
        return Paragraph(text[typed.end() :], 2 if typed[1] in _ITEM_OF_ITEM else 1)
    if paragraph.left > 0:
        return Paragraph(text, 2 if lefts and paragraph.left > lefts[0] else 1, continues=True)
    return Paragraph(text)
