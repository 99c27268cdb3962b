"""From a text as it was written to its paragraphs: white space as it is printed, with a remark where that changes it.

Knows nothing of what the text is about. No-break spaces and soft hyphens are content and stay. Marks of languages are
read last, when nothing changes the text any more.
"""

import re

from raportti.source.collect import Problems
from raportti.source.letters import composed, is_blank
from raportti.source.marks import faults_of, marked
from raportti.source.raw import Field

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
