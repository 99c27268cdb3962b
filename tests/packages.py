"""Packages of Office documents that are changed part by part, as no program would."""

import zipfile
from collections.abc import Callable
from pathlib import Path


def repacked(package: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a package with changed parts to another file; None leaves a part out."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return to
