"""From a page that WeasyPrint has laid out to one that is painted: plain data, which any process can put into a PDF.

Does not know what is on a page. WeasyPrint's boxes are large and hold objects of C libraries, which belong to one
process. Of a painted page only the operators of its content stream are left, and what tags are made of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast
from xml.etree.ElementTree import Element

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.pdf.stream import Stream  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.faces import widths_of

_pydyf, _boxes, _Stream = cast(Any, pydyf), cast(Any, boxes_module), cast(Any, Stream)
PT_PER_PX = 0.75
"""The length of a CSS pixel in points."""
_PROFILE, _COLOURS = b"3 0 R", b"4 0 R"
"""The first objects of a PDF/A that WeasyPrint writes: the colour profile of the output, and its colour spaces."""
OUTPUT = "srgb"
"""WeasyPrint's name of that profile."""


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page with the attributes of WeasyPrint's own that a PDF is made from; lengths are in pixels."""

    width: float
    height: float
    bleed: Mapping[str, float]
    bookmarks: Sequence[Any]
    links: Sequence[Any]
    anchors: Mapping[str, Any]
    forms: Mapping[Any, Any]
    _page_box: Any
    ink: "Ink"

    def paint(self, stream: Any, scale: float) -> None:
        """Put the page into a stream; the scale is always that of points."""
        assert scale == PT_PER_PX
        self.ink.flow(stream)


@dataclass(frozen=True, slots=True)
class Ink:
    """What painting a page puts into its stream, and what the stream then uses."""

    operators: list[Any]
    tags: Sequence[tuple[Any, Mapping[str, Any]]]
    fonts: dict[Any, Any]
    """By WeasyPrint's key; each font knows the glyphs of this page."""
    resources: Mapping[str, Any]
    images: Mapping[str, Any]

    def flow(self, stream: Any) -> None:
        """Put it all into a stream. A name that counts what the document has goes on from what it has now."""
        assert stream._resources["ColorSpace"] == self.resources["ColorSpace"] == _COLOURS
        stream.stream += self._renamed(dict(self._new_names(stream._resources)))
        stream._tags.update(self.tags)
        for key, font in self.fonts.items():
            known = stream._fonts.setdefault(key, font)
            known.to_unicode.update(font.to_unicode | known.to_unicode)
            known.widths.update(font.widths)
        for name, image in self.images.items():
            stream._images.setdefault(name, image)["dpi_ratios"].update(image["dpi_ratios"])

    def _new_names(self, resources: Any) -> Iterator[tuple[bytes, bytes]]:
        """Add what the page uses to a document's resources; yield the operators whose names change, old and new."""
        for kind, operators in _NAMING.items():
            for name, value in self.resources[kind].items():
                known = resources[kind]
                new = f"{name[0]}{len(known)}" if _COUNTED.fullmatch(name) else name
                known.setdefault(new, value)
                if new != name:
                    yield from ((f"/{name} {one}".encode(), f"/{new} {one}".encode()) for one in operators)

    def _renamed(self, names: Mapping[bytes, bytes]) -> list[Any]:
        if not names:
            return self.operators
        return [names.get(part, part) if isinstance(part, bytes) else part for part in self.operators]


_COUNTED = re.compile("[xps][0-9]+")
"""Names that WeasyPrint makes by counting."""
_NAMING = {"ExtGState": ("gs",), "XObject": ("Do",), "Pattern": ("scn", "SCN"), "Shading": ("sh",)}
"""Kinds of resources, and the operators that name them."""


def paint_page(page: Any) -> PaintedPage:
    """Paint a page that WeasyPrint has laid out."""
    stream = _new_stream(page)
    begun = len(stream.stream)
    page.paint(stream, PT_PER_PX)
    copies = _Copies()
    box = copies.of(page._page_box)
    return PaintedPage(
        width=page.width,
        height=page.height,
        bleed=page.bleed,
        bookmarks=page.bookmarks,
        links=[(kind, target, place, copies.of(box)) for kind, target, place, box in page.links],
        anchors=page.anchors,
        forms={None: []},
        _page_box=box,
        ink=Ink(
            operators=stream.stream[begun:],
            tags=[(copies.of(box), tag) for box, tag in stream._tags.items()],
            fonts=stream._fonts.used(),
            resources=stream._resources,
            images=stream._images,
        ),
    )


def _new_stream(page: Any) -> Any:
    """Make a stream as WeasyPrint makes it for a page of a PDF/A in which nothing has been painted."""
    names = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = _pydyf.Dictionary({**{name: _pydyf.Dictionary() for name in names}, "ColorSpace": _COLOURS})
    profiles = {OUTPUT: SimpleNamespace(pdf_reference=_PROFILE)}
    sides = {side: PT_PER_PX * length for side, length in page.bleed.items()}
    across = PT_PER_PX * (page.width + page.bleed["left"] + page.bleed["right"])
    down = PT_PER_PX * (page.height + page.bleed["top"] + page.bleed["bottom"])
    left, top = -sides["left"], -sides["top"]
    right, bottom = left + across, top + down
    rectangle = (left / PT_PER_PX, top / PT_PER_PX, (right - left) / PT_PER_PX, (bottom - top) / PT_PER_PX)
    stream = _Stream(_PageFonts(), rectangle, resources, {}, {}, profiles, OUTPUT, compress=True)
    stream.transform(d=-1, f=page.height * PT_PER_PX)
    return stream


class _PageFonts(dict[Any, Any]):
    """The fonts of a page; their glyphs are as wide as the font says, not as they are at the size of the first use."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.widths = _Widths(font)
        super().__setitem__(key, font)

    def used(self) -> dict[Any, Any]:
        """Return the fonts with the widths of the glyphs that are used."""
        for font in self.values():
            font.widths = {glyph: font.widths[glyph] for glyph in font.to_unicode}
        return dict(self)


class _Widths(dict[int, int]):
    """The widths of a font's glyphs in thousandths of an em, read when they are asked for."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._advances = widths_of(font)

    def __contains__(self, glyph: object) -> bool:
        return True

    def __missing__(self, glyph: int) -> int:
        return self._advances[min(glyph, len(self._advances) - 1)]


class _Copies:
    """Copies of laid-out boxes that hold what tags are made of (``weasyprint.pdf.tags`` and ``tagging``)."""

    def __init__(self) -> None:
        self._boxes: dict[int, Any] = {}
        self._styles: dict[int, Mapping[str, Any]] = {}

    def of(self, box: Any) -> Any:
        """Return the one copy of a box."""
        box = getattr(box, "_box", box)  # what stands in the flow for a positioned box
        if id(box) not in self._boxes:
            kept = _KEPT_OF_FIGURES if box.element_tag in _FIGURES else _KEPT
            kind = cast(Any, type(box))
            copy = self._boxes[id(box)] = kind.__new__(kind)
            copy.__dict__.update({name: value for name, value in box.__dict__.items() if name in kept})
            copy.style = self._style_of(box)
            if box.element is not None and box.element.tag in _AROUND:
                copy.element = Element(box.element.tag)
            copy.children = [self.of(child) for child in box.children]
        return self._boxes[id(box)]

    def _style_of(self, box: Any) -> Mapping[str, Any]:
        style = box.style
        if id(style) not in self._styles:
            self._styles[id(style)] = {name: style[name] for name in ("display", "list_style_type")}
        return self._styles[id(style)]


_AROUND = ("html", "body")
"""The elements around sections: of these nothing but their names is kept, for they hold all other sections."""
_FIGURES = ("img", "{http://www.w3.org/2000/svg}svg")
_SIDES = ("margin_left", "margin_top", "padding_left", "padding_top", "border_left_width", "border_top_width")
_KEPT = frozenset(("element_tag", "element", "text", "colspan", "rowspan", "is_table_wrapper"))
_KEPT_OF_FIGURES = _KEPT.union(("position_x", "position_y", "width", "height"), _SIDES)
