"""From the machine to what a report needs of it, part by part: what is there, and what is missing.

Each part is tried as a build uses it, not only looked for. Does not know how it is told.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from raportti.layout.theme.folder import read_theme
from raportti.problems import MissingTool, Problem, ProblemsFound
from raportti.problems.machine import missing, with_package
from raportti.render.pdf.process import require_pango
from raportti.text.fonts import load_fonts
from raportti.text.hyphenation import divisions

_NAME = re.compile(r"[\w.-]+")
_LONG_WORD = "hyvinvointialuestrategia"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a report needs of the machine."""

    name: str
    what_for: str
    """A sentence that the catalogues have."""
    found: str = ""
    """Which one is there; empty where nothing can be told of it."""
    problems: tuple[Problem, ...] = ()
    is_needed: bool = True
    """Whether some report cannot be made without it."""


def examine(layout: Path, cache: Path) -> Iterator[Part]:
    """Look at the machine, part by part; the fonts are those of a layout, whose instances are kept in ``cache``."""
    yield Part("Python", "runs the program", ".".join(map(str, sys.version_info[:3])))
    yield _packages()
    yield _fonts(layout, cache)
    yield _tool("Pango", "draws the PDF", require_pango)
    yield _tool("Voikko", "divides long Finnish words", lambda: divisions(_LONG_WORD, "fi-FI"))
    yield _git()


def _packages() -> Part:
    """Look for what the program is installed with."""
    needed = [_NAME.match(one) for one in requires("raportti") or () if "extra ==" not in one]
    names = [found[0] for found in needed if found]
    absent = [name for name in names if not _is_installed(name)]
    problems = (Problem("package-missing", None, {"name": name, "command": with_package(name)}) for name in absent)
    return Part("Python packages", "read data and draw decks", str(len(names) - len(absent)), tuple(problems))


def _is_installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _fonts(layout: Path, cache: Path) -> Part:
    what_for = "measure and draw the pages"
    try:
        theme = read_theme(layout)
        load_fonts(theme.fonts, folder=theme.folder, cache=cache)
    except ProblemsFound as found:
        return Part("fonts", what_for, problems=found.problems)
    return Part("fonts", what_for, ", ".join(dict.fromkeys(font.family for font in theme.fonts)))


def _tool(name: str, what_for: str, use: Callable[[], object]) -> Part:
    """Use a tool; what it lacks is its problem."""
    try:
        use()
    except MissingTool as lacking:
        return Part(name, what_for, problems=(lacking.problem,))
    return Part(name, what_for)


def _git() -> Part:
    place = shutil.which("git")
    problems = () if place else (missing("git").problem,)
    return Part("git", "compares with earlier revisions", place or "", problems, is_needed=False)
