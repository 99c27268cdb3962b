"""From parts of text and a width to set paragraphs, and from those to set rows.

Does not know what the text says or where it goes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from raportti.content.records import ContentItem, StyledText, StyleName
from raportti.layout.theme import AnyTable, Theme
from raportti.plan import Cell, CellKind, Margins, Row
from raportti.plan.typeset import Align, Bullet, Paragraph, Span, Style, room_of
from raportti.report.fields import Ref
from raportti.report.passages import passages_of
from raportti.text.lines import BrokenParagraph, LineCounter, break_lines, line_counter
from raportti.text.measure import Ruler, slack_of
from raportti.text.spans import merged, slice_spans
from raportti.units import Emu

BULLETS = {1: "•", 2: "–"}
"""The marks of a list and of a list within it."""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets text in the styles of a layout. ``step`` counts down the sizes of a style, 0 is the largest."""

    theme: Theme
    ruler: Ruler
    language: str

    def style(self, key: StyleName, step: int = 0) -> Style:
        """Return a style at a step; a style with fewer sizes stays at its smallest."""
        sizes = self.theme.styles[key]
        return sizes[min(step, len(sizes) - 1)]

    def spans(self, parts: Iterable[StyledText], step: int = 0) -> tuple[Span, ...]:
        """Resolve the styles of parts; each passage of a part is a span of its own."""
        return tuple(
            Span(passage.text, self.style(part.style, step), passage.language)
            for part in parts
            for passage in passages_of(part.text)
        )

    def broken(self, parts: Iterable[StyledText], width: Emu, step: int = 0, slack: Emu = 0) -> BrokenParagraph:
        """Break parts into lines of at most ``width``; ``slack`` is how much more the deck has."""
        return break_lines(self.spans(parts, step), width, ruler=self.ruler, language=self.language, slack=slack)

    def paragraph(
        self,
        parts: tuple[StyledText, ...],
        width: Emu,
        *,
        step: int = 0,
        align: Align = Align.LEFT,
        space_before: Emu = 0,
        slack: Emu = 0,
    ) -> Paragraph:
        """Set a paragraph without a bullet; its leading is that of its first style."""
        broken = self.broken(parts, width, step, slack)
        leading = self.style(parts[0].style, step).leading
        return Paragraph(broken.lines, leading, align, space_before, counts=broken.counts)

    def bulleted(
        self, item: ContentItem, width: Emu, *, hang: Emu, bullet: StyleName, step: int = 0, slack: Emu = 0
    ) -> Paragraph:
        """Set an item of a list, its bullet in the style ``bullet`` hanging before it."""
        indent = hang * item.level
        broken = self.broken(item.parts, width - indent, step, slack)
        return Paragraph(
            lines=broken.lines,
            leading=self.style(item.parts[0].style, step).leading,
            indent=indent,
            hang=hang,
            bullet=Bullet(BULLETS[item.level], self.style(bullet, step), item.level),
            counts=broken.counts,
        )

    def part_of(self, paragraph: Paragraph, start: int, end: int, width: Emu) -> Paragraph:
        """Set the part of a cell's paragraph between two offsets anew; a part that does not begin it continues it."""
        spans = (span for line in paragraph.lines for span in line.spans)
        part = tuple(slice_spans(merged(spans), start, end))
        inner, slack = width - paragraph.indent, slack_of(width)
        broken = break_lines(part, inner, ruler=self.ruler, language=self.language, slack=slack)
        continued = paragraph.continued or start > 0
        return replace(paragraph, lines=broken.lines, counts=broken.counts, continued=continued)

    def cell(
        self, items: Iterable[ContentItem], width: Emu, *, align: Align = Align.LEFT, step: int = 0
    ) -> tuple[Paragraph, ...]:
        """Set the paragraphs of a table's cell."""
        hang, slack = self.theme.gaps.bullet_hang, slack_of(width)
        return tuple(
            self.bulleted(item, width, hang=hang, bullet="bullet", step=step, slack=slack)
            if item.level
            else self.paragraph(item.parts, width, step=step, align=align, slack=slack)
            for item in items
        )

    def counters(self, items: Iterable[ContentItem]) -> tuple[LineCounter, ...]:
        """Prepare to count the lines of a cell's paragraphs at many widths."""
        hang = self.theme.gaps.bullet_hang
        return tuple(
            line_counter(self.spans(item.parts), hang * item.level, ruler=self.ruler, language=self.language)
            for item in items
        )

    def steps(self, style: StyleName) -> range:
        """Return the steps of a style."""
        return range(len(self.theme.styles[style]))


def first_fitting(
    build: Callable[[int], tuple[Paragraph, ...]], steps: Iterable[int], height: Emu
) -> tuple[Paragraph, ...]:
    """Return the paragraphs at the first step at which they are no taller than ``height``, else at the last."""
    paragraphs: tuple[Paragraph, ...] = ()
    for step in steps:
        paragraphs = build(step)
        if room_of(paragraphs) <= height:
            break
    return paragraphs


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row that is set but not placed. ``flowing`` are the keys of the cells that may be cut between lines."""

    cells: tuple[Cell, ...]
    margins: Margins
    flowing: frozenset[str]
    ref: Ref | None = None
    """The field that names the row."""
    goal: str | None = None
    begins_page: bool = False
    split: tuple[int, int] | None = None
    fixed_height: Emu | None = None
    """The height of a row whose cells reach into the next; None: that of its tallest cell."""

    @property
    def height(self) -> Emu:
        """The height of the row."""
        if self.fixed_height is not None:
            return self.fixed_height
        return max(room_of(cell.paragraphs) for cell in self.cells) + self.margins.top + self.margins.bottom


@dataclass(frozen=True, slots=True)
class TableSetter:
    """Sets the cells of one table: by the widths of its columns, and in one size (``step``)."""

    setter: Typesetter
    theme: AnyTable
    widths: Mapping[str, Emu]
    step: int = 0

    def text_width(self, *columns: str) -> Emu:
        """Return the width that a cell over some columns leaves to text."""
        return sum(self.widths[key] for key in columns) - self.theme.margins.left - self.theme.margins.right

    def cell(self, key: str, items: Iterable[ContentItem]) -> tuple[Paragraph, ...]:
        """Set the cell of a column."""
        align = self.theme.aligned.get(key, Align.LEFT)
        return self.setter.cell(items, self.text_width(key), align=align, step=self.step)

    def part_of(self, key: str, paragraph: Paragraph, start: int, end: int) -> Paragraph:
        """Set a part of a cell's paragraph."""
        return self.setter.part_of(paragraph, start, end, self.text_width(key))

    def header(self, heads: Mapping[str, str], style: StyleName) -> SetRow:
        """Set a header row of one head for each column."""
        cells = ((key, (ContentItem((StyledText(heads[key], style),)),)) for key in self.widths)
        return self.header_row((key, number, self.cell(key, items)) for number, (key, items) in enumerate(cells))

    def header_row(self, cells: Iterable[tuple[str, int, tuple[Paragraph, ...]]]) -> SetRow:
        """Make a header row of (key, column, paragraphs)."""
        fill, anchor = self.setter.theme.fills.head, self.theme.head_anchor
        heads = tuple(
            Cell(key, column, paragraphs, CellKind.COLUMN_HEADER, fill, anchor) for key, column, paragraphs in cells
        )
        return SetRow(heads, self.theme.margins, frozenset())


def place_rows(rows: Iterable[SetRow], top: Emu) -> tuple[Row, ...]:
    """Set rows below each other from ``top`` on."""
    placed: list[Row] = []
    for row in rows:
        placed.append(Row(row.cells, top, row.height, row.goal, row.split))
        top += row.height
    return tuple(placed)


def with_cell(row: SetRow, key: str, paragraphs: tuple[Paragraph, ...]) -> SetRow:
    """Return the row with other text in one of its cells."""
    cells = tuple(replace(cell, paragraphs=paragraphs) if cell.key == key else cell for cell in row.cells)
    return replace(row, cells=cells)
