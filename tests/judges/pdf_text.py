"""PDF → the lines of text that stand within given boxes of its pages, as they were drawn."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

from judges.glyphs import Glyph, lines_of


class Box(NamedTuple):
    """A rectangle in points from the top left of its page."""

    x: float
    y: float
    w: float
    h: float


def lines(pdf: Path, boxes: Iterable[tuple[int, Box]]) -> list[tuple[str, ...]]:
    """Return for each box (page from 1, place) its lines, from the top; a glyph belongs where its middle is."""
    with pdfplumber.open(pdf) as document:
        pages = {number: page.chars for number, page in enumerate(document.pages, 1)}
    return [lines_of(_within(pages[number], box)) for number, box in boxes]


def page_texts(pdf: Path) -> list[str]:
    """Return the text of each page, as a program that copies it gets it."""
    with pdfplumber.open(pdf) as document:
        return [page.extract_text() for page in document.pages]


def _within(glyphs: Iterable[dict[str, Any]], box: Box) -> Iterator[Glyph]:
    for glyph in glyphs:
        x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
        if box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h:
            yield glyph
