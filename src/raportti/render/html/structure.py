"""From the lines of a paragraph to the text of an element, with the plan's line ends forced. Knows no blocks."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import assert_never

from markupsafe import Markup

from raportti.plan import Cell, CellKind, Page, PageKind, Row, Table
from raportti.plan.chart import Chart, ChartRectangle, ChartText
from raportti.plan.typeset import Align, Box, Line, Paragraph, Span
from raportti.render.html.css import SPACE, Sheet, base_style
from raportti.units import Emu, as_pt

HYPHEN = Markup('<span class="hy">-</span>')
"""A hyphen that the layout draws and the text does not have: marked, so that it can be told from the text's own."""
WORD, WORD_END = Markup('<span class="word">'), Markup("</span>")
"""Around a word that goes on in the next line, so that it can be read whole."""
_WORD = re.compile("[^ ]+")


class Inline:
    """Writes lines, naming in a sheet the looks that it needs."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def lines(self, paragraph: Paragraph) -> Markup:
        """Write the lines of a paragraph; spaces at their ends are kept, so that words stay apart in what is read."""
        offsets = (0, *accumulate(len(line.text) for line in paragraph.lines))
        words = dict(_divided_words(paragraph, offsets[1:]))
        lines = zip(paragraph.lines, offsets, strict=False)
        return Markup("\n").join(self._line(line, at, words, paragraph) for line, at in lines)

    def _line(self, line: Line, at: int, words: Mapping[int, int], paragraph: Paragraph) -> Markup:
        """Write a line that begins at an offset of its paragraph; ``words`` go from offset to offset."""
        written, end = Markup(""), at + len(line.text)
        # What is not set from the left would be moved by the spaces at its end: they get a look without width.
        bare_end = end if paragraph.align is Align.LEFT else at + len(line.text.rstrip(" "))
        for span in _cut(line.spans, at, {*words, *words.values(), bare_end}):
            written += WORD if at in words else ""
            written += self._span(span, paragraph, is_bare=at >= bare_end)
            at += len(span.text)
            written += HYPHEN if line.hyphen and at == end else ""
            written += WORD_END if at in words.values() else ""
        return written

    def _span(self, span: Span, paragraph: Paragraph, *, is_bare: bool) -> Markup:
        is_base = span.style == base_style(paragraph) and span.style.size <= paragraph.leading
        looks = SPACE if is_bare else None if is_base else self._sheet.span(span.style, paragraph)
        attributes = Markup("").join(
            Markup(' {}="{}"').format(name, value)
            for name, value in (("class", looks), ("lang", span.language))
            if value
        )
        return Markup("<span{}>{}</span>" if attributes else "{}{}").format(attributes, span.text)


def _divided_words(paragraph: Paragraph, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Find the words that a line end divides, by their offsets: wherever a line ends without a space."""
    for word in _WORD.finditer(paragraph.text):
        is_cut_off = word.end() == ends[-1] and paragraph.lines[-1].hyphen
        if is_cut_off or any(word.start() < end < word.end() for end in ends):
            yield word.span()


def _cut(spans: Iterable[Span], at: int, edges: Collection[int]) -> Iterator[Span]:
    """Cut spans, the first of which begins at an offset, at all edges within them."""
    for span in spans:
        end = at + len(span.text)
        for one, other in pairwise(sorted({at, end, *(edge for edge in edges if at < edge < end)})):
            yield replace(span, text=span.text[one - at : other - at])
        at = end


def row_id(page: Page, row: Row) -> str:
    """Name a row by its goal, so that it can be linked to, where the goal is told; else by its page and place."""
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
    """Tell whether two cells share a column."""
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


_OUTLINE = "0.75"
"""How thick the outline of a block is, in points."""
_BLOCK = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#{}"{}/>')
_STROKE = Markup(' stroke="#{}" stroke-width="{}"')
_CHART_WORD = Markup('<text x="{}" y="{}" font-family="{}" font-weight="{}" font-size="{}" fill="#{}">{}</text>')


def shapes_of(chart: Chart) -> Markup:
    """Draw the blocks and words of a chart."""
    return Markup("").join(_shape(mark, chart.box) for mark in chart.drawing)


def size_of(chart: Chart) -> str:
    """Say the size of the picture as a view box."""
    return f"0 0 {_points(chart.box.w)} {_points(chart.box.h)}"


def _shape(mark: ChartRectangle | ChartText, within: Box) -> Markup:
    match mark:
        case ChartRectangle(box, fill, outline):
            stroke = _STROKE.format(outline, _OUTLINE) if outline else ""
            x, y = _points(box.x - within.x), _points(box.y - within.y)
            return _BLOCK.format(x, y, _points(box.w), _points(box.h), fill, stroke)
        case ChartText(text, style, x, y):
            weight = 700 if style.bold else 400
            place = (_points(x - within.x), _points(y - within.y))
            return _CHART_WORD.format(*place, style.family, weight, _points(style.size), style.colour, text)
        case _:
            assert_never(mark)


def _points(length: Emu) -> str:
    return f"{as_pt(length):.3f}".rstrip("0").rstrip(".")
