"""What was drawn on the pages of a PDF, as data that goes from one process to another.

Knows nothing of how it was drawn. Lengths are points from the top left of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

STAND_INS = ("□", "?")
"""What is drawn for a character that no font of the page has, since PDF/UA-1 forbids .notdef (ISO 14289-1, 7.21.8).
The second is for fonts without the first."""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """The place of a row of a table."""

    y: float
    h: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of text: the top of its room, and the width of its text with the spaces at its end."""

    text: str
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The rows and lines of a page, in the order of the page's elements."""

    rows: tuple[DrawnRow, ...]
    lines: tuple[DrawnLine, ...]


def as_json(pages: Iterable[DrawnPage]) -> list[list[list[Any]]]:
    """Return pages as plain lists."""
    return [[[astuple(row) for row in page.rows], [astuple(line) for line in page.lines]] for page in pages]


def from_json(pages: Sequence[Sequence[Sequence[Any]]]) -> tuple[DrawnPage, ...]:
    """Return the pages that plain lists say."""
    return tuple(
        DrawnPage(tuple(DrawnRow(*row) for row in rows), tuple(DrawnLine(*line) for line in lines))
        for rows, lines in pages
    )
