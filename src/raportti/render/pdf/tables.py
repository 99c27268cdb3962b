"""From a drawn table's cells and its page's tags to a table that says its headers and its caption.

Knows PDF's structure tree as WeasyPrint makes it.
"""

from collections.abc import Iterator
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

from raportti.render.pdf.structure import Structure

_pydyf = cast(Any, pydyf)
_SCOPES = {"col": "/Column", "row": "/Row"}


def finish_tables(document: Any, structure: Structure) -> None:
    """Say scopes, ids and headers of cells, and name each table and give it its caption."""
    ids: dict[str, bytes] = {}
    for sheet in document.pages:
        for table in _tables(sheet):
            cells = [cell for cell in table.descendants(placeholders=True) if hasattr(cell, "mark")]
            _finish_cells(cells, ids)
            if cells:
                tag = structure.above(cells[0].mark, "Table")
                _name_table(tag, table.element)
                _caption_table(tag, structure)
    if ids:
        names = (part for name in sorted(ids) for part in (_pydyf.String(name), ids[name]))
        structure.root["IDTree"] = _pydyf.Dictionary({"Names": _pydyf.Array(names)})


def _tables(sheet: Any) -> Iterator[Any]:
    """Find the outermost box of each table of a page, which WeasyPrint tells only in private."""
    seen: set[int] = set()
    for box in sheet._page_box.descendants(placeholders=True):
        if box.element is not None and box.element_tag == "table" and id(box.element) not in seen:
            seen.add(id(box.element))
            yield box


def _finish_cells(cells: list[Any], ids: dict[str, bytes]) -> None:
    """Say each header's scope and id, and the headers of cells whose element names them (WeasyPrint does not)."""
    for cell in cells:
        mark, element = cell.mark, cell.element
        if element.tag == "th":
            mark["A"]["Scope"] = _SCOPES.get(element.get("scope"), "/Column")
            mark["ID"] = _pydyf.String(element.get("id", mark["ID"].string))
            ids[mark["ID"].string] = mark.reference
        if headers := element.get("headers"):
            mark["A"]["Headers"] = _pydyf.Array(_pydyf.String(name) for name in headers.split())


def _name_table(tag: Any, element: Any) -> None:
    """Give a table its title and summary: neither is drawn."""
    tag["T"] = _pydyf.String(element.get("aria-label", ""))
    tag["A"] = _pydyf.Dictionary({"O": "/Table", "Summary": _pydyf.String(element.get("data-description", ""))})


def _caption_table(tag: Any, structure: Structure) -> None:
    """Make what stands before a table on its page, the heading first, the table's caption: the order stays."""
    section = structure.at(tag["P"])
    elements = tuple(structure.elements(section))
    before = elements[: next(place for place, element in enumerate(elements) if element is tag)]
    if before:
        structure.add("Caption", tag, list(before))
