"""Packages of Office documents that are changed part by part, as no program would."""

import re
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


_YEAR = re.compile(
    rb"http://schemas\.openxmlformats\.org/(drawingml|presentationml|spreadsheetml|officeDocument)/2006/"
)
_IN_CAMELS = {b"extended-properties": b"extendedProperties", b"custom-properties": b"customProperties"}


def strict(package: Path, to: Path) -> Path:
    """Save a deck in the strict form, as PowerPoint does: with other namespaces and types, and signs of percent."""

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or name == "[Content_Types].xml":
            return data
        data = _YEAR.sub(rb"http://purl.oclc.org/ooxml/\1/", data)
        for common, camel in _IN_CAMELS.items():
            data = data.replace(b"/officeDocument/relationships/" + common, b"/officeDocument/relationships/" + camel)
            data = data.replace(b"/officeDocument/" + common, b"/officeDocument/" + camel)
        data = re.sub(rb'(<a:spcPct val="\d+?)000"', rb'\1%"', data)
        return data.replace(b"<p:presentation ", b'<p:presentation conformance="strict" ')

    return repacked(package, to, change)
