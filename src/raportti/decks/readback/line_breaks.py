"""From a text with the line breaks of its layout to the text as it was written, in whole words.

Does not know what the text is about.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_TOKEN = re.compile(r"[\S\n]+")
_SPACES = re.compile(" +")
_SHORTEST = 10
"""A shorter word fits any column of text."""
_MOST_PIECES = 50
"""A word in more lines than this is none."""
_MARKS = "-.,;:!?()[]\"'”’»…"
"""What may stand around a word."""
_ALIKE = 0.85
"""How alike a word without its breaks has to be to one that is known, to be that word with an edit."""


class KnownWords:
    """The words that were generated: they tell how a broken word was written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._written = frozenset(word for text in texts for word in text.split())
        self._known = {_bare(word): word for written in sorted(self._written) if (word := written.strip(_MARKS))}

    def unbroken(self, text: str) -> str:
        r"""Return a text without the breaks of its layout; every other break is a space.

        >>> KnownWords(["Sote-keskus on järjestelmä"]).unbroken("Sote-\nkeskus,\njärjes-\ntelmästä")
        'Sote-keskus, järjestelmästä'
        """
        if "\n" not in text:
            return text
        whole = _TOKEN.sub(lambda found: self._joined([piece for piece in found.group().split("\n") if piece]), text)
        return _SPACES.sub(" ", whole).strip(" ")

    def _joined(self, pieces: list[str]) -> str:
        """Join the pieces of words, the longest known words first; what is joined to no other piece is a word."""
        words: list[str] = []
        while pieces:
            count, word = self._first_known(pieces)
            glued = self._glued(*pieces[:2]) if not count and len(pieces) > 1 else None
            if glued is not None:
                pieces[:2] = [glued]
            else:
                words.append(word)
                del pieces[: max(count, 1)]
        return " ".join(words)

    def _first_known(self, pieces: list[str]) -> tuple[int, str]:
        """Return how many pieces are the first known word, and it; none, and the first piece, where there is none."""
        for count in range(min(len(pieces), _MOST_PIECES), 1, -1):
            known = self._whole("".join(pieces[:count]))
            if known is not None:
                return count, known
        return 0, pieces[0]

    def _whole(self, written: str) -> str | None:
        """Return a known word, with the marks that are around it now; None where it is not known."""
        core = written.strip(_MARKS)
        known = self._known.get(_bare(core))
        return None if known is None or not core else written.replace(core, known)

    def _glued(self, first: str, second: str) -> str | None:
        """Join the pieces of an edited or a new word; None where the break stands between two words."""
        if {first, second} <= self._written:
            return None
        if not first.endswith("-"):
            bare = _bare(first + second)
            is_one = len(bare) >= _SHORTEST and get_close_matches(bare, self._known, 1, _ALIKE)
            return first + second if is_one else None
        if not first[-2:-1].isalpha() or not second:
            return None
        return first.removesuffix("-") + second if second[0].islower() else first + second


def _bare(word: str) -> str:
    return word.replace("-", "").replace("\u00ad", "")
