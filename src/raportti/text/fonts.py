"""From a layout's font files to fonts that can be measured; instances of variable fonts are made once and cached.

Does not know texts, styles or sizes.
"""

import array
import contextlib
import hashlib
import importlib.util
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from raportti.files import write_all
from raportti.problems import Problem, ProblemsFound
from raportti.text.shaping import Shaper, axes_of, instance_of

# fontTools has no types; this module is its room.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false


@dataclass(frozen=True, slots=True)
class FontSource:
    """Where a font file is: in a Python package, or in the layout's folder where ``package`` is None."""

    family: str
    bold: bool
    package: str | None
    file: str
    axes: tuple[tuple[str, float], ...] = ()
    """The instance to take of a variable font, such as ``(("wght", 400.0),)``; empty: the file is used as it is."""


@dataclass(frozen=True, slots=True)
class Font:
    """A static font file, ready to be measured."""

    family: str
    bold: bool
    data: bytes = field(repr=False, compare=False)
    shaper: Shaper = field(repr=False)


@dataclass(frozen=True, slots=True)
class FontBook:
    """The fonts of a layout by family and weight."""

    fonts: tuple[Font, ...]

    def find(self, family: str, *, bold: bool) -> Font:
        """Return the font of a style; a layout that was read has one for each of its styles."""
        return next(font for font in self.fonts if font.family == family and font.bold == bold)

    @property
    def characters(self) -> frozenset[int]:
        """The code points that every font of the book has a glyph for."""
        first, *others = (font.shaper.characters for font in self.fonts)
        return first.intersection(*others)


def load_fonts(sources: Iterable[FontSource], *, folder: Path, cache: Path) -> FontBook:
    """Load the fonts of a layout; instances of variable fonts are kept in the folder ``cache``.

    Raises ``ProblemsFound`` for every font whose package or file is missing or unreadable.
    """
    fonts: list[Font] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            data = _path_of(source, folder).read_bytes()
            if source.axes:
                data = _cached_instance(data, source, cache)
            fonts.append(Font(source.family, source.bold, data, _shaper_of(data)))
        except (OSError, ValueError, ImportError) as error:
            where = f"{source.package or folder}: {source.file}: {error}"
            problems.append(Problem("font-missing", None, {"family": source.family, "file": where}))
    if problems:
        raise ProblemsFound(problems)
    return FontBook(tuple(fonts))


def are_made(sources: Iterable[FontSource], *, folder: Path, cache: Path) -> bool:
    """Return whether all fonts of a layout can be loaded without an instance being made first."""
    with contextlib.suppress(OSError, ImportError):
        return all(
            _instance_path(_path_of(source, folder).read_bytes(), source, cache).is_file()
            for source in sources
            if source.axes
        )
    return True  # what is wrong with them is told by loading them


def _path_of(source: FontSource, folder: Path) -> Path:
    if source.package is None:
        return folder / source.file
    spec = importlib.util.find_spec(source.package)  # finds the package without importing it
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(source.package)
    return Path(spec.origin).parent / source.file


@lru_cache(maxsize=8)
def _shaper_of(data: bytes) -> Shaper:
    """Make one shaper for the same bytes: advances are remembered by the shaper that gave them."""
    return Shaper(data)


_INSTANCER = "2"
"""Part of the name of each cached instance: raised when ``_make_instance`` makes other bytes than before."""
_CHECKSUM = 0xB1B0AFBA
"""The sum of all 32-bit words of an undamaged TrueType file (OpenType 1.9, head.checkSumAdjustment)."""


def _cached_instance(data: bytes, source: FontSource, cache: Path) -> bytes:
    """Return an instance from the cache; make one that is missing or damaged, and keep it if that can be written."""
    path = _instance_path(data, source, cache)
    with contextlib.suppress(OSError):
        cached = path.read_bytes()
        if _is_undamaged(cached):
            return cached
    made = _make_instance(data, source)
    with contextlib.suppress(ProblemsFound):
        write_all({path: made})
    return made


def _instance_path(data: bytes, source: FontSource, cache: Path) -> Path:
    """Name where an instance of a font is kept."""
    key = hashlib.sha256(data + repr((source.axes, source.family, source.bold, _INSTANCER)).encode()).hexdigest()[:16]
    return cache / f"{source.family}-{'Bold' if source.bold else 'Regular'}-{key}.ttf"


def _is_undamaged(data: bytes) -> bool:
    if not data or len(data) % 4:
        return False
    words = array.array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) % 2**32 == _CHECKSUM


_REGULAR, _BOLD = 400, 700
"""Weight classes (OpenType 1.9, OS/2.usWeightClass)."""


def _make_instance(data: bytes, source: FontSource) -> bytes:
    """Take one static instance of a variable font, named so that programs find it as family and weight.

    Raises ``ValueError`` where the font has no such instance.
    """
    from fontTools.ttLib import TTFont  # takes 0.1 s to import: only on the first build on a machine

    _require_axes(data, source)
    font = TTFont(io.BytesIO(instance_of(data, source.axes)), recalcTimestamp=False)
    _rename(font, source)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _require_axes(data: bytes, source: FontSource) -> None:
    """Refuse an axis that the font lacks, and a value past its ends, which would be clamped silently."""
    axes = axes_of(data)
    for name, value in source.axes:
        if name not in axes:
            raise ValueError(f"axes: {name}; the font has: {', '.join(axes) or '–'}")
        low, high = axes[name]
        if not low <= value <= high:
            raise ValueError(f"axes: {name} = {value:g}; the font has: {low:g}–{high:g}")


def _rename(font: Any, source: FontSource) -> None:
    """Name an instance by family and style alone (OpenType 1.9, name IDs 1, 2, 4, 6) and set its weight bits."""
    style = "Bold" if source.bold else "Regular"
    names = font["name"]
    for name_id in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    postscript = f"{source.family.replace(' ', '')}-{style}"
    for name_id, text in ((1, source.family), (2, style), (4, f"{source.family} {style}"), (6, postscript)):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = _BOLD if source.bold else _REGULAR
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if source.bold else 0b1000000)
    font["head"].macStyle = 1 if source.bold else 0
