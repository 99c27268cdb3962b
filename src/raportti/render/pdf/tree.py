"""From a parsed page to the one that is drawn: names by which WeasyPrint tags, stand-ins for what has no glyph.

Knows nothing of how a page is drawn.
"""

from collections.abc import Collection
from xml.etree.ElementTree import Element

from raportti.render.pdf.drawn import STAND_INS
from raportti.render.pdf.tagging import LABEL

HIDDEN = "hidden"
"""The name of an element that no reader should hear: tagged ``NonStruct``, and cut off. So are pseudo-elements, and
whatever else of a section has no tag of its own (``header``, ``nav``, ``aside``): a layout says ``div`` instead."""


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
