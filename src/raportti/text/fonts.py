"""From a layout's font files to fonts that can be measured: static instances, made once and cached.

Knows nothing of text.
"""

import array
import contextlib
import hashlib
import importlib.util
import io
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from raportti.problems import Problem, ProblemsFound
from raportti.text.shaping import Shaper


@dataclass(frozen=True, slots=True)
class FontSource:
    """A font file of a Python package, or (``package`` None) of the layout's folder."""

    family: str
    bold: bool
    package: str | None
    file: str
    axes: tuple[tuple[str, float], ...] = ()
    """The instance of a variable font, such as ``(("wght", 400.0),)``; empty: the file as it is."""


# fontTools has no types; this module is its room.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false


REGULAR, BOLD = 400, 700
"""Weight classes (OpenType 1.9, OS/2.usWeightClass)."""


def make_instance(data: bytes, source: FontSource) -> bytes:
    """Take one static instance of a variable font, named so that programs find it as family and weight.

    Raises ``ValueError`` where the font has no such instance.
    """
    # fontTools takes 0.4 s to import and seconds to run: only on the first build on a machine.
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    _require_axes(font, source)
    instancer.instantiateVariableFont(font, dict(source.axes), inplace=True)
    _name(font, source)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _require_axes(font: Any, source: FontSource) -> None:
    """Refuse an axis that the font has not, and a value past its ends, which the instancer would cut in silence."""
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    for name, value in source.axes:
        if name not in axes:
            raise ValueError(f"axes: {name}; the font has: {', '.join(axes) or '–'}")
        low, high = axes[name].minValue, axes[name].maxValue
        if not low <= value <= high:
            raise ValueError(f"axes: {name} = {value:g}; the font has: {low:g}–{high:g}")


def _name(font: Any, source: FontSource) -> None:
    """Name an instance by family and style alone (OpenType 1.9, name IDs 1, 2, 4, 6) and set its weight bits."""
    style = "Bold" if source.bold else "Regular"
    names = font["name"]
    for name_id in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    postscript = f"{source.family.replace(' ', '')}-{style}"
    for name_id, text in ((1, source.family), (2, style), (4, f"{source.family} {style}"), (6, postscript)):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = BOLD if source.bold else REGULAR
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if source.bold else 0b1000000)
    font["head"].macStyle = 1 if source.bold else 0


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
            data = _read_font(source, folder=folder, cache=cache)
            fonts.append(Font(source.family, source.bold, data, _shaper(data)))
        except (OSError, ValueError, ImportError) as error:
            where = f"{source.package or folder}: {source.file}: {error}"
            problems.append(Problem("font-missing", None, {"family": source.family, "file": where}))
    if problems:
        raise ProblemsFound(problems)
    return FontBook(tuple(fonts))


@lru_cache(maxsize=8)
def _shaper(data: bytes) -> Shaper:
    """Make one shaper of the same bytes: what was measured with it holds as long as it is the same."""
    return Shaper(data)


def _read_font(source: FontSource, *, folder: Path, cache: Path) -> bytes:
    data = _path_of(source, folder).read_bytes()
    return _cached_instance(data, source, cache) if source.axes else data


def _path_of(source: FontSource, folder: Path) -> Path:
    if source.package is None:
        return folder / source.file
    spec = importlib.util.find_spec(source.package)  # finds the package without importing it
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(source.package)
    return Path(spec.origin).parent / source.file


_INSTANCER = "1"
"""Part of the name of each cached instance: raised when ``make_instance`` makes other bytes than before."""


_WHOLE = 0xB1B0AFBA
"""What the words of a TrueType file add up to (OpenType 1.9, head.checkSumAdjustment)."""


def _cached_instance(data: bytes, source: FontSource, cache: Path) -> bytes:
    """Return an instance from the cache; one that is missing or damaged is made, and kept if that can be."""
    key = hashlib.sha256(data + repr((source.axes, source.family, source.bold, _INSTANCER)).encode()).hexdigest()[:16]
    path = cache / f"{source.family}-{'Bold' if source.bold else 'Regular'}-{key}.ttf"
    with contextlib.suppress(OSError):
        kept = path.read_bytes()
        if _is_whole(kept):
            return kept
    made = make_instance(data, source)
    with contextlib.suppress(OSError):
        _write_whole(path, made)
    return made


def _is_whole(data: bytes) -> bool:
    if not data or len(data) % 4:
        return False
    words = array.array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) % 2**32 == _WHOLE


def _write_whole(path: Path, data: bytes) -> None:
    """Write a cached file so that another process never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(data)
    half.replace(path)
