"""From a text with marks such as ``{en: Lean}`` to a text that knows its passages, and to what is wrong with its marks.

Knows nothing of where a text stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from raportti.passages import Marked, Passage, passages_of

# What is left of the colon is taken for a language; other braces, such as those of {linjaus}, are a text's own.
_OPENING = re.compile(r"\{\s*([^\W\d_][\w-]*)\s*:")
_BRACE = re.compile("[{}]")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{2}|\d{3}))?", re.ASCII)
_PLACEHOLDER = re.compile(r"\{\w+\}")
# Finnish and Swedish are those of Finland.
_REGIONS = {"fi": "FI", "sv": "FI"}
_LONGEST_SHOWN = 40


class Fault(NamedTuple):
    """A mark that is not right: the kind of problem, and what is written."""

    kind: str
    value: str


def tag_of(name: str) -> str | None:
    """Return the BCP 47 tag of a language as it is written in a source, None where it is none.

    >>> tag_of("sv"), tag_of("EN-gb"), tag_of("english")
    ('sv-FI', 'en-GB', None)
    """
    found = _TAG.fullmatch(name)
    if not found:
        return None
    language = found.group(1).lower()
    region = found.group(2) or _REGIONS.get(language)
    return f"{language}-{region.upper()}" if region else language


def marked(text: str, language: str | None = None) -> str:
    """Read the marks of a text; ``language`` is that of the rest, None where it is the report's.

    A mark that is not right stays as it is written.
    """
    pieces = [piece for piece in _pieces(text) if isinstance(piece, Passage)]
    if language is None and not any(passage.language for passage in pieces):
        return text
    return Marked(Passage(piece, own or language) for piece, own in pieces)


def faults_of(text: str) -> Iterator[Fault]:
    """Yield what is wrong with the marks of a text."""
    return (piece for piece in _pieces(text) if isinstance(piece, Fault))


def needs_translation(text: str) -> bool:
    """Tell whether a text says anything in the report's own language: numbers and words of other languages do not."""
    own = "".join(passage.text for passage in passages_of(marked(text)) if passage.language is None)
    return any(character.isalpha() for character in _PLACEHOLDER.sub("", own))


def _pieces(text: str) -> Iterator[Passage | Fault]:
    start = at = 0
    while opening := _OPENING.search(text, at):
        at = opening.end()
        brace = _BRACE.search(text, at)
        inside = text[at : brace.start()].strip() if brace and brace.group() == "}" else None
        tag = tag_of(opening.group(1))
        if brace and inside and tag:
            yield Passage(text[start : opening.start()])
            yield Passage(inside, tag)
            start = at = brace.end()
        else:
            kind = "mark-unclosed" if inside is None else "mark-empty" if tag else "mark-language"
            yield Fault(kind, text[opening.start() : opening.start() + _LONGEST_SHOWN])
    yield Passage(text[start:])
