"""The slides of a deck in their order and in its sections: where new ones come in, and how old ones leave.

Also the master of their notes, which stands in the same part.

Knows not what is on a slide.
"""

from collections.abc import Sequence

from raportti.refreshing.package import Parts
from raportti.refreshing.xml import Element, P, R, parsed, written
from raportti.render.pptx import TAG, master_list_xml, master_xml, tag_element, tags_xml

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


class Order:
    """The list of slides; knows the part of each."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        [self._main] = parts.related("", "officeDocument")[:1]
        self._root = parts.tree(self._main)
        self.is_changed = False

    @property
    def _list(self) -> Element:
        return self._root.find(f"{P}sldIdLst")

    def slides(self) -> tuple[str, ...]:
        """Return the parts of the slides in their order."""
        targets = {rel.id: rel.target for rel in self._parts.relations(self._main)}
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
