"""From a text as it was written to its paragraphs as they are printed, with a warning where white space changes.

Does not know what the text is about. No-break spaces and soft hyphens are content and stay. Marks of languages are
read last, when nothing changes the text any more.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from raportti.report.characters import composed, is_blank
from raportti.report.passages import Marked, Passage, passages_of
from raportti.source.collector import Problems
from raportti.source.tree import Field

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
    """Return whether a text says anything in the report's own language: numbers and words of other languages do not."""
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


_SPACES = re.compile(r"[ \t]+")
# Words of any length around it would make the search quadratic; so many letters are enough to find the place.
_DOUBLED = re.compile(r"\S{0,20}[ \t]{2,}\S{0,20}")
_BLANKS = " \t"


def paragraphs_of(field: Field, name: str, problems: Problems, goal: str | None = None) -> tuple[str, ...]:
    """Return the paragraphs of a text, none of them empty; a line end within one is a space."""
    return tuple(_read(text, field, name, problems, goal) for text in _written(field, name, problems, goal))


def _written(field: Field, name: str, problems: Problems, goal: str | None) -> tuple[str, ...]:
    """Return the paragraphs with the marks of languages in them."""
    if field.comment:
        problems.add("text-comment", field.place, goal, name=name, value=field.comment)
    return tuple(_folded(part, field, name, problems, goal) for part in _parts(field.text))


def _parts(text: str) -> list[str]:
    """Join the lines of each paragraph; a line of which nothing is to be seen is an empty one."""
    parts: list[list[str]] = [[]]
    for line in composed(text).split("\n"):
        if is_blank(line):
            parts.append([])
        else:
            parts[-1].append(line.strip(_BLANKS))
    return [" ".join(lines) for lines in parts if lines]


def _folded(text: str, field: Field, name: str, problems: Problems, goal: str | None) -> str:
    doubled = _DOUBLED.search(text)
    if doubled:
        problems.add("spaces-doubled", field.place, goal, name=name, value=doubled.group())
    return _SPACES.sub(" ", text)


def _read(text: str, field: Field, name: str, problems: Problems, goal: str | None) -> str:
    """Read the marks of a text, and report those that are not right."""
    for fault in faults_of(text):
        problems.add(fault.kind, field.place, goal, name=name, value=fault.value)
    return marked(text, field.language)


def sentence_of(field: Field, name: str, problems: Problems, goal: str | None = None) -> str:
    """Return a text that is one paragraph, empty where there is none."""
    paragraphs = _written(field, name, problems, goal)
    if len(paragraphs) > 1:
        problems.add("paragraphs-joined", field.place, goal, name=name, value=paragraphs[1])
    return _read(" ".join(paragraphs), field, name, problems, goal)


def plain_sentence(text: str) -> str:
    """Return a text as ``sentence_of`` does, without a remark."""
    return marked(" ".join(_SPACES.sub(" ", part) for part in _parts(text)))
