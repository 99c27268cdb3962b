"""From a slide's placeholders to what they inherit: the shapes and lists of its slide layout, its master, the deck.

Does not know text. The order is PowerPoint's: the shape, the placeholder of the slide layout, that of the master, the
master's style of its kind, the default of the presentation (ECMA-376-1, 19.3.1.36 and 21.1.2.4.12).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from raportti.decks.inspect.deck import TITLES
from raportti.ooxml.package import Package
from raportti.ooxml.palette import Palette, palette
from raportti.ooxml.xml import A, P, flag, share

LEVELS = 9
_OUTSIDE_BODY = ("dt", "ftr", "sldNum", "hdr")
_NO_STYLES = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")
"""PowerPoint's two table styles that make no text bold: "No Style, No Grid" and "No Style, Table Grid"."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Where a text inherits its look from: lists of nine levels, the nearest first, fonts and colours.

    ``is_styled``: the shape's own style gives the colour where the text has none. ``scale`` and ``reduction`` are what
    a shape that fits its text takes off sizes and line spacing.
    """

    lists: tuple[Element, ...]
    fonts: Mapping[str, str]
    palette: Palette
    is_styled: bool = False
    scale: float = 1.0
    reduction: float = 0.0

    def levels(self, level: int) -> tuple[Element, ...]:
        """Return the paragraph properties of a level (from 0)."""
        tag = f"{A}lvl{min(max(level, 0), LEVELS - 1) + 1}pPr"
        return tuple(found for entry in self.lists if (found := entry.find(tag)) is not None)

    def with_first(self, *lists: Element | None) -> "Lists":
        """Return these lists with nearer ones before them."""
        return replace(self, lists=(*(entry for entry in lists if entry is not None), *self.lists))

    def fitted(self, bodies: tuple[Element, ...]) -> "Lists":
        """Take over how much a shape shrinks its text."""
        fit = next((found for body in bodies for found in body if found.tag.endswith("utofit")), None)
        if fit is None or fit.tag != f"{A}normAutofit":
            return self
        return replace(self, scale=share(fit.get("fontScale")), reduction=share(fit.get("lnSpcReduction"), 0.0))


@dataclass(frozen=True, slots=True)
class Ancestry:
    """What the shapes of one slide layout inherit."""

    layout: tuple[Element, ...]
    master: tuple[Element, ...]
    styles: Element | None
    default: Element | None
    fonts: Mapping[str, str]
    table_styles: Element | None
    palette: Palette

    def of(self, shape: Element) -> tuple[Element, ...]:
        """Return the placeholders that a shape takes its place and its text from, the nearest first."""
        mark = placeholder(shape)
        if mark is None:
            return ()
        kind, index = mark.get("type", "obj"), mark.get("idx", "0")
        near = _matching(self.layout, kind, index)
        far = _matching(self.master, _master_kind(placeholder_type(near) if near is not None else kind), None)
        return tuple(found for found in (near, far) if found is not None)

    def lists(self, kind: str | None, ancestors: tuple[Element, ...] = (), *, is_styled: bool = False) -> Lists:
        """Return the lists of a placeholder of a kind, or (None) of any other text."""
        nearer = (found.find(f"{P}txBody/{A}lstStyle") for found in ancestors)
        style = self.styles.find(f"{P}{_style_of(kind)}") if self.styles is not None else None
        found = tuple(e for e in (*nearer, style, self.default) if e is not None)
        return Lists(found, self.fonts, self.palette, is_styled)

    def table_list(self, properties: Element | None, *, first: bool, last: bool, column: str) -> Element | None:
        """Return the list by which a table's style sets the text of a cell in bold; None where it does not.

        ``first`` and ``last`` tell whether its row is, ``column`` whether its column is the ``first``, the ``last`` or
        neither.
        """
        parts = {"firstRow": first, "lastRow": last, "firstCol": column == "first", "lastCol": column == "last"}
        marked = [part for part, is_in in parts.items() if is_in and flag(properties, part)]
        is_bold = any(_is_bold(self.table_styles, table_style(properties), part) for part in marked)
        return _bold_list() if is_bold else None


def table_style(properties: Element | None) -> str:
    """Return the id of a table's style, empty where it has none."""
    return properties.findtext(f"{A}tableStyleId", "") if properties is not None else ""


def has_look(style: str) -> bool:
    """Return whether a table's style says how its cells look."""
    return bool(style) and style not in _NO_STYLES


def placeholder(shape: Element) -> Element | None:
    """Return the mark of a placeholder."""
    return shape.find(f"*/{P}nvPr/{P}ph")


def placeholder_type(shape: Element) -> str | None:
    """Return the type of a placeholder; None where a shape is none."""
    mark = placeholder(shape)
    return None if mark is None else mark.get("type", "obj")


def _matching(shapes: tuple[Element, ...], kind: str, index: str | None) -> Element | None:
    """Find the placeholder of an index, or (None, and for titles) of a kind."""
    by_kind = index is None or kind in TITLES
    for shape in shapes:
        mark = placeholder(shape)
        if mark is None:
            continue
        if by_kind and _master_kind(mark.get("type", "obj")) == _master_kind(kind):
            return shape
        if not by_kind and mark.get("idx", "0") == index and mark.get("type", "obj") not in TITLES:
            return shape
    return None


def _master_kind(kind: str | None) -> str:
    """Return the type of the master's placeholder that one of a slide layout follows."""
    if kind in TITLES:
        return "title"
    return kind if kind in _OUTSIDE_BODY else "body"


def _style_of(kind: str | None) -> str:
    if kind in TITLES:
        return "titleStyle"
    return "otherStyle" if kind is None or kind in _OUTSIDE_BODY else "bodyStyle"


def _is_bold(styles: Element | None, style: str, part: str) -> bool:
    """Return whether a table style sets a part in bold; those that a deck does not carry are PowerPoint's own."""
    found = next((entry for entry in styles if entry.get("styleId") == style), None) if styles is not None else None
    if found is not None:
        return bool(flag(found.find(f"{A}{part}/{A}tcTxStyle"), "b"))
    return has_look(style)


@lru_cache
def _bold_list() -> Element:
    """Make a list that says of every level that it is bold."""
    made = Element(f"{A}lstStyle")
    for level in range(1, LEVELS + 1):
        SubElement(SubElement(made, f"{A}lvl{level}pPr"), f"{A}defRPr", {"b": "1"})
    return made


def parts_beneath(package: Package, slide: str) -> tuple[str | None, str | None]:
    """Return the parts of a slide's slide layout and of its master."""
    layout = package.related_part(slide, "slideLayout")
    return layout, package.related_part(layout, "slideMaster") if layout else None


def ancestry(package: Package, slide: str) -> Ancestry:
    """Read what a slide inherits."""
    layout, master = parts_beneath(package, slide)
    styles = package.root(master).find(f"{P}txStyles") if master else None
    table_styles = package.related_part(package.main, "tableStyles")
    return Ancestry(
        layout=_shapes(package, layout),
        master=_shapes(package, master),
        styles=styles,
        default=package.root(package.main).find(f"{P}defaultTextStyle"),
        fonts=dict(_theme_fonts(package, master)),
        table_styles=package.root(table_styles) if table_styles else None,
        palette=_palette(package, slide, layout, master),
    )


def _shapes(package: Package, part: str | None) -> tuple[Element, ...]:
    tree = package.root(part).find(f"{P}cSld/{P}spTree") if part else None
    return tuple(tree) if tree is not None else ()


def _palette(package: Package, slide: str, layout: str | None, master: str | None) -> Palette:
    """Read the colours of a slide's theme, and the names for them: its own, those of its slide layout, the master's."""
    theme = package.related_part(master, "theme") if master else None
    scheme = package.root(theme).find(f"{A}themeElements/{A}clrScheme") if theme else None
    own = (package.root(part).find(f"{P}clrMapOvr/{A}overrideClrMapping") for part in (slide, layout) if part)
    names = package.root(master).find(f"{P}clrMap") if master else None
    return palette(scheme, next((found for found in own if found is not None), names))


def _theme_fonts(package: Package, master: str | None) -> Iterator[tuple[str, str]]:
    """Give the fonts of a theme by the names under which text refers to them."""
    theme = package.related_part(master, "theme") if master else None
    scheme = package.root(theme).find(f"{A}themeElements/{A}fontScheme") if theme else None
    for name, tag in (("+mj", "majorFont"), ("+mn", "minorFont")):
        latin = scheme.find(f"{A}{tag}/{A}latin") if scheme is not None else None
        if latin is not None and (family := latin.get("typeface")):
            yield name, family
