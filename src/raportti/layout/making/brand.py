"""From a brand's template to what a layout can be made of: slide layouts with their places, colours, fonts.

Does not know reports. Nothing is drawn: what lies behind the places is in ``ground``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from raportti.ooxml.package import Package
from raportti.ooxml.palette import UNKNOWN, Palette, palette
from raportti.ooxml.xml import A, P, R, first_child, first_flag, first_number, first_value, length, number
from raportti.plan import Anchor
from raportti.plan.typeset import Box
from raportti.units import Emu, pt

TITLES = ("title", "ctrTitle")
FOOTER, NUMBER, SUBTITLE = "ftr", "sldNum", "subTitle"
FRAME = (FOOTER, NUMBER, "dt", "hdr")
"""The types of placeholders that stand around a page's content."""
_ANCHORS = {"ctr": Anchor.MIDDLE, "b": Anchor.BOTTOM}
_USUAL_TITLE = 4400
"""The size of titles in hundredths of a point, where a template says none."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder of a slide layout; ``box`` is its own, else the master's, None where neither has one."""

    type: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class TitleLook:
    """How a slide layout sets its title."""

    size: Emu
    bold: bool
    colour: str
    """``RRGGBB``, or ``?`` where the template leaves it open."""
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class BrandLayout:
    """A slide layout; ``kind`` is the type that it says, such as ``titleOnly``, empty where it says none."""

    part: str
    name: str
    kind: str
    slots: tuple[Slot, ...]
    look: TitleLook
    palette: Palette
    headings: str
    text: str
    """The fonts of its theme."""

    def slot(self, *types: str) -> Slot | None:
        """Return the first placeholder of one of some types."""
        return next((slot for slot in self.slots if slot.type in types), None)

    @property
    def title(self) -> Slot | None:
        """The placeholder of the title."""
        return self.slot(*TITLES)

    @property
    def content(self) -> tuple[Slot, ...]:
        """The placeholders of what stands on a page beside its title, footer and number."""
        return tuple(slot for slot in self.slots if slot.type not in (*TITLES, *FRAME))


@dataclass(frozen=True, slots=True)
class Brand:
    """A template: the size of its slides, and the slide layouts of all its masters."""

    width: Emu
    height: Emu
    layouts: tuple[BrandLayout, ...]


def read_brand(package: Package) -> Brand:
    """Read a presentation or a template. Raises ``ProblemsFound`` where a part that it needs is missing or no XML."""
    root = package.root(package.main)
    size = root.find(f"{P}sldSz")
    masters = tuple(_listed(package, package.main, f"{P}sldMasterIdLst/{P}sldMasterId"))
    layouts = tuple(
        _layout(package, part, master)
        for master in masters
        for part in _listed(package, master, f"{P}sldLayoutIdLst/{P}sldLayoutId")
    )
    return Brand(length(size, "cx", pt(720)), length(size, "cy", pt(540)), layouts)


def _listed(package: Package, part: str, path: str) -> Iterator[str]:
    """Give the parts that a part lists by the ids of their relationships, in its order."""
    relationships = package.relationships(part)
    for entry in package.root(part).iterfind(path):
        found = relationships.get(entry.get(f"{R}id", ""))
        if found is not None and found.target in package:
            yield found.target


def _layout(package: Package, part: str, master: str) -> BrandLayout:
    root, above = package.root(part), package.root(master)
    shapes, followed = tuple(_placeholders(root)), tuple(_placeholders(above))
    slots = tuple(_slot(shape, followed) for shape in shapes)
    title = next((shape for shape in shapes if _type(shape) in TITLES), None)
    in_master = next((shape for shape in followed if _type(shape) in TITLES), None)
    named = root.find(f"{P}cSld")
    colours = _palette(package, root, master)
    styles = above.find(f"{P}txStyles/{P}titleStyle")
    look = _look(tuple(one for one in (title, in_master) if one is not None), styles, colours)
    name = named.get("name", "") if named is not None else ""
    return BrandLayout(part, name, root.get("type", ""), slots, look, colours, *_fonts(package, master))


def _placeholders(root: Element) -> Iterator[Element]:
    tree = root.find(f"{P}cSld/{P}spTree")
    return (shape for shape in (tree if tree is not None else ()) if shape.find(f"*/{P}nvPr/{P}ph") is not None)


def _type(shape: Element) -> str:
    mark = shape.find(f"*/{P}nvPr/{P}ph")
    return mark.get("type", "obj") if mark is not None else ""


def _slot(shape: Element, followed: tuple[Element, ...]) -> Slot:
    kind = _type(shape)
    like = TITLES if kind in TITLES else (kind,) if kind in FRAME else ("body", "obj")
    above = (other for other in followed if _type(other) in like)
    boxes = (box for one in (shape, *above) if (box := _box(one)) is not None)
    return Slot(kind, next(boxes, None))


def _box(shape: Element) -> Box | None:
    transform = shape.find(f"{P}spPr/{A}xfrm")
    offset = transform.find(f"{A}off") if transform is not None else None
    extent = transform.find(f"{A}ext") if transform is not None else None
    if offset is None or extent is None:
        return None
    return Box(length(offset, "x"), length(offset, "y"), max(0, length(extent, "cx")), max(0, length(extent, "cy")))


def _look(shapes: tuple[Element, ...], style: Element | None, colours: Palette) -> TitleLook:
    """Resolve how a title is set: by the slide layout's placeholder, the master's, the master's style of titles."""
    lists = (found for shape in shapes if (found := shape.find(f"{P}txBody/{A}lstStyle")) is not None)
    levels = (level for one in (*lists, style) if one is not None and (level := one.find(f"{A}lvl1pPr")) is not None)
    runs = tuple(run for level in levels if (run := level.find(f"{A}defRPr")) is not None)
    bodies = tuple(body for shape in shapes if (body := shape.find(f"{P}txBody/{A}bodyPr")) is not None)
    return TitleLook(
        size=pt((first_number(runs, "sz") or _USUAL_TITLE) / 100),
        bold=first_flag(runs, "b"),
        colour=colours.fill(first_child(runs, f"{A}solidFill")) or UNKNOWN,
        anchor=_ANCHORS.get(first_value(bodies, "anchor") or "", Anchor.TOP),
    )


def _palette(package: Package, root: Element, master: str) -> Palette:
    theme = package.related_part(master, "theme")
    scheme = package.root(theme).find(f"{A}themeElements/{A}clrScheme") if theme else None
    own = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    return palette(scheme, own if own is not None else package.root(master).find(f"{P}clrMap"))


def _fonts(package: Package, master: str) -> tuple[str, str]:
    theme = package.related_part(master, "theme")
    root = package.root(theme) if theme else None
    found = (root.find(f"{A}themeElements/{A}fontScheme/{A}{kind}/{A}latin") if root is not None else None
             for kind in ("majorFont", "minorFont"))  # fmt: skip
    headings, text = (font.get("typeface", "") if font is not None else "" for font in found)
    return headings, text


def slides_in(package: Package) -> int:
    """Count the slides of a template, which a layout does not take over."""
    return sum(1 for entry in package.root(package.main).iterfind(f"{P}sldIdLst/{P}sldId") if number(entry, "id"))
