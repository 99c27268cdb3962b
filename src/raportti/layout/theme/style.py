"""From a layout's style sheet and the pictures beside it to one style sheet that holds all it needs.

Does not know what the rules say. What lies outside the layout's folder is not read: a layout may come from anybody.
"""

import base64
import re
from pathlib import Path

from raportti.layout.theme.toml import read_bytes, read_utf8
from raportti.problems import FilePlace, Problem, ProblemsFound

MEDIA_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)""", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WITHIN = ("data:", "#")


def read_style(path: Path, folder: Path) -> str:
    """Read a style sheet, with the files that it names put into it as ``data:`` addresses.

    Raises ``ProblemsFound`` with every name that is no picture within the layout's ``folder``.
    """
    problems: list[Problem] = []

    def within(found: "re.Match[str]") -> str:
        address = next((text for text in found.groups() if text is not None), "")
        if not address or address.lower().startswith(_WITHIN):
            return found[0]
        try:
            return f'url("{_data(address, path, folder)}")'
        except ProblemsFound as wrong:
            problems.extend(wrong.problems)
            return found[0]

    style = _ADDRESS.sub(within, read_utf8(path))
    if problems:
        raise ProblemsFound(problems)
    return style


def _data(address: str, style: Path, folder: Path) -> str:
    """Return a picture as an address. Raises ``ProblemsFound`` where it is no picture, or not in the folder."""
    file = style.parent / address
    media_type = MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None or _SCHEME.match(address) or not file.resolve().is_relative_to(folder.resolve()):
        raise ProblemsFound([Problem("layout-address", FilePlace(str(style)), {"value": address})])
    return f"data:{media_type};base64,{base64.b64encode(read_bytes(file)).decode('ascii')}"
