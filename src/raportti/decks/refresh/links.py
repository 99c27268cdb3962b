"""From relationships that rows name on their old slides (links, pictures in fills) to the same on their new slides.

Does not know what a row says, nor where it goes: between the slides an id has the part in front that it belongs to.
"""

from collections.abc import Iterator

from raportti.ooxml.package import Parts
from raportti.ooxml.xml import Element, R, written

_OF_PART = "#"
"""Between a part and an id of it: neither can have it (ECMA-376-2, 6.2.2; XML Schema, ID)."""

_NO_ACTION = "ppaction://noaction"
"""The action of a link that leads nowhere ([MS-OE376], 2.1.1219)."""


def mark_part(root: Element, part: str) -> Element:
    """Write the part of a slide in front of the ids of relationships that it names; return the slide."""
    for element, name in _naming(root):
        element.set(name, f"{part}{_OF_PART}{element.get(name)}")
    return root


def settle(parts: Parts, root: Element, part: str) -> None:
    """Let a slide name its own relationships again, and give it those of the rows that came to it.

    An id that named nothing where it was is empty: here it could name something else.
    """
    for element, name in _naming(root):
        old, mark, id = element.get(name).rpartition(_OF_PART)
        if mark:
            element.set(name, id if old == part else parts.relate_as(part, old, id) or "")


def settle_new(parts: Parts, part: str) -> None:
    """Settle a slide that came to the package."""
    root = parts.tree(part)
    settle(parts, root, part)
    parts.put(part, written(root))


def drop_unnamed(parts: Parts, part: str, before: Element) -> None:
    """Take away the relationships that a slide named before, and names no more."""
    for id in _ids(before) - _ids(parts.tree(part)):
        parts.unrelate(part, id)


def lead_elsewhere(parts: Parts, slide: str, gone: str, instead: str | None) -> bool:
    """Let the links of a slide that lead to one that goes lead to another; None: nowhere. Tell whether it had any."""
    links = [one.id for one in parts.relationships(slide).values() if (one.type, one.target) == ("slide", gone)]
    if not links:
        return False
    root = parts.tree(slide)
    new = parts.relate(slide, "slide", instead) if instead else ""
    for element, name in _naming(root):
        if element.get(name) in links:
            element.set(name, new)
            if not new and element.get("action"):
                element.set("action", _NO_ACTION)
    parts.put(slide, written(root))
    for id in links:
        parts.unrelate(slide, id)
    return True


def _ids(root: Element) -> set[str]:
    return {element.get(name) for element, name in _naming(root)}


def _naming(root: Element) -> Iterator[tuple[Element, str]]:
    """Give the elements that name relationships, with the attribute in which they do."""
    for element in root.iter():
        yield from ((element, name) for name, id in element.attrib.items() if name.startswith(R) and id)
