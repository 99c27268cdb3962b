"""PDF → the lines of text that stand within given boxes of its pages, as they were drawn."""

import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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
    pages = glyphs_of(pdf)
    return [lines_of(_within(pages[number - 1], box)) for number, box in boxes]


def glyphs_of(pdf: Path) -> tuple[tuple[Glyph, ...], ...]:
    """Return the glyphs of each page in the order of drawing, to be read only; one and the same file is parsed once."""
    return _glyphs_in(pdf.read_bytes())


@lru_cache(maxsize=2)
def _glyphs_in(data: bytes) -> tuple[tuple[Glyph, ...], ...]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return tuple(tuple(page.chars) for page in document.pages)


def page_texts(pdf: Path) -> list[str]:
    """Return the text of each page, as a program that copies it gets it."""
    with pdfplumber.open(pdf) as document:
        return [page.extract_text() for page in document.pages]


def _within(glyphs: Iterable[Glyph], box: Box) -> Iterator[Glyph]:
    for glyph in glyphs:
        x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
        if box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h:
            yield glyph
