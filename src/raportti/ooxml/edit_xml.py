"""From the bytes of a part to its tree, and back. The one room of lxml here: it keeps prefixes, which others rewrite.

Knows no slides.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import lxml.etree as lxml_etree  # pyright: ignore[reportMissingTypeStubs]

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""
etree: Any = lxml_etree
UNPARSABLE: Any = etree.XMLSyntaxError
"""What parsing raises where a part is no XML."""

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parsed(data: bytes) -> Element:
    """Parse a part; nothing that it names is opened."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def written(root: Element) -> bytes:
    """Write a tree as a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def canonical(element: Element) -> bytes:
    """Return what is the same for elements that say the same: no prefixes out of use, attributes in order."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


def is_same(one: Element, other: Element) -> bool:
    """Tell whether two elements say the same."""
    return canonical(one) == canonical(other)


def clone(element: Element) -> Element:
    """Copy an element into the document's own words, so that it can stand in another."""
    return parsed(etree.tostring(element, with_tail=False))


def put_in_place(old: Element, new: Element) -> None:
    """Put an element where another stands."""
    old.getparent().replace(old, new)


def children(element: Element, *names: str) -> Iterator[Element]:
    """Give the children that have one of the names."""
    return (child for child in list(element) if child.tag in names)
