"""From two texts to the words that were taken out and put in. Knows not what the texts are of."""

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
    # Junk would leave words out that are frequent in long texts.
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if before == after:
            yield Piece(Fate.KEPT, before)
            continue
        yield from (Piece(fate, text) for fate, text in ((Fate.REMOVED, before), (Fate.ADDED, after)) if text)
