"""From the meaning of a page's elements, and an unwritten PDF's objects, to its structure tree and marked content.

By ISO 32000-1, 14.6 to 14.8. Does not decide what becomes of them. A tag is an element of the structure tree.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast
from xml.etree.ElementTree import Element

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

from raportti.render.pdf.check import STAND_INS

_pydyf = cast(Any, pydyf)


class StructureTree:
    """The tags of a document: dictionaries that name each other by references."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self.root = self.resolve(pdf.catalog["StructTreeRoot"])
        (document,) = self.root["K"]
        self.sections: tuple[Any, ...] = tuple(map(self.resolve, self.resolve(document)["K"]))
        """The tags of the pages."""

    def resolve(self, reference: bytes) -> Any:
        """Return the object that a reference names."""
        return self._pdf.objects[int(reference.split()[0])]

    def stream_of(self, tag: Any) -> list[Any]:
        """Return the content stream of the page that a tag is on."""
        return self.resolve(self.resolve(tag["Pg"])["Contents"]).stream

    def children(self, tag: Any) -> Iterator[Any]:
        """Return the tags right below a tag."""
        return (self.resolve(kid) for kid in tag["K"] if isinstance(kid, bytes))

    def walk(self, tag: Any) -> Iterator[Any]:
        """Yield a tag and all tags below it, in reading order."""
        yield tag
        for child in self.children(tag):
            yield from self.walk(child)

    def closest(self, tag: Any, kind: str) -> Any:
        """Return the tag itself or the nearest one above it that is of a kind; None where there is none."""
        while tag["S"] != f"/{kind}":
            if tag["P"] == self.root.reference:
                return None
            tag = self.resolve(tag["P"])
        return tag

    def add(self, kind: str, parent: Any, kids: list[Any]) -> None:
        """Put a new tag first below a parent, and move ``kids`` from their parents into it."""
        made = {"Type": "/StructElem", "S": f"/{kind}", "P": parent.reference, "Pg": parent["Pg"]}
        tag = _pydyf.Dictionary({**made, "K": _pydyf.Array(kid.reference for kid in kids)})
        self._pdf.add_object(tag)
        parent["K"].insert(0, tag.reference)
        for kid in kids:
            self.resolve(kid["P"])["K"].remove(kid.reference)
            kid["P"] = tag.reference

    def remove(self, tag: Any) -> None:
        """Take a tag out of the tree, and the tags above it that this leaves empty, up to its page's."""
        for number in tag["K"]:
            if isinstance(number, int):
                self._tags_of_content(tag)[number] = "null"
        parent = self.resolve(tag["P"])
        parent["K"].remove(tag.reference)
        tag.clear()
        if not parent["K"] and all(parent is not section for section in self.sections):
            self.remove(parent)

    def _tags_of_content(self, tag: Any) -> Any:
        """Return the entry of the parent tree for the page of a tag: which tag each marked content belongs to."""
        page = self._pdf.page_references.index(tag["Pg"])
        return self.resolve(self.root["ParentTree"])["Nums"][2 * page + 1]


_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_DIGITS = 4
"""Hexadecimal digits of the number of a glyph."""

ToUnicode = Mapping[bytes, Mapping[int, str]]
"""Name of a font in streams → glyph → its text (9.10.3)."""


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A marked-content sequence: where its properties and its end stand in a stream, and the text of its glyphs."""

    stream: list[Any]
    properties: int
    end: int
    glyphs: str

    def set_actual_text(self, text: str) -> None:
        """Set what is read and copied instead of the glyphs (14.9.4)."""
        self.stream[self.properties]["ActualText"] = _pydyf.String(text)

    def make_artifact(self, subtype: str | None) -> None:
        """Make it an artifact that belongs to the page, not to the document (14.8.2.2)."""
        self.stream[self.properties - 1] = b"/Artifact"
        kind = {"Type": "/Pagination"} | ({"Subtype": f"/{subtype}"} if subtype else {})
        self.stream[self.properties] = _pydyf.Dictionary(kind)


def read_content(stream: list[Any], fonts: ToUnicode) -> dict[int, MarkedContent]:
    """Find the marked content of a stream by its number (MCID)."""
    found: dict[int, MarkedContent] = {}
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
                found[stream[first]["MCID"]] = MarkedContent(stream, first, place, glyphs)
        elif isinstance(part, bytes) and part.endswith(b" Tf"):
            font = fonts[part[1:].split(b" ")[0]]
        elif isinstance(part, bytes) and part.endswith(b"] TJ"):
            glyphs += _text_of(part, font)
    return found


def _text_of(operand: bytes, font: Mapping[int, str]) -> str:
    runs = _GLYPHS.findall(operand)
    return "".join(font[int(run[at : at + _DIGITS], 16)] for run in runs for at in range(0, len(run), _DIGITS))


def join_content(parts: Sequence[MarkedContent]) -> None:
    """Make one sequence of several in a stream: the first goes on until the last ends."""
    for one, other in pairwise(parts):
        for place in (one.end, *range(other.properties - 1, other.properties + 2)):
            one.stream[place] = b""


def type_artifacts(stream: list[Any]) -> None:
    """Give the artifacts of WeasyPrint, which are backgrounds and borders, their type (14.8.2.2.2)."""
    for place, (tag, operator) in enumerate(pairwise(stream)):
        if operator == b"BMC" and tag == "/Artifact":
            stream[place + 1] = b"<</Type /Layout>> BDC"


HIDDEN = "hidden"
"""The name of an element that no reader should hear: WeasyPrint tags it ``NonStruct``, which becomes an artifact. So do
pseudo-elements and elements without a tag of their own (``header``, ``nav``, ``aside``), for which a layout uses
``div``."""
LABEL = "li::marker"
"""The name of an element that WeasyPrint tags as the label of a list item (``Lbl``)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What elements mean beyond what WeasyPrint writes into a PDF. Elements within an element share its meaning."""

    words: Mapping[Element, Element]
    """The element of the divided word that an element belongs to."""
    hyphens: Collection[Element]
    """Hyphens that are drawn and not in the text."""
    languages: Mapping[Element, str]
    """Languages other than the document's."""
    artifacts: Mapping[Element, str]
    """The subtype of an artifact that is repeated on pages: ``Header`` or ``Footer``."""


def read_meaning(tree: Element) -> Meaning:
    """Read what elements mean; of nested elements the innermost counts."""
    return Meaning(
        words={inner: word for word in tree.iterfind(".//*[@class='word']") for inner in word.iter()},
        hyphens=frozenset(tree.iterfind(".//*[@class='hy']")),
        languages=_inherited(tree, "lang"),
        artifacts=_inherited(tree, "data-artifact"),
    )


def _inherited(tree: Element, attribute: str) -> dict[Element, str]:
    """Return the value of an attribute for each element below the root that has it or is in one that has it."""
    holders = tree.iterfind(f".//*[@{attribute}]")
    return {inner: holder.attrib[attribute] for holder in holders for inner in holder.iter()}


def mark_elements(tree: Element) -> None:
    """Rename labels and hidden elements, so that WeasyPrint tags them as what they are."""
    for element in tree.iter():
        if element.get("aria-hidden") == "true":
            element.tag = HIDDEN
        elif "label" in element.get("class", "").split():
            element.tag = LABEL


def replace_characters(tree: Element, characters: Collection[str]) -> None:
    """Replace each of the characters by a stand-in, wherever it is text."""
    stand_in = next((char for char in STAND_INS if char not in characters), " ")
    table = str.maketrans(dict.fromkeys(characters, stand_in))
    for element in tree.iter():
        element.text = element.text and element.text.translate(table)
        element.tail = element.tail and element.tail.translate(table)
