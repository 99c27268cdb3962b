"""From a template's bytes to its slide layouts and placeholders by name, and to what is wrong with them.

Does not know the plan but its boxes and roles.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import SlideLayout as LayoutOfPptx

from raportti.ooxml.package import CONTENT_TYPES, packed, unpacked
from raportti.ooxml.xml import DRAWING, attribute
from raportti.plan import Role
from raportti.plan.typeset import Box
from raportti.problems import FilePlace, Problem, nearest
from raportti.render.pptx.inherited import NO_RESETS, Element, Resets, is_painted, resets_of
from raportti.units import Emu, as_pt, pt

UNREADABLE = (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, AttributeError)
"""What python-pptx raises on bytes that are no presentation: each was seen. lxml's errors are ``SyntaxError``."""
_OF_TEMPLATE, _OF_DECK = b".presentationml.template.main+xml", b".presentationml.presentation.main+xml"
_IDENTITY = ("type", "orient", "sz", "idx")
"""The attributes of a placeholder that a shape on a slide repeats; the rest belongs to the slide layout."""


@dataclass(frozen=True, slots=True)
class Template:
    """A PowerPoint template and the names in it: page kind → slide layout, role (or ``table``) → placeholder."""

    data: bytes
    layouts: Mapping[str, str]
    placeholders: Mapping[str, str]
    text_boxes: frozenset[str] = frozenset()
    """The roles for which it has no placeholder."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder of a slide layout. ``element`` names it in a shape; ``box`` is None where it has no place."""

    element: str
    box: Box | None
    is_painted: bool = False
    """Whether it has a fill, a line or an outline of its own, which a shape on a slide has to take back."""


@dataclass(frozen=True, slots=True)
class SlideLayout:
    """A slide layout. ``placeholders`` are by name; ``theme_fonts``: the fonts of headings and of text."""

    source: LayoutOfPptx
    placeholders: Mapping[str, Placeholder]
    theme_fonts: tuple[str, ...]
    other_fonts: frozenset[str]
    """Fonts that the slide layout or its master names beside the theme's."""
    resets: Resets = NO_RESETS

    @property
    def family(self) -> str | None:
        """The font of all text that names none; None where that depends on the placeholder."""
        fonts = {*self.theme_fonts, *self.other_fonts}
        return fonts.pop() if len(fonts) == 1 else None


def open_template(data: bytes) -> Presentation:
    """Open a presentation or a template (``.potx``). Raises one of ``UNREADABLE``."""
    return pptx.Presentation(io.BytesIO(_as_deck(data)))


def _as_deck(data: bytes) -> bytes:
    """Turn a template into a presentation: python-pptx opens no .potx, which differs only in one content type."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if _OF_TEMPLATE not in package.read(CONTENT_TYPES):
            return data
    parts = unpacked(data)
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(_OF_TEMPLATE, _OF_DECK)
    return packed(parts)


def slide_size(presentation: Presentation) -> tuple[Emu, Emu]:
    """Return the width and height of the slides."""
    sides = (cast(Any, presentation).slide_width, cast(Any, presentation).slide_height)
    return int(sides[0] or 0), int(sides[1] or 0)


def slide_layouts(presentation: Presentation) -> Mapping[str, SlideLayout]:
    """Return the slide layouts of all masters by name; of two that share a name, the first."""
    found: dict[str, SlideLayout] = {}
    whole = cast(Element, presentation.element)
    for master in presentation.slide_masters:
        theme = cast(Element, parse_xml(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob))
        fonts = tuple(_theme_fonts(theme))
        in_master = _named_fonts(cast(Element, master.element))
        for layout in master.slide_layouts:
            others = frozenset({*in_master, *_named_fonts(cast(Element, layout.element))})
            resets = resets_of((whole, cast(Element, master.element), cast(Element, layout.element)))
            found.setdefault(layout.name, SlideLayout(layout, dict(_placeholders(layout)), fonts, others, resets))
    return found


def _placeholders(layout: LayoutOfPptx) -> Iterator[tuple[str, Placeholder]]:
    for shape in layout.placeholders:
        sides = [int(side) for side in (shape.left, shape.top, shape.width, shape.height) if side is not None]
        box = Box(*sides) if len(sides) == 4 else None
        given = cast(Any, shape).element.ph.attrib
        identity = "".join(f' {key}="{attribute(str(given[key]))}"' for key in _IDENTITY if key in given)
        painted = is_painted((cast(Any, shape).element, _followed(shape)))
        yield shape.name, Placeholder(f"<p:ph{identity}/>", box, painted)


def _followed(shape: Any) -> Element | None:
    """Return the placeholder of the master that one of a slide layout follows."""
    base = shape._base_placeholder
    return None if base is None else base.element


def _theme_fonts(theme: Element) -> Iterator[str]:
    """Yield the fonts of headings and of text, in this order."""
    for kind in ("majorFont", "minorFont"):
        for collection in theme.iter(f"{{{DRAWING}}}{kind}"):
            yield from (font.attrib["typeface"] for font in collection.iter(f"{{{DRAWING}}}latin"))


def _named_fonts(element: Element) -> Iterator[str]:
    """Yield the fonts that are named, not taken from the theme (``+mj-lt``, ``+mn-lt``)."""
    names = (font.attrib["typeface"] for font in element.iter(f"{{{DRAWING}}}latin"))
    return (name for name in names if not name.startswith("+"))


SAME_SIZE = pt(0.5)
"""A difference that is no fault: programs round a slide's size to hundredths of a millimetre or to whole pixels."""


def check_template(
    template: Template, *, families: Iterable[str], size: tuple[Emu, Emu], file: str
) -> tuple[Problem, ...]:
    """Find what a template lacks: the named slide layouts and placeholders, and a theme in the fonts of the layout.

    ``families`` are the fonts that texts are measured in, ``size`` is the layout's slide, ``file`` names the template
    in messages.
    """
    try:
        presentation = open_template(template.data)
        layouts = slide_layouts(presentation)
        found = slide_size(presentation)
    except UNREADABLE as error:
        return (Problem("template-unreadable", FilePlace(file), {"file": file, "words": str(error)}),)
    known = {name: layouts[name] for name in template.layouts.values() if name in layouts}
    missing = (*_missing_layouts(template, layouts), *_missing_placeholders(template, known))
    return (
        *(Problem("template-name-missing", FilePlace(file), {"file": file, **values}) for values in missing),
        *_foreign_fonts(known.values(), tuple(families), file),
        *_other_size(found, size, file),
    )


def _missing_layouts(template: Template, layouts: Mapping[str, SlideLayout]) -> Iterator[dict[str, object]]:
    for name in dict.fromkeys(template.layouts.values()):
        if name not in layouts:
            yield {"what": "layout", "name": name, "nearest": nearest(name, layouts)}


def _missing_placeholders(template: Template, layouts: Mapping[str, SlideLayout]) -> Iterator[dict[str, object]]:
    """Require the title on every slide layout, and each other placeholder on at least one of them.

    A page whose slide layout lacks a placeholder gets a text box; a name that no slide layout has is a slip.
    """
    title = template.placeholders[Role.TITLE.value]
    for name, layout in layouts.items():
        if title not in layout.placeholders:
            yield {
                "what": "placeholder",
                "name": title,
                "nearest": nearest(title, layout.placeholders),
                "layout": name,
            }
    present = {name: placeholder for layout in layouts.values() for name, placeholder in layout.placeholders.items()}
    named = (name for role, name in template.placeholders.items() if role not in template.text_boxes)
    for name in dict.fromkeys(named):
        if layouts and name not in present and name != title:
            yield {"what": "placeholder", "name": name, "nearest": nearest(name, present)}


def _foreign_fonts(layouts: Iterable[SlideLayout], families: tuple[str, ...], file: str) -> Iterator[Problem]:
    fonts = dict.fromkeys(font for layout in layouts for font in layout.theme_fonts)
    for font in fonts:
        if font not in families:
            values = {"file": file, "found": font, "expected": ", ".join(dict.fromkeys(families))}
            yield Problem("template-font", FilePlace(file), values)


def _other_size(found: tuple[Emu, Emu], expected: tuple[Emu, Emu], file: str) -> Iterator[Problem]:
    if max(abs(a - b) for a, b in zip(found, expected, strict=True)) > SAME_SIZE:
        words = {"found": _points(found), "expected": _points(expected)}
        yield Problem("template-size", FilePlace(file), words)


def _points(size: tuple[Emu, Emu]) -> str:
    return " x ".join(f"{as_pt(length):g}" for length in size) + " pt"
