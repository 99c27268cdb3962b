"""From a text body to its paragraphs with resolved properties (ECMA-376-1, 21.1.2).

Does not know shapes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from raportti.decks.inspect.deck import BREAK, Exact, Face, Frame, Paragraph, Relative, Run, Spacing
from raportti.decks.inspect.inherit import Lists
from raportti.ooxml.palette import ANY_FILL, UNKNOWN
from raportti.ooxml.text import RUNS, run_text
from raportti.ooxml.xml import A, first_child, first_flag, first_number, first_value, length, number, share
from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Align
from raportti.units import Emu, pt

DEFAULT_FAMILY = "Calibri"
"""What PowerPoint takes where not even the theme names a font."""
_DEFAULT_SIZE = 1800
_DEFAULT_TAB = 914_400
_HORIZONTAL = ("horz", "")
INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_ALIGNS = {"ctr": Align.CENTRE, "r": Align.RIGHT}
ANCHORS = {"ctr": Anchor.MIDDLE, "b": Anchor.BOTTOM}
_AT_BREAKS = re.compile(f"({BREAK})")
_NUMBER = "00."
"""The width that is kept for an item's number."""


def read_frame(body: Element, bodies: tuple[Element, ...], lists: Lists) -> Frame:
    """Read the text of a shape; ``bodies`` are its body properties and those that they inherit."""
    left, top, right, bottom = (_inset(bodies, key, default) for key, default in INSETS.items())
    return Frame(
        paragraphs=read_paragraphs(body, lists.fitted(bodies)),
        insets=Margins(left=left, right=right, top=top, bottom=bottom),
        anchor=ANCHORS.get(first_value(bodies, "anchor") or "", Anchor.TOP),
        wraps=first_value(bodies, "wrap") != "none",
        columns=max(1, min(16, first_number(bodies, "numCol") or 1)),
        gap=first_number(bodies, "spcCol") or 0,
        is_vertical=is_vertical(first_value(bodies, "vert")),
    )


def is_vertical(direction: str | None) -> bool:
    """Return whether text is written upwards or downwards (ST_TextVerticalType)."""
    return (direction or "") not in _HORIZONTAL


def _inset(bodies: tuple[Element, ...], key: str, default: Emu) -> Emu:
    value = first_number(bodies, key)
    return default if value is None else value


def read_paragraphs(body: Element, lists: Lists) -> tuple[Paragraph, ...]:
    """Read the paragraphs of a text body."""
    near = lists.with_first(body.find(f"{A}lstStyle"))
    return tuple(_paragraph(element, near) for element in body.findall(f"{A}p"))


def _paragraph(element: Element, lists: Lists) -> Paragraph:
    own = element.find(f"{A}pPr")
    levels = lists.levels(number(own, "lvl") or 0)
    said = (own, *levels) if own is not None else levels
    runs = tuple(run for child in element if child.tag in RUNS for run in _runs(child, levels, lists))
    last = element.find(f"{A}endParaRPr")
    end = replace(runs[-1], text="") if last is None and runs else _look("", last, levels, lists)
    return Paragraph(
        runs=runs,
        end=end,
        line=_line_spacing(said, lists),
        before=_spacing(first_child(said, f"{A}spcBef"), Exact(0)),
        after=_spacing(first_child(said, f"{A}spcAft"), Exact(0)),
        left=first_number(said, "marL") or 0,
        right=first_number(said, "marR") or 0,
        indent=first_number(said, "indent") or 0,
        align=_ALIGNS.get(first_value(said, "algn") or "", Align.LEFT),
        bullet=_bullet(said, runs[0] if runs else end, lists),
        tabs=_tabs(said),
        tab=first_number(said, "defTabSz") or _DEFAULT_TAB,
    )


def _runs(element: Element, levels: tuple[Element, ...], lists: Lists) -> Iterator[Run]:
    """Read a run, a field or a break; a run with breaks in its text is as many."""
    for text in _AT_BREAKS.split(run_text(element)):
        if text or element.tag != f"{A}br":
            yield _look(text, element.find(f"{A}rPr"), levels, lists)


def _look(text: str, own: Element | None, levels: tuple[Element, ...], lists: Lists) -> Run:
    """Resolve how a run looks."""
    defaults = _defaults(levels)
    said = (own, *defaults) if own is not None else defaults
    latin = first_child(said, f"{A}latin")
    size = (first_number(said, "sz") or _DEFAULT_SIZE) * lists.scale
    return Run(
        text=text.upper() if first_value(said, "cap") == "all" else text,
        face=Face(
            family=_family(latin.get("typeface", "") if latin is not None else "", lists),
            bold=first_flag(said, "b"),
            italic=first_flag(said, "i"),
        ),
        size=max(1, pt(size / 100)),
        tracking=pt((first_number(said, "spc") or 0) / 100),
        language=own.get("lang") if own is not None else None,
        colour=_colour(own, defaults, lists),
    )


def _colour(own: Element | None, defaults: tuple[Element, ...], lists: Lists) -> str:
    """Resolve the colour of a run; that of a link is the reader's."""
    near = () if own is None else (own,)
    if first_child(near, f"{A}hlinkClick") is not None:
        return UNKNOWN
    said = near if lists.is_styled else (*near, *defaults)
    return lists.palette.fill(first_child(said, *ANY_FILL)) or UNKNOWN


def _defaults(levels: tuple[Element, ...]) -> tuple[Element, ...]:
    return tuple(found for level in levels if (found := level.find(f"{A}defRPr")) is not None)


def _family(name: str, lists: Lists) -> str:
    """Resolve a font's name; ``+mj-lt`` and ``+mn-lt`` are those of the theme's headings and text."""
    if name and not name.startswith("+"):
        return name
    return lists.fonts.get(name[:3] or "+mn", DEFAULT_FAMILY)


def _line_spacing(said: tuple[Element, ...], lists: Lists) -> Spacing:
    spacing = _spacing(first_child(said, f"{A}lnSpc"), Relative(1.0))
    if isinstance(spacing, Relative):
        return Relative(max(0.0, spacing.share - lists.reduction))
    return spacing


def _spacing(element: Element | None, default: Spacing) -> Spacing:
    """Read a distance: in points, or as a share of a line."""
    for child in element if element is not None else ():
        if child.tag == f"{A}spcPts":
            return Exact(pt(length(child, "val") / 100))
        if child.tag == f"{A}spcPct":
            return Relative(share(child.get("val")))
    return default


def _bullet(said: tuple[Element, ...], text: Run, lists: Lists) -> Run | None:
    """Read the mark of a list item: as large as its text and in its font, if nothing else is said."""
    mark = first_child(said, *(f"{A}{tag}" for tag in ("buNone", "buChar", "buAutoNum", "buBlip")))
    if mark is None or mark.tag == f"{A}buNone":
        return None
    font = first_child(said, f"{A}buFont", f"{A}buFontTx")
    size = first_child(said, f"{A}buSzPct", f"{A}buSzPts", f"{A}buSzTx")
    family = font.get("typeface", "") if font is not None else ""
    return Run(
        text=mark.get("char", "•") if mark.tag == f"{A}buChar" else _NUMBER,
        face=Face(_family(family, lists) if family else text.face.family, text.face.bold),
        size=_bullet_size(size, text.size),
    )


def _bullet_size(element: Element | None, size: Emu) -> Emu:
    if element is None or element.tag == f"{A}buSzTx":
        return size
    if element.tag == f"{A}buSzPts":
        return pt(length(element, "val") / 100)
    return round(size * share(element.get("val")))


def _tabs(said: tuple[Element, ...]) -> tuple[Emu, ...]:
    stops = first_child(said, f"{A}tabLst")
    return tuple(sorted(length(stop, "pos") for stop in stops)) if stops is not None else ()
