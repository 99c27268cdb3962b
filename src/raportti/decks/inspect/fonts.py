"""From the fonts that a deck names to fonts that measure its text: its own, or the nearest that the machine has.

Does not know slides. Folders of fonts are searched only for a font that the layout does not have.
"""

import struct
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from raportti.decks.inspect.deck import Face
from raportti.plan.typeset import Style
from raportti.text.font_files import AS_WIDE, FontFile, distance, face_data, faces_by_family
from raportti.text.fonts import Font, FontBook
from raportti.text.shaping import Shaper
from raportti.units import Emu

SINGLE = 1.2
"""The height of a line of single spacing in em, where a font does not ask for more (published measurements)."""
_SANS = ("Liberation Sans", "Arimo", "Arial", "Carlito", "Calibri", "Noto Sans", "DejaVu Sans", "Helvetica")
"""What stands in for a font where no other is as wide: the first of these that is there."""


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
        return faces_by_family(self.folders)


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
    for family in (face.family, *AS_WIDE.get(face.family.casefold(), ()), *_SANS):
        if family in supply.families:
            return _of_layout(family, face, supply)
        files = supply.index.get(family.casefold(), ())
        for file in sorted(files, key=lambda file: distance(file, bold=face.bold, italic=face.italic)):
            font = _loaded(file)
            if font is not None:
                return font, family
    return _of_layout(sorted(supply.families)[0], face, supply)


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
