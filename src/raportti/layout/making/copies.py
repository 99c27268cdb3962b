"""From a brand's template to copies of it: one with a slide for each slide layout, and one in a layout's names.

Does not know why slide layouts were chosen. What the copies look like is the template's; its own slides stay behind.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from raportti.layout.making.brand import TITLES, BrandLayout
from raportti.ooxml.package import CONTENT_TYPES, Parts
from raportti.ooxml.xml import (
    DRAWING,
    PRESENTATION,
    RELATIONSHIPS,
    TREE_ROOT,
    XML,
    A,
    Element,
    P,
    R,
    attribute,
    parsed,
    solid,
    written,
)
from raportti.plan.typeset import Box
from raportti.units import pt

_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_KINDS = (b".presentationml.template.main+xml", b".presentationml.slideshow.main+xml")
_DECK = b".presentationml.presentation.main+xml"
_NAMES = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"'
_EMPTY = (
    f"{XML}<p:sld {_NAMES}><p:cSld><p:spTree>{TREE_ROOT}</p:spTree></p:cSld>"
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
).encode()
_FIRST_SLIDE = 256
"""The smallest id of a slide (ECMA-376-1, 19.7.13)."""
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_BEHIND = re.compile(r"ppt/slide(Masters|Layouts)/[^/]+\.xml")
PLATE = "Pohja"
"""The name of a plain rectangle that is laid below the text of a slide layout too busy for it."""


class Plate(NamedTuple):
    """A plain rectangle below the text of a slide layout."""

    box: Box
    colour: str


class Naming(NamedTuple):
    """What a slide layout is called in the copy: its own name, and those of its placeholders by their types."""

    name: str
    placeholders: Mapping[str, str]
    plates: tuple[Plate, ...] = ()


def with_empty_slides(parts: Parts, layouts: Sequence[BrandLayout]) -> bytes:
    """Return the template with one slide for each slide layout, on which nothing stands."""
    drop_slides(parts)
    ids: list[str] = []
    for layout in layouts:
        slide = parts.add("ppt/slides/slide{}.xml", _EMPTY, _TYPE)
        parts.relate(slide, "slideLayout", layout.part)
        ids.append(parts.relate(parts.main, "slide", slide))
    root = parts.tree(parts.main)
    listed = root.makeelement(f"{P}sldIdLst")
    for n, id in enumerate(ids):
        listed.append(listed.makeelement(f"{P}sldId", {"id": str(_FIRST_SLIDE + n), f"{R}id": id}))
    before = [child for child in root if child.tag in (f"{P}{kind}MasterIdLst" for kind in ("sld", "notes", "handout"))]
    before[-1].addnext(listed)
    parts.put(parts.main, written(root))
    return _packed(parts)


def with_names(parts: Parts, namings: Mapping[str, Naming]) -> bytes:
    """Return the template without its slides, its slide layouts named as a layout's ``[template]`` has them.

    ``namings`` are by the part of the slide layout.
    """
    drop_slides(parts)
    for part, naming in namings.items():
        root = parts.tree(part)
        root.find(f"{P}cSld").set("name", naming.name)
        _name_placeholders(root, naming.placeholders)
        tree = root.find(f"{P}cSld/{P}spTree")
        for plate in naming.plates:
            _lay_plate(tree, plate)
        parts.put(part, written(root))
    return _packed(parts)


def drop_slides(parts: Parts) -> None:
    """Take out the slides of a template, and what names them: shows and sections."""
    root = parts.tree(parts.main)
    ids = [entry.get(f"{R}id") for entry in root.iter(f"{P}sldId")]
    for gone in [*root.findall(f"{P}sldIdLst"), *root.findall(f"{P}custShowLst")]:
        root.remove(gone)
    for extension in [one for one in root.iter(f"{P}ext") if any("section" in child.tag for child in one)]:
        extension.getparent().remove(extension)
    parts.put(parts.main, written(root))
    for id in ids:
        parts.unrelate(parts.main, id)
    parts.drop_unused()
    for part in [name for name in parts.names if _BEHIND.fullmatch(name)]:
        _drop_numbers(parts, part)
        _number_anew(parts, part)


def _drop_numbers(parts: Parts, part: str) -> None:
    """Take out numbers that a slide layout draws by itself: every page has its own, and a ground has none."""
    root = parts.tree(part)
    fields = [field for field in root.iter(f"{A}fld") if field.get("type") == "slidenum" and not _is_placeholder(field)]
    for field in fields:
        field.getparent().remove(field)
    if fields:
        parts.put(part, written(root))


def _number_anew(parts: Parts, part: str) -> None:
    """Give shapes of one number numbers of their own: LibreOffice (7.4) writes some twice, which no part may have."""
    root = parts.tree(part)
    shapes = list(root.iter(f"{P}cNvPr"))
    first = {shape.get("id"): shape for shape in reversed(shapes)}
    again = [shape for shape in shapes if first[shape.get("id")] is not shape]
    for number, shape in enumerate(again, _free_id(root)):
        shape.set("id", str(number))
    if again:
        parts.put(part, written(root))


def _is_placeholder(field: Element) -> bool:
    return any(one.find(f"*/{P}nvPr/{P}ph") is not None for one in field.iterancestors(f"{P}sp"))


def _packed(parts: Parts) -> bytes:
    """Pack the parts as a presentation: a template (.potx) differs in one content type only."""
    types = parts.data(CONTENT_TYPES)
    for kind in _KINDS:
        types = types.replace(kind, _DECK)
    parts.put(CONTENT_TYPES, types)
    return parts.packed()


def _name_placeholders(root: Element, names: Mapping[str, str]) -> None:
    """Name the first placeholder of each type; add a title to a slide layout that has none."""
    left = dict(names)
    taken = set(names.values())
    for shape in root.find(f"{P}cSld/{P}spTree"):
        mark, naming = shape.find(f"*/{P}nvPr/{P}ph"), shape.find(f"*/{P}cNvPr")
        if naming is None:
            continue
        kind = None if mark is None else mark.get("type", "obj")
        name = left.pop("title" if kind in TITLES else kind or "", None)
        if name is not None:
            naming.set("name", name)
        elif naming.get("name") in taken:
            naming.set("name", f"{naming.get('name')} 2")
    if "title" in left:
        root.find(f"{P}cSld/{P}spTree").append(_title(root, left["title"]))


def _title(root: Element, name: str) -> Element:
    return parsed(
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{_free_id(root)}" name="{attribute(name)}"/><p:cNvSpPr><a:spLocks '
        f'noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr>{_place(_NEW_TITLE)}</p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>".encode()
    )


_NEW_TITLE = Box(pt(40), pt(24), pt(600), pt(58))


def _lay_plate(tree: Element, plate: Plate) -> None:
    """Put a plate above what the slide layout draws, and below its placeholders."""
    shape = parsed(
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{_free_id(tree)}" name="{PLATE}">{_DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_place(plate.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{solid(plate.colour)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>".encode()
    )
    first = next((one for one in tree if one.find(f"*/{P}nvPr/{P}ph") is not None), None)
    if first is None:
        tree.append(shape)
    else:
        first.addprevious(shape)


def _place(box: Box) -> str:
    return f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'


def _free_id(root: Element) -> int:
    return max(_ids(root), default=1) + 1


def _ids(root: Element) -> Iterable[int]:
    return (int(one.get("id", "1")) for one in root.iter(f"{P}cNvPr") if one.get("id", "").isdecimal())
