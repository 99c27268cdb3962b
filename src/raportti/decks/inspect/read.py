"""From a ``.pptx`` file to a deck as a value: everything that is inherited is resolved, nothing is measured.

Knows no fonts. The file is only read.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from raportti.decks.inspect.deck import Deck, Section, Shape, Slide
from raportti.decks.inspect.inherit import Ancestry, ancestry, parts_beneath
from raportti.decks.inspect.read_shapes import read_shapes
from raportti.ooxml.package import Package, open_deck
from raportti.ooxml.xml import DC, LONGEST, P14, A, P, R, flag, length

__all__ = ["read_deck"]

_LOOKS = f"{P}defaultTextStyle//{A}defRPr"


def read_deck(path: Path) -> Deck:
    """Read a deck. Raises ``ProblemsFound`` with one problem where the file cannot be read as one."""
    with open_deck(path) as package:
        presentation = package.root(package.main)
        size = presentation.find(f"{P}sldSz")
        looks = (look.get("lang", "") for look in presentation.iterfind(_LOOKS))
        return Deck(
            width=length(size, "cx", LONGEST),
            height=length(size, "cy", LONGEST),
            slides=tuple(_slides(package, presentation)),
            title=_said(package, "title"),
            language=_said(package, "language") or next(filter(None, looks), ""),
            sections=tuple(_sections(presentation)),
        )


def _said(package: Package, what: str) -> str:
    """Return what a deck says of itself in its core properties (ECMA-376-2, 11)."""
    part = package.related_part("", "core-properties")
    return package.root(part).findtext(f"{DC}{what}", "").strip() if part else ""


def _sections(presentation: Element) -> Iterator[Section]:
    slides = (entry.get("id", "") for entry in presentation.iterfind(f"{P}sldIdLst/{P}sldId"))
    numbers: Mapping[str, int] = {key: n for n, key in enumerate(slides, 1)}
    for section in presentation.iter(f"{P14}section"):
        members = (numbers.get(entry.get("id", "")) for entry in section.iter(f"{P14}sldId"))
        yield Section(section.get("name", "").strip(), next((number for number in members if number), None))


def _slides(package: Package, presentation: Element) -> Iterator[Slide]:
    relationships = package.relationships(package.main)
    for n, entry in enumerate(presentation.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        slide = relationships.get(entry.get(f"{R}id", ""))
        if slide is None:
            raise package.broken(f"{package.main}: {entry.get(f'{R}id')}")
        tree = package.root(slide.target).find(f"{P}cSld/{P}spTree")
        inherited = ancestry(package, slide.target)
        shapes = read_shapes(tree, inherited) if tree is not None else ()
        beneath = tuple(_beneath(package, slide.target, inherited))
        yield Slide(n, tuple(shapes), beneath, _ground(package, slide.target, inherited))


def _beneath(package: Package, slide: str, inherited: Ancestry) -> Iterator[Shape]:
    """Give what the master and the slide layout draw on a slide: their placeholders are not drawn."""
    layout, _ = parts_beneath(package, slide)
    shows_layout = flag(package.root(slide), "showMasterSp") is not False
    shows_master = shows_layout and (layout is None or flag(package.root(layout), "showMasterSp") is not False)
    for tree, is_shown in ((inherited.master, shows_master), (inherited.layout, shows_layout)):
        shapes = read_shapes(tree, inherited) if is_shown else ()
        yield from (shape for shape in shapes if shape.placeholder is None)


def _ground(package: Package, slide: str, inherited: Ancestry) -> str:
    """Return the colour of a slide's background: its own, that of its slide layout, or the master's."""
    parts = (part for part in (slide, *parts_beneath(package, slide)) if part)
    grounds = (package.root(part).find(f"{P}cSld/{P}bg") for part in parts)
    return inherited.palette.background(next((ground for ground in grounds if ground is not None), None))
