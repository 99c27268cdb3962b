"""From folders of fonts to the faces in them, and from a face to a font file of its own.

Does not know texts or layouts.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

_Tables: TypeAlias = Mapping[bytes, tuple[int, int]]
"""Table → its offset in the file and its length."""

_COLLECTION = b"ttcf"
_VERSIONS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_MOST_FACES = 64
_MOST_TABLES = 128
_LARGEST_NAMES = 1 << 20
_FAMILY, _FULL_NAME, _TYPOGRAPHIC_FAMILY = 1, 4, 16
_WINDOWS, _MACINTOSH, _UNICODE = 3, 1, 0
_ITALIC, _OBLIQUE = 1 << 0, 1 << 9
PLAIN_WIDTH = 5
REGULAR, BOLD = 400, 700
"""Classes of width and weight (OS/2.usWidthClass, usWeightClass)."""
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
AS_WIDE: Mapping[str, tuple[str, ...]] = {
    "calibri": ("Carlito",),
    "cambria": ("Caladea",),
    "arial": ("Liberation Sans", "Arimo"),
    "helvetica": ("Liberation Sans", "Arimo", "Arial"),
    "helvetica neue": ("Liberation Sans", "Arimo", "Arial"),
    "times new roman": ("Liberation Serif", "Tinos"),
    "times": ("Liberation Serif", "Tinos", "Times New Roman"),
    "courier new": ("Liberation Mono", "Cousine"),
    "arial narrow": ("Liberation Sans Narrow",),
    "georgia": ("Gelasio",),
}
"""Fonts that were drawn to the widths of others: family in small letters → families."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face in a font file; ``start`` is where its table directory begins."""

    path: Path
    start: int
    families: frozenset[str]
    """The names under which a deck may name it, in small letters."""
    weight: int
    width: int
    is_italic: bool


def faces_in(path: Path) -> tuple[FontFile, ...]:
    """Read which faces a file has; none where it is not a font that can be read."""
    try:
        with path.open("rb") as file:
            return tuple(_face(file, path, start) for start in _starts(file))
    except (OSError, struct.error, KeyError, UnicodeDecodeError, ValueError):
        return ()


def _starts(file: BinaryIO) -> Iterator[int]:
    beginning = file.read(12)
    if beginning[:4] in _VERSIONS:
        yield 0
    elif beginning[:4] == _COLLECTION:
        (count,) = struct.unpack(">L", beginning[8:12])
        count = min(count, _MOST_FACES)
        yield from struct.unpack(f">{count}L", file.read(4 * count))


def _face(file: BinaryIO, path: Path, start: int) -> FontFile:
    tables = _directory(file, start)
    weight, width, is_italic = _weight_width_slant(file, tables)
    return FontFile(path, start, frozenset(_names(_read(file, tables, b"name"))), weight, width, is_italic)


def _weight_width_slant(file: BinaryIO, tables: _Tables) -> tuple[int, int, bool]:
    """Read weight, width and slant; some fonts of macOS have them in ``head`` only."""
    if b"OS/2" in tables:
        metrics = _read(file, tables, b"OS/2")
        weight, width = struct.unpack(">HH", metrics[4:8])
        (selection,) = struct.unpack(">H", metrics[62:64])
        return weight, width or PLAIN_WIDTH, bool(selection & (_ITALIC | _OBLIQUE))
    (style,) = struct.unpack(">H", _read(file, tables, b"head")[44:46])
    return BOLD if style & 1 else REGULAR, PLAIN_WIDTH, bool(style & 2)


def _directory(file: BinaryIO, start: int) -> _Tables:
    file.seek(start)
    (count,) = struct.unpack(">4xH6x", file.read(12))
    records = file.read(16 * min(count, _MOST_TABLES))
    return {tag: (offset, size) for tag, _, offset, size in struct.iter_unpack(">4sLLL", records)}


def _read(file: BinaryIO, tables: _Tables, tag: bytes) -> bytes:
    offset, size = tables[tag]
    file.seek(offset)
    return file.read(min(size, _LARGEST_NAMES))


def _names(table: bytes) -> Iterator[str]:
    """Give the family names and full names, in every language that the font has them in."""
    count, strings = struct.unpack(">2xHH", table[:6])
    for record in struct.iter_unpack(">6H", table[6 : 6 + 12 * count]):
        platform, _, _, name, size, offset = record
        if name in (_FAMILY, _FULL_NAME, _TYPOGRAPHIC_FAMILY):
            text = table[strings + offset : strings + offset + size]
            if platform in (_WINDOWS, _UNICODE):
                yield text.decode("utf-16-be", "replace").casefold()
            elif platform == _MACINTOSH:
                yield text.decode("mac-roman").casefold()


def face_data(face: FontFile) -> bytes:
    """Return a face as a font file of its own; one of a collection is taken out of it."""
    if face.start == 0:
        return face.path.read_bytes()
    with face.path.open("rb") as file:
        tables = _directory(file, face.start)
        file.seek(face.start)
        version = file.read(4)
        return version + _assembled({tag: _whole(file, *place) for tag, place in tables.items()})


def _whole(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _assembled(tables: Mapping[bytes, bytes]) -> bytes:
    """Write a directory and the tables behind it. Its fields for a binary search are 0: no reader here searches."""
    head = struct.pack(">HHHH", len(tables), 0, 0, 0)
    at = 12 + 16 * len(tables)
    records, bodies = b"", b""
    for tag, data in sorted(tables.items()):
        records += struct.pack(">4sLLL", tag, 0, at + len(bodies), len(data))
        bodies += data + b"\0" * (-len(data) % 4)
    return head + records + bodies


def faces_by_family(folders: Iterable[Path]) -> Mapping[str, list[FontFile]]:
    """Find the faces in some folders, by family in small letters."""
    found: dict[str, list[FontFile]] = {}
    for path in _font_files(folders):
        for face in faces_in(path):
            for family in face.families:
                found.setdefault(family, []).append(face)
    return found


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        # Sorted, so that of two versions of a font the same is taken every time.
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


def distance(file: FontFile, *, bold: bool, italic: bool) -> tuple[int, bool, int]:
    """Measure how far a font file is from a face: by width, slant and weight."""
    weight = BOLD if bold else REGULAR
    return abs(file.width - PLAIN_WIDTH), file.is_italic != italic, abs(file.weight - weight)
