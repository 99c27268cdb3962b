"""From a theme's colours and the names in use to colours ``RRGGBB``; also of fills and backgrounds.

Does not know shapes. What has no one colour, or one that is not computed here, is ``UNKNOWN``.
"""

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from raportti.ooxml.xml import A, P, share

UNKNOWN = "?"
"""The colour of what has no one colour, or where it is not known: a picture, a gradient, a fill that a style gives.

Other colours are ``RRGGBB``. Where a fill is None, what lies below shows through.
"""
FILLS = tuple(f"{A}{tag}" for tag in ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
ANY_FILL = (*FILLS, f"{A}noFill")
PRESET = {"black": "000000", "white": "FFFFFF"}
_PLAIN_BACKGROUND = "1001"
"""The first background of a theme, which is the colour itself (20.1.4.2.19)."""
_COLOUR = re.compile("[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme's colours by their own names (``dk1``), and which of them the names in use (``tx1``) are."""

    scheme: Mapping[str, str]
    names: Mapping[str, str]

    def fill(self, element: Element | None) -> str | None:
        """Return the colour of a fill; None where there is none."""
        if element is None or element.tag == f"{A}noFill":
            return None
        return self.first_in(element) if element.tag == f"{A}solidFill" else UNKNOWN

    def background(self, element: Element | None) -> str:
        """Return the colour of a slide's background (``p:bg``)."""
        for child in element if element is not None else ():
            if child.tag == f"{P}bgPr":
                return self.fill(next((fill for fill in child if fill.tag in ANY_FILL), None)) or UNKNOWN
            if child.get("idx") == _PLAIN_BACKGROUND:
                return self.first_in(child)
        return UNKNOWN

    def first_in(self, parent: Iterable[Element]) -> str:
        """Return the first colour among some elements."""
        return next((_changed(self._named(child), child) for child in parent), UNKNOWN)

    def _named(self, element: Element) -> str:
        value = element.get("val", "")
        names = {
            f"{A}srgbClr": value,
            f"{A}sysClr": element.get("lastClr", ""),
            f"{A}prstClr": PRESET.get(value, ""),
            f"{A}schemeClr": self.scheme.get(self.names.get(value, value), ""),
        }
        found = names.get(element.tag, "").upper()
        return found if _COLOUR.fullmatch(found) else UNKNOWN


def palette(theme: Element | None, names: Element | None) -> Palette:
    """Read a theme's colours (``a:clrScheme``); ``names`` is the map of the names in use (``p:clrMap``)."""
    plain = Palette({}, {})
    colours = {entry.tag.removeprefix(A): plain.first_in(entry) for entry in (theme if theme is not None else ())}
    return Palette(colours, dict(names.attrib) if names is not None else {})


def _changed(colour: str, element: Element) -> str:
    """Change a colour's lightness as its children say; other changes make it unknown."""
    for change in element:
        kind, by = change.tag.removeprefix(A), share(change.get("val"))
        if colour == UNKNOWN or kind not in ("lumMod", "lumOff"):
            return UNKNOWN
        hue, light, full = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))
        light = min(1.0, light * by if kind == "lumMod" else light + by)
        parts = colorsys.hls_to_rgb(hue, max(0.0, light), full)
        colour = "".join(f"{round(part * 255):02X}" for part in parts)
    return colour
