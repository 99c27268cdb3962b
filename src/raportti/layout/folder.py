"""From a layout's folder to all that it holds. Knows nothing of what the template and the HTML say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from raportti.layout.read_theme import read_theme
from raportti.layout.theme import Theme
from raportti.layout.toml_reader import read_bytes, read_utf8
from raportti.problems import Problem, ProblemsFound

T = TypeVar("T")

HTML = "html"
STYLE = "style.css"
TEMPLATE = "document.html.j2"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, read: the renderers get its files from here and open none themselves."""

    theme: Theme
    template: bytes
    html: Mapping[str, str]
    """Name → text of each template in the folder ``html``."""
    style: str


def read_layout(folder: Path) -> Layout:
    """Read a layout's folder. Raises ``ProblemsFound`` with everything that is missing or wrong in it."""
    problems: list[Problem] = []

    def tried(read: Callable[[Path], T], path: Path) -> T | None:
        try:
            return read(path)
        except ProblemsFound as found:
            problems.extend(found.problems)
            return None

    theme = tried(read_theme, folder)
    template = tried(read_bytes, folder / theme.template.file) if theme else None
    names = sorted({TEMPLATE, *(path.name for path in (folder / HTML).glob("*.j2"))})
    html = {name: tried(read_utf8, folder / HTML / name) for name in names}
    style = tried(read_utf8, folder / HTML / STYLE)
    if problems or theme is None or template is None or style is None:
        raise ProblemsFound(problems)
    return Layout(theme, template, {name: text or "" for name, text in html.items()}, style)
