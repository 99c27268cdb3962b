"""From a PDF of a deck to pages, by where its words stand and which rules part them. Knows no reports.

Any PDF with text and ruled tables will do: whether it is tagged, and what it was printed with, is not asked.
"""
# pdfplumber and pdfminer have types for some of their functions only.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Any

from raportti.importing.drawn import Box, Piece, Word, blocks_of, cell_of, pieces_of
from raportti.importing.pages import BREAK, DIVIDED, WHOLE, Page, Row
from raportti.importing.safe_pdf import UNREADABLE
from raportti.problems import SlidePlace

_WHOLE = 0.9
"""The share of a page from which on a rectangle is its ground and no table."""
_FEWEST_COLUMNS = 4
_SAME_SIZE = 0.95
"""Letters of one size may differ so much: some programs scale each line."""
_PARAGRAPHS = frozenset({"P", "LBody", "TD", "TH", "H", "H1", "H2", "H3", "H4", "H5", "H6"})
"""Types of the structure elements that are a paragraph, where none of them is inside (ISO 32000-1, 14.8.4)."""
_NEAR = 1.5
"""Points by which edges of one rule may differ."""
_RULED = 0.95
"""The share of a table's width that a rule between two rows covers."""


def read_pages(pdf: Any, file: str) -> Iterator[Page]:
    """Read the pages of a PDF that ``safe_pdf`` opened; raises what pdfminer raises where it is broken."""
    for number, page in enumerate(pdf.pages, 1):
        yield _page(page, SlidePlace(file, number), is_first=number == 1)
        page.close()


def _page(page: Any, place: SlidePlace, *, is_first: bool) -> Page:
    tags = _tags(page)
    words = _with_ends([_word(word, tags) for word in page.extract_words(return_chars=True)])
    grids = list(_grids(page))
    rows = tuple(row for grid in grids for row in _rows(grid, words, place))
    outside = [word for word in words if not any(word.is_in(box) for grid in grids for row in grid for box in row)]
    pieces = pieces_of(outside)
    title = _SAME_SIZE * max((piece.size for piece in pieces), default=0.0)
    headline = BREAK.join(_headline(pieces, title))
    texts = blocks_of([piece for piece in pieces if piece.size < title], is_loose=is_first)
    return Page(place, headline or None, texts, rows)


@dataclass(slots=True)
class _Tags:
    """Of each piece of tagged content (by its number) the number of its paragraph, and the whole text it stands for."""

    owners: dict[int, int] = field(default_factory=dict[int, int])
    texts: dict[int, str] = field(default_factory=dict[int, str])

    def read(self, element: Any, owner: int | None, numbers: Iterator[int]) -> None:
        """Take in a structure element and those below it."""
        own = next(numbers) if element.get("type") in _PARAGRAPHS else owner
        content = element.get("mcids", ())
        if own is not None:
            self.owners.update(dict.fromkeys(content, own))
        if text := (element.get("actual_text") or "").strip():
            self.texts.update(dict.fromkeys(content, text))
        for child in element.get("children", ()):
            self.read(child, own, numbers)


def _tags(page: Any) -> _Tags:
    tags, numbers = _Tags(), count()
    try:
        for element in page.structure_tree:
            tags.read(element, None, numbers)
    except UNREADABLE:  # broken tags are no reason not to read what is drawn
        return _Tags()
    return tags


def _word(word: Any, tags: _Tags) -> Word:
    first, last = word["chars"][0], word["chars"][-1]
    box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
    whole = tags.texts.get(last.get("mcid"), "")
    return Word(word["text"], box, first["size"], tags.owners.get(first.get("mcid")), whole)


def _with_ends(words: Sequence[Word]) -> list[Word]:
    """Say of each word whether a hyphen at its end is layout, where the page marks words that line ends divide.

    Some programs mark them by their whole text (ISO 32000-1, 14.9.4): then a hyphen in no such word has a space behind.
    """
    if not any(_is_part(word) for word in words):
        return list(words)
    return [replace(word, text=_ended(word)) for word in words]


def _is_part(word: Word) -> bool:
    """Tell whether a word is the beginning of one, or the middle."""
    piece = word.text.removesuffix("-")
    is_one = bool(word.whole) and not any(map(str.isspace, word.whole))
    return is_one and piece in word.whole and not word.whole.endswith(word.text)


def _ended(word: Word) -> str:
    if not _is_part(word):
        return f"{word.text} " if word.text.endswith("-") else word.text
    return f"{word.text}{WHOLE}" if word.text in word.whole else f"{word.text[:-1]}{DIVIDED}"


def _headline(pieces: Sequence[Piece], size: float) -> Iterator[str]:
    """Yield the lines in the largest letters, which are the title."""
    yield from (piece.text for piece in pieces if piece.size >= size)


def _grids(page: Any) -> Iterator[list[list[Box]]]:
    """Yield the tables of a page as the boxes of their cells, row by row.

    Columns are those of the header, which some programs alone rule from top to bottom; rows go from rule to rule.
    """
    for table in page.find_tables():
        left, top, right, _ = table.bbox
        if right - left > _WHOLE * page.width and top < _NEAR:
            continue
        cells = (cell for row in table.rows for cell in row.cells if cell)
        columns = _apart(edge for cell in cells for edge in (cell[0], cell[2]))
        if len(columns) <= _FEWEST_COLUMNS:
            continue
        rows = _apart(_rules(page.edges, left, right, top))
        yield [[Box(a, above, b, below) for a, b in pairwise(columns)] for above, below in pairwise(rows)]


def _rules(edges: Iterable[Any], left: float, right: float, top: float) -> Iterator[float]:
    """Yield where rules go through the whole width of a table, from its top on; a rule may be drawn in pieces."""
    inside = [e for e in edges if e["orientation"] == "h" and e["top"] > top - _NEAR]
    within = [e for e in inside if e["x0"] > left - _NEAR and e["x1"] < right + _NEAR]
    for height in _apart(e["top"] for e in within):
        pieces = [(e["x0"], e["x1"]) for e in within if abs(e["top"] - height) <= _NEAR]
        if _covered(pieces) >= _RULED * (right - left):
            yield height


def _covered(pieces: Iterable[tuple[float, float]]) -> float:
    """Return the length that pieces of a line cover together."""
    total, end = 0.0, float("-inf")
    for start, stop in sorted(pieces):
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total


def _apart(values: Iterable[float]) -> list[float]:
    """Return values in their order, one of those that are near each other."""
    apart: list[float] = []
    for value in sorted(values):
        if not apart or value - apart[-1] > _NEAR:
            apart.append(value)
    return apart


def _rows(grid: Sequence[Sequence[Box]], words: Sequence[Word], place: SlidePlace) -> Iterator[Row]:
    for boxes in grid:
        yield Row(place, tuple(cell_of([word for word in words if word.is_in(box)]) for box in boxes))
