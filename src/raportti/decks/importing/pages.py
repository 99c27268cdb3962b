"""From lines to the paragraphs of a text, and the pages of any deck as values: texts, and tables as rows of cells.

Does not know file formats or reports.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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
    ``is_guessed``: its lines alone tell that it begins where it does.
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


_BULLET = re.compile(r"\s*([•▪◦·]|[-–](?=\s))\s*")
_INNER = frozenset("-–◦")
_SENTENCE_END = re.compile(r"""[.!?:;…]["”’)\]]*\s*$""")
_DIVIDED = re.compile(r"[^\W_]-$")
_ROOM = 0.94
"""The share of the longest line that a word may fill before it had no room: letters differ in width."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``begins`` says whether it begins a paragraph, None where that is not known.

    ``length`` and ``first`` (its first word's) are in one unit, letters where nothing was measured.
    """

    text: str
    begins: bool | None
    length: float
    first: float


def typed(text: str, begins: bool | None = None) -> Line:
    """Make a line whose lengths are counted in letters."""
    return Line(text, begins, len(text.rstrip()), len((text.split(maxsplit=1) or [""])[0]))


def as_text(lines: Iterable[str]) -> str:
    """Return lines as one text; a space at a line's end says that no word was divided there."""
    return BREAK.join(lines).rstrip()


def as_cell(lines: Sequence[Line]) -> Cell:
    """Return the paragraphs of a cell."""
    first, *others = (_paragraph(group) for group in _groups(lines))
    paragraphs = (replace(first, is_guessed=False), *others)
    return tuple(paragraph for paragraph in paragraphs if paragraph.text.strip())


def with_ends(lines: Sequence[str]) -> tuple[Line, ...]:
    """Make lines of a text in which a space at the end says that the layout ended the line, and none the author."""
    ended = [False, *(not line.endswith(" ") and not _DIVIDED.search(line) for line in lines)]
    return tuple(typed(line, begins or None) for line, begins in zip(lines, ended, strict=False))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    longest = max((line.length for line in lines), default=0.0)
    has_lists = any(map(_is_bulleted, lines))
    group: list[Line] = []
    for line in lines:
        begins = line.begins if line.begins is not None else bool(group) and _had_room(group[-1], line, longest)
        if group and (_is_bulleted(line) or (begins and not has_lists)):
            yield group
            group = []
        group.append(line)
    yield group


def _is_bulleted(line: Line) -> bool:
    """Return whether a line begins an item of a list; within a paragraph a dash at its beginning is one of the text."""
    return line.begins is not False and bool(_BULLET.match(line.text))


def _had_room(above: Line, line: Line, longest: float) -> bool:
    """Return whether a line begins a paragraph: a sentence ends above it, where the next word had room."""
    had_room = above.length + line.first + 1 <= _ROOM * longest
    return had_room and bool(_SENTENCE_END.search(above.text)) and line.text[:1].isupper()


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    text = as_text(line.text for line in lines)
    bullet = _BULLET.match(text)
    if bullet is None:
        return Paragraph(text, is_guessed=any(line.begins is None for line in lines[:1]))
    return Paragraph(text[bullet.end() :], 2 if bullet[1] in _INNER else 1)
