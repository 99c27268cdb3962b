"""From the list of slides of a deck to the list with slides that came and went, with their sections and tags.

Does not know what is on a slide.
"""

from collections.abc import Container, Sequence

from raportti.ooxml.package import Parts
from raportti.ooxml.stamp import TAG, tag_element, tags_xml
from raportti.ooxml.xml import Element, P, R, parsed, written
from raportti.render.pptx.notes import master_list_xml, master_xml

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
