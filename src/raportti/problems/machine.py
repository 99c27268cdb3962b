"""From a tool that is missing on the machine to how it comes there: by which command, on which system.

Does not know who needs a tool, nor whether it is there.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from raportti.problems import MissingTool

DEBIAN, MACOS, WINDOWS, OTHER = "debian", "macos", "windows", "other"
"""The systems; the first is all that have apt-get."""
PANGO_BY_PIP = "gstreamer-libs"
"""The package that holds Pango for Windows, with all that it needs."""
INSTALLED_BY: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "pango": {
            DEBIAN: "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            MACOS: "brew install pango",
        },
        "voikko": {DEBIAN: "sudo apt-get install libvoikko1 voikko-fi", MACOS: "brew install libvoikko"},
        "git": {DEBIAN: "sudo apt-get install git", MACOS: "brew install git", WINDOWS: "winget install Git.Git"},
    }
)
"""Tool → system → the command that installs it, where one does."""


def this_system() -> str:
    """Name the system that the program runs on."""
    named = {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform)
    return named or (DEBIAN if shutil.which("apt-get") else OTHER)


def command_for(tool: str) -> str | None:
    """Return the command that installs a tool on this system; None where a person has to see how."""
    system = this_system()
    if tool == "pango" and system == WINDOWS:
        return with_package(PANGO_BY_PIP)
    return INSTALLED_BY[tool].get(system)


def with_package(package: str, prefix: str = sys.prefix) -> str:
    """Return the command that puts a package beside the program, by whichever installer made its environment."""
    folders = Path(prefix).parts
    if "pipx" in folders:
        return f"pipx inject raportti {package}"
    if "uv" in folders:
        return f'uv pip install --python "{sys.executable}" {package}'
    return f'"{sys.executable}" -m pip install {package}'


def missing(tool: str, **values: object) -> MissingTool:
    """Return what to raise where a tool of ``INSTALLED_BY`` is missing."""
    command = command_for(tool)
    if command is None:
        return MissingTool(f"{tool}-missing-by-hand", **values)
    return MissingTool(f"{tool}-missing", command=command, **values)
