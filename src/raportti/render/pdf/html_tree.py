"""From a parsed HTML page to the one that WeasyPrint draws, and to what its elements mean for a reader.

Does not know PDF.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from raportti.render.pdf.check import STAND_INS

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
    """The subtype of what is repeated on pages: ``Header`` or ``Footer``."""


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
