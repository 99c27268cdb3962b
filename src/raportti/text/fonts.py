"""From a layout's font files to fonts that can be measured: static instances, made once and cached.

Knows nothing of text.
"""

import array
import contextlib
import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from raportti.problems import Problem, ProblemsFound
from raportti.text.instances import make_instance
from raportti.text.shaper import Shaper
from raportti.text.sources import FontSource


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
