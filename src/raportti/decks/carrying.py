"""From a text as data and what became of it in a deck to the new text as data. Knows no deck.

A deck does not show which words are marked as of another language, nor soft hyphens: words that stayed keep theirs.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from raportti.changes import Fate, word_changes
from raportti.passages import Marked, Passage, passages_of

SOFT_HYPHEN = "\u00ad"


def shown(text: str) -> str:
    """Return a text as a deck shows it."""
    return text.replace(SOFT_HYPHEN, "")


def carried(old: str, new: str) -> str:
    """Return the new text with what the old one has and a deck does not show."""
    if shown(old) == new:
        return old
    passages = passages_of(old)
    if shown(old) == old and not any(passage.language for passage in passages):
        return new
    letters = [(letter, passage.language) for passage in passages for letter in passage.text]
    pieces = tuple(_pieces(letters, old, new))
    text = "".join(piece.text for piece in pieces)
    return Marked(pieces) if any(piece.language for piece in pieces) else text


def carried_all(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return texts as ``carried`` does, each with what the text has that it was, where it was one."""
    plain = [shown(text) for text in old]
    texts: list[str] = []
    # Junk would leave texts out that are frequent in long lists.
    for tag, a, b, c, d in SequenceMatcher(None, plain, new, autojunk=False).get_opcodes():
        before = old[a:b] if tag in ("equal", "replace") else ()
        texts += (carried(before[n], text) if n < len(before) else text for n, text in enumerate(new[c:d]))
    return tuple(texts)


def _pieces(letters: Sequence[tuple[str, str | None]], old: str, new: str) -> Iterator[Passage]:
    at = 0
    for piece in word_changes(shown(old), new):
        if piece.fate is Fate.ADDED:
            yield Passage(piece.text)
            continue
        end = _end(letters, at, len(piece.text))
        if piece.fate is Fate.KEPT:
            yield from (Passage(letter, language) for letter, language in letters[at:end])
        at = end


def _end(letters: Sequence[tuple[str, str | None]], start: int, count: int) -> int:
    """Return where so many letters that are shown end, with the soft hyphens after them."""
    at = start
    while at < len(letters) and (count or letters[at][0] == SOFT_HYPHEN):
        count -= letters[at][0] != SOFT_HYPHEN
        at += 1
    return at
