"""From words at their places to lines, and from these to paragraphs. Knows no file format. Lengths are points."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from raportti.importing.pages import Cell, Paragraph
from raportti.importing.paragraphs import Line, as_cell, typed

_APART = 1.6
"""A gap between two words of a line of so many times their size parts two texts that stand side by side."""
_LEADING = 1.7
"""Lines of one text follow each other by less than so many times their size."""
_GAP = 1.12
"""More than so many times the least pitch of a cell's lines is a gap between paragraphs."""
_BEGINNING = re.compile(r"[1-5]\s*=|[•▪◦·]")
"""A grade of a scale, or a bullet: what begins a paragraph outside of tables."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its edges counted from the left and from the top."""

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

    def around(self, other: "Box") -> "Box":
        """Return the box around two."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, and the size of its letters.

    By a PDF's tags: ``owner`` is the number of its paragraph, ``whole`` the text that it stands for, or is a part of.
    """

    text: str
    box: Box
    size: float
    owner: int | None = None
    whole: str = ""

    def is_in(self, box: Box) -> bool:
        """Tell whether its middle is in a box."""
        x, y = self.box.middle
        return box.left <= x <= box.right and box.top <= y <= box.bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand side by side as one text."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.around(word.box)
        return box


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return words line by line: those of one line have their middles between each other's edges."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.middle[1]):
        first = lines[-1][0].box if lines else None
        if first and first.top <= word.box.middle[1] <= first.bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.left) for line in lines]


def cell_of(words: Iterable[Word]) -> Cell:
    """Return the paragraphs of a cell."""
    lines = [Piece(tuple(line)) for line in _lines(words)]
    if not lines:
        return ()
    least = min((_pitch(above, below) for above, below in pairwise(lines)), default=0.0)
    begins = (True, *(_begins(above, below, least) for above, below in pairwise(lines)))
    return as_cell(
        [
            Line(line.text, begin, line.box.width, line.words[0].box.width)
            for line, begin in zip(lines, begins, strict=True)
        ]
    )


def _pitch(above: Piece, below: Piece) -> float:
    return below.box.bottom - above.box.bottom


def _begins(above: Piece, below: Piece, least: float) -> bool | None:
    """Tell whether a line begins a paragraph: the tags say it, or a gap; without either it is not known."""
    owners = above.words[0].owner, below.words[0].owner
    if None not in owners:
        return owners[0] != owners[1]
    return True if _pitch(above, below) > _GAP * least else None


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """Return words as pieces of text, from the top; what stands apart on one line is several."""
    return [Piece(tuple(words)) for line in _lines(words) for words in _apart(line)]


def _apart(line: Sequence[Word]) -> Iterator[list[Word]]:
    piece: list[Word] = []
    for word in line:
        gap = word.box.left - piece[-1].box.right if piece else 0.0
        if piece and gap > _APART * max(word.size, piece[-1].size) and word.text != "=":
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def blocks_of(pieces: Sequence[Piece], *, is_loose: bool) -> Cell:
    """Join pieces that stand below each other to paragraphs; ``is_loose``: each line is a text of its own."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        above = next((block for block in reversed(blocks) if _goes_on(block[-1], piece)), None)
        if above is None or is_loose or _BEGINNING.match(piece.text):
            blocks.append([piece])
        else:
            above.append(piece)
    return tuple(paragraph for block in blocks for paragraph in _paragraphs(block))


def _paragraphs(block: Sequence[Piece]) -> tuple[Paragraph, ...]:
    return as_cell([typed("\n".join(piece.text for piece in block), begins=True)])


def _goes_on(above: Piece, below: Piece) -> bool:
    """Tell whether a piece can be the next line of a text."""
    one, other = above.box, below.box
    is_alike = abs(above.size - below.size) < 0.1 * above.size
    overlaps = min(one.right, other.right) > max(one.left, other.left)
    return is_alike and overlaps and 0 < other.bottom - one.bottom < _LEADING * above.size
