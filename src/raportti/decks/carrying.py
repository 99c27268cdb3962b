"""From a text as data and what became of it in a deck to the new text as data. Knows no deck.

A deck does not show which words are marked as of another language, nor soft hyphens: words that stayed keep theirs.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeAlias

from raportti.changes import Fate, word_changes
from raportti.passages import Marked, Passage, passages_of

SOFT_HYPHEN = "\u00ad"
_Letter: TypeAlias = tuple[str, str | None]
"""A letter with the language of its passage."""


def shown(text: str) -> str:
    """Return a text as a deck shows it."""
    return text.replace(SOFT_HYPHEN, "")


def carried(old: str, new: str) -> str:
    """Return the new text with what the old one has and a deck does not show."""
    if shown(old) == shown(new):
        return old
    passages = passages_of(old)
    if shown(old) == old and not any(passage.language for passage in passages):
        return new
    letters = _letters([(letter, passage.language) for passage in passages for letter in passage.text], old, new)
    pieces = [
        Passage("".join(letter for letter, _ in group), language)
        for language, group in groupby(letters, key=lambda letter: letter[1])
    ]
    return Marked(pieces) if any(piece.language for piece in pieces) else "".join(piece.text for piece in pieces)


def carried_all(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return texts as ``carried`` does, each with what the text has that it was, where it was one."""
    plain = [[shown(text) for text in texts] for texts in (old, new)]
    texts: list[str] = []
    # Junk would leave texts out that are frequent in long lists.
    for tag, a, b, c, d in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        before = old[a:b] if tag in ("equal", "replace") else ()
        texts += (carried(before[n], text) if n < len(before) else text for n, text in enumerate(new[c:d]))
    return tuple(texts)


def _letters(letters: Sequence[_Letter], old: str, new: str) -> Iterator[_Letter]:
    """Give the letters of the new text: those that stayed as they are in the old one."""
    typed: list[_Letter] = [(letter, None) for letter in new]
    at = at_new = 0
    for piece in word_changes(shown(old), shown(new)):
        count = len(piece.text)
        end = at if piece.fate is Fate.ADDED else _end(letters, at, count)
        end_new = at_new if piece.fate is Fate.REMOVED else _end(typed, at_new, count)
        if piece.fate is Fate.KEPT:
            yield from letters[at:end]
        else:
            yield from typed[at_new:end_new]
        at, at_new = end, end_new


def _end(letters: Sequence[_Letter], start: int, count: int) -> int:
    """Return where so many letters that are shown end, with the soft hyphens after them."""
    at = start
    while at < len(letters) and (count or letters[at][0] == SOFT_HYPHEN):
        count -= letters[at][0] != SOFT_HYPHEN
        at += 1
    return at
