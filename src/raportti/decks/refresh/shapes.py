"""From the shapes of a slide as generated, as they are and as the data want them to what becomes of each.

Knows no tables and no package.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from raportti.decks.refresh.drawing import Sheet
from raportti.decks.refresh.records import Disputes
from raportti.decks.refresh.rows import Hand, OldRows, rows_in
from raportti.decks.refresh.tables import TableRefresh, carry, follow, follow_frame, put_rows
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, C, Element, P, clone, is_same, parsed, put_in_place
from raportti.plan import Role, TextBox

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
    return bool(text_of(shape)) and shape.tag == f"{P}sp" and text_of(one) == text_of(shape)


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
    was, says, wants = text_of(base), text_of(now), text_of(new)
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


FIGURES = frozenset({TABLE, CHART})
"""What has no place on a slide whose page is gone."""


@dataclass(frozen=True, slots=True)
class OldSlide:
    """A slide of the deck: its number, its XML, the name of its table, and whether its layout is one of ours."""

    number: int
    data: bytes
    table: str | None
    is_tied: bool


def version(sheet: Sheet, *, is_tied: bool) -> Mapping[Identity, Element]:
    """Return the shapes of a generated slide as they suit a slide layout."""
    return identities(sheet.tied if is_tied else sheet.free)


def refreshed(slide: OldSlide, base: Sheet, new: Sheet, hand: Hand) -> tuple[Element, tuple[str, ...]]:
    """Return the slide as it will be, and what changes on it."""
    root = parsed(slide.data)
    there = matched(base, root, slide.table)
    changed: list[str] = []
    befores, afters = (version(sheet, is_tied=slide.is_tied) for sheet in (base, new))
    for identity, shape in afters.items():
        if identity[0] == TABLE:
            continue
        if identity in befores:
            changed += _follow(identity, slide, base, new, there.get(identity), hand.disputes)
        else:
            changed.append(called(shape))
            there[identity] = clone(shape)
            put_in(root, there[identity], following(list(afters), identity, there))
    changed += _without(befores, afters, there)
    changed += _with_table(slide, root, base, new, there, hand)
    return root, tuple(dict.fromkeys(changed))


def _follow(
    identity: Identity, slide: OldSlide, base: Sheet, new: Sheet, now: Element | None, disputes: Disputes
) -> list[str]:
    """Bring text and place of a shape; what was deleted by hand stays deleted."""
    if now is None:
        return []
    before, after = (version(sheet, is_tied=slide.is_tied)[identity] for sheet in (base, new))
    if identity[0] == CHART:
        follow_frame(now, before, after)
        return []
    has_changed = bool(text_of(before) or text_of(after)) and refresh_text(before, now, after, slide.number, disputes)
    refresh_place(identities(base.free)[identity], now, identities(new.free)[identity])
    return [called(before)] if has_changed else []


def _without(
    befores: Mapping[Identity, Element], afters: Mapping[Identity, Element], there: Mapping[Identity, Element]
) -> list[str]:
    """Take off what is not generated any more, unless its text was changed by hand."""
    removed: list[str] = []
    for identity, shape in befores.items():
        now = there.get(identity)
        if identity not in afters and now is not None and text_of(now) == text_of(shape):
            now.getparent().remove(now)
            removed.append(called(shape))
    return removed


def _with_table(
    slide: OldSlide, root: Element, base: Sheet, new: Sheet, there: dict[Identity, Element], hand: Hand
) -> list[str]:
    """Make the table anew; one that was deleted by hand comes back only for rows that were elsewhere."""
    identity = (TABLE, 0)
    after = version(new, is_tied=slide.is_tied).get(identity)
    now = there.get(identity)
    if after is None or (now is None and all(hand.is_gone(name) for name in new.rows)):
        return []
    before = version(base, is_tied=slide.is_tied).get(identity)
    table = TableRefresh(new, after, before, slide.number, hand)
    frame = table.frame(now)
    if now is None:
        put_in(root, frame, following(list(version(new, is_tied=slide.is_tied)), identity, there))
    else:
        put_in_place(now, frame)
    return table.changed


def made(new: Sheet, hand: Hand, *, is_tied: bool, number: int) -> Element:
    """Return a new slide; rows that are in the deck already come with what was done to them by hand."""
    root = clone(new.tied if is_tied else new.free)
    frame = identities(root).get((TABLE, 0))
    if frame is not None:
        table = TableRefresh(new, frame, None, number, hand)
        put_in_place(frame, table.frame(None))
    return root


def without_page(slide: OldSlide, base: Sheet, rows: OldRows) -> tuple[Element, bool]:
    """Return a slide whose page is gone, without its figures and mark, and whether people added something to it.

    Of its table the rows that people added stay, where they have no other place.
    """
    root = parsed(slide.data)
    there = matched(base, root, slide.table)
    generated = identities(base.tied)
    own = [shape for shape in shapes_in(root) if not any(shape is one for one in there.values())]
    is_edited = any(
        text_of(shape) != text_of(generated[identity])
        for identity, shape in there.items()
        if identity[0] not in FIGURES
    )
    left = rows.left.get(base.key)
    for identity, shape in there.items():
        if identity[0] == TABLE and left:
            head = [rows_in(shape)[n] for n in rows.heads[base.key]]
            put_rows(shape, [*head, *map(clone, left)])
        elif identity[0] in FIGURES or text_of(shape) in _marks(base):
            shape.getparent().remove(shape)
    return root, bool(own or left) or is_edited


def _marks(sheet: Sheet) -> frozenset[str]:
    """Return what says on a slide that its table continues."""
    boxes = (item for item in sheet.page.items if isinstance(item, TextBox) and item.role is Role.CONTINUATION)
    return frozenset("\n".join(paragraph.text for paragraph in box.paragraphs) for box in boxes)
