"""From pages, rows and lists of the plan to what ties elements together: nesting, ids, headers of cells, bookmarks.

Does not know markup or styles.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from raportti.plan import Cell, CellKind, Page, PageKind, Row, Table
from raportti.plan.typeset import Paragraph
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph of a list with the items nested in it; ``parent`` is the paragraph that it is nested in."""

    paragraph: Paragraph
    items: tuple["ListItem", ...]
    parent: Paragraph | None
    is_first: bool
    """Whether it is the first paragraph of its box."""


def list_items(paragraphs: Sequence[Paragraph]) -> tuple[ListItem, ...]:
    """Nest paragraphs: those of a deeper level belong to the item before them."""
    return _nested(paragraphs, _levels(paragraphs), None, is_first=True)


def _levels(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """Return the level of each; a paragraph without a bullet has that of the one before it, the first has level 1."""
    levels: list[int] = []
    for paragraph in paragraphs:
        own = paragraph.bullet.level if paragraph.bullet else levels[-1] if levels else 1
        levels.append(own if levels else 1)
    return tuple(levels)


def _nested(
    paragraphs: Sequence[Paragraph], levels: Sequence[int], parent: Paragraph | None, *, is_first: bool
) -> tuple[ListItem, ...]:
    items: list[ListItem] = []
    start = 0
    while start < len(paragraphs):
        end = start + 1
        while end < len(paragraphs) and levels[end] > levels[start]:
            end += 1
        head = paragraphs[start]
        below = _nested(paragraphs[start + 1 : end], levels[start + 1 : end], head, is_first=False)
        items.append(ListItem(head, below, parent, is_first and start == 0))
        start = end
    return tuple(items)


def indent_within(paragraph: Paragraph, parent: Paragraph | None) -> Emu:
    """Return how far a paragraph is indented from its parent item."""
    return paragraph.indent - (parent.indent if parent else 0)


def row_id(page: Page, row: Row) -> str:
    """Name a row by its goal, so that links can lead to it, or by its page and place where it has none."""
    if row.goal is None:
        return f"row-{page.number}-{row.y}"
    name = row.goal if page.kind is PageKind.TABLE else f"{page.kind.value}-{row.goal}"
    return name if row.split is None or row.split[0] == 1 else f"{name}-{row.split[0]}"


def cell_id(page: Page, row: Row, cell: Cell) -> str:
    """Name a header cell by its page, row and column."""
    return f"head-{page.number}-{row.y}-{cell.column}"


def headers_of(page: Page, table: Table, row: Row, cell: Cell) -> str:
    """Return the ids of the headers of a cell, outermost first."""
    return " ".join(_headers(page, table, row, cell))


def _headers(page: Page, table: Table, row: Row, cell: Cell) -> Iterator[str]:
    if cell.kind is CellKind.DATA:
        yield from (cell_id(page, row, head) for head in row.cells if head.kind is CellKind.ROW_HEADER)
    for above in table.header:
        if above.y >= row.y:
            return
        yield from (cell_id(page, above, head) for head in above.cells if _covers(head, cell))


def _covers(head: Cell, cell: Cell) -> bool:
    """Return whether two cells share a column."""
    return head.column < cell.column + cell.column_span and cell.column < head.column + head.column_span


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; ``level`` is counted from 1."""

    level: int
    label: str


def bookmarks_of(pages: Iterable[Page]) -> tuple[tuple[Bookmark, ...], ...]:
    """Give each page the bookmarks that begin on it, at least one and at most three."""
    marks: list[tuple[Bookmark, ...]] = []
    strategy: str | None = None
    for page in pages:
        marks.append(tuple(_begun(page, is_new_strategy=page.strategy != strategy)))
        strategy = page.strategy
    return tuple(marks)


def _begun(page: Page, *, is_new_strategy: bool) -> Iterator[Bookmark]:
    level = 1
    if page.strategy and page.kind is not PageKind.COVER:
        level = 2
        if is_new_strategy:
            yield Bookmark(1, page.strategy)
    name = page.guideline or _without_part(page)
    if page.part is None or page.part[0] == 1:
        yield Bookmark(level, name)
    if page.part is not None:
        yield Bookmark(level + 1, f"{name} {_part(page.part)}")


def _without_part(page: Page) -> str:
    return page.title if page.part is None else page.title.removesuffix(_part(page.part)).rstrip()


def _part(part: tuple[int, int]) -> str:
    return f"{part[0]}/{part[1]}"
