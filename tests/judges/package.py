"""An Open XML package → its parts, their types and how they lead to each other. Knows nothing of what the parts say."""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relationship:
    """One line of a ``.rels`` part; ``target`` is a part's name, or an address where it is external."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """A package, read whole. A part's name has no slash in front."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            self.names = [name for name in archive.namelist() if not name.endswith("/")]
            self.parts = {name: archive.read(name) for name in self.names}

    @property
    def repeated(self) -> list[str]:
        """The names that the archive has more than once."""
        return [name for name, count in Counter(self.names).items() if count > 1]

    def xml(self, name: str) -> etree._Element:
        """Return a part's root; XMLSyntaxError where it is not XML."""
        return etree.fromstring(self.parts[name])

    @cached_property
    def relationships(self) -> dict[str, dict[str, Relationship]]:
        """The relationships of each part that has any (the package's own under an empty name), by their ids."""
        return {_owner(name): dict(self._read(name)) for name in self.parts if name.endswith(".rels")}

    def _read(self, name: str) -> Iterator[tuple[str, Relationship]]:
        folder = posixpath.dirname(_owner(name))
        for element in self.xml(name).iter(RELATIONSHIP):
            external = element.get("TargetMode") == "External"
            target = str(element.get("Target"))
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found = Relationship(str(element.get("Id")), str(element.get("Type")), target, external)
            yield found.id, found

    def without_type(self) -> list[str]:
        """Return the parts that no content type is said of."""
        root = self.xml(CONTENT_TYPES)
        endings = {str(e.get("Extension")).lower() for e in root if str(e.tag).endswith("Default")}
        named = {str(e.get("PartName")).lstrip("/") for e in root if str(e.tag).endswith("Override")}
        ending = {name: name.rpartition(".")[2].lower() for name in self.parts if name != CONTENT_TYPES}
        return [name for name in ending if name not in named and ending[name] not in endings]

    def orphans(self) -> list[str]:
        """Return the parts that cannot be reached from the package's own relationships."""
        reached, todo = set[str](), [""]
        while todo:
            links = self.relationships.get(todo.pop(), {}).values()
            new = {link.target for link in links if not link.external} - reached
            reached |= new
            todo += new
        return [n for n in self.parts if n not in reached and n != CONTENT_TYPES and not n.endswith(".rels")]


def _owner(rels: str) -> str:
    """Name the part that a ``.rels`` part belongs to."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
