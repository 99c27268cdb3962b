"""From a text as it was written to its paragraphs: white space as it is printed, with a remark where that changes it.

Knows nothing of what the text is about. No-break spaces and soft hyphens are content and stay.
"""

import re
import unicodedata

from raportti.source.collect import Problems
from raportti.source.raw import Field

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_SPACES = re.compile(r"[ \t]+")
# Words of any length around it would make the search quadratic; so many letters are enough to find the place.
_DOUBLED = re.compile(r"\S{0,20}[ \t]{2,}\S{0,20}")
_BLANKS = " \t\n"


def paragraphs_of(field: Field, name: str, problems: Problems, goal: str | None = None) -> tuple[str, ...]:
    """Return the paragraphs of a text, none of them empty; a line end within one is a space."""
    text = unicodedata.normalize("NFC", field.text).strip(_BLANKS)
    parts = (_LINE_END.sub(" ", part.strip(_BLANKS)) for part in _EMPTY_LINES.split(text))
    return tuple(_folded(part, field, name, problems, goal) for part in parts if part)


def _folded(text: str, field: Field, name: str, problems: Problems, goal: str | None) -> str:
    doubled = _DOUBLED.search(text)
    if doubled:
        problems.add("spaces-doubled", field.place, goal, name=name, value=doubled.group())
    return _SPACES.sub(" ", text)


def sentence_of(field: Field, name: str, problems: Problems, goal: str | None = None) -> str:
    """Return a text that is one paragraph, empty where there is none."""
    paragraphs = paragraphs_of(field, name, problems, goal)
    if len(paragraphs) > 1:
        problems.add("paragraphs-joined", field.place, goal, name=name, value=paragraphs[1])
    return " ".join(paragraphs)
