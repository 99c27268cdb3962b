"""From two texts to the words that were taken out and put in.

Does not know where the texts come from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Fate(Enum):
    """What became of a piece of the old text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: the kept and removed ones, joined, are the old text; the kept and added ones the new."""

    fate: Fate
    text: str


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    >>> [(piece.fate.value, piece.text) for piece in word_changes("hyvä tulos", "uusi tulos")]
    [('removed', 'hyvä'), ('added', 'uusi'), ('kept', ' tulos')]
    """
    return tuple(_pieces(_TOKEN.findall(old), _TOKEN.findall(new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    removed = added = ""
    for before, after in _runs(old, new):
        is_kept = before == after
        if not is_kept or (before.isspace() and (removed or added)):
            # White space between words that changed went and came with them: a phrase is read as one.
            removed, added = removed + before, added + after
            continue
        yield from _changed(removed, added)
        yield Piece(Fate.KEPT, before)
        removed = added = ""
    yield from _changed(removed, added)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    # Junk would leave words out that are frequent in long texts.
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d])


def _changed(removed: str, added: str) -> Iterator[Piece]:
    """Give what went and came, but for the white space that both end in, which stayed."""
    end = _common_end(removed, added)
    cut = len(end)
    pieces = (
        (Fate.REMOVED, removed[: len(removed) - cut]),
        (Fate.ADDED, added[: len(added) - cut]),
        (Fate.KEPT, end),
    )
    yield from (Piece(fate, text) for fate, text in pieces if text)


def _common_end(removed: str, added: str) -> str:
    ends = [text[len(text.rstrip()) :] for text in (removed, added)]
    return ends[0] if ends[0] == ends[1] else ""
