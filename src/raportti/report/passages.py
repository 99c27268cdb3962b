"""From a text to its passages in several languages, and back: a screen reader reads each by the rules of its language.

Does not know how languages are marked in a source, nor how a document names them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")


class Passage(NamedTuple):
    """A piece of a text; ``language`` is its BCP 47 tag (``en``, ``sv-FI``), None is that of the whole report."""

    text: str
    language: str | None = None


class Marked(str):
    """A text that knows the languages of its passages; for all that do not ask, it is a text like any other."""

    __slots__ = ("passages",)

    passages: tuple[Passage, ...]

    def __new__(cls, passages: Iterable[Passage]) -> "Marked":
        """Join passages to a text."""
        pieces = tuple(passage for passage in passages if passage.text)
        text = super().__new__(cls, "".join(passage.text for passage in pieces))
        text.passages = pieces
        return text

    def __reduce__(self) -> tuple[type["Marked"], tuple[tuple[Passage, ...]]]:
        """Say what a copy is made from (``copy``, ``dataclasses.asdict``): a text alone would not do."""
        return Marked, (self.passages,)


def passages_of(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text: one, in the language of the report, where nothing else is known.

    >>> passages_of("Lean")
    (Passage(text='Lean', language=None),)
    """
    return text.passages if isinstance(text, Marked) else (Passage(text),) if text else ()


def joined(texts: Iterable[str], separator: str = "") -> str:
    """Join texts to one that keeps their passages.

    >>> passages_of(joined(("Lean", Marked([Passage("fast", "en")])), " "))
    (Passage(text='Lean ', language=None), Passage(text='fast', language='en'))
    """
    pieces: list[Passage] = []
    for n, text in enumerate(texts):
        pieces += (*((Passage(separator),) if n else ()), *passages_of(text))
    return Marked(_merged(pieces))


def uppered(text: str) -> str:
    """Put a text in capitals; its passages stay."""
    return Marked(Passage(passage.text.upper(), passage.language) for passage in passages_of(text))


def filled(text: str, values: Mapping[str, object]) -> str:
    """Put values in the place of ``{name}``: those that are texts bring their own languages, others take the text's.

    Other braces stay as they are, since the text may be anyone's.
    """
    return Marked(_merged(piece for passage in passages_of(text) for piece in _filled(passage, values)))


def _filled(passage: Passage, values: Mapping[str, object]) -> Iterator[Passage]:
    for piece in _PLACEHOLDER.split(passage.text):
        value = values.get(piece[1:-1]) if _PLACEHOLDER.fullmatch(piece) else None
        if isinstance(value, str):
            yield from passages_of(value)
        else:
            yield Passage(piece if value is None else str(value), passage.language)


def _merged(pieces: Iterable[Passage]) -> Iterator[Passage]:
    """Join neighbouring passages of one language."""
    for language, group in groupby(pieces, key=lambda piece: piece.language):
        yield Passage("".join(piece.text for piece in group), language)
