"""From a file to the parts of its package, or to a problem that says why it is none; and from parts to a file's bytes.

Does not know slides or sheets. Nothing is written, and nothing outside the file is opened.
"""

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element as ReadElement

from raportti.ooxml.xml import Element, P, R, is_strict, parsed, read_tree, written
from raportti.problems import FilePlace, Problem, ProblemsFound

MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
# Slides pack to a tenth or a twentieth; this much is seen only in files made to do harm.
_LARGEST_RATIO = 200
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
    *(SyntaxError, KeyError, ValueError),
)
"""What reading a package or a part of it raises where it is not whole. A parser's errors are ``SyntaxError``."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: ``name`` begins its kinds of problems. The others say in bytes what it may unpack to.

    ``small`` is what it may unpack to however little it is packed to, ``part`` what a part of XML may.
    """

    name: str
    largest: int
    small: int
    part: int


# XML of 100 MB takes gigabytes as a tree; a slide has some hundred kilobytes.
DECK = DocumentKind("deck", 500 * MEGABYTE, 20 * MEGABYTE, 100 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part within the package.

    ``type`` is the end of its type's address, such as ``slideLayout``; the target has no slash in front.
    """

    id: str
    type: str
    target: str


_STRICT_TYPES = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
"""The types that end otherwise in the strict form."""


class Package:
    """The parts of a package, in either form; each is parsed once. A part's name has no slash in front."""

    def __init__(self, archive: zipfile.ZipFile, kind: DocumentKind, place: FilePlace) -> None:
        self._archive, self._kind, self._place = archive, kind, place
        self._entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        self._roots: dict[str, ReadElement] = {}
        self._relationships: dict[str, Mapping[str, Relationship]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def data(self, name: str) -> bytes:
        """Return the bytes of a part. Raises ``ProblemsFound`` where it is missing or damaged."""
        try:
            return self._archive.read(name)
        except _UNREADABLE as error:
            raise self.broken(f"{name}: {error}") from error

    def root(self, name: str) -> ReadElement:
        """Return a part's root element, for reading. Raises ``ProblemsFound`` where it is missing or not XML."""
        if name not in self._roots:
            data = self.data(name)
            try:
                self._roots[name] = read_tree(data)
            except _UNREADABLE as error:
                raise self.broken(f"{name}: {error}") from error
        return self._roots[name]

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part (an empty name: the package) by their ids; external ones are left out."""
        if name not in self._relationships:
            source = _relationships_part(name)
            elements = self.root(source) if source in self else ()
            found = (_relationship(element, posixpath.dirname(name)) for element in elements)
            self._relationships[name] = {one.id: one for one in found if one}
        return self._relationships[name]

    def related(self, name: str, type: str) -> tuple[str, ...]:
        """Return the parts to which a part has relationships of a type."""
        found = self.relationships(name).values()
        return tuple(one.target for one in found if one.type == type and one.target in self)

    def related_part(self, name: str, type: str) -> str | None:
        """Return the first part to which a part has a relationship of a type; None where there is none."""
        return next(iter(self.related(name, type)), None)

    @cached_property
    def main(self) -> str:
        """The part with which a reader begins. Raises ``ProblemsFound`` where the package does not name one."""
        found = self.related_part("", "officeDocument")
        if found is None:
            raise self.problem("not")
        return found

    @property
    def is_strict(self) -> bool:
        """Whether it is saved in the strict form."""
        return is_strict(self.data(self.main))

    def broken(self, words: str) -> ProblemsFound:
        """Make the problem of a package that is not whole."""
        return self.problem("broken", words=words)

    def problem(self, what: str, **values: object) -> ProblemsFound:
        """Make a problem of the whole file."""
        return ProblemsFound([Problem(f"{self._kind.name}-{what}", self._place, values)])


def _relationships_part(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relationship(element: ReadElement, folder: str) -> Relationship | None:
    if element.get("TargetMode") == "External":
        return None
    type = element.get("Type", "").rpartition("/")[2]
    target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
    return Relationship(element.get("Id", ""), _STRICT_TYPES.get(type, type), target)


@contextmanager
def open_deck(path: Path) -> Generator[Package]:
    """Open a deck's package. Raises ``ProblemsFound`` with one problem where it cannot be read as one."""
    with _opened(path) as file, open_package(file, DECK, FilePlace(str(path))) as package:
        if not package.root(package.main).tag.endswith("}presentation"):
            raise package.problem("not")
        yield package


def slide_parts(package: Package) -> Iterator[str]:
    """Give the parts of a deck's slides in their order. Raises ``ProblemsFound`` where one is missing."""
    relationships = package.relationships(package.main)
    for entry in package.root(package.main).iterfind(f"{P}sldIdLst/{P}sldId"):
        id = entry.get(f"{R}id", "")
        if id not in relationships:
            raise package.broken(f"{package.main}: {id}")
        yield relationships[id].target


def _opened(path: Path) -> BinaryIO:
    place = FilePlace(str(path))
    try:
        # A pipe or a device has no end, and opening it may never return.
        if stat.S_ISREG(path.stat().st_mode):
            return path.open("rb")
    except (OSError, ValueError) as error:
        words = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ProblemsFound([Problem("file-unreadable", place, {"words": words})]) from error
    raise ProblemsFound([Problem("not-a-file", place)])


@contextmanager
def open_package(file: BinaryIO, kind: DocumentKind, place: FilePlace) -> Generator[Package]:
    """Open a package. Raises ``ProblemsFound`` where it is none, is encrypted, or would unpack to too much."""

    def problem(what: str, **values: object) -> ProblemsFound:
        return ProblemsFound([Problem(f"{kind.name}-{what}", place, values)])

    beginning = file.read(4)
    if beginning == _OLE:
        raise problem("encrypted")
    if not beginning.startswith(_ZIP):
        raise problem("not")
    try:
        archive = zipfile.ZipFile(file)
    except _UNREADABLE as error:
        raise problem("broken", words=str(error)) from error
    with archive:
        if (unpacked := _size(archive)) > _most(file, kind) or _has_large_part(archive, kind):
            raise problem("bomb", size=unpacked // MEGABYTE, limit=kind.largest // MEGABYTE)
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise problem("encrypted")
        yield Package(archive, kind, place)


def _size(archive: zipfile.ZipFile) -> int:
    return sum(entry.file_size for entry in archive.infolist())


def _most(file: BinaryIO, kind: DocumentKind) -> int:
    """Return how many bytes a file may unpack to."""
    return min(kind.largest, max(kind.small, _LARGEST_RATIO * file.seek(0, io.SEEK_END)))


def _has_large_part(archive: zipfile.ZipFile, kind: DocumentKind) -> bool:
    parts = (entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
    return any(entry.file_size > kind.part for entry in parts)


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"{{{_PACKAGE}/content-types}}"
_TYPE_ADDRESS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT_TYPES = "[Content_Types].xml"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()


class Parts(Package):
    """The parts of a package in memory, where they can be changed; a part that is not changed keeps its bytes."""

    def __init__(self, package: Package) -> None:
        super().__init__(package._archive, package._kind, package._place)
        # All are read: a damaged picture, which nobody needed so far, would be written back.
        self._data = {name: package.data(name) for name in package.names}
        self._old = dict(self._data)
        self._in_use = self._reachable()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._data

    @property
    def is_changed(self) -> bool:
        """Whether any part is not what it was."""
        return self._data != self._old

    def data(self, name: str) -> bytes:
        """Return the bytes of a part. Raises ``ProblemsFound`` where it is missing."""
        if name not in self._data:
            raise self.broken(name)
        return self._data[name]

    def tree(self, name: str) -> Element:
        """Parse a part for editing; a change of the tree counts when it is put back.

        Raises ``ProblemsFound`` where it is missing or not XML.
        """
        data = self.data(name)
        try:
            return parsed(data)
        except SyntaxError as error:
            raise self.broken(f"{name}: {error}") from error

    def put(self, name: str, data: bytes) -> None:
        """Change a part."""
        self._data[name] = data
        self._forget(name)

    def _forget(self, name: str) -> None:
        self._roots.pop(name, None)
        self._relationships.clear()

    def add(self, wanted: str, data: bytes, content_type: str) -> str:
        """Add a part, and return its name: ``wanted`` has ``{}`` where the first free number goes."""
        name = next(one for n in range(1, len(self._data) + 2) if (one := wanted.format(n)) not in self._data)
        self.put(name, data)
        types = self.tree(CONTENT_TYPES)
        types.append(types.makeelement(f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type))
        self.put(CONTENT_TYPES, written(types))
        return name

    def drop_unused(self) -> None:
        """Take out the parts to which nothing leads any more, with their relationships and their content types."""
        unused = self._in_use - self._reachable()
        if not unused:
            return
        types = self.tree(CONTENT_TYPES)
        for line in [line for line in types if line.get("PartName", "").lstrip("/") in unused]:
            types.remove(line)
        self.put(CONTENT_TYPES, written(types))
        for gone in (name for part in unused for name in (part, _relationships_part(part))):
            self._data.pop(gone, None)
            self._forget(gone)

    def _reachable(self) -> set[str]:
        """Return the parts to which the package leads, by way of others too."""
        found: set[str] = set()
        ahead = [""]
        while ahead:
            targets = {one.target for one in self.relationships(ahead.pop()).values()} & self._data.keys()
            ahead += targets - found
            found |= targets
        return found

    def relate(self, name: str, type: str, target: str) -> str:
        """Give a part a relationship to another; return its id."""
        address = posixpath.relpath(target, posixpath.dirname(name) or ".")
        return self._add_relationship(name, {"Type": _TYPE_ADDRESS + type, "Target": address})

    def relate_as(self, name: str, other: str, id: str) -> str | None:
        """Give a part the relationship that another one has, external or not, unless it has the same; return its id.

        None where the other part has none of that id.
        """
        internal, named = self.relationships(other).get(id), self._named(other, id)
        if named is None:
            return None
        if internal is not None:
            address = posixpath.relpath(internal.target, posixpath.dirname(name) or ".")
            named |= {"Target": address}
        source = _relationships_part(name)
        for element in self.tree(source) if source in self else ():
            if {key: value for key, value in element.attrib.items() if key != "Id"} == named:
                return element.get("Id")
        return self._add_relationship(name, named)

    def _named(self, name: str, id: str) -> dict[str, str] | None:
        """Return what a relationship says but for its id; None where there is none."""
        source = _relationships_part(name)
        found = (dict(element.attrib) for element in (self.tree(source) if source in self else ()))
        return next((named for named in found if named.pop("Id", None) == id), None)

    def _add_relationship(self, name: str, named: Mapping[str, str]) -> str:
        source = _relationships_part(name)
        root = self.tree(source) if source in self else parsed(_NO_RELATIONSHIPS)
        taken = {element.get("Id") for element in root}
        new = next(one for n in range(1, len(taken) + 2) if (one := f"rId{n}") not in taken)
        root.append(root.makeelement(f"{{{_PACKAGE}/relationships}}Relationship", {"Id": new, **named}))
        self.put(source, written(root))
        return new

    def unrelate(self, name: str, id: str) -> None:
        """Take a relationship away from a part, if it has it."""
        source = _relationships_part(name)
        root = self.tree(source) if source in self else parsed(_NO_RELATIONSHIPS)
        for element in [element for element in root if element.get("Id") == id]:
            root.remove(element)
            self.put(source, written(root))

    def packed(self) -> bytes:
        """Pack the parts: those of the file in their order, as they were entered in it, then the new ones."""
        return packed(self._data, self._entries)


def open_parts(path: Path) -> Parts:
    """Read all parts of a deck, to change some. Raises ``ProblemsFound`` as ``open_deck``."""
    with open_deck(path) as package:
        return Parts(package)


_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""
_COMPRESSION = 6


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package that was just written, in their order: a file of a user's is opened above."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], entries: Mapping[str, zipfile.ZipInfo] | None = None) -> bytes:
    """Pack parts in their order.

    One that has an entry keeps its time and its way of packing. The others are entered without the clock and the system
    that they were packed on: the same parts give the same bytes everywhere.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            entry = (entries or {}).get(name) or _timeless(name)
            archive.writestr(entry, data, compresslevel=_COMPRESSION)
    return buffer.getvalue()


def _timeless(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
    return entry
