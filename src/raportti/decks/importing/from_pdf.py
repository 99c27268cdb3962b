"""From a PDF of a deck to pages, by where its words stand and which rules part them.

Does not know reports. Any PDF with text and ruled tables will do, tagged or not, printed with whatever program.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Any

from raportti.decks.importing.pages import BREAK, DIVIDED, WHOLE, Cell, Line, Page, Row, as_cell, typed
from raportti.decks.importing.safe_pdf import UNREADABLE
from raportti.problems import SlidePlace

# pdfplumber and pdfminer have types for some of their functions only.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

_APART = 1.6
"""A gap of so many times their size between two words of a line parts two texts that stand side by side."""
_WIDEST_LEADING = 1.7
"""The leading of one text is less than so many times its size."""
_GAP = 1.12
"""More than so many times the least leading of a cell is a gap between paragraphs."""
_BEGINNING = re.compile(r"[1-5]\s*=|[•▪◦·]")
"""A grade of a scale, or a bullet: what begins a paragraph outside of tables."""
_GROUND = 0.9
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


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a page: its edges in points, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    def around(self, other: "Rectangle") -> "Rectangle":
        """Return the box around two."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, where it stands, and the size of its letters.

    By a PDF's tags: ``owner`` is the number of its paragraph, ``whole`` the text that it stands for, or is a part of.
    """

    text: str
    box: Rectangle
    size: float
    owner: int | None = None
    whole: str = ""

    def is_in(self, box: Rectangle) -> bool:
        """Return whether its middle is in a box."""
        x, y = self.box.middle
        return box.left <= x <= box.right and box.top <= y <= box.bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """LayoutWords that stand side by side as one text."""

    words: tuple[PlacedWord, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def box(self) -> Rectangle:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.around(word.box)
        return box


@dataclass(frozen=True, slots=True)
class _DrawnPage:
    """What stands on a page: its words, and the rectangles that are the cells of its tables, row by row."""

    place: SlidePlace
    words: list[PlacedWord]
    grids: list[list[list[Rectangle]]]


def read_pages(pdf: Any, file: str) -> Iterator[Page]:
    """Read the pages of a PDF that ``safe_pdf`` opened; raises what pdfminer raises where it is broken."""
    drawn = [_drawn(page, SlidePlace(file, number)) for number, page in enumerate(pdf.pages, 1)]
    marks_divided = any(_is_part(word) for page in drawn for word in page.words)
    for page in drawn:
        words = _with_ends(page.words) if marks_divided else page.words
        yield _page(replace(page, words=words), is_first=page is drawn[0])


def _drawn(page: Any, place: SlidePlace) -> _DrawnPage:
    tags = _tags(page)
    words = [_word(word, tags) for word in page.extract_words(return_chars=True)]
    found = _DrawnPage(place, words, list(_grids(page)))
    page.close()
    return found


def _page(page: _DrawnPage, *, is_first: bool) -> Page:
    words, grids, place = page.words, page.grids, page.place
    rows = tuple(row for grid in grids for row in _rows(grid, words, place))
    outside = [word for word in words if not any(word.is_in(box) for grid in grids for row in grid for box in row)]
    pieces = _pieces_of(outside)
    # The lines in the largest letters are the title.
    largest = _SAME_SIZE * max((piece.size for piece in pieces), default=0.0)
    title = BREAK.join(piece.text for piece in pieces if piece.size >= largest)
    texts = _blocks_of([piece for piece in pieces if piece.size < largest], is_loose=is_first)
    return Page(place, title or None, texts, rows)


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


def _word(word: Any, tags: _Tags) -> PlacedWord:
    first, last = word["chars"][0], word["chars"][-1]
    box = Rectangle(word["x0"], word["top"], word["x1"], word["bottom"])
    whole = tags.texts.get(last.get("mcid"), "")
    return PlacedWord(word["text"], box, first["size"], tags.owners.get(first.get("mcid")), whole)


def _with_ends(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """Say of each word whether a hyphen at its end is layout, in a document that marks words that line ends divide.

    Some programs mark them by their whole text (ISO 32000-1, 14.9.4): then a hyphen in no such word has a space behind.
    """
    return [replace(word, text=_ended(word)) for word in words]


def _is_part(word: PlacedWord) -> bool:
    """Return whether a word is the beginning of one, or the middle."""
    piece = word.text.removesuffix("-")
    is_one = bool(word.whole) and not any(map(str.isspace, word.whole))
    return is_one and piece in word.whole and not word.whole.endswith(word.text)


def _ended(word: PlacedWord) -> str:
    if not _is_part(word):
        return f"{word.text} " if word.text.endswith("-") else word.text
    return f"{word.text}{WHOLE}" if word.text in word.whole else f"{word.text[:-1]}{DIVIDED}"


def _pieces_of(words: Iterable[PlacedWord]) -> list[Piece]:
    """Return words as pieces of text, from the top; what stands apart on one line is several."""
    return [Piece(tuple(words)) for line in _lines(words) for words in _divided_at_gaps(line)]


def _divided_at_gaps(line: Sequence[PlacedWord]) -> Iterator[list[PlacedWord]]:
    piece: list[PlacedWord] = []
    for word in line:
        gap = word.box.left - piece[-1].box.right if piece else 0.0
        if piece and gap > _APART * max(word.size, piece[-1].size) and word.text != "=":
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _lines(words: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    """Return words line by line: those of one line have their middles between each other's edges."""
    lines: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: word.box.middle[1]):
        first = lines[-1][0].box if lines else None
        if first and first.top <= word.box.middle[1] <= first.bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.left) for line in lines]


def _blocks_of(pieces: Sequence[Piece], *, is_loose: bool) -> Cell:
    """Join pieces that stand below each other to paragraphs; ``is_loose``: each line is a text of its own."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        above = next((block for block in reversed(blocks) if _goes_on(block[-1], piece)), None)
        if above is None or is_loose or _BEGINNING.match(piece.text):
            blocks.append([piece])
        else:
            above.append(piece)
    texts = ("\n".join(piece.text for piece in block) for block in blocks)
    return tuple(paragraph for text in texts for paragraph in as_cell([typed(text, begins=True)]))


def _goes_on(above: Piece, below: Piece) -> bool:
    """Return whether a piece can be the next line of a text."""
    one, other = above.box, below.box
    is_alike = abs(above.size - below.size) < 0.1 * above.size
    overlaps = min(one.right, other.right) > max(one.left, other.left)
    return is_alike and overlaps and 0 < other.bottom - one.bottom < _WIDEST_LEADING * above.size


def _grids(page: Any) -> Iterator[list[list[Rectangle]]]:
    """Yield the tables of a page as the boxes of their cells, row by row.

    Columns are those of the header, which some programs alone rule from top to bottom; rows go from rule to rule.
    """
    for table in page.find_tables():
        left, top, right, _ = table.bbox
        if right - left > _GROUND * page.width and top < _NEAR:
            continue
        cells = (cell for row in table.rows for cell in row.cells if cell)
        columns = _distinct_places(edge for cell in cells for edge in (cell[0], cell[2]))
        if len(columns) <= _FEWEST_COLUMNS:
            continue
        rows = _distinct_places(_rules(page.edges, left, right, top))
        yield [[Rectangle(a, above, b, below) for a, b in pairwise(columns)] for above, below in pairwise(rows)]


def _rules(edges: Iterable[Any], left: float, right: float, top: float) -> Iterator[float]:
    """Yield where rules go through the whole width of a table, from its top on; a rule may be drawn in pieces."""
    inside = [e for e in edges if e["orientation"] == "h" and e["top"] > top - _NEAR]
    within = [e for e in inside if e["x0"] > left - _NEAR and e["x1"] < right + _NEAR]
    for height in _distinct_places(e["top"] for e in within):
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


def _distinct_places(values: Iterable[float]) -> list[float]:
    """Return values in their order, one of those that are near each other."""
    apart: list[float] = []
    for value in sorted(values):
        if not apart or value - apart[-1] > _NEAR:
            apart.append(value)
    return apart


def _rows(grid: Sequence[Sequence[Rectangle]], words: Sequence[PlacedWord], place: SlidePlace) -> Iterator[Row]:
    for boxes in grid:
        yield Row(place, tuple(_cell_of([word for word in words if word.is_in(box)]) for box in boxes))


def _cell_of(words: Iterable[PlacedWord]) -> Cell:
    """Return the paragraphs of a cell."""
    lines = [Piece(tuple(line)) for line in _lines(words)]
    if not lines:
        return ()
    least = min((_leading(above, below) for above, below in pairwise(lines)), default=0.0)
    begins = (True, *(_begins(above, below, least) for above, below in pairwise(lines)))
    return as_cell(
        [
            Line(line.text, begin, line.box.width, line.words[0].box.width)
            for line, begin in zip(lines, begins, strict=True)
        ]
    )


def _leading(above: Piece, below: Piece) -> float:
    """Return the distance between two lines."""
    return below.box.bottom - above.box.bottom


def _begins(above: Piece, below: Piece, least: float) -> bool | None:
    """Return whether a line begins a paragraph: the tags say it, or a gap; without either it is not known."""
    owners = above.words[0].owner, below.words[0].owner
    if None not in owners:
        return owners[0] != owners[1]
    return True if _leading(above, below) > _GAP * least else None
