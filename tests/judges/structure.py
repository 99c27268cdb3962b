"""PDF → what its tags say: elements with their texts as a reader hears them, tables as grids, artifacts.

Reads the tree with pikepdf and the glyphs with pdfplumber; knows nothing of what made the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from judges.glyphs import Glyph
from judges.pdf_text import glyphs_of

INLINE = frozenset({"Span", "NonStruct"})
"""Elements that do not part a text from what is beside it."""
CELLS = frozenset({"TH", "TD"})


@dataclass(frozen=True)
class Content:
    """Text that is drawn in one marked-content sequence, and where it begins: points from the top left."""

    page: int
    number: int
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Element:
    """An element of the tree; ``said`` is the text that stands for all that is in it, if it has one."""

    kind: str
    kids: tuple["Element | Content", ...]
    said: str | None = None
    language: str | None = None
    id: str | None = None
    title: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def elements(self) -> tuple["Element", ...]:
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    @property
    def text(self) -> str:
        """What is heard of it, without a sign where blocks end."""
        if self.said is not None:
            return self.said
        return "".join(kid.text for kid in self.kids)

    def walk(self, *kinds: str) -> Iterator["Element"]:
        """Go through it and those below it in order; with kinds, only elements of these."""
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.elements:
            yield from kid.walk(*kinds)

    def contents(self) -> Iterator[Content]:
        """Go through all that is drawn of it."""
        for kid in self.kids:
            yield from kid.contents() if isinstance(kid, Element) else (kid,)

    def blocks(self) -> tuple[str, ...]:
        """Return the texts of it that are apart from each other, without spaces at their ends; none is empty."""
        texts = [""]
        for part in self._parts():
            texts = [*texts, ""] if part is None else [*texts[:-1], texts[-1] + part]
        return tuple(bare for text in texts if (bare := text.strip(" ")))

    def _parts(self) -> Iterator[str | None]:
        """Return its texts, and None where a block begins or ends."""
        edge = () if self.kind in INLINE else (None,)
        yield from edge
        if self.said is not None:
            yield self.said
        else:
            for kid in self.kids:
                yield from kid._parts() if isinstance(kid, Element) else (kid.text,)
        yield from edge


@dataclass(frozen=True)
class Cell:
    """A cell of a table at its place in the grid; ``headers`` are the ids that it names."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(map(str, self.element.attributes.get("Headers", ())))

    @property
    def scope(self) -> str:
        return str(self.element.attributes.get("Scope", ""))

    def true_headers(self, grid: tuple["Cell", ...]) -> frozenset[str | None]:
        """Work out from the grid which header cells are a cell's: those of its rows before it, of its columns above."""
        return frozenset(head.element.id for head in grid if head.element.kind == "TH" and head.is_over(self))

    def is_over(self, cell: "Cell") -> bool:
        """Tell whether this header cell, by its scope and place, is one of another cell's."""
        if self.scope == "/Row":
            return self.column < cell.column and _overlap(self.row, self.rows, cell.row, cell.rows)
        return self.row < cell.row and _overlap(self.column, self.columns, cell.column, cell.columns)


def _overlap(start: int, count: int, other: int, other_count: int) -> bool:
    return start < other + other_count and other < start + count


def grid_of(table: Element) -> tuple[Cell, ...]:
    """Place the cells of a table: each in the first column of its row that no cell above reaches into."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, element in enumerate(table.walk("TR")):
        column = 0
        for cell in (kid for kid in element.elements if kid.kind in CELLS):
            while (row, column) in taken:
                column += 1
            rows, columns = (int(cell.attributes.get(f"{way}Span", 1)) for way in ("Row", "Col"))
            cells.append(Cell(cell, row, column, rows, columns))
            taken |= {(row + down, column + across) for down in range(rows) for across in range(columns)}
    return tuple(cells)


@dataclass(frozen=True)
class Tagged:
    """A file's tree, the ids that it lists, and what of its pages is not content."""

    document: Element
    ids: dict[str, str]
    """Id → kind of element, as the IDTree has them."""
    id_order: tuple[str, ...]
    artifacts: tuple[dict[str, str], ...]
    """The properties of every artifact, in order."""
    artifact_texts: tuple[tuple[int, str], ...]
    """Page (from 1) and text of what is drawn and not heard."""
    language: str
    tabs: frozenset[str]

    @property
    def pages(self) -> tuple[Element, ...]:
        return self.document.elements


def read_tags(pdf: Path) -> Tagged:
    """Read a tagged PDF."""
    contents, hidden = _contents(glyphs_of(pdf))
    with pikepdf.open(pdf) as file:
        said = {number: dict(_said(page)) for number, page in enumerate(file.pages, 1)}
        pages = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        reader = _Reader(pages, contents, said)
        root = file.Root.StructTreeRoot
        (document,) = root.K
        names = list(root.IDTree.Names) if "/IDTree" in root else []
        return Tagged(
            reader.element(document),
            {str(name): str(element.S)[1:] for name, element in zip(names[::2], names[1::2], strict=True)},
            tuple(map(str, names[::2])),
            tuple(properties for page in file.pages for properties in _artifacts(page)),
            tuple(hidden),
            str(file.Root.Lang),
            frozenset(str(page.get("/Tabs")) for page in file.pages),
        )


def _contents(
    drawn: Iterable[Iterable[Glyph]],
) -> tuple[dict[tuple[int, int], Content], list[tuple[int, str]]]:
    """Gather glyphs by page and number of their marked content; and those that have none."""
    glyphs: dict[tuple[int, int], list[Any]] = {}
    hidden: dict[int, str] = {}
    for number, page in enumerate(drawn, 1):
        for glyph in page:
            if glyph["mcid"] is None:
                hidden[number] = hidden.get(number, "") + glyph["text"]
            else:
                glyphs.setdefault((number, glyph["mcid"]), []).append(glyph)
    contents = {
        key: Content(*key, "".join(g["text"] for g in group), group[0]["x0"], group[0]["top"])
        for key, group in glyphs.items()
    }
    return contents, list(hidden.items())


def _marks(page: Any) -> Iterator[tuple[str, Any]]:
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            yield str(operands[0])[1:], operands[1] if len(operands) > 1 else {}


def _said(page: Any) -> Iterator[tuple[int, str]]:
    for _, properties in _marks(page):
        if "/MCID" in properties and "/ActualText" in properties:
            yield int(properties["/MCID"]), str(properties["/ActualText"])


def _artifacts(page: Any) -> Iterator[dict[str, str]]:
    for tag, properties in _marks(page):
        if tag == "Artifact":
            yield {str(key)[1:]: str(value) for key, value in dict(properties).items()}


@dataclass(frozen=True)
class _Reader:
    """Reads elements; what a marked-content sequence says itself stands for its glyphs."""

    pages: dict[tuple[int, int], int]
    contents: dict[tuple[int, int], Content]
    said: dict[int, dict[int, str]]

    def element(self, tag: Any) -> Element:
        kids = tag.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        return Element(
            str(tag.S)[1:],
            tuple(self._kid(kid, tag) for kid in kids),
            _text(tag, "/ActualText") or _text(tag, "/Alt"),
            _text(tag, "/Lang"),
            _text(tag, "/ID"),
            _text(tag, "/T"),
            {str(key)[1:]: _plain(value) for key, value in dict(tag.get("/A", {})).items()},
        )

    def _kid(self, kid: Any, tag: Any) -> "Element | Content":
        if isinstance(kid, pikepdf.Dictionary):
            return self.element(kid)
        page, number = self.pages[tag.Pg.objgen], int(kid)
        drawn = self.contents.get((page, number), Content(page, number, "", 0, 0))
        return Content(page, number, self.said[page].get(number, drawn.text), drawn.x, drawn.y)


def _text(tag: Any, key: str) -> str | None:
    return str(tag[key]) if key in tag else None


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return tuple(map(str, value))
    return value if isinstance(value, int) else str(value)
