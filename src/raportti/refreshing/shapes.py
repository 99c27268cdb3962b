"""From the shapes of a slide as generated, as they are and as the data want them to what becomes of each.

Knows no tables and no package.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from raportti.refreshing.disputes import Disputes
from raportti.refreshing.drawing import Sheet
from raportti.refreshing.looks import carry
from raportti.refreshing.tables import follow
from raportti.refreshing.texts import said
from raportti.refreshing.xml import A, C, Element, P, clone, is_same

SHAPES = tuple(f"{P}{name}" for name in ("sp", "graphicFrame", "pic", "grpSp", "cxnSp", "contentPart"))
TABLE, CHART = "table", "chart"
_TITLES = frozenset({"title", "ctrTitle"})
_NEAR_PLACE = 12_700
_NUMBER = re.compile(r" \d+$")
_PLACES = (f"{P}spPr/{A}xfrm", f"{P}xfrm")
"""Where a shape, and where a frame says its place."""

Identity: TypeAlias = tuple[str, int]
"""The name of a generated shape and its number among those of that name."""


def tree_of(root: Element) -> Element:
    """Return the tree of shapes of a slide."""
    return root.find(f"{P}cSld/{P}spTree")


def shapes_in(root: Element) -> list[Element]:
    """Return the shapes of a slide, in the order in which they are read."""
    return [shape for shape in tree_of(root) if shape.tag in SHAPES]


def name_of(shape: Element) -> str:
    """Return the name of a shape."""
    naming = next(shape.iter(f"{P}cNvPr"), None)
    return naming.get("name", "") if naming is not None else ""


def called(shape: Element) -> str:
    """Name a shape to its reader: without the number that it may have on its slide."""
    return _NUMBER.sub("", name_of(shape))


def identities(root: Element) -> dict[Identity, Element]:
    """Name the shapes of a generated slide as they are named in every version of it."""
    seen: Counter[str] = Counter()
    found: dict[Identity, Element] = {}
    for shape in shapes_in(root):
        name = _framed(shape) or called(shape)
        found[name, seen[name]] = shape
        seen[name] += 1
    return found


def _framed(shape: Element) -> str | None:
    """Say what stands in a frame; None of a shape that is none."""
    if shape.tag != f"{P}graphicFrame":
        return None
    return CHART if shape.find(f".//{C}chart") is not None else TABLE


def matched(base: Sheet, root: Element, table: str | None) -> dict[Identity, Element]:
    """Find the generated shapes on a slide: by name, by text, by being the title, by place."""
    tied, free = identities(base.tied), identities(base.free)
    left = [shape for shape in shapes_in(root) if shape.tag in (f"{P}sp", f"{P}graphicFrame")]
    found: dict[Identity, Element] = {}
    for is_it in (_has_name, _has_text, _is_title, _is_in_place):
        for identity, shape in tied.items():
            same = [
                one
                for one in left
                if (one.tag, _framed(one)) == (shape.tag, _framed(shape)) and is_it(one, shape, free[identity], table)
            ]
            if identity not in found and same:
                found[identity] = same[0]
                left.remove(same[0])
    return found


def _has_name(one: Element, shape: Element, _: Element, table: str | None) -> bool:
    name = table if _framed(shape) == TABLE else name_of(shape)
    return name is not None and name_of(one) == name


def _has_text(one: Element, shape: Element, _: Element, __: str | None) -> bool:
    return bool(said(shape)) and shape.tag == f"{P}sp" and said(one) == said(shape)


def _is_title(one: Element, shape: Element, _: Element, __: str | None) -> bool:
    return _kind(shape) in _TITLES and _kind(one) in _TITLES


def _is_in_place(one: Element, _: Element, free: Element, __: str | None) -> bool:
    here, there = _place(one), _place(free)
    return (
        here is not None
        and there is not None
        and all(abs(a - b) < _NEAR_PLACE for a, b in zip(here, there, strict=True))
    )


def _kind(shape: Element) -> str | None:
    placeholder = next(shape.iter(f"{P}ph"), None)
    return placeholder.get("type") if placeholder is not None else None


def _place(shape: Element) -> tuple[int, int] | None:
    offset = next((found for path in _PLACES if (found := shape.find(f"{path}/{A}off")) is not None), None)
    return None if offset is None else (int(offset.get("x")), int(offset.get("y")))


def refresh_text(base: Element, now: Element, new: Element, number: int, disputes: Disputes) -> bool:
    """Give a shape its new text, where nobody changed the old one; tell whether it has another one now."""
    was, says, wants = said(base), said(now), said(new)
    if was == wants or says == wants:
        return False
    if says != was and not disputes.takes_data(number, called(base), was, says, wants):
        return False
    fresh, body = clone(new.find(f"{P}txBody")), now.find(f"{P}txBody")
    if not is_same(base.find(f"{P}txBody"), body):
        carry(base, now, fresh)
    for paragraph in body.findall(f"{A}p"):
        body.remove(paragraph)
    body.extend(fresh.findall(f"{A}p"))
    return True


def refresh_place(base: Element, now: Element, new: Element) -> None:
    """Move a shape where the data move it, unless it was moved by hand; all but ``now`` say where they are."""
    before, after = (shape.find(f"{P}spPr/{A}xfrm") for shape in (base, new))
    if is_same(before, after):
        return
    mine = now.find(f"{P}spPr/{A}xfrm")
    if mine is None:
        now.find(f"{P}spPr").insert(0, clone(after))
        return
    for part, names in (("off", "xy"), ("ext", ("cx", "cy"))):
        for name in names:
            old, was, wants = (place.find(f"{A}{part}") for place in (mine, before, after))
            follow(old, was, wants, name)


def put_in(root: Element, shape: Element, before: Element | None) -> None:
    """Put a new shape on a slide, with a number of its own."""
    tree = tree_of(root)
    numbers = [int(naming.get("id", "0")) for naming in root.iter(f"{P}cNvPr")]
    next(shape.iter(f"{P}cNvPr")).set("id", str(max(numbers, default=1) + 1))
    if before is not None:
        before.addprevious(shape)
        return
    shapes = shapes_in(root)
    last = shapes[-1] if shapes else tree[1]
    last.addnext(shape)


def following(order: Sequence[Identity], identity: Identity, there: dict[Identity, Element]) -> Element | None:
    """Return the first shape on the slide that is read after another."""
    later: Iterator[Identity] = iter(order[order.index(identity) + 1 :])
    return next((there[one] for one in later if one in there), None)
