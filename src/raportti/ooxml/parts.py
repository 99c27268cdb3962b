"""From a deck's file to its parts, which can be changed, and to the bytes of the file. Knows no slides.

A part that is not changed keeps its bytes, its place and its time in the package.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from raportti.ooxml.edit_xml import UNPARSABLE, Element, parsed, written
from raportti.ooxml.package import UNREADABLE
from raportti.problems import FilePlace, Problem, ProblemsFound

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_LIST = "[Content_Types].xml"
_EMPTY = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leads to; ``kind`` is the end of its type's address; the target has no slash in front."""

    id: str
    kind: str
    target: str


class Parts:
    """The parts of a package by their names, without a slash in front."""

    def __init__(self, path: Path) -> None:
        self._place = FilePlace(str(path))
        try:
            with zipfile.ZipFile(path) as package:
                self._infos = {info.filename: info for info in package.infolist() if not info.is_dir()}
                self._data = {name: package.read(name) for name in self._infos}
        except UNREADABLE as error:  # a picture, say, that nobody has read so far
            raise self._broken(str(error)) from error
        self._old = dict(self._data)
        self._in_use = self._reachable()

    @property
    def is_changed(self) -> bool:
        """Whether any part is not what it was."""
        return self._data != self._old

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts."""
        return tuple(self._data)

    def data(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return self._data[name]

    def tree(self, name: str) -> Element:
        """Parse a part; a change of the tree counts when it is put back.

        Raises ``ProblemsFound`` where it is missing or no XML.
        """
        try:
            return parsed(self._data[name])
        except (KeyError, UNPARSABLE) as error:
            raise self._broken(f"{name}: {error}") from error

    def _broken(self, words: str) -> ProblemsFound:
        return ProblemsFound([Problem("deck-broken", self._place, {"words": words})])

    def put(self, name: str, data: bytes) -> None:
        """Change a part."""
        self._data[name] = data

    def add(self, wanted: str, data: bytes, content_type: str) -> str:
        """Add a part, and return its name: ``wanted`` has ``{}`` where the first free number goes."""
        name = next(one for n in range(1, len(self._data) + 2) if (one := wanted.format(n)) not in self._data)
        self._data[name] = data
        types = self.tree(_LIST)
        types.append(types.makeelement(f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type))
        self.put(_LIST, written(types))
        return name

    def drop_unused(self) -> None:
        """Take out the parts to which nothing leads any more, with their relationships and their lines in the list."""
        unused = self._in_use - self._reachable()
        if not unused:
            return
        types = self.tree(_LIST)
        for line in [line for line in types if line.get("PartName", "").lstrip("/") in unused]:
            types.remove(line)
        self.put(_LIST, written(types))
        for gone in (name for part in unused for name in (part, _relations_of(part))):
            self._data.pop(gone, None)

    def _reachable(self) -> set[str]:
        """Return the parts to which the package leads, by way of others too."""
        found: set[str] = set()
        ahead = [""]
        while ahead:
            targets = {relation.target for relation in self.relations(ahead.pop())} & self._data.keys()
            ahead += targets - found
            found |= targets
        return found

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the relationships of a part within the package."""
        of = _relations_of(name)
        return tuple(_inner(self.tree(of), posixpath.dirname(name))) if of in self._data else ()

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the parts of a kind that a part leads to."""
        return tuple(rel.target for rel in self.relations(name) if rel.kind == kind and rel.target in self._data)

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let a part lead to another; return the id."""
        of = _relations_of(name)
        root = self.tree(of) if of in self._data else parsed(_EMPTY)
        taken = {rel.get("Id") for rel in root}
        new = next(one for n in range(1, len(taken) + 2) if (one := f"rId{n}") not in taken)
        address = posixpath.relpath(target, posixpath.dirname(name) or ".")
        root.append(root.makeelement(f"{_RELATIONS}Relationship", Id=new, Type=_KINDS + kind, Target=address))
        self.put(of, written(root))
        return new

    def unrelate(self, name: str, id: str) -> None:
        """Let a part lead to something no more."""
        of = _relations_of(name)
        root = self.tree(of)
        for rel in [rel for rel in root if rel.get("Id") == id]:
            root.remove(rel)
        self.put(of, written(root))

    def packed(self) -> bytes:
        """Pack the parts, in their order; new ones come last."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._data.items():
                package.writestr(self._infos.get(name) or _new_info(name), data)
        return buffer.getvalue()


def _new_info(name: str) -> zipfile.ZipInfo:
    """Make the entry of a new part: the same data give the same deck, whatever the clock says."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
    return info


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _inner(root: Element, folder: str) -> Iterator[Relation]:
    for rel in root:
        if rel.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target", ""))).lstrip("/")
            yield Relation(rel.get("Id", ""), rel.get("Type", "").rpartition("/")[2], target)


_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""
_COMPRESSION = 6


def repacked(source: io.BytesIO) -> bytes:
    """Pack the files again, in the same order, without times and the system that they were packed on."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=_COMPRESSION)
    return buffer.getvalue()
