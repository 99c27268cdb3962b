"""From the lines of a cell to its paragraphs and lists. Knows neither formats nor reports.

Nothing but the lines says where a paragraph ends: by its author, at a gap, at a bullet, or after a sentence where the
next word would still have had room.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from raportti.importing.pages import BREAK, Cell, Paragraph

_BULLET = re.compile(r"\s*([•▪◦·]|[-–](?=\s))\s*")
_INNER = frozenset("-–◦")
_SENTENCE_END = re.compile(r"""[.!?:;…]["”’)\]]*\s*$""")
_DIVIDED = re.compile(r"[^\W_]-$")
_ROOM = 0.94
"""The share of the longest line that a word may fill before it is taken to have had no room: letters differ in width."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was drawn; ``width`` and ``first`` (its first word's) are lengths in one unit, letters at least.

    ``has_gap``: more than the pitch stands between it and the line above.
    """

    text: str
    has_gap: bool = False
    room: float | None = None
    word: float | None = None

    @property
    def length(self) -> float:
        return len(self.text.rstrip()) if self.room is None else self.room

    @property
    def first(self) -> float:
        return len(self.text.split(maxsplit=1)[0]) if self.word is None else self.word


def as_text(lines: Iterable[str]) -> str:
    """Return lines as one text; a space at a line's end says that no word was divided there."""
    return BREAK.join(lines).rstrip()


def as_cell(lines: Sequence[Line], *, says_breaks: bool) -> Cell:
    """Return the paragraphs of a cell; ``says_breaks``: a line that ends in no space was ended by its author."""
    return tuple(_paragraph(group) for group in _groups(lines, says_breaks=says_breaks) if as_text(group).strip())


def _groups(lines: Sequence[Line], *, says_breaks: bool) -> Iterator[list[str]]:
    longest = max((line.length for line in lines), default=0.0)
    has_lists = any(_BULLET.match(line.text) for line in lines)
    group: list[str] = []
    for n, line in enumerate(lines):
        above = lines[n - 1] if n else None
        begins = _BULLET.match(line.text) or (
            not has_lists and above and _begins(above, line, longest, says_breaks=says_breaks)
        )
        if begins and group:
            yield group
            group = []
        group.append(line.text)
    yield group


def _begins(above: Line, line: Line, longest: float, *, says_breaks: bool) -> bool:
    """Tell whether a line begins a paragraph."""
    if line.has_gap:
        return True
    if says_breaks and not above.text.endswith(" ") and not _DIVIDED.search(above.text):
        return True
    had_room = above.length + line.first + 1 <= _ROOM * longest
    return had_room and bool(_SENTENCE_END.search(above.text)) and line.text[:1].isupper()


def _paragraph(lines: Sequence[str]) -> Paragraph:
    text = as_text(lines)
    bullet = _BULLET.match(text)
    if bullet is None:
        return Paragraph(text)
    return Paragraph(text[bullet.end() :], 2 if bullet[1] in _INNER else 1)
