"""The pages of any deck as values: texts, and tables as rows of cells. Knows neither file formats nor reports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from raportti.problems import Place

BREAK = "\n"
"""Stands in a text where a line ended by layout; ``hyphens`` undoes it."""
DIVIDED = "\u00ad"
"""Stands before a ``BREAK`` in the place of a hyphen that is known to be layout."""
WHOLE = "\u2060"
"""Stands before a ``BREAK``, behind a hyphen that is known to be no layout."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``level`` is 0 for text, 1 and 2 for items of a list.

    ``continues``: it has the indent of an item and no bullet, as the rest of an item that began on an earlier page.
    ``is_guessed``: that it begins where it does was told by its lines alone.
    """

    text: str
    level: int = 0
    continues: bool = False
    is_guessed: bool = False


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, header rows among them, and where problems with it are."""

    place: Place
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``title`` is None where nothing marks it: then it is the first of the texts that is no corner tag."""

    place: Place
    title: str | None
    texts: tuple[Paragraph, ...]
    rows: tuple[Row, ...] = ()


def texts_of(pages: Iterable[Page]) -> Iterator[str]:
    """Yield all texts of some pages."""
    for page in pages:
        yield page.title or ""
        yield from (paragraph.text for paragraph in page.texts)
        yield from (text_of(cell) for row in page.rows for cell in row.cells)


def text_of(cell: Cell) -> str:
    """Return the text of a cell as one, where its paragraphs are lines of it."""
    return BREAK.join(paragraph.text for paragraph in cell)
