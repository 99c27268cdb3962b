"""The structure tree of a PDF (ISO 32000-1, 14.7) that WeasyPrint has made and not yet written, to walk and to change.

Knows nothing of what the elements mean.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

_pydyf = cast(Any, pydyf)


class Structure:
    """The tree: elements are dictionaries, which name each other by references."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        (document,) = self.root["K"]
        self.sections: tuple[Any, ...] = tuple(map(self.at, self.at(document)["K"]))
        """The elements of the pages."""

    def at(self, reference: bytes) -> Any:
        """Return the object that a reference names by its number."""
        return self._pdf.objects[int(reference.split()[0])]

    def stream_of(self, tag: Any) -> list[Any]:
        """Return the stream of the page that an element is on."""
        return self.at(self.at(tag["Pg"])["Contents"]).stream

    def elements(self, tag: Any) -> Iterator[Any]:
        """Return the elements right below an element."""
        return (self.at(kid) for kid in tag["K"] if isinstance(kid, bytes))

    def walk(self, tag: Any) -> Iterator[Any]:
        """Go through an element and those below it, in the order of reading."""
        yield tag
        for element in self.elements(tag):
            yield from self.walk(element)

    def above(self, tag: Any, kind: str) -> Any:
        """Find the element, or the nearest above it, that is of a kind; None where there is none."""
        while tag["S"] != f"/{kind}":
            if tag["P"] == self.root.reference:
                return None
            tag = self.at(tag["P"])
        return tag

    def add(self, kind: str, parent: Any, kids: list[Any]) -> None:
        """Put a new element first below a parent, with kids that had other parents."""
        made = {"Type": "/StructElem", "S": f"/{kind}", "P": parent.reference, "Pg": parent["Pg"]}
        element = _pydyf.Dictionary({**made, "K": _pydyf.Array(kid.reference for kid in kids)})
        self._pdf.add_object(element)
        parent["K"].insert(0, element.reference)
        for kid in kids:
            self.at(kid["P"])["K"].remove(kid.reference)
            kid["P"] = element.reference

    def remove(self, tag: Any) -> None:
        """Take an element out of the tree, and those above it that it leaves empty, up to its page's."""
        for number in tag["K"]:
            if isinstance(number, int):
                self._owners(tag)[number] = "null"
        parent = self.at(tag["P"])
        parent["K"].remove(tag.reference)
        tag.clear()
        if not parent["K"] and all(parent is not section for section in self.sections):
            self.remove(parent)

    def _owners(self, tag: Any) -> Any:
        """Return the elements of a page's marked content by its numbers."""
        page = self._pdf.page_references.index(tag["Pg"])
        return self.at(self.root["ParentTree"])["Nums"][2 * page + 1]


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
