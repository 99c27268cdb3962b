"""From the notes of a slide as generated, as they are and as the data want them to the notes that they become.

What people wrote beside the generated paragraphs stays. Knows not what is on the slide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from raportti.decks.refresh.records import Disputes
from raportti.ooxml.package import Parts
from raportti.ooxml.stamp import TAG, tag_element, tags_xml
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, Element, P, R, parsed, written
from raportti.plan import Page
from raportti.render.pptx.parts import drawn_notes, master_list_xml, master_xml

_SECTION_ID = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"
_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_TAGS = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
_MASTER = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_FIRST_ID = 256
"""The least number of a slide (ECMA-376-1, 19.7.13)."""
_WRAPPED = (
    '<x xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}</x>'
)


class SlideOrder:
    """The list of slides; knows the part of each."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._main = parts.main
        self._root = parts.tree(self._main)
        self.is_changed = False

    @property
    def _list(self) -> Element:
        return self._root.find(f"{P}sldIdLst")

    def slides(self) -> tuple[str, ...]:
        """Return the parts of the slides in their order."""
        targets = {one.id: one.target for one in self._parts.relationships(self._main).values()}
        return tuple(targets[entry.get(f"{R}id")] for entry in self._list)

    def insert(self, data: bytes, *, key: str, layout: str, after: str | None) -> str:
        """Add a slide behind another (None: as the first), with its tag; return its part."""
        name = self._parts.add("ppt/slides/slide{}.xml", data, _SLIDE)
        self._parts.relate(name, "slideLayout", layout)
        _tag(self._parts, name, key)
        at = self.slides().index(after) + 1 if after else 0
        before = self._list[at - 1].get("id") if after else None
        number = str(max([_FIRST_ID - 1, *(int(entry.get("id")) for entry in self._list)]) + 1)
        entry = self._list.makeelement(f"{P}sldId", {"id": number})
        entry.set(f"{R}id", self._parts.relate(self._main, "slide", name))
        self._list.insert(at, entry)
        self._put_in_section(number, before)
        self.is_changed = True
        return name

    def _put_in_section(self, number: str, before: str | None) -> None:
        entries = list(self._root.iter(_SECTION_ID))
        for entry in entries:
            if before == entry.get("id"):
                entry.addnext(entry.makeelement(_SECTION_ID, {"id": number}))
                return
        if entries:
            entries[0].addprevious(entries[0].makeelement(_SECTION_ID, {"id": number}))

    def remove(self, name: str) -> None:
        """Take a slide out of the deck, out of its section and out of the shows that have it."""
        entry = self._list[self.slides().index(name)]
        relation, number = entry.get(f"{R}id"), entry.get("id")
        self._list.remove(entry)
        for other in self._mentions(relation, number):
            other.getparent().remove(other)
        self._parts.unrelate(self._main, relation)
        self.is_changed = True

    def _mentions(self, relation: str, number: str) -> list[Element]:
        sections = (entry for entry in self._root.iter(_SECTION_ID) if entry.get("id") == number)
        shows = (entry for entry in self._root.iter(f"{P}sld") if entry.get(f"{R}id") == relation)
        return [*sections, *shows]

    def notes_master(self) -> str:
        """Return the part of the master of notes; one is made where there is none, with the theme of the slides."""
        for master in self._parts.related(self._main, "notesMaster"):
            return master
        [slides, *_] = self._parts.related(self._main, "slideMaster")
        [look, *_] = self._parts.related(slides, "theme")
        master = self._parts.add("ppt/notesMasters/notesMaster{}.xml", master_xml().encode(), _MASTER)
        theme = self._parts.add("ppt/theme/theme{}.xml", self._parts.data(look), _THEME)
        self._parts.relate(master, "theme", theme)
        listed = master_list_xml(self._parts.relate(self._main, "notesMaster", master))
        self._root.find(f"{P}sldMasterIdLst").addnext(parsed(listed.encode()))
        self.is_changed = True
        return master

    def put_back(self) -> None:
        """Let the changes of the list count."""
        if self.is_changed:
            self._parts.put(self._main, written(self._root))


def _tag(parts: Parts, name: str, key: str) -> None:
    """Tie a tag with the key of its page to a new slide."""
    tags = parts.add("ppt/tags/tag{}.xml", tags_xml(key), _TAGS)
    root = parts.tree(name)
    (element,) = parsed(_WRAPPED.format(tag_element(parts.relate(name, "tags", tags))).encode())
    root.find(f"{P}cSld/{P}spTree").addnext(element)
    parts.put(name, written(root))


def retag(parts: Parts, name: str, key: str) -> None:
    """Let the tag of a slide say another key; LibreOffice's decks have no tags, and other programs have theirs."""
    for tags in parts.related(name, "tags"):
        for tag in parts.tree(tags).iterfind(f"{P}tag"):
            if tag.get("name", "").upper() == TAG and tag.get("val") != key:
                parts.put(tags, tags_xml(key))


def predecessor(keys: Sequence[str], key: str, there: dict[str, str]) -> str | None:
    """Return the part of the last slide before a key that is in the deck; None where there is none."""
    return next((there[other] for other in reversed(keys[: keys.index(key)]) if other in there), None)


NOTES = "notes"
"""What says among the parts of a slide that its notes changed."""
_SLIDE_NOTES = "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml"
_ALIKE = 0.5
"""From this likeness on a paragraph is an edited one, not one that people added."""


@dataclass(frozen=True, slots=True)
class NotesRefresh:
    """Changes the notes of slides, in the language of the deck (with its region)."""

    parts: Parts
    order: SlideOrder
    language: str
    disputes: Disputes

    def own(self, slide: str, before: Page) -> list[str]:
        """Return the paragraphs of a slide's notes that were not generated."""
        return [text for body in self._bodies(slide) for text in _said(body) if text not in before.notes]

    def refresh(self, slide: str, before: Page, new: Page, number: int) -> bool:
        """Let generated paragraphs follow the data; tell whether they changed. Notes that were deleted stay deleted."""
        bodies = self._bodies(slide)
        if before.notes == new.notes or (bodies and _said(bodies[0]) == list(new.notes)):
            return False
        if not bodies:
            return not before.notes and self._add(slide, new)
        says = _said(bodies[0])
        lost = [text for text in before.notes if text not in says]
        if lost and not (says and self._takes(number, before, says, new)):
            return False
        _put(bodies[0], [*before.notes, *_edited(lost, says)], self._drawn(new))
        self._put_back(slide, bodies[0])
        return True

    def clear(self, slide: str, before: Page) -> None:
        """Take the generated paragraphs out of the notes of a slide whose page is gone."""
        for body in self._bodies(slide) if before.notes else ():
            _put(body, before.notes, ())
            self._put_back(slide, body)

    def add(self, slide: str, new: Page) -> None:
        """Give a new slide its notes."""
        if new.notes:
            self._add(slide, new)

    def _put_back(self, slide: str, body: Element) -> None:
        self.parts.put(self.parts.related(slide, "notesSlide")[0], written(body.getroottree().getroot()))

    def _takes(self, number: int, before: Page, says: Sequence[str], new: Page) -> bool:
        return self.disputes.takes_data(number, NOTES, *map("\n".join, (before.notes, says, new.notes)))

    def _add(self, slide: str, new: Page) -> bool:
        name = self.parts.add("ppt/notesSlides/notesSlide{}.xml", drawn_notes(new, self.language), _SLIDE_NOTES)
        self.parts.relate(name, "notesMaster", self.order.notes_master())
        self.parts.relate(name, "slide", slide)
        self.parts.relate(slide, "notesSlide", name)
        return True

    def _bodies(self, slide: str) -> list[Element]:
        """Return where the text of a slide's notes stands, if anywhere."""
        roots = (self.parts.tree(name) for name in self.parts.related(slide, "notesSlide"))
        return [body for root in roots if (body := _body(root)) is not None]

    def _drawn(self, new: Page) -> list[Element]:
        body = _body(parsed(drawn_notes(new, self.language))) if new.notes else None
        return [] if body is None else body.findall(f"{A}p")


def _body(notes: Element) -> Element | None:
    for shape in notes.iter(f"{P}sp"):
        placeholder = next(shape.iter(f"{P}ph"), None)
        if placeholder is not None and placeholder.get("type") == "body":
            return shape.find(f"{P}txBody")
    return None


def _said(body: Element) -> list[str]:
    return [text for paragraph in body.iterfind(f"{A}p") if (text := text_of(paragraph))]


def _edited(lost: Sequence[str], says: Sequence[str]) -> list[str]:
    """Return the paragraphs that are generated ones, edited."""
    return [text for text in says if any(SequenceMatcher(None, text, was).ratio() >= _ALIKE for was in lost)]


def _put(body: Element, old: Sequence[str], new: Sequence[Element]) -> None:
    """Put new paragraphs where old ones stand, or before all others; an empty text has a paragraph too."""
    paragraphs = body.findall(f"{A}p")
    leaving = [paragraph for paragraph in paragraphs if text_of(paragraph) in old or not text_of(paragraph)]
    place = list(body).index((leaving or paragraphs)[0]) if paragraphs else len(body)
    for paragraph in leaving:
        body.remove(paragraph)
    for number, paragraph in enumerate(new):
        body.insert(place + number, paragraph)
    if body.find(f"{A}p") is None:
        body.append(body.makeelement(f"{A}p"))
