"""Pieces of a text that give way to others. Knows nothing of what the text is."""

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """The text between two offsets is replaced."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Replace pieces of a text that do not overlap."""
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices):
        pieces += (text[at : splice.start], splice.text)
        at = splice.end
    return "".join((*pieces, text[at:]))


def line_start(text: str, at: int) -> int:
    """Return where the line begins that an offset stands on."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line ends that an offset stands on: after its line end."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
