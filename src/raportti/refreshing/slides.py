"""From a slide as it was generated, as it is and as the data want it to the slide that it becomes. Knows no package."""

from collections.abc import Mapping
from dataclasses import dataclass

from raportti.plan import Role, TextBox
from raportti.refreshing.disputes import Disputes
from raportti.refreshing.drawing import Sheet
from raportti.refreshing.hand import Hand
from raportti.refreshing.rows import OldRows, rows_in
from raportti.refreshing.shapes import (
    CHART,
    TABLE,
    Identity,
    called,
    following,
    identities,
    matched,
    put_in,
    refresh_place,
    refresh_text,
    shapes_in,
)
from raportti.refreshing.tables import TableRefresh, follow_frame, put_rows
from raportti.refreshing.texts import said
from raportti.refreshing.xml import Element, clone, parsed, put_in_place

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
    has_changed = bool(said(before) or said(after)) and refresh_text(before, now, after, slide.number, disputes)
    refresh_place(identities(base.free)[identity], now, identities(new.free)[identity])
    return [called(before)] if has_changed else []


def _without(
    befores: Mapping[Identity, Element], afters: Mapping[Identity, Element], there: Mapping[Identity, Element]
) -> list[str]:
    """Take off what is not generated any more, unless its text was changed by hand."""
    removed: list[str] = []
    for identity, shape in befores.items():
        now = there.get(identity)
        if identity not in afters and now is not None and said(now) == said(shape):
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
        said(shape) != said(generated[identity]) for identity, shape in there.items() if identity[0] not in FIGURES
    )
    left = rows.left.get(base.key)
    for identity, shape in there.items():
        if identity[0] == TABLE and left:
            head = [rows_in(shape)[n] for n in rows.heads[base.key]]
            put_rows(shape, [*head, *map(clone, left)])
        elif identity[0] in FIGURES or said(shape) in _marks(base):
            shape.getparent().remove(shape)
    return root, bool(own or left) or is_edited


def _marks(sheet: Sheet) -> frozenset[str]:
    """Return what says on a slide that its table continues."""
    boxes = (item for item in sheet.page.items if isinstance(item, TextBox) and item.role is Role.CONTINUATION)
    return frozenset("\n".join(paragraph.text for paragraph in box.paragraphs) for box in boxes)
