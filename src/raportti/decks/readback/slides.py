"""From a ``.pptx`` file to its slides, tables and texts as they stand in it, and the text of its snapshot.

A line break within a paragraph is a line feed. Does not know what of it was generated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from raportti.ooxml.package import Package, open_deck, slide_parts
from raportti.ooxml.stamp import slide_key, snapshot_text
from raportti.ooxml.text import paragraph_text
from raportti.ooxml.xml import ROW_ID, A, P, is_merged, number

_TITLES = frozenset({"title", "ctrTitle"})
_BULLETS = frozenset({f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip"})


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph; ``level`` is 0 where it is no item of a list, nor the rest of one."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row; ``id`` is its ``a16:rowId``, None where it has none; ``merged`` are the places of merged cells."""

    id: int | None
    cells: tuple[tuple[RawParagraph, ...], ...]
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RawTable:
    name: str
    rows: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class RawSlide:
    """A slide; ``key`` is that of its tag, None where it has none."""

    number: int
    part: str
    key: str | None
    title: str
    tables: tuple[RawTable, ...]


@dataclass(frozen=True, slots=True)
class RawDeck:
    """A deck; ``snapshot`` is the text of its snapshot, None where it has none."""

    slides: tuple[RawSlide, ...]
    snapshot: str | None


def read_raw(path: Path) -> RawDeck:
    """Read a deck. Raises ``ProblemsFound`` with one problem where the file cannot be read as one."""
    with open_deck(path) as package:
        return RawDeck(tuple(_slides(package)), snapshot_text(package))


def _slides(package: Package) -> Iterator[RawSlide]:
    for n, part in enumerate(slide_parts(package), 1):
        root = package.root(part)
        if root.find(f"{P}cSld/{P}spTree") is None:
            raise package.broken(part)
        yield RawSlide(n, part, slide_key(package, part), _title(root), tuple(_tables(root)))


def _title(root: Element) -> str:
    for shape in root.iter(f"{P}sp"):
        placeholder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if placeholder is not None and placeholder.get("type") in _TITLES:
            return "\n".join(paragraph.text for paragraph in _paragraphs(shape))
    return ""


def _tables(root: Element) -> Iterator[RawTable]:
    for frame in root.iter(f"{P}graphicFrame"):
        grid = frame.find(f"{A}graphic/{A}graphicData/{A}tbl")
        if grid is not None:
            naming = frame.find(f"{P}nvGraphicFramePr/{P}cNvPr")
            name = naming.get("name", "") if naming is not None else ""
            yield RawTable(name, tuple(map(_row, grid.iterfind(f"{A}tr"))))


def _row(row: Element) -> RawRow:
    found, cells = next(row.iter(ROW_ID), None), row.findall(f"{A}tc")
    merged = frozenset(n for n, cell in enumerate(cells) if is_merged(cell))
    return RawRow(number(found, "val"), tuple(tuple(_paragraphs(cell)) for cell in cells), merged)


def _paragraphs(body: Element) -> Iterator[RawParagraph]:
    """Give the paragraphs that have something in them."""
    for paragraph in body.iter(f"{A}p"):
        if text := paragraph_text(paragraph):
            yield RawParagraph(text, _level(paragraph.find(f"{A}pPr")))


def _level(properties: Element | None) -> int:
    """Return the level of a paragraph by its bullet; the rest of a cut item has none, but the same indent."""
    if properties is None:
        return 0
    if any(child.tag in _BULLETS for child in properties):
        return (number(properties, "lvl") or 0) + 1
    return int((number(properties, "marL") or 0) > 0)
