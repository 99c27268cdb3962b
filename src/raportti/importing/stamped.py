"""From a deck or a PDF that was built here to the stamp that it carries. Knows not what is made of it.

The room of pdfminer, with ``from_pdf``.
"""
# pdfminer has types for some of its functions only.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from pathlib import Path
from typing import Any, cast

from pdfminer.pdftypes import resolve1

from raportti.inspection.read.package import open_package
from raportti.render.pdf.stamp import APPLICATION
from raportti.render.pptx.stamp import STAMP
from raportti.stamp import LARGEST, Stamp, read_stamp

_KIND = "customXml"


def stamp_of_deck(path: Path) -> Stamp | None:
    """Return the stamp of a deck; None where it has none. Raises ``ValueError`` where it cannot be read."""
    with open_package(path) as package:
        parts = (link.target for link in package.links(package.main).values() if link.kind == _KIND)
        roots = (package.root(part) for part in parts)
        root = next((root for root in roots if root.tag == f"{{{STAMP}}}stamp"), None)
        return None if root is None else read_stamp(root.text or "")


def stamp_of_pdf(document: Any) -> Stamp | None:
    """Return the stamp in the page-piece dictionary of an open PDF; as ``stamp_of_deck``."""
    found: Any = document.catalog
    for key in ("PieceInfo", APPLICATION, "Private"):
        found = resolve1(cast(Any, resolve1(found)).get(key) if found else None)
        if not found:
            return None
    data = cast(bytes, found.get_data())
    if len(data) > LARGEST:
        raise ValueError("too large")
    return read_stamp(data.decode("ascii"))
