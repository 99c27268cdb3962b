"""From a page's stream to its marked content (ISO 32000-1, 14.6): where it stands, and what its glyphs say.

Knows streams as WeasyPrint makes them, a list of operators and operands, and nothing of the structure tree.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

_pydyf = cast(Any, pydyf)
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_DIGITS = 4
"""Hexadecimal digits of the number of a glyph."""

Fonts = Mapping[bytes, Mapping[int, str]]
"""Name of a font in streams → glyph → the text that its map says (ToUnicode)."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence: where its properties and its end stand in a stream, and the text of its glyphs."""

    stream: list[Any]
    properties: int
    end: int
    glyphs: str

    def say(self, text: str) -> None:
        """Say what it reads as, whatever its glyphs say."""
        self.stream[self.properties]["ActualText"] = _pydyf.String(text)

    def hide(self, subtype: str | None) -> None:
        """Make it an artifact that belongs to the page, not to the document."""
        self.stream[self.properties - 1] = b"/Artifact"
        kind = {"Type": "/Pagination"} | ({"Subtype": f"/{subtype}"} if subtype else {})
        self.stream[self.properties] = _pydyf.Dictionary(kind)


def read_content(stream: list[Any], fonts: Fonts) -> dict[int, Content]:
    """Find the marked content of a stream that has a number, by it."""
    found: dict[int, Content] = {}
    begun: list[int] = []
    font: Mapping[int, str] = {}
    glyphs = ""
    for place, part in enumerate(stream):
        if part in (b"BDC", b"BMC"):
            begun.append(place - 1)
            glyphs = glyphs if len(begun) > 1 else ""
        elif part == b"EMC":
            first = begun.pop()
            if isinstance(stream[first], dict):
                found[stream[first]["MCID"]] = Content(stream, first, place, glyphs)
        elif isinstance(part, bytes) and part.endswith(b" Tf"):
            font = fonts[part[1:].split(b" ")[0]]
        elif isinstance(part, bytes) and part.endswith(b"] TJ"):
            glyphs += _text_of(part, font)
    return found


def _text_of(operand: bytes, font: Mapping[int, str]) -> str:
    runs = _GLYPHS.findall(operand)
    return "".join(font[int(run[at : at + _DIGITS], 16)] for run in runs for at in range(0, len(run), _DIGITS))


def join_content(parts: Sequence[Content]) -> None:
    """Make one sequence of several of a stream: the first goes on until the last ends."""
    for one, other in pairwise(parts):
        for place in (one.end, *range(other.properties - 1, other.properties + 2)):
            one.stream[place] = b""


def type_artifacts(stream: list[Any]) -> None:
    """Say of the artifacts that WeasyPrint makes, which are grounds and rules, what they are (14.8.2.2.2)."""
    for place, (tag, operator) in enumerate(pairwise(stream)):
        if operator == b"BMC" and tag == "/Artifact":
            stream[place + 1] = b"<</Type /Layout>> BDC"
