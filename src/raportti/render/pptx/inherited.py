"""From what a template says of its text and shapes to what a slide has to say so that the plan is drawn, not that.

Does not know slides. Only what a template really says is taken back: a deck in a template that says nothing of all this
says nothing of it either. What each attribute means is in ECMA-376-1, 21.1.2.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from raportti.ooxml.palette import FILLS
from raportti.ooxml.xml import A, P


class Element(Protocol):
    """The part of lxml's elements that is used here; they have no types."""

    @property
    def attrib(self) -> Mapping[str, str]: ...
    @property
    def tag(self) -> str: ...
    def iter(self, *tags: str) -> Iterable["Element"]: ...
    def __iter__(self) -> Iterator["Element"]: ...


_OF_RUNS = {"i": "0", "u": "none", "strike": "noStrike", "cap": "none", "baseline": "0"}
_OF_PARAGRAPHS = {"marR": "0", "latinLnBrk": "0", "fontAlgn": "base", "rtl": "0"}
_OF_BODIES = {"rot": "0", "vert": "horz", "numCol": "1", "anchorCtr": "0", "upright": "0"}
_ALIKE = {"fontAlgn": ("base", "auto", "t"), "numCol": ("1", "0")}
"""Attribute → the values that draw text of one size as the plan has it."""
_OFF = ("0", "false", "off")
_FLAGS = ("i", "latinLnBrk", "rtl", "anchorCtr", "upright")
_LEVELS = tuple(f"{A}lvl{n}pPr" for n in range(1, 10))
_LISTS = (f"{A}lstStyle", f"{P}titleStyle", f"{P}bodyStyle", f"{P}otherStyle", f"{P}defaultTextStyle")
_BULLET_SIZES = (f"{A}buSzPct", f"{A}buSzPts")
_EFFECTS = (f"{A}effectLst", f"{A}effectDag")
_PAINT = (*FILLS, f"{A}ln", *_EFFECTS)


@dataclass(frozen=True, slots=True)
class Resets:
    """Attributes and elements that take back what is inherited, as XML; all empty where nothing has to be."""

    run: str = ""
    """Attributes of run properties."""
    outline: str = ""
    """The element before the fill of a run."""
    effects: str = ""
    """The element after it."""
    paragraph: str = ""
    body: str = ""
    bullet_size: str = ""


NO_RESETS = Resets()


def resets_of(roots: Iterable[Element]) -> Resets:
    """Find what slides have to take back of a slide layout, its master and the presentation."""
    lists = [entry for root in roots for entry in root.iter(*_LISTS)]
    levels = [level for entry in lists for level in entry.iter(*_LEVELS, f"{A}defPPr")]
    runs = [run for level in levels for run in level.iter(f"{A}defRPr")]
    bodies = [body for root in roots for body in root.iter(f"{A}bodyPr")]
    children = {child.tag for run in runs for child in run}
    in_levels = {child.tag for level in levels for child in level}
    return Resets(
        run=_attributes(runs, _OF_RUNS),
        outline="<a:ln><a:noFill/></a:ln>" if f"{A}ln" in children else "",
        effects="<a:effectLst/>" if children.intersection(_EFFECTS) else "",
        paragraph=_attributes(levels, _OF_PARAGRAPHS),
        body=_attributes(bodies, _OF_BODIES),
        bullet_size='<a:buSzPct val="100000"/>' if in_levels.intersection(_BULLET_SIZES) else "",
    )


def _attributes(elements: list[Element], plain: Mapping[str, str]) -> str:
    said = {key for key, value in plain.items() for element in elements if _differs(element, key, value)}
    return "".join(f' {key}="{value}"' for key, value in plain.items() if key in said)


def _differs(element: Element, key: str, plain: str) -> bool:
    said = element.attrib.get(key, plain)
    return said not in (_OFF if key in _FLAGS else _ALIKE.get(key, (plain,)))


def is_painted(shapes: Iterable[Element | None]) -> bool:
    """Return whether a placeholder, or one that it follows, has a fill, a line, a turn or an outline of its own.

    All of it would stand behind a text that the plan has placed elsewhere, and the PDF has none of it.
    """
    return any(_has_paint(shape) for shape in shapes if shape is not None)


def _has_paint(shape: Element) -> bool:
    for properties in shape.iter(f"{P}spPr"):
        for child in properties:
            turned = child.tag == f"{A}xfrm" and {"rot", "flipH", "flipV"} & set(child.attrib)
            shaped = child.tag == f"{A}custGeom" or child.attrib.get("prst", "rect") != "rect"
            if turned or shaped or child.tag in _PAINT:
                return True
    return any(True for _ in shape.iter(f"{P}style"))
