"""A deck → a copy in which every cell's fill and every text has a colour of its own, and what the colours mean.

Colours move nothing, so what is drawn of the copy is where it would be in the deck. Bullets get one colour that means
nothing: they are no part of a line. Shapes inside groups are left as they are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

EMU_PER_PT = 12_700
SPREAD = 0x01_00_01 * 37
"""From one colour to the next; odd, so that all 24-bit colours are used once before any comes again."""
FILLS = [qn(f"a:{tag}") for tag in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")]
LINKS_AND_EFFECTS = [qn(f"a:{tag}") for tag in ("hlinkClick", "hlinkMouseOver", "effectLst", "effectDag")]
AFTER_BULLET_COLOUR = [
    qn(f"a:{tag}")
    for tag in (
        *("buSzTx", "buSzPct", "buSzPts", "buFontTx", "buFont", "buNone", "buAutoNum", "buChar", "buBlip"),
        *("tabLst", "defRPr", "extLst"),
    )
]


class Box(NamedTuple):
    """A rectangle by its edges, in points from the top left of the slide."""

    left: float
    top: float
    right: float
    bottom: float

    def excess(self, other: "Box") -> float:
        """Return how far this one stands out of another, on the side where it does most."""
        return max(other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom)

    def overlap(self, other: "Box") -> float:
        """Return the smaller side of what two boxes share; none or less where they share nothing."""
        width = min(self.right, other.right) - max(self.left, other.left)
        return min(width, min(self.bottom, other.bottom) - max(self.top, other.top))


@dataclass(frozen=True)
class Mark:
    """What a colour stands for: the text or the fill of a shape, or of a table's cell (row, column, from 0)."""

    slide: int
    shape: int
    is_text: bool
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Shape:
    """A shape as the file says it; ``rows``: a table's row heights; ``tall``: its cells of more than one row."""

    name: str
    box: Box
    rows: tuple[float, ...] = ()
    tall: frozenset[tuple[int, int]] = frozenset()
    is_drawn: bool = True
    """Whether it shows even without text."""


@dataclass(frozen=True)
class Probe:
    """The slides of a deck (from 0) with their shapes, and the meaning of each colour.

    ``written``: the marks of all texts that are more than spaces.
    """

    size: Box
    slides: tuple[tuple[Shape, ...], ...]
    marks: dict[int, Mark]
    written: frozenset[Mark]

    def mark(self, colour: Any) -> Mark | None:
        """Return what a colour of the PDF (three parts of 1) stands for."""
        if not isinstance(colour, tuple | list) or len(colour) != 3:
            return None
        red, green, blue = (round(float(part) * 255) for part in colour)
        return self.marks.get(red << 16 | green << 8 | blue)


def probe(deck: Path, copy: Path) -> Probe:
    """Write the coloured copy of a deck."""
    presentation: Any = Presentation(str(deck))
    palette = _Palette(presentation)
    slides = tuple(tuple(_shapes(slide, number, palette)) for number, slide in enumerate(presentation.slides))
    presentation.save(str(copy))
    size = Box(0, 0, presentation.slide_width / EMU_PER_PT, presentation.slide_height / EMU_PER_PT)
    return Probe(size, slides, palette.marks, frozenset(palette.written))


class _Palette:
    """Gives out colours that the deck itself does not use."""

    def __init__(self, presentation: Any) -> None:
        self.marks: dict[int, Mark] = {}
        self.written: set[Mark] = set()
        self._taken = {0x000000, 0xFFFFFF}
        for part in presentation.part.package.iter_parts():
            if str(part.partname).endswith(".xml"):
                colours = etree.fromstring(part.blob).iter(qn("a:srgbClr"))
                self._taken |= {int(str(colour.get("val")), 16) for colour in colours}
        self._last = 0
        self.nothing = self._next()

    def _next(self) -> int:
        while True:
            self._last = (self._last + SPREAD) % 0x1_00_00_00
            if self._last not in self._taken:
                return self._last

    def colour(self, mark: Mark) -> int:
        colour = self._next()
        self.marks[colour] = mark
        return colour


def _shapes(slide: Any, number: int, palette: _Palette) -> Iterator[Shape]:
    """Colour the shapes of a slide, and say what they are."""
    for index, shape in enumerate(slide.shapes):
        edges = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        box = Box(*(edge / EMU_PER_PT for edge in edges))
        if getattr(shape, "has_table", False):
            tall = frozenset(_colour_cells(shape.table, number, index, palette))
            rows = tuple(row.height / EMU_PER_PT for row in shape.table.rows)
            yield Shape(shape.name, box, rows, tall)
        else:
            # A drawing may have no text body at all, which is no fault.
            if (body := shape._element.find(qn("p:txBody"))) is not None:
                _colour_text(body, Mark(number, index, is_text=True), palette)
            yield Shape(shape.name, box, is_drawn=not shape.is_placeholder and not _is_plain_text(shape))


def _is_plain_text(shape: Any) -> bool:
    return bool(shape.has_text_frame and shape._element.spPr.find(qn("a:solidFill")) is None)


def _colour_cells(table: Any, slide: int, shape: int, palette: _Palette) -> Iterator[tuple[int, int]]:
    """Colour the cells of a table; give the places of those that span rows."""
    for row in range(len(table.rows)):
        for column in range(len(table.columns)):
            cell, place = table.cell(row, column), (row, column)
            _fill(cell._tc.get_or_add_tcPr(), palette.colour(Mark(slide, shape, is_text=False, cell=place)))
            _colour_text(cell._tc.get_or_add_txBody(), Mark(slide, shape, is_text=True, cell=place), palette)
            if cell.is_merge_origin and cell.span_height > 1:
                yield place


def _fill(properties: Any, colour: int) -> None:
    """Give a cell a fill, where the schema wants it: before what follows the fill."""
    _remove(properties, FILLS)
    after = [qn("a:headers"), qn("a:extLst")]
    place = next((i for i, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, _solid(colour))


def _colour_text(body: Any, mark: Mark, palette: _Palette) -> None:
    colour = palette.colour(mark)
    if "".join(text.text or "" for text in body.iter(qn("a:t"))).strip():
        palette.written.add(mark)
    for paragraph in body.iter(qn("a:p")):
        _colour_bullet(paragraph.get_or_add_pPr(), palette.nothing)
        for run in paragraph:
            if run.tag in (qn("a:r"), qn("a:fld")):
                _colour_run(run, colour)


def _colour_run(run: Any, colour: int) -> None:
    properties = run.find(qn("a:rPr"))
    if properties is None:
        properties = etree.Element(qn("a:rPr"))
        run.insert(0, properties)
    _remove(properties, FILLS + LINKS_AND_EFFECTS)
    properties.insert(1 if properties.find(qn("a:ln")) is not None else 0, _solid(colour))


def _colour_bullet(properties: Any, colour: int) -> None:
    _remove(properties, [qn("a:buClr"), qn("a:buClrTx")])
    element = etree.Element(qn("a:buClr"))
    etree.SubElement(element, qn("a:srgbClr")).set("val", f"{colour:06X}")
    place = next((i for i, child in enumerate(properties) if child.tag in AFTER_BULLET_COLOUR), len(properties))
    properties.insert(place, element)


def _remove(parent: Any, tags: Iterable[str]) -> None:
    wanted = set(tags)
    for child in list(parent):
        if child.tag in wanted:
            parent.remove(child)


def _solid(colour: int) -> Any:
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", f"{colour:06X}")
    return fill
