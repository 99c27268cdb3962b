"""What is added to the tags of a PDF before it is written: scopes and headers of cells, names of tables, artifacts.

Knows PDF's structure tree (ISO 32000-1, 14.7 and 14.8) as WeasyPrint makes it, and nothing of how a page looks.
"""

from collections.abc import Iterator
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

_pydyf = cast(Any, pydyf)
LABEL = "li::marker"
"""The name by which WeasyPrint knows the label of a list item (``Lbl``)."""
_LISTS = ("ul", "ol", "dl")
_SCOPES = {"col": "/Column", "row": "/Row"}


def finish_tags(document: Any, pdf: Any) -> None:
    """Finish the tags of a document that WeasyPrint has drawn."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    ids: dict[str, bytes] = {}
    for sheet in document.pages:
        for table in _with_element(sheet, "table"):
            cells = [cell for cell in table.descendants(placeholders=True) if hasattr(cell, "mark")]
            _finish_cells(cells, ids)
            _name_table(table.element, cells, pdf)
    if ids:
        names = (part for name in sorted(ids) for part in (_pydyf.String(name), ids[name]))
        root["IDTree"] = _pydyf.Dictionary({"Names": _pydyf.Array(names)})
    _hide(pdf, root)
    _number_lists(document, pdf, root)


def _with_element(sheet: Any, *tags: str) -> Iterator[Any]:
    """Find the outermost box of each element of a kind on a page, which WeasyPrint tells only in private."""
    seen: set[int] = set()
    for box in sheet._page_box.descendants(placeholders=True):
        if box.element is not None and box.element_tag in tags and id(box.element) not in seen:
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


def _name_table(element: Any, cells: list[Any], pdf: Any) -> None:
    """Give a table its title and summary: neither is drawn."""
    if not cells:
        return
    tag = cells[0].mark
    while tag["S"] != "/Table":
        tag = _at(pdf, tag["P"])
    tag["T"] = _pydyf.String(element.get("aria-label", ""))
    tag["A"] = _pydyf.Dictionary({"O": "/Table", "Summary": _pydyf.String(element.get("data-description", ""))})


def _number_lists(document: Any, pdf: Any, root: Any) -> None:
    """Say how the items of each list with labels are numbered (ISO 32000-1, 14.8.5.5)."""
    boxes = (box for sheet in document.pages for box in _with_element(sheet, *_LISTS))
    for box, tag in zip(boxes, _lists(pdf, root["K"]), strict=True):
        labels = (part for part in box.descendants(placeholders=True) if part.element_tag == LABEL)
        label = next((text for part in labels if (text := (part.element.text or "").strip())), None)
        if label:
            kind = "/Decimal" if label.isdigit() else "/Disc"
            tag["A"] = _pydyf.Dictionary({"O": "/List", "ListNumbering": kind})


def _lists(pdf: Any, kids: Any) -> Iterator[Any]:
    """Find the list elements in the order of the tree, in which an inner list comes after the item that it is in."""
    for tag in (_at(pdf, kid) for kid in kids if isinstance(kid, bytes)):
        if tag["S"] == "/L":
            yield tag
        yield from _lists(pdf, tag["K"])


def _hide(pdf: Any, root: Any) -> None:
    """Make artifacts of hidden elements: take them out of the tree, and mark their text so in the page."""
    (document,) = (_at(pdf, reference) for reference in root["K"])
    parents = _at(pdf, root["ParentTree"])["Nums"]
    pages: tuple[bytes, ...] = pdf.page_references
    for section in (_at(pdf, reference) for reference in document["K"]):
        hidden = [reference for reference in section["K"] if _at(pdf, reference)["S"] == "/NonStruct"]
        section["K"] = _pydyf.Array(reference for reference in section["K"] if reference not in hidden)
        contents = {number for reference in hidden for number in _cut_off(pdf, reference)}
        if contents:
            _mark_artifacts(_at(pdf, _at(pdf, section["Pg"])["Contents"]), contents)
            of_page = parents[2 * pages.index(section["Pg"]) + 1]
            for number in contents:
                of_page[number] = "null"


def _cut_off(pdf: Any, reference: bytes) -> Iterator[int]:
    """Empty an element and those below it, and return the numbers of their marked content."""
    tag = _at(pdf, reference)
    kids = tuple(tag["K"])
    tag.clear()
    for kid in kids:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _cut_off(pdf, kid)


def _mark_artifacts(page: Any, contents: set[int]) -> None:
    """Change the marks around content in a page's stream (tag, properties, BDC)."""
    for place, part in enumerate(page.stream):
        if isinstance(part, dict) and cast("dict[str, Any]", part).get("MCID") in contents:
            page.stream[place - 1] = b"/Artifact"
            page.stream[place] = _pydyf.Dictionary({"Type": "/Pagination"})


def _at(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference names by its number."""
    return pdf.objects[int(reference.split()[0])]
