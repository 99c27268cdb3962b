"""A deck → what is wrong in it that the Open XML SDK does not see: package, table grids, accessibility.

The checks of accessibility are those of PowerPoint's own checker, and stricter where WCAG 2.1 is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from judges.package import Package

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "decorative": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
LAYOUT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout"
DRAWN = re.compile(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml")
SLIDE = re.compile(r"ppt/slides/[^/]+\.xml")
FILE_NAME = re.compile(r"[\w .()-]+\.(png|jpe?g|gif|svg|emf|wmf|webp)", re.IGNORECASE)
SMALLEST = 900
"""Hundredths of a point."""
TRUE = ("1", "true")


def findings(deck: Path) -> list[str]:
    """Return all that is wrong, each as ``kind: part: what``; nothing where the deck is good."""
    package = Package(deck)
    found = [*_package(package)]
    slides: dict[str, etree._Element] = {}
    for name in sorted(name for name in package.parts if DRAWN.fullmatch(name)):
        try:
            root = package.xml(name)
        except etree.XMLSyntaxError as error:
            found.append(f"xml: {name}: {error}")
            continue
        found += _part(package, name, root)
        if SLIDE.fullmatch(name):
            slides[name] = root
    for name, root in slides.items():
        found += _slide(package, name, root)
    return [*found, *_titles(slides)]


def _find(node: etree._Element, path: str) -> list[etree._Element]:
    result = node.xpath(path, namespaces=NS)
    assert isinstance(result, list)
    return [element for element in result if isinstance(element, etree._Element)]


def _values(node: etree._Element, path: str) -> list[str]:
    result = node.xpath(path, namespaces=NS)
    assert isinstance(result, list)
    return [str(value) for value in result]


def _package(package: Package) -> Iterator[str]:
    """Judge the package as one: every part typed, reached and there once."""
    yield from (f"repeated: {name}: the archive has it more than once" for name in package.repeated)
    yield from (f"content-type: {name}: none is said" for name in package.without_type())
    yield from (f"orphan: {name}: no relationship leads here" for name in package.orphans())
    for owner, links in package.relationships.items():
        for link in links.values():
            if not link.external and link.target not in package.parts:
                yield f"target: {owner}: {link.id} leads to {link.target}, which is missing"


def _part(package: Package, name: str, root: etree._Element) -> Iterator[str]:
    """Judge what any part that is drawn must keep: known relationships, unique ids, whole tables."""
    own = package.relationships.get(name, {})
    for used in _values(root, "//@r:id | //@r:embed | //@r:link | //@r:pict"):
        if used and used not in own:
            yield f"relationship: {name}: {used} is not among the part's own"
    for shape, count in Counter(_values(root, "//p:cNvPr/@id")).items():
        if count > 1:
            yield f"shape-id: {name}: {count} shapes have the id {shape}"
    for table in _find(root, "//a:tbl"):
        yield from (f"{finding} in {name}" for finding in _table(table))


def _table(table: etree._Element) -> Iterator[str]:
    """Judge a table's grid, its spans and its header row."""
    columns = len(_find(table, "a:tblGrid/a:gridCol"))
    grid = [_find(row, "a:tc") for row in _find(table, "a:tr")]
    for number, cells in enumerate(grid, 1):
        if len(cells) != columns:
            yield f"grid: row {number} has {len(cells)} cells for {columns} columns"
            return
    for y, cells in enumerate(grid):
        for x, cell in enumerate(cells):
            yield from _span(grid, x, y, int(cell.get("gridSpan", "1")), int(cell.get("rowSpan", "1")))
    if len(grid) > 1 and not _values(table, "a:tblPr[@firstRow='1' or @firstRow='true']/@firstRow"):
        yield "header-row: the first row is not marked as the header"


def _span(grid: list[list[etree._Element]], x: int, y: int, width: int, height: int) -> Iterator[str]:
    if y + height > len(grid) or x + width > len(grid[y]):
        yield f"span: cell {y + 1},{x + 1} reaches past the table's edge"
        return
    for row in range(y, y + height):
        for column in range(x, x + width):
            covered = grid[row][column]
            across = column == x or covered.get("hMerge") in TRUE
            down = row == y or covered.get("vMerge") in TRUE
            if not (across and down):
                yield f"span: cell {row + 1},{column + 1} is covered by {y + 1},{x + 1} but not marked as merged"


def _slide(package: Package, name: str, root: etree._Element) -> Iterator[str]:
    """Judge what only a slide must keep: its layout, its placeholders, its texts, its alternatives."""
    layout = next((r.target for r in package.relationships.get(name, {}).values() if r.type == LAYOUT), None)
    if layout not in package.parts:
        yield f"layout: {name}: the slide has no slide layout"
    else:
        known = _values(package.xml(str(layout)), "//p:ph/@idx")
        for index in _values(root, "//p:ph/@idx"):
            if index not in known:
                yield f"placeholder: {name}: its layout has none with the index {index}"
    for shape in _find(root, "//p:sp[p:nvSpPr/p:nvPr/p:ph]"):
        if not "".join(_values(shape, ".//a:t/text()")).strip():
            yield f"empty-placeholder: {name}: {_name_of(shape)} has no text"
    yield from (f"alt: {name}: {finding}" for finding in _alternatives(root))
    yield from (f"{kind}: {name}: {text!r}" for kind, text in _runs(root))


def _name_of(shape: etree._Element) -> str:
    return next(iter(_values(shape, ".//p:cNvPr/@name")), "?")


def _alternatives(root: etree._Element) -> Iterator[str]:
    """Judge the alternative texts of pictures and tables, and that other shapes have text or are decoration."""
    plain = "//p:sp[not(p:nvSpPr/p:nvPr/p:ph)][not(.//a:t[normalize-space()])]/p:nvSpPr/p:cNvPr | //p:cxnSp/*/p:cNvPr"
    for shape in _find(root, f"//p:pic/*/p:cNvPr | //p:graphicFrame/*/p:cNvPr | {plain}"):
        text = shape.get("descr", "").strip()
        if _find(shape, ".//decorative:decorative[@val='1' or @val='true']"):
            continue
        if not text:
            yield f"{shape.get('name')} has no alternative text"
        elif FILE_NAME.fullmatch(text):
            yield f"the alternative text of {shape.get('name')} is a file's name"


def _runs(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Judge each run of text: its language is said, and it is not too small to read."""
    for run in _find(root, "//*[self::a:r or self::a:fld][a:t[normalize-space()]]"):
        text = run.findtext("a:t", "", NS)
        if not _values(run, "a:rPr/@lang"):
            yield "language", text
        if any(int(size) < SMALLEST for size in _values(run, "a:rPr/@sz")):
            yield "small", text


def _titles(slides: dict[str, etree._Element]) -> Iterator[str]:
    """Judge that each slide has a title of its own."""
    heads = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"
    titles = {name: "".join(_values(root, heads)).strip() for name, root in slides.items()}
    count = Counter(titles.values())
    for name, title in titles.items():
        if not title:
            yield f"title: {name}: the slide has none"
        elif count[title] > 1:
            yield f"title: {name}: {count[title]} slides have the title {title!r}"
