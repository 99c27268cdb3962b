"""From a slide as generated (base), as it is in the deck and as it is generated now (new) to the slide that it becomes.

Does not know the package, nor the other slides.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from raportti.decks.refresh.formatting import update_frame, update_place
from raportti.decks.refresh.generated import GeneratedSlide
from raportti.decks.refresh.rows import DeckRows, TableEdits, put_rows, rows_in
from raportti.decks.refresh.shapes import (
    CHART,
    TABLE,
    ShapeName,
    add_shape,
    is_title,
    match_shapes,
    next_shape,
    own_shapes,
    shape_label,
    shapes_by_name,
    shapes_on,
)
from raportti.decks.refresh.tables import TableRefresh
from raportti.decks.refresh.titles import part_in_title, put_part, without_part
from raportti.ooxml.package import Parts
from raportti.ooxml.stamp import TAG, tag_element, tags_xml
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, Element, P, R, clone, is_same, parsed, put_in_place, written
from raportti.plan import Role, TextBox
from raportti.render.pptx.parts import master_list_xml, master_xml

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
    """Return the slide with the new data, and the names of its parts that change."""
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
            changed += _update_shape(name, slide, base, new, there[name], edits)
    changed += _remove_shapes(before, after, there)
    changed += _refresh_table(slide, root, before.get(_THE_TABLE), new, there, edits)
    return root, tuple(dict.fromkeys(changed))


def _update_shape(
    name: ShapeName,
    slide: DeckSlide,
    base: GeneratedSlide,
    new: GeneratedSlide,
    deck: Element,
    edits: TableEdits,
) -> Iterator[str]:
    """Bring text and place of a shape; give its label where the text changes."""
    before, after = (shapes_on(version, is_on_own_layout=slide.is_on_own_layout)[name] for version in (base, new))
    if name[0] == CHART:
        update_frame(before, deck, after)
        return
    parts = (part_in_title(base.page), part_in_title(new.page)) if is_title(before) else (None, None)
    if _update_text(before, deck, after, slide.number, edits, parts):
        yield shape_label(before)
    # On any layout, all shapes say their places.
    update_place(shapes_by_name(base.on_any_layout)[name], deck, shapes_by_name(new.on_any_layout)[name])


def _update_text(
    base: Element,
    deck: Element,
    new: Element,
    number: int,
    edits: TableEdits,
    parts: tuple[str | None, str | None],
) -> bool:
    """Give a shape its new text, unless people changed the old one; tell whether it has another one now.

    ``parts`` are the x/n in the text, before and now: they are no text, and follow the data.
    """
    base_text, deck_text, new_text = text_of(base), text_of(deck), text_of(new)
    if new_text in (base_text, deck_text):
        return False
    before, there, after = (
        without_part(text, part) for text, part in ((base_text, parts[0]), (deck_text, parts[0]), (new_text, parts[1]))
    )
    if there != before and after in (before, there):
        return put_part(deck, *parts, fresh=new)
    if there != before and not edits.resolver.takes_source(number, shape_label(base), base_text, deck_text, new_text):
        return False
    fresh, body = clone(new.find(f"{P}txBody")), deck.find(f"{P}txBody")
    if not is_same(base.find(f"{P}txBody"), body):
        edits.keep_look(number, base, deck, fresh)
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


def slide_without_page(
    slide: DeckSlide, base: GeneratedSlide, rows: DeckRows, is_everywhere: Callable[[Element], bool]
) -> tuple[Element, bool]:
    """Return a slide whose page is gone, without its figures and marks, and whether people put something on it.

    What is everywhere in the deck, as a footer or a date, was not put on this slide. Of its table, rows that people
    added stay where they have no other place.
    """
    root = parsed(slide.data)
    there = match_shapes(base, root, slide.table)
    generated = shapes_by_name(base.on_own_layout)
    has_own = any(not is_everywhere(shape) for shape in own_shapes(root, there))
    is_edited = any(
        text_of(shape) != text_of(generated[name]) for name, shape in there.items() if name[0] not in _FIGURES
    )
    for shape in there.values():
        if is_title(shape):
            put_part(shape, part_in_title(base.page), None)
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


_SECTION_ID = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"
_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_TAGS = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
_MASTER = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_FIRST_ID = 256
"""The least id of a slide (ECMA-376-1, 19.7.13)."""
_WRAPPED = (
    '<x xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}</x>'
)


class SlideList:
    """The slides of a deck in their order, in its presentation part. Slides go by the names of their parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._main = parts.main
        self._root = parts.tree(self._main)
        self._is_changed = False

    @property
    def _list(self) -> Element:
        return self._root.find(f"{P}sldIdLst")

    def slides(self) -> tuple[str, ...]:
        """Return the slides in their order."""
        relationships = self._parts.relationships(self._main)
        return tuple(relationships[entry.get(f"{R}id")].target for entry in self._list)

    def insert(self, data: bytes, *, key: str, layout: str, after: str | None) -> str:
        """Add a slide behind another (None: as the first), with its tag; return its part."""
        name = self._parts.add("ppt/slides/slide{}.xml", data, _SLIDE)
        self._parts.relate(name, "slideLayout", layout)
        _add_tag(self._parts, name, key)
        at = self.slides().index(after) + 1 if after else 0
        before = self._list[at - 1].get("id") if after else None
        id = str(max([_FIRST_ID - 1, *(int(entry.get("id")) for entry in self._list)]) + 1)
        entry = self._list.makeelement(f"{P}sldId", {"id": id})
        entry.set(f"{R}id", self._parts.relate(self._main, "slide", name))
        self._list.insert(at, entry)
        self._add_to_section(id, before)
        self._is_changed = True
        return name

    def _add_to_section(self, id: str, before: str | None) -> None:
        """Put a slide into the section of the one before it, or at the start of the first section."""
        entries = list(self._root.iter(_SECTION_ID))
        for entry in entries:
            if before == entry.get("id"):
                entry.addnext(entry.makeelement(_SECTION_ID, {"id": id}))
                return
        if entries:
            entries[0].addprevious(entries[0].makeelement(_SECTION_ID, {"id": id}))

    def remove(self, slide: str) -> None:
        """Take a slide out of the deck, out of its section and out of the custom shows that have it."""
        entry = self._list[self.slides().index(slide)]
        relation, id = entry.get(f"{R}id"), entry.get("id")
        sections = [other for other in self._root.iter(_SECTION_ID) if other.get("id") == id]
        shows = [other for other in self._root.iter(f"{P}sld") if other.get(f"{R}id") == relation]
        for other in (entry, *sections, *shows):
            other.getparent().remove(other)
        self._parts.unrelate(self._main, relation)
        self._is_changed = True

    def notes_master(self) -> str:
        """Return the part of the master of notes; one is made where there is none, with the theme of the slides."""
        for master in self._parts.related(self._main, "notesMaster"):
            return master
        [slide_master, *_] = self._parts.related(self._main, "slideMaster")
        [slide_theme, *_] = self._parts.related(slide_master, "theme")
        master = self._parts.add("ppt/notesMasters/notesMaster{}.xml", master_xml().encode(), _MASTER)
        theme = self._parts.add("ppt/theme/theme{}.xml", self._parts.data(slide_theme), _THEME)
        self._parts.relate(master, "theme", theme)
        listed = master_list_xml(self._parts.relate(self._main, "notesMaster", master))
        self._root.find(f"{P}sldMasterIdLst").addnext(parsed(listed.encode()))
        self._is_changed = True
        return master

    def save(self) -> None:
        """Put the list back into the package, where it changed."""
        if self._is_changed:
            self._parts.put(self._main, written(self._root))


def last_before(keys: Sequence[str], key: str, there: Container[str]) -> str | None:
    """Return the last of the keys before one that is there; None where there is none."""
    return next((other for other in reversed(keys[: keys.index(key)]) if other in there), None)


def _add_tag(parts: Parts, slide: str, key: str) -> None:
    """Give a new slide a tag with the key of its page."""
    tags = parts.add("ppt/tags/tag{}.xml", tags_xml(key), _TAGS)
    root = parts.tree(slide)
    (element,) = parsed(_WRAPPED.format(tag_element(parts.relate(slide, "tags", tags))).encode())
    root.find(f"{P}cSld/{P}spTree").addnext(element)
    parts.put(slide, written(root))


def retag(parts: Parts, slide: str, key: str) -> None:
    """Give the tag of a slide another key; LibreOffice's decks have no tags, and other programs have theirs."""
    for tags in parts.related(slide, "tags"):
        for tag in parts.tree(tags).iterfind(f"{P}tag"):
            if tag.get("name", "").upper() == TAG and tag.get("val") != key:
                parts.put(tags, tags_xml(key))
