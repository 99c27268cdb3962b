"""From a page of the plan to the XML of a slide: one match over its items.

Does not know packages. An item goes into the placeholder that the slide layout has for it, or else stands alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from raportti.ooxml.xml import DRAWING, PRESENTATION, RELATIONSHIPS, TREE_ROOT, XML, attribute, guid, solid
from raportti.plan import Disc, Item, Page, Panel, Role, Table, TextBox
from raportti.plan.chart import Chart
from raportti.plan.typeset import Box
from raportti.render.pptx.chart import chart_frame
from raportti.render.pptx.table import table_frame
from raportti.render.pptx.template import Placeholder
from raportti.render.pptx.text import RunDefaults, SlideNumber, place, text_body

TABLE_ROLE = "table"
"""The key of a table's placeholder; the others are those of ``Role``."""
NO_CHARTS: Mapping[Chart, str] = MappingProxyType({})
_FIRST_ID = 2
"""Number 1 is the tree of shapes itself."""
_DECORATION = "Koriste"
_ORDER = {Role.TITLE: 0, Role.TAG: 1, Role.DRAFT: 1, Role.FOOTER: 4, Role.NUMBER: 5}
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_ROOT = (
    f'{XML}<p:sld xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"><p:cSld><p:spTree>{TREE_ROOT}'
)
_END = "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"


@dataclass(frozen=True, slots=True)
class _Shape:
    """An item with its number and name on the slide, and the placeholder that it goes into."""

    item: Item
    number: int
    name: str
    placeholder: Placeholder | None


def slide_xml(
    page: Page,
    placeholders: Mapping[str, Placeholder],
    names: Mapping[str, str],
    defaults: RunDefaults,
    charts: Mapping[Chart, str] = NO_CHARTS,
    tag: str = "",
) -> str:
    """Write a slide. ``placeholders`` are the slide layout's by name, ``names`` the names of those for each role.

    ``charts`` are the slide's relationships to the parts of its charts, ``tag`` the element that names its tag.
    """
    shapes = _shapes(page, placeholders, names)
    return f"{_ROOT}{''.join(_drawn(shape, page, defaults, charts) for shape in shapes)}</p:spTree>{tag}{_END}"


def _drawn(shape: _Shape, page: Page, defaults: RunDefaults, charts: Mapping[Chart, str]) -> str:
    match shape.item:
        case TextBox():
            return _text_shape(shape, shape.item, page, defaults)
        case Table():
            element = shape.placeholder.element if shape.placeholder else ""
            return table_frame(shape.item, number=shape.number, name=shape.name, placeholder=element, defaults=defaults)
        case Chart():
            return chart_frame(shape.item, number=shape.number, name=shape.name, relationship=charts[shape.item])
        case Disc(box, colour):
            return _decoration(shape, "ellipse", box, colour)
        case Panel(box, colour):
            return _decoration(shape, "rect", box, colour)
        case _:
            assert_never(shape.item)


def _shapes(page: Page, placeholders: Mapping[str, Placeholder], names: Mapping[str, str]) -> Iterator[_Shape]:
    """Give items numbers and names in reading order; a placeholder takes the first item that wants it."""
    taken: set[str] = set()
    for number, item in enumerate(sorted(page.items, key=_rank), _FIRST_ID):
        role = _role(item)
        wanted = names.get(role) or _own_name(item)
        placeholder = None if wanted in taken else placeholders.get(wanted)
        name = item.name if isinstance(item, Table | Chart) else wanted
        yield _Shape(item, number, f"{name} {number}" if name in taken else name, placeholder)
        taken |= {wanted, name}


def _rank(item: Item) -> int:
    """Return the rank in reading order, which is also that of drawing: decorations lie below the texts on them."""
    if isinstance(item, TextBox):
        return _ORDER.get(item.role, 3)
    return 3 if isinstance(item, Table | Chart) else 2


def _own_name(item: Item) -> str:
    """Name an item that has no placeholder: a text is its own name."""
    return item.paragraphs[0].text if isinstance(item, TextBox) else _role(item)


def _role(item: Item) -> str:
    match item:
        case TextBox():
            return item.role.value
        case Table():
            return TABLE_ROLE
        case Chart():
            return item.name
        case Disc() | Panel():
            return _DECORATION
        case _:
            assert_never(item)


def _text_shape(shape: _Shape, item: TextBox, page: Page, defaults: RunDefaults) -> str:
    placeholder = shape.placeholder
    number = None
    if item.role is Role.NUMBER:
        number = SlideNumber(str(page.number), guid(f"slide number {page.number}"))
    is_scale = item.role is Role.SCALE
    body = text_body(item.paragraphs, defaults, anchor=item.anchor, graded=is_scale, slide_number=number)
    if placeholder:
        kind, element = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>', placeholder.element
        properties = "" if placeholder.box == item.box else place(item.box)
        if placeholder.is_painted:
            properties = f"{place(item.box)}{_outline('rect')}<a:noFill/><a:ln><a:noFill/></a:ln><a:effectLst/>"
    else:
        kind, element = '<p:cNvSpPr txBox="1"/>', ""
        properties = f"{place(item.box)}{_outline('rect')}<a:noFill/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{shape.number}" name="{attribute(shape.name)}"/>{kind}<p:nvPr>{element}</p:nvPr>'
        f"</p:nvSpPr><p:spPr>{properties}</p:spPr>{body}</p:sp>"
    )


def _decoration(shape: _Shape, outline: str, box: Box, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{shape.number}" name="{attribute(shape.name)}">{_DECORATIVE}</p:cNvPr>'
        f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{place(box)}{_outline(outline)}{solid(colour)}"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _outline(shape: str) -> str:
    return f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
