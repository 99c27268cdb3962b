"""From a layout's folder to all that it holds. Knows nothing of what the template and the HTML say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raportti.layout.read_theme import read_theme
from raportti.layout.theme import Theme
from raportti.problems import FilePlace, Problem, ProblemsFound

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
    """Read a layout's folder. Raises ``ProblemsFound`` with every file that is missing or wrong."""
    theme = read_theme(folder)
    wanted = (folder / theme.template.file, folder / HTML / STYLE, folder / HTML / TEMPLATE)
    problems = [
        Problem("layout-file-missing", FilePlace(str(folder)), {"name": str(path.relative_to(folder))})
        for path in wanted
        if not path.is_file()
    ]
    if problems:
        raise ProblemsFound(problems)
    return Layout(
        theme=theme,
        template=wanted[0].read_bytes(),
        html={path.name: path.read_text(encoding="utf-8") for path in sorted((folder / HTML).glob("*.j2"))},
        style=wanted[1].read_text(encoding="utf-8"),
    )
