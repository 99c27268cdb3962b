"""From a ``.pptx`` file to a deck as a value: everything that is inherited is resolved, nothing is measured.

Knows no fonts. The file is only read.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from raportti.inspection.deck import Deck, Slide
from raportti.inspection.read.inherit import ancestry
from raportti.inspection.read.markup import LONGEST, P, R, length
from raportti.inspection.read.package import Package, open_package
from raportti.inspection.read.shapes import read_shapes

__all__ = ["read_deck"]


def read_deck(path: Path) -> Deck:
    """Read a deck. Raises ``ProblemsFound`` with one problem where the file cannot be read as one."""
    with open_package(path) as package:
        presentation = package.root(package.main)
        size = presentation.find(f"{P}sldSz")
        return Deck(
            width=length(size, "cx", LONGEST),
            height=length(size, "cy", LONGEST),
            slides=tuple(_slides(package, presentation)),
        )


def _slides(package: Package, presentation: Element) -> Iterator[Slide]:
    links = package.links(package.main)
    for n, entry in enumerate(presentation.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        link = links.get(entry.get(f"{R}id", ""))
        if link is None:
            raise package.broken(f"{package.main}: {entry.get(f'{R}id')}")
        tree = package.root(link.target).find(f"{P}cSld/{P}spTree")
        shapes = read_shapes(tree, ancestry(package, link.target)) if tree is not None else ()
        yield Slide(n, tuple(shapes))
