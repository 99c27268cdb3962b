"""From a text as a layout broke it to the text as it was written: hyphens and breaks within words are undone.

Knows no deck. Words that are known from what was generated decide; other words are judged by how they look.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_BROKEN = re.compile(r"[^ \n]*(?:\n+[^ \n]*)+")
_MARKS = "-.,;:!?()[]\"'”’»…"
"""What may stand around a word."""
_ALIKE = 0.85
"""How alike a word without its breaks has to be to one that is known, to be that word with an edit."""


class Words:
    """The words that were generated, by which it is known how broken ones were written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._written = frozenset(word for text in texts for word in text.split())
        self._known = {_bare(word): word for written in sorted(self._written) if (word := written.strip(_MARKS))}

    def undone(self, text: str) -> str:
        r"""Return a text without the breaks of its layout; every other break is a space.

        >>> Words(["Sote-keskus on järjestelmä"]).undone("Sote-\nkeskus,\njärjes-\ntelmästä")
        'Sote-keskus, järjestelmästä'
        """
        return _BROKEN.sub(lambda found: self._joined(found.group().split("\n")), text) if "\n" in text else text

    def _joined(self, pieces: list[str]) -> str:
        """Join the pieces of words, the longest known words first."""
        for end in range(len(pieces), 1, -1):
            known = self._whole("".join(pieces[:end]))
            if known is not None:
                return " ".join((known, *([self._joined(pieces[end:])] if pieces[end:] else ())))
        if len(pieces) == 1:
            return pieces[0]
        first, second, *others = pieces
        joined = self._glued(first, second)
        return f"{first} {self._joined(pieces[1:])}" if joined is None else self._joined([joined, *others])

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
            is_one = get_close_matches(_bare(first + second), self._known, 1, _ALIKE)
            return first + second if is_one else None
        if not first[-2:-1].isalpha() or not second:
            return None
        return first.removesuffix("-") + second if second[0].islower() else first + second


def _bare(word: str) -> str:
    return word.replace("-", "").replace("\u00ad", "")
