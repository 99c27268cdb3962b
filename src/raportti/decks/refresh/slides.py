"""From a slide as generated (base), as it is in the deck and as it is generated now (new) to the slide that it becomes.

Does not know the package, nor the other slides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from raportti.decks.conflicts import ConflictResolver
from raportti.decks.refresh.formatting import keep_formatting, update_frame, update_place
from raportti.decks.refresh.generated import GeneratedSlide
from raportti.decks.refresh.rows import DeckRows, TableEdits, rows_in
from raportti.decks.refresh.shapes import (
    CHART,
    TABLE,
    ShapeName,
    add_shape,
    match_shapes,
    next_shape,
    shape_label,
    shapes_by_name,
    shapes_in,
    shapes_on,
)
from raportti.decks.refresh.tables import TableRefresh, put_rows
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, Element, P, clone, is_same, parsed, put_in_place
from raportti.plan import Role, TextBox

_FIGURES = frozenset({TABLE, CHART})
"""The shapes that have no place on a slide whose page is gone."""
_THE_TABLE = (TABLE, 0)


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """A slide of the deck: its number, its XML, the name of its table, and whether its layout is one of ours."""

    number: int
    data: bytes
    table: str | None
    is_on_own_layout: bool


def refresh_slide(
    slide: DeckSlide, base: GeneratedSlide, new: GeneratedSlide, edits: TableEdits
) -> tuple[Element, tuple[str, ...]]:
    """Return the slide with the new data, and the names of what changes on it."""
    root = parsed(slide.data)
    there = match_shapes(base, root, slide.table)
    before, after = (shapes_on(version, is_on_own_layout=slide.is_on_own_layout) for version in (base, new))
    changed: list[str] = []
    for name, shape in after.items():
        if name[0] == TABLE:
            continue
        if name not in before:
            changed.append(shape_label(shape))
            there[name] = clone(shape)
            add_shape(root, there[name], next_shape(list(after), name, there))
        # What was deleted by hand stays deleted.
        elif name in there:
            changed += _update_shape(name, slide, base, new, there[name], edits.resolver)
    changed += _remove_shapes(before, after, there)
    changed += _refresh_table(slide, root, before.get(_THE_TABLE), new, there, edits)
    return root, tuple(dict.fromkeys(changed))


def _update_shape(
    name: ShapeName,
    slide: DeckSlide,
    base: GeneratedSlide,
    new: GeneratedSlide,
    deck: Element,
    resolver: ConflictResolver,
) -> Iterator[str]:
    """Bring text and place of a shape; give its label where the text changes."""
    before, after = (shapes_on(version, is_on_own_layout=slide.is_on_own_layout)[name] for version in (base, new))
    if name[0] == CHART:
        update_frame(before, deck, after)
        return
    if _update_text(before, deck, after, slide.number, resolver):
        yield shape_label(before)
    # On any layout, all shapes say their places.
    update_place(shapes_by_name(base.on_any_layout)[name], deck, shapes_by_name(new.on_any_layout)[name])


def _update_text(base: Element, deck: Element, new: Element, number: int, resolver: ConflictResolver) -> bool:
    """Give a shape its new text, unless people changed the old one; tell whether it has another one now."""
    base_text, deck_text, new_text = text_of(base), text_of(deck), text_of(new)
    if new_text in (base_text, deck_text):
        return False
    if deck_text != base_text and not resolver.takes_source(number, shape_label(base), base_text, deck_text, new_text):
        return False
    fresh, body = clone(new.find(f"{P}txBody")), deck.find(f"{P}txBody")
    if not is_same(base.find(f"{P}txBody"), body):
        keep_formatting(base, deck, fresh)
    for paragraph in body.findall(f"{A}p"):
        body.remove(paragraph)
    body.extend(fresh.findall(f"{A}p"))
    return True


def _remove_shapes(
    before: Mapping[ShapeName, Element], after: Mapping[ShapeName, Element], there: Mapping[ShapeName, Element]
) -> Iterator[str]:
    """Remove what is not generated any more, unless people changed its text; give the labels."""
    for name, shape in before.items():
        deck = there.get(name)
        if name not in after and deck is not None and text_of(deck) == text_of(shape):
            deck.getparent().remove(deck)
            yield shape_label(shape)


def _refresh_table(
    slide: DeckSlide,
    root: Element,
    base: Element | None,
    new: GeneratedSlide,
    there: Mapping[ShapeName, Element],
    edits: TableEdits,
) -> list[str]:
    """Make the table anew; one that was deleted by hand comes back only for rows that were elsewhere."""
    shapes = shapes_on(new, is_on_own_layout=slide.is_on_own_layout)
    after, deck = shapes.get(_THE_TABLE), there.get(_THE_TABLE)
    if after is None or (deck is None and all(map(edits.is_deleted, new.rows))):
        return []
    table = TableRefresh(new, after, base, slide.number, edits)
    frame = table.frame(deck)
    if deck is None:
        add_shape(root, frame, next_shape(list(shapes), _THE_TABLE, there))
    else:
        put_in_place(deck, frame)
    return table.changed


def new_slide(new: GeneratedSlide, edits: TableEdits, *, is_on_own_layout: bool, number: int) -> Element:
    """Return a slide that comes to the deck; rows that are in the deck already keep what people did to them."""
    root = clone(new.on_own_layout if is_on_own_layout else new.on_any_layout)
    frame = shapes_by_name(root).get(_THE_TABLE)
    if frame is not None:
        put_in_place(frame, TableRefresh(new, frame, None, number, edits).frame(None))
    return root


def slide_without_page(slide: DeckSlide, base: GeneratedSlide, rows: DeckRows) -> tuple[Element, bool]:
    """Return a slide whose page is gone, without its figures and mark, and whether people put something on it.

    Of its table, rows that people added stay where they have no other place.
    """
    root = parsed(slide.data)
    there = match_shapes(base, root, slide.table)
    generated = shapes_by_name(base.on_own_layout)
    has_own = any(all(shape is not other for other in there.values()) for shape in shapes_in(root))
    is_edited = any(
        text_of(shape) != text_of(generated[name]) for name, shape in there.items() if name[0] not in _FIGURES
    )
    own_rows = rows.unplaced.get(base.key)
    marks = _continuation_marks(base)
    for name, shape in there.items():
        if name[0] == TABLE and own_rows:
            head = [rows_in(shape)[n] for n in rows.heads[base.key]]
            put_rows(shape, [*head, *map(clone, own_rows)])
        elif name[0] in _FIGURES or text_of(shape) in marks:
            shape.getparent().remove(shape)
    return root, has_own or bool(own_rows) or is_edited


def _continuation_marks(slide: GeneratedSlide) -> frozenset[str]:
    """Return the texts that say on a slide that its table continues."""
    boxes = (item for item in slide.page.items if isinstance(item, TextBox) and item.role is Role.CONTINUATION)
    return frozenset("\n".join(paragraph.text for paragraph in box.paragraphs) for box in boxes)
