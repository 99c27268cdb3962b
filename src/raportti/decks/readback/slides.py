"""From a ``.pptx`` file to its slides, tables and texts as they stand in it, and the text of its stamp.

Knows not what of it was generated. A line break within a paragraph is a line feed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from raportti.ooxml.package import Package, open_package
from raportti.ooxml.stamp import STAMP, TAG
from raportti.ooxml.xml import A, P, R, number
from raportti.problems import FilePlace, Place, SlidePlace
from raportti.render.pptx.table import ROW_ID
from raportti.snapshot import RowSnapshot, SlideSnapshot, Snapshot

_TITLES = frozenset({"title", "ctrTitle"})
_BULLETS = frozenset({f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip"})
_BLANKS = re.compile(r"[ \t\r\n\v]+")
_ITEM = re.compile(r"customXml/item\d+\.xml")


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph; ``level`` is 0 where it is no item of a list, nor the rest of one."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row; ``id`` is its ``a16:rowId``, None where it has none."""

    id: int | None
    cells: tuple[tuple[RawParagraph, ...], ...]


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
    """A deck; ``stamp`` is None where it has none."""

    slides: tuple[RawSlide, ...]
    stamp: str | None


def read_raw(path: Path) -> RawDeck:
    """Read a deck. Raises ``ProblemsFound`` with one problem where the file cannot be read as one."""
    with open_package(path) as package:
        return RawDeck(tuple(_slides(package)), _stamp(package))


def _stamp(package: Package) -> str | None:
    """Find the stamp by its name: LibreOffice relates it to the package instead of to the presentation."""
    roots = (package.root(name) for name in sorted(package.names) if _ITEM.fullmatch(name))
    return next((root.text or "" for root in roots if root.tag == f"{{{STAMP}}}stamp"), None)


def _slides(package: Package) -> Iterator[RawSlide]:
    links = package.links(package.main)
    for n, entry in enumerate(package.root(package.main).iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        link = links.get(entry.get(f"{R}id", ""))
        if link is None:
            raise package.broken(f"{package.main}: {entry.get(f'{R}id')}")
        root = package.root(link.target)
        if root.find(f"{P}cSld/{P}spTree") is None:
            raise package.broken(link.target)
        yield RawSlide(n, link.target, _key(package, link.target), _title(root), tuple(_tables(root)))


def _key(package: Package, slide: str) -> str | None:
    tags = (
        tag
        for link in package.links(slide).values()
        if link.kind == "tags" and link.target in package.names
        for tag in package.root(link.target).iterfind(f"{P}tag")
    )
    return next((tag.get("val") for tag in tags if tag.get("name", "").upper() == TAG), None)


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
    found = next(row.iter(ROW_ID), None)
    return RawRow(number(found, "val"), tuple(tuple(_paragraphs(cell)) for cell in row.iterfind(f"{A}tc")))


def _paragraphs(body: Element) -> Iterator[RawParagraph]:
    """Give the paragraphs that have something in them."""
    for paragraph in body.iter(f"{A}p"):
        lines = "".join(map(_text, paragraph)).split("\n")
        text = "\n".join(_BLANKS.sub(" ", line) for line in lines).strip(" \n")
        if text:
            yield RawParagraph(text, _level(paragraph.find(f"{A}pPr")))


def _text(run: Element) -> str:
    if run.tag == f"{A}br":
        return "\n"
    # A vertical tab is a line break too: so python-pptx and old versions of PowerPoint write it.
    text = _BLANKS.sub(lambda found: "\n" if "\v" in found.group() else " ", run.findtext(f"{A}t", ""))
    return text.replace("_x000B_", "\n")


def _level(properties: Element | None) -> int:
    """Tell the level by the bullet; the rest of an item that was cut has none, and stands as far in."""
    if properties is None:
        return 0
    if any(child.tag in _BULLETS for child in properties):
        return (number(properties, "lvl") or 0) + 1
    return int((number(properties, "marL") or 0) > 0)


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as content: what the layout broke is whole; ``level`` is 0 for text, 1 and 2 for items of a list."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell under the key of its column; ``is_edited``: it says other than what was generated."""

    key: str
    paragraphs: tuple[ReadParagraph, ...]
    is_edited: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a table; ``stamp`` is None where it was added by hand. ``index`` counts header rows, from 0."""

    stamp: RowSnapshot | None
    index: int
    cells: tuple[ReadCell, ...]


@dataclass(frozen=True, slots=True)
class ReadSlide:
    """A slide with its number in the deck's order, from 1, and the name of its part.

    ``key`` is that of its tag. ``stamp`` is None where it is not one of those generated; ``copy_of`` then says of which
    one it is a copy made by hand. ``table`` is the name of its table, None where it has none (any more), ``head`` what
    stands above its columns.
    """

    number: int
    part: str
    key: str | None
    stamp: SlideSnapshot | None
    copy_of: SlideSnapshot | None
    title: str
    table: str | None = None
    rows: tuple[ReadRow, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckReading:
    """A deck of ours; ``missing`` are the slides that were generated and are not there any more."""

    path: Path
    stamp: Snapshot
    slides: tuple[ReadSlide, ...]
    missing: tuple[SlideSnapshot, ...]

    @property
    def language(self) -> str:
        """The language of its report."""
        return self.stamp.report.language

    def place_of(self, goal: str | None) -> Place:
        """Return the first slide on which a goal stands; the deck itself where that is none."""
        for slide in self.slides:
            if goal is not None and any(row.stamp and row.stamp.goal == goal for row in slide.rows):
                return SlidePlace(str(self.path), slide.number)
        return FilePlace(str(self.path))
