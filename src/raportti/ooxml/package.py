"""From a path to the parts of a deck's package, or to a problem that says why it is none.

Knows nothing of slides. Nothing is written, nothing outside the file is opened: expat follows no external entity.
"""

import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from raportti.problems import FilePlace, Problem, ProblemsFound

MEGABYTE = 1024 * 1024
LARGEST_MB = 500
# Slides pack to a tenth or a twentieth; this much is seen only in files made to do harm.
LARGEST_RATIO = 200
SMALL = 20 * MEGABYTE
# XML of this size takes gigabytes as a tree; a slide has some hundred kilobytes.
LARGEST_PART = 100 * MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
    *(ElementTree.ParseError, KeyError, ValueError),
)
"""What reading a package or a part of it raises where it is not whole."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What no part may declare by ECMA-376-2: its entities would be other words to each program that reads it."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The namespaces of ISO/IEC 29500 Strict, in which PowerPoint can save too, as those of the common form."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part leads to; ``kind`` is the end of its type's address, such as ``slideLayout``."""

    kind: str
    target: str


class Package:
    """The parts of a package; each is parsed once. A part's name has no slash in front."""

    def __init__(self, archive: zipfile.ZipFile, place: FilePlace) -> None:
        self._archive, self._place = archive, place
        self._names = frozenset(archive.namelist())
        self._roots: dict[str, Element] = {}
        self._links: dict[str, Mapping[str, Relationship]] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return self._names

    def root(self, name: str) -> Element:
        """Return a part's root element. Raises ``ProblemsFound`` where it is missing or no XML."""
        if name not in self._roots:
            try:
                data = self._archive.read(name)
                if _DOCTYPE.search(data):
                    raise ValueError("DOCTYPE")
                for strict, common in _STRICT.items():
                    data = data.replace(strict, common)
                self._roots[name] = ElementTree.fromstring(data)
            except UNREADABLE as error:
                raise self.broken(f"{name}: {error}") from error
        return self._roots[name]

    def links(self, name: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part (an empty name: the package) by their ids; external ones are left out."""
        if name not in self._links:
            folder, base = posixpath.split(name)
            rels = posixpath.join(folder, "_rels", f"{base}.rels")
            elements = self.root(rels) if rels in self._names else ()
            self._links[name] = {
                element.get("Id", ""): Relationship(
                    element.get("Type", "").rpartition("/")[2], _resolved(folder, element.get("Target", ""))
                )
                for element in elements
                if element.get("TargetMode") != "External"
            }
        return self._links[name]

    def linked(self, name: str, kind: str) -> str | None:
        """Return the part of a kind that a part leads to."""
        found = (link.target for link in self.links(name).values() if link.kind == kind)
        return next((target for target in found if target in self._names), None)

    @cached_property
    def main(self) -> str:
        """The part of the presentation. Raises ``ProblemsFound`` where the package is of another kind."""
        name = self.linked("", "officeDocument")
        if name is None or not self.root(name).tag.endswith("}presentation"):
            raise ProblemsFound([Problem("deck-not", self._place)])
        return name

    def broken(self, words: str) -> ProblemsFound:
        """Make the problem of a package that is not whole."""
        return ProblemsFound([Problem("deck-broken", self._place, {"words": words})])


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@contextmanager
def open_package(path: Path) -> Generator[Package]:
    """Open a deck's package. Raises ``ProblemsFound`` with one problem where it cannot be read as one."""
    place = FilePlace(str(path))
    with _opened(path, place) as file:
        _check_kind(file.read(4), place)
        try:
            archive = zipfile.ZipFile(file)
        except UNREADABLE as error:
            raise ProblemsFound([Problem("deck-broken", place, {"words": str(error)})]) from error
        with archive:
            _check_size(archive, path.stat().st_size, place)
            yield Package(archive, place)


def _opened(path: Path, place: FilePlace) -> BinaryIO:
    try:
        # A pipe or a device has no end, and opening it may never return.
        if stat.S_ISREG(path.stat().st_mode):
            return path.open("rb")
    except (OSError, ValueError) as error:
        words = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ProblemsFound([Problem("file-unreadable", place, {"words": words})]) from error
    raise ProblemsFound([Problem("not-a-file", place)])


def _check_kind(beginning: bytes, place: FilePlace) -> None:
    if beginning == _OLE:
        raise ProblemsFound([Problem("deck-encrypted", place)])
    if not beginning.startswith(_ZIP):
        raise ProblemsFound([Problem("deck-not", place)])


def _check_size(archive: zipfile.ZipFile, packed: int, place: FilePlace) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > LARGEST_MB * MEGABYTE or (unpacked > SMALL and unpacked > LARGEST_RATIO * packed)
    if is_bomb or any(part.file_size > LARGEST_PART for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise ProblemsFound([Problem("deck-bomb", place, {"size": unpacked // MEGABYTE})])
    if any(part.flag_bits & 1 for part in parts):
        raise ProblemsFound([Problem("deck-encrypted", place)])
