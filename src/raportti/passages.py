"""Texts in which some words are in another language than the rest: a screen reader reads them by their own rules.

Knows not how they are written in a source, nor how a document says it.
"""

from collections.abc import Iterable
from typing import NamedTuple


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


def passages_of(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text: one, in the language of the report, where nothing else is known.

    >>> passages_of("Lean")
    (Passage(text='Lean', language=None),)
    """
    return text.passages if isinstance(text, Marked) else (Passage(text),) if text else ()
