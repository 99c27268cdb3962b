"""From the fonts that a deck names to fonts that measure its text: its own, or the nearest that the machine has.

Does not know slides. Folders of fonts are searched only for a font that the layout does not have.
"""

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TypeAlias

from raportti.decks.inspect.deck import Face
from raportti.plan.typeset import Style
from raportti.text.fonts import Font, FontBook
from raportti.text.shaping import Shaper
from raportti.units import Emu

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
SINGLE = 1.2
"""The height of a line of single spacing in em, where a font does not ask for more (published measurements)."""
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_SANS = ("Liberation Sans", "Arimo", "Arial", "Carlito", "Calibri", "Noto Sans", "DejaVu Sans", "Helvetica")
"""What stands in for a font where no other is as wide: the first of these that is there."""
_AS_WIDE: Mapping[str, tuple[str, ...]] = {
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


def line_height(data: bytes) -> float:
    """Return the height of a line in em: ascent, descent and gap of ``hhea``; 0 where the font has none."""
    try:
        (count,) = struct.unpack(">4xH6x", data[:12])
        records = struct.iter_unpack(">4sLLL", data[12 : 12 + 16 * count])
        at = {tag: offset for tag, _, offset, _ in records}
        ascent, descent, gap = struct.unpack(">hhh", data[at[b"hhea"] + 4 : at[b"hhea"] + 10])
        (units,) = struct.unpack(">H", data[at[b"head"] + 18 : at[b"head"] + 20])
        return (ascent - descent + gap) / units
    except (struct.error, KeyError, ZeroDivisionError):
        return 0.0


@dataclass(frozen=True)
class Supply:
    """Where fonts come from: those of a layout, by family, and folders of font files."""

    families: frozenset[str]
    load: Callable[[], FontBook]
    folders: tuple[Path, ...]

    @cached_property
    def own(self) -> FontBook:
        """The fonts of the layout."""
        return self.load()

    @cached_property
    def index(self) -> Mapping[str, list[FontFile]]:
        """The faces in the folders, by family in small letters."""
        found: dict[str, list[FontFile]] = {}
        for path in _font_files(self.folders):
            for face in faces_in(path):
                for family in face.families:
                    found.setdefault(family, []).append(face)
        return found


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        # Sorted, so that of two versions of a font the same is taken every time.
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


@dataclass(frozen=True, slots=True)
class Substitute:
    """A font that the machine lacks, what stood in for it, and how many runs of text use it."""

    family: str
    measured_as: str
    runs: int


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts for the text of one deck."""

    book: FontBook
    names: Mapping[Face, str]
    """Face → the name of its font in the book."""
    heights: Mapping[str, float] = field(repr=False)
    """Name in the book → the height of a line in em."""

    def style(self, face: Face, size: Emu, tracking: Emu) -> Style:
        """Return how text of a face is measured."""
        return Style(self.names[face], bold=False, size=size, leading=0, colour="", tracking=tracking)

    def leading(self, face: Face, size: Emu) -> Emu:
        """Return the height of a line of single spacing."""
        return round(size * self.heights[self.names[face]])


def choose_fonts(uses: Counter[Face], supply: Supply) -> tuple[Fonts, tuple[Substitute, ...]]:
    """Find a font for each face; ``uses`` counts the runs that have it."""
    found = {face: _find(face, supply) for face in uses}
    fonts = {font.family: font for font, _ in found.values()}
    heights = {name: max(SINGLE, line_height(font.data)) for name, font in fonts.items()}
    names = {face: font.family for face, (font, _) in found.items()}
    runs: Counter[tuple[str, str]] = Counter()
    for face, (_, family) in found.items():
        if family.casefold() != face.family.casefold():
            runs[face.family, family] += uses[face]
    substitutes = tuple(Substitute(*pair, count) for pair, count in sorted(runs.items()) if count)
    return Fonts(FontBook(tuple(fonts.values())), names, heights), substitutes


def _find(face: Face, supply: Supply) -> tuple[Font, str]:
    """Return the font for a face, under a name of its own, and its family."""
    for family in (face.family, *_AS_WIDE.get(face.family.casefold(), ()), *_SANS):
        if family in supply.families:
            return _of_layout(family, face, supply)
        files = supply.index.get(family.casefold(), ())
        for file in sorted(files, key=lambda file: _distance(file, face)):
            font = _loaded(file)
            if font is not None:
                return font, family
    return _of_layout(sorted(supply.families)[0], face, supply)


def _distance(file: FontFile, face: Face) -> tuple[int, bool, int]:
    """Measure how far a font file is from a face: by width, slant and weight."""
    weight = BOLD if face.bold else REGULAR
    return abs(file.width - PLAIN_WIDTH), file.is_italic != face.italic, abs(file.weight - weight)


def _of_layout(family: str, face: Face, supply: Supply) -> tuple[Font, str]:
    fonts = [font for font in supply.own.fonts if font.family == family]
    font = next((font for font in fonts if font.bold == face.bold), fonts[0])
    return Font(f"{family} {font.bold}", False, font.data, font.shaper), family


def _loaded(file: FontFile) -> Font | None:
    """Load a font file; None where it cannot be measured with."""
    try:
        data = face_data(file)
        return Font(f"{file.path}:{file.start}", False, data, Shaper(data))
    except (OSError, ValueError):
        return None
