"""From the working folder to what a command works on: source, layout, output folder, cache and fonts.

Does not know what is in them. The command line comes first, then ``raportti.toml``, then the one report under
``source/``.
"""

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from platformdirs import user_cache_path

from raportti.files import TABLES, is_table, report_file
from raportti.problems import FilePlace, Problem, ProblemsFound

CONFIG = "raportti.toml"
DEFAULT_LAYOUT = "luvn"
DEFAULT_OUT = "output"
_KEYS = ("source", "layout", "out")
_TRANSLATIONS = (".fi", ".sv")


class WrongUsage(Exception):
    """Raised where the command line does not say what to work on (exit status 2)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``raportti.toml`` says; paths are relative to its folder."""

    source: str | None = None
    layout: str | None = None
    out: str | None = None


def read_settings(folder: Path) -> Settings:
    """Read ``raportti.toml``; without one, nothing is set. Raises ``ProblemsFound`` where it is wrong."""
    path = folder / CONFIG
    if not path.is_file():
        return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    wrong = [key for key, value in values.items() if key not in _KEYS or not isinstance(value, str)]
    if wrong:
        raise _unreadable(path, ", ".join(wrong))
    return Settings(**cast("Mapping[str, str]", values))


def _unreadable(path: Path, words: str) -> ProblemsFound:
    return ProblemsFound([Problem("config-unreadable", FilePlace(str(path)), {"words": words})])


def find_source(given: Path | None, settings: Settings, folder: Path) -> Path:
    """Return the source. Raises ``WrongUsage`` where none is named and there is not exactly one under ``source/``."""
    if given is not None:
        return given
    if settings.source is not None:
        return folder / settings.source
    found = sorted(_reports_under(folder / "source"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise WrongUsage(Problem("source-none", None, {"folder": str(folder / "source")}))
    raise WrongUsage(Problem("source-several", None, {"sources": tuple(str(path) for path in found)}))


def reports_in(path: Path) -> tuple[Path, ...]:
    """Return the reports in a folder that is none itself, by their names; nothing where it is one, or holds none."""
    return () if report_file(path).exists() else tuple(sorted(_reports_under(path)))


def _reports_under(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        # Excel puts ~$arviointi.xlsx beside a workbook that is open.
        if path.name.startswith("~$"):
            continue
        if report_file(path).is_file() or (is_table(path) and not _is_translation(path)):
            yield path


def _is_translation(table: Path) -> bool:
    """Return whether a table has the texts of the one beside it in another language: it is no report of its own."""
    first = table.with_suffix("")
    return first.suffix in _TRANSLATIONS and any(first.with_suffix(kind).is_file() for kind in TABLES)


def find_layout(given: str | None, settings: Settings, folder: Path) -> Path:
    """Return a layout's folder: a path, or a name in ``layouts/`` here or among those that come with the program.

    Raises ``ProblemsFound`` where there is none, with the names that there are.
    """
    name = given or settings.layout or DEFAULT_LAYOUT
    places = (Path(name), *(parent / name for parent in _layout_folders(folder)))
    for place in places:
        if (place / "layout.toml").is_file():
            return place
    names = sorted({path.parent.name for parent in _layout_folders(folder) for path in parent.glob("*/layout.toml")})
    raise ProblemsFound([Problem("layout-unknown", None, {"name": name, "names": tuple(names)})])


def _layout_folders(folder: Path) -> tuple[Path, ...]:
    package = Path(__file__).parent
    return (folder / "layouts", package / "layouts", package.parents[1] / "layouts")


def cache_folder() -> Path:
    """Return where font instances are kept between runs: ``RAPORTTI_CACHE``, else the user's cache."""
    return Path(os.environ.get("RAPORTTI_CACHE") or user_cache_path("raportti", appauthor=False))


def font_folders() -> tuple[Path, ...]:
    """Return where this system keeps fonts that programs draw with; those of the user and of Office too."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        folders = (Path(os.environ.get("WINDIR") or "C:/Windows") / "Fonts", local / "Microsoft" / "Windows" / "Fonts")
    elif sys.platform == "darwin":
        office = Path("/Applications/Microsoft PowerPoint.app/Contents/Resources/DFonts")
        folders = (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"), office)
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        folders = (data / "fonts", home / ".fonts", *(Path(folder) / "fonts" for folder in shared if folder))
    return tuple(dict.fromkeys(folders))
