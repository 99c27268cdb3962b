"""From a ``.pptx`` file to a deck as a value: everything that is inherited is resolved, nothing is measured.

Does not know fonts. Groups are dissolved: their shapes stand where the group's offsets and scales put them (ECMA-376-1,
20.1.7.5). The file is only read.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from raportti.decks.inspect.deck import Cell, Deck, Frame, Paragraph, Section, Shape, ShapeKind, Slide, Table
from raportti.decks.inspect.inherit import (
    Ancestry,
    ancestry,
    has_look,
    parts_beneath,
    placeholder_type,
    table_style,
)
from raportti.decks.inspect.read_text import ANCHORS, is_vertical, read_frame, read_paragraphs
from raportti.ooxml.package import Package, open_deck, slide_parts
from raportti.ooxml.palette import ANY_FILL, FILLS, UNKNOWN
from raportti.ooxml.xml import DC, DECORATIVE, LONGEST, MC, P14, A, P, first_child, flag, length, number
from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Box

_LOOKS = f"{P}defaultTextStyle//{A}defRPr"
_KINDS = {
    f"{P}sp": ShapeKind.SHAPE,
    f"{P}pic": ShapeKind.PICTURE,
    f"{P}graphicFrame": ShapeKind.GRAPHIC,
    f"{P}cxnSp": ShapeKind.LINE,
}
_OPAQUE = (f"{P}pic", f"{P}graphicFrame")
_DEEPEST_GROUP = 50
_FULL_CIRCLE = 360
_UNITS_PER_DEGREE = 60_000
_TEXT_INSETS = {"ellipse": (1 - math.sqrt(1 / 2)) / 2, "diamond": 1 / 4}
"""How far the text of a shape stands from its edges, as a share of its sides (presetShapeDefinitions.xml).

Other shapes keep little or nothing free.
"""
_CELL_INSETS = {"marL": 91_440, "marT": 45_720, "marR": 91_440, "marB": 45_720}
_NO_PROPERTIES = Element(f"{A}tcPr")


def read_deck(path: Path) -> Deck:
    """Read a deck. Raises ``ProblemsFound`` with one problem where the file cannot be read as one."""
    with open_deck(path) as package:
        presentation = package.root(package.main)
        size = presentation.find(f"{P}sldSz")
        looks = (look.get("lang", "") for look in presentation.iterfind(_LOOKS))
        return Deck(
            width=length(size, "cx", LONGEST),
            height=length(size, "cy", LONGEST),
            slides=tuple(_slides(package)),
            title=_core_property(package, "title"),
            language=_core_property(package, "language") or next(filter(None, looks), ""),
            sections=tuple(_sections(presentation)),
        )


def _core_property(package: Package, name: str) -> str:
    """Return a core property of a deck (ECMA-376-2, 11); empty where it has none."""
    part = package.related_part("", "core-properties")
    return package.root(part).findtext(f"{DC}{name}", "").strip() if part else ""


def _sections(presentation: Element) -> Iterator[Section]:
    slides = (entry.get("id", "") for entry in presentation.iterfind(f"{P}sldIdLst/{P}sldId"))
    numbers: Mapping[str, int] = {key: n for n, key in enumerate(slides, 1)}
    for section in presentation.iter(f"{P14}section"):
        members = (numbers.get(entry.get("id", "")) for entry in section.iter(f"{P14}sldId"))
        yield Section(section.get("name", "").strip(), next((number for number in members if number), None))


def _slides(package: Package) -> Iterator[Slide]:
    for n, part in enumerate(slide_parts(package), 1):
        tree = package.root(part).find(f"{P}cSld/{P}spTree")
        inherited = ancestry(package, part)
        shapes = _shapes(tree, inherited, _Group()) if tree is not None else ()
        beneath = tuple(_beneath(package, part, inherited))
        yield Slide(n, tuple(shapes), beneath, _background(package, part, inherited))


def _beneath(package: Package, slide: str, inherited: Ancestry) -> Iterator[Shape]:
    """Give what the master and the slide layout draw on a slide: their placeholders are not drawn."""
    layout, _ = parts_beneath(package, slide)
    shows_layout = flag(package.root(slide), "showMasterSp") is not False
    shows_master = shows_layout and (layout is None or flag(package.root(layout), "showMasterSp") is not False)
    for tree, is_shown in ((inherited.master, shows_master), (inherited.layout, shows_layout)):
        shapes = _shapes(tree, inherited, _Group()) if is_shown else ()
        yield from (shape for shape in shapes if shape.placeholder is None)


def _background(package: Package, slide: str, inherited: Ancestry) -> str:
    """Return the colour of a slide's background: its own, that of its slide layout, or the master's."""
    parts = (part for part in (slide, *parts_beneath(package, slide)) if part)
    grounds = (package.root(part).find(f"{P}cSld/{P}bg") for part in parts)
    return inherited.palette.background(next((ground for ground in grounds if ground is not None), None))


@dataclass(frozen=True, slots=True)
class _Group:
    """Where a group puts its shapes, and what it says for all of them."""

    x: float = 0
    y: float = 0
    across: float = 1
    down: float = 1
    has_alternative: bool = False
    depth: int = 0

    def place(self, box: Box) -> Box:
        return Box(
            round(self.x + box.x * self.across),
            round(self.y + box.y * self.down),
            round(box.w * self.across),
            round(box.h * self.down),
        )


def _shapes(tree: Iterable[Element], ancestry: Ancestry, group: _Group) -> Iterator[Shape]:
    """Give the shapes of a tree in the order in which they are drawn; hidden ones are left out."""
    for element in tree:
        if element.tag == f"{P}grpSp" and group.depth < _DEEPEST_GROUP:
            yield _group(element, group)
            yield from _shapes(element, ancestry, _within(group, element))
        elif element.tag == f"{MC}AlternateContent":
            choice = element.find(f"{MC}Choice")
            yield from _shapes(choice if choice is not None else (), ancestry, group)
        elif element.tag in _KINDS:
            shape = _shape(element, ancestry, group)
            if shape is not None:
                yield shape


def _group(element: Element, group: _Group) -> Shape:
    box = group.place(_box(element.find(f"{P}grpSpPr/{A}xfrm")) or Box(0, 0, 0, 0))
    return Shape(
        name=_name(element),
        kind=ShapeKind.GROUP,
        box=box,
        text_box=box,
        description=_description(element),
        is_decorative=_is_decorative(element) or group.has_alternative,
        is_drawn=False,
    )


def _within(group: _Group, element: Element) -> _Group:
    transform = element.find(f"{P}grpSpPr/{A}xfrm")
    has_alternative = group.has_alternative or bool(_description(element)) or _is_decorative(element)
    inner = replace(group, has_alternative=has_alternative, depth=group.depth + 1)
    outside, inside = _box(transform), _box(transform, "chOff", "chExt")
    if outside is None or inside is None:
        return inner
    across = outside.w / inside.w if inside.w else 1
    down = outside.h / inside.h if inside.h else 1
    return replace(
        inner,
        x=group.x + (outside.x - inside.x * across) * group.across,
        y=group.y + (outside.y - inside.y * down) * group.down,
        across=group.across * across,
        down=group.down * down,
    )


def _shape(element: Element, ancestry: Ancestry, group: _Group) -> Shape | None:
    if flag(_naming(element), "hidden"):
        return None
    ancestors = ancestry.of(element)
    bodies = (element, *ancestors)
    transform = next((found for body in bodies if (found := _transform(body)) is not None), None)
    flat = group.place(_box(transform) or Box(0, 0, 0, 0))
    grid = element.find(f"{A}graphic/{A}graphicData/{A}tbl")
    return Shape(
        name=_name(element),
        kind=ShapeKind.TABLE if grid is not None else _KINDS[element.tag],
        box=_turned(flat, number(transform, "rot") or 0),
        text_box=_inner(flat, element),
        frame=_frame(element, ancestors, ancestry),
        table=_table(grid, ancestry) if grid is not None else None,
        placeholder=placeholder_type(element),
        description=_description(element),
        is_decorative=_is_decorative(element) or group.has_alternative,
        is_grouped=group.depth > 0,
        is_drawn=element.tag != f"{P}sp" or _is_drawn(element),
        fill=_fill(bodies, ancestry),
    )


def _fill(bodies: tuple[Element, ...], ancestry: Ancestry) -> str | None:
    """Resolve what fills a shape: what it says or its placeholders say; a style, a picture or a table hides all."""
    properties = tuple(found for body in bodies if (found := body.find(f"{P}spPr")) is not None)
    filled = first_child(properties, *ANY_FILL)
    style = bodies[0].find(f"{P}style/{A}fillRef")
    is_opaque = bodies[0].tag in _OPAQUE or (style is not None and style.get("idx") != "0")
    return UNKNOWN if filled is None and is_opaque else ancestry.palette.fill(filled)


def _naming(element: Element) -> Element | None:
    return element.find(f"*/{P}cNvPr")


def _name(element: Element) -> str:
    naming = _naming(element)
    return naming.get("name", "") if naming is not None else ""


def _description(element: Element) -> str:
    naming = _naming(element)
    return naming.get("descr", "").strip() if naming is not None else ""


def _is_decorative(element: Element) -> bool:
    naming = _naming(element)
    return naming is not None and any(flag(mark, "val") for mark in naming.iter(DECORATIVE))


def _transform(element: Element) -> Element | None:
    found = element.find(f"{P}spPr/{A}xfrm")
    return element.find(f"{P}xfrm") if found is None else found


def _box(transform: Element | None, corner: str = "off", sides: str = "ext") -> Box | None:
    offset = transform.find(f"{A}{corner}") if transform is not None else None
    extent = transform.find(f"{A}{sides}") if transform is not None else None
    if offset is None or extent is None:
        return None
    return Box(length(offset, "x"), length(offset, "y"), max(0, length(extent, "cx")), max(0, length(extent, "cy")))


def _turned(box: Box, rotation: int) -> Box:
    """Return the box around a box that is turned about its middle."""
    if rotation % (_FULL_CIRCLE * _UNITS_PER_DEGREE) == 0:
        return box
    angle = math.radians(rotation / _UNITS_PER_DEGREE)
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    width, height = round(box.w * cosine + box.h * sine), round(box.w * sine + box.h * cosine)
    return Box(box.x + (box.w - width) // 2, box.y + (box.h - height) // 2, width, height)


def _inner(box: Box, element: Element) -> Box:
    """Return where the text of a shape may be."""
    outline = element.find(f"{P}spPr/{A}prstGeom")
    part = _TEXT_INSETS.get(outline.get("prst", ""), 0) if outline is not None else 0
    across, down = round(box.w * part), round(box.h * part)
    return Box(box.x + across, box.y + down, box.w - 2 * across, box.h - 2 * down)


def _frame(element: Element, ancestors: tuple[Element, ...], ancestry: Ancestry) -> Frame | None:
    body = element.find(f"{P}txBody")
    if body is None:
        return None
    properties = (shape.find(f"{P}txBody/{A}bodyPr") for shape in (element, *ancestors))
    bodies = tuple(found for found in properties if found is not None)
    nearest = ancestors[0] if ancestors else element
    kind = placeholder_type(element)
    # A placeholder that says only its index is of the type that its slide layout says.
    kind = placeholder_type(nearest) if kind == "obj" else kind
    lists = ancestry.lists(kind, ancestors, is_styled=element.find(f"{P}style") is not None)
    return read_frame(body, bodies, lists)


def _is_drawn(element: Element) -> bool:
    """Return whether a shape shows without text: it has a fill, a line or a style."""
    properties = element.find(f"{P}spPr")
    if properties is None:
        return False
    line = properties.find(f"{A}ln")
    fills = (*properties, *(line if line is not None else ()))
    is_bare = any(child.tag == f"{A}noFill" for child in properties)
    return any(child.tag in FILLS for child in fills) or (element.find(f"{P}style") is not None and not is_bare)


def _table(grid: Element, ancestry: Ancestry) -> Table:
    """Read a table; a cell that another one covers is left out."""
    properties = grid.find(f"{A}tblPr")
    rows = grid.findall(f"{A}tr")
    columns = tuple(max(0, length(column, "w")) for column in grid.iterfind(f"{A}tblGrid/{A}gridCol"))
    return Table(
        columns=columns,
        rows=tuple(max(0, length(row, "h")) for row in rows),
        cells=tuple(_cells(rows, len(columns), properties, ancestry)),
        has_header=bool(flag(properties, "firstRow")),
    )


def _cells(rows: list[Element], columns: int, properties: Element | None, ancestry: Ancestry) -> Iterator[Cell]:
    is_styled = has_look(table_style(properties))
    lists = ancestry.lists(None, is_styled=is_styled)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.findall(f"{A}tc")[:columns]):
            if flag(cell, "hMerge") or flag(cell, "vMerge"):
                continue
            column = "first" if x == 0 else "last" if x == columns - 1 else ""
            style = ancestry.table_list(properties, first=y == 0, last=y == len(rows) - 1, column=column)
            body, own = cell.find(f"{A}txBody"), cell.find(f"{A}tcPr")
            filled = first_child((own,) if own is not None else (), *ANY_FILL)
            yield Cell(
                row=y,
                column=x,
                row_span=max(1, min(number(cell, "rowSpan") or 1, len(rows) - y)),
                column_span=max(1, min(number(cell, "gridSpan") or 1, columns - x)),
                frame=_cell_frame(read_paragraphs(body, lists.with_first(style)) if body is not None else (), own),
                fill=UNKNOWN if filled is None and is_styled else ancestry.palette.fill(filled),
            )


def _cell_frame(paragraphs: tuple[Paragraph, ...], properties: Element | None) -> Frame:
    said = _NO_PROPERTIES if properties is None else properties
    left, top, right, bottom = (length(said, key, default) for key, default in _CELL_INSETS.items())
    return Frame(
        paragraphs=paragraphs,
        insets=Margins(left=left, right=right, top=top, bottom=bottom),
        anchor=ANCHORS.get(said.get("anchor", ""), Anchor.TOP),
        is_vertical=is_vertical(said.get("vert")),
    )
