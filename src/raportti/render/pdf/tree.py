"""From a parsed page to the one that is drawn, and to what its elements mean for a reader.

Knows nothing of how a page is drawn.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from raportti.render.pdf.check import STAND_INS

HIDDEN = "hidden"
"""The name of an element that no reader should hear: tagged ``NonStruct``, and cut off. So are pseudo-elements, and
whatever else of a section has no tag of its own (``header``, ``nav``, ``aside``): a layout says ``div`` instead."""
LABEL = "li::marker"
"""The name by which WeasyPrint knows the label of a list item (``Lbl``)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What elements mean that WeasyPrint does not tell a PDF; each with those within it."""

    words: Mapping[Element, Element]
    """The element of the divided word that an element belongs to."""
    hyphens: Collection[Element]
    """Hyphens that are drawn and not in the text."""
    languages: Mapping[Element, str]
    """Languages other than the document's."""
    artifacts: Mapping[Element, str]
    """The subtype of what is repeated on pages: ``Header`` or ``Footer``."""


def read_meaning(tree: Element) -> Meaning:
    """Read what elements mean; of elements within each other the inner one counts."""
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
    """Name labels and hidden elements so that they are tagged as what they are."""
    for element in tree.iter():
        if element.get("aria-hidden") == "true":
            element.tag = HIDDEN
        elif "label" in element.get("class", "").split():
            element.tag = LABEL


def replace_characters(tree: Element, characters: Collection[str]) -> None:
    """Put a stand-in in the place of each of the characters, wherever it is text."""
    stand_in = next((char for char in STAND_INS if char not in characters), " ")
    table = str.maketrans(dict.fromkeys(characters, stand_in))
    for element in tree.iter():
        element.text = element.text and element.text.translate(table)
        element.tail = element.tail and element.tail.translate(table)
