"""From the shapes of a slide to names under which each generated one is found in every version of the slide.

Does not know what becomes of a shape.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from raportti.decks.refresh.generated import GeneratedSlide
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, C, Element, P

TABLE, CHART = "table", "chart"
"""The names of frames, by what stands in them."""
_SHAPES = tuple(f"{P}{name}" for name in ("sp", "graphicFrame", "pic", "grpSp", "cxnSp", "contentPart"))
_TITLES = frozenset({"title", "ctrTitle"})
_COUNTED = frozenset({"sldNum", "dt"})
_SAME_PLACE = 12_700
"""EMU within which two places are the same."""
_NUMBER = re.compile(r" \d+$")
_PLACES = (f"{P}spPr/{A}xfrm", f"{P}xfrm")
"""Where a shape, and where a frame says its place."""

ShapeName: TypeAlias = tuple[str, int]
"""The name of a generated shape, and its number from 0 among those of that name on the slide."""


def shapes_on(slide: GeneratedSlide, *, is_on_own_layout: bool) -> dict[ShapeName, Element]:
    """Return the shapes of a generated slide as they suit a slide layout."""
    return shapes_by_name(slide.on_own_layout if is_on_own_layout else slide.on_any_layout)


def shapes_by_name(root: Element) -> dict[ShapeName, Element]:
    """Name the shapes of a generated slide as they are named in every version of it."""
    seen: Counter[str] = Counter()
    found: dict[ShapeName, Element] = {}
    for shape in shapes_in(root):
        name = _frame_kind(shape) or shape_label(shape)
        found[name, seen[name]] = shape
        seen[name] += 1
    return found


def shapes_in(root: Element) -> list[Element]:
    """Return the shapes of a slide, in the order in which they are read."""
    return [shape for shape in _tree(root) if shape.tag in _SHAPES]


def shape_label(shape: Element) -> str:
    """Name a shape to its reader: without the number that it may have on its slide."""
    return _NUMBER.sub("", _name(shape))


def match_shapes(base: GeneratedSlide, root: Element, table: str | None) -> dict[ShapeName, Element]:
    """Find the generated shapes on a slide of the deck: by name, by text, by being the title, by place.

    ``table`` is the name of the slide's table.
    """
    generated, elsewhere = shapes_by_name(base.on_own_layout), shapes_by_name(base.on_any_layout)
    left = [shape for shape in shapes_in(root) if shape.tag in (f"{P}sp", f"{P}graphicFrame")]
    found: dict[ShapeName, Element] = {}
    for is_match in (_has_name, _has_text, _is_title, _is_in_place):
        for name, shape in generated.items():
            same = [
                one
                for one in left
                if (one.tag, _frame_kind(one)) == (shape.tag, _frame_kind(shape))
                and is_match(one, shape, elsewhere[name], table)
            ]
            if name not in found and same:
                found[name] = same[0]
                left.remove(same[0])
    return found


def _has_name(one: Element, shape: Element, _: Element, table: str | None) -> bool:
    name = table if _frame_kind(shape) == TABLE else _name(shape)
    return name is not None and _name(one) == name


def _has_text(one: Element, shape: Element, _: Element, __: str | None) -> bool:
    return bool(text_of(shape)) and shape.tag == f"{P}sp" and text_of(one) == text_of(shape)


def _is_title(one: Element, shape: Element, _: Element, __: str | None) -> bool:
    return is_title(shape) and is_title(one)


def is_title(shape: Element) -> bool:
    """Return whether a shape is the title of its slide."""
    return _placeholder_type(shape) in _TITLES


def own_shapes(root: Element, there: Mapping[ShapeName, Element]) -> list[Element]:
    """Return the shapes of a slide that were not generated."""
    return [shape for shape in shapes_in(root) if all(shape is not other for other in there.values())]


def look_of(shape: Element) -> tuple[object, ...]:
    """Return what is the same for shapes that a program put on many slides at once: a footer, a date, a watermark.

    Numbers of slides and dates are other on each.
    """
    type = _placeholder_type(shape)
    return shape.tag, type, _place(shape), None if type in _COUNTED else text_of(shape)


def _is_in_place(one: Element, _: Element, elsewhere: Element, __: str | None) -> bool:
    """Compare places; on a foreign layout, each generated shape says its own."""
    place, generated = _place(one), _place(elsewhere)
    if place is None or generated is None:
        return False
    return all(abs(a - b) < _SAME_PLACE for a, b in zip(place, generated, strict=True))


def _frame_kind(shape: Element) -> str | None:
    """Return what stands in a frame; None of a shape that is none."""
    if shape.tag != f"{P}graphicFrame":
        return None
    return CHART if shape.find(f".//{C}chart") is not None else TABLE


def _placeholder_type(shape: Element) -> str | None:
    placeholder = next(shape.iter(f"{P}ph"), None)
    return placeholder.get("type") if placeholder is not None else None


def _place(shape: Element) -> tuple[int, int] | None:
    offset = next((found for path in _PLACES if (found := shape.find(f"{path}/{A}off")) is not None), None)
    return None if offset is None else (int(offset.get("x")), int(offset.get("y")))


def _name(shape: Element) -> str:
    naming = next(shape.iter(f"{P}cNvPr"), None)
    return naming.get("name", "") if naming is not None else ""


def _tree(root: Element) -> Element:
    return root.find(f"{P}cSld/{P}spTree")


def next_shape(names: Sequence[ShapeName], name: ShapeName, there: Mapping[ShapeName, Element]) -> Element | None:
    """Return the first of the shapes that are there which is read after another one."""
    later = names[names.index(name) + 1 :]
    return next((there[other] for other in later if other in there), None)


def add_shape(root: Element, shape: Element, before: Element | None) -> None:
    """Put a new shape on a slide, with an id of its own; None: as the last one."""
    ids = [int(naming.get("id", "0")) for naming in root.iter(f"{P}cNvPr")]
    next(shape.iter(f"{P}cNvPr")).set("id", str(max(ids, default=1) + 1))
    if before is not None:
        before.addprevious(shape)
        return
    shapes = shapes_in(root)
    # A slide without shapes has the properties of the group that all of them are.
    last = shapes[-1] if shapes else _tree(root)[1]
    last.addnext(shape)
