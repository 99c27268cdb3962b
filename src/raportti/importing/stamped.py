"""From a deck or a PDF that was built here to the stamp that it carries, as text. Knows not what it says.

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

_KIND = "customXml"


def stamp_in_deck(path: Path) -> str | None:
    """Return the text of a deck's stamp; None where it has none."""
    with open_package(path) as package:
        parts = (link.target for link in package.links(package.main).values() if link.kind == _KIND)
        roots = (package.root(part) for part in parts)
        return next((root.text or "" for root in roots if root.tag == f"{{{STAMP}}}stamp"), None)


def stamp_in_pdf(document: Any) -> str | None:
    """Return the text of the stamp in the page-piece dictionary of an open PDF; None where it has none."""
    found: Any = document.catalog
    for key in ("PieceInfo", APPLICATION, "Private"):
        found = resolve1(resolve1(found).get(key) if found else None)
    return cast(bytes, found.get_data()).decode("ascii", "replace") if found else None
