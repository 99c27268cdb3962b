"""The plan: every page, placed item and line, decided before anything is drawn.

Does not know document formats. A renderer is one match over ``Item`` and decides nothing. Lengths are EMU from the top
left of the page, colours ``RRGGBB``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from raportti.plan.chart import Chart
from raportti.plan.typeset import Box, Paragraph
from raportti.units import Emu, as_pt


class Anchor(Enum):
    """Where the text stands in a box that is taller than it."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Role(Enum):
    """What a text box is for; the value names its placeholder in a layout's ``[template.placeholders]``."""

    TITLE = "title"
    TAG = "tag"
    SENTENCE = "sentence"
    """A sentence below the title."""
    STRATEGIES = "strategies"
    """The list on the cover."""
    COLOPHON = "colophon"
    """Organisation, meeting and date at the foot of the cover."""
    SCALE = "scale"
    LEGEND_TITLE = "legend_title"
    LEGEND = "legend"
    CONTINUATION = "continuation"
    FOOTER = "footer"
    NUMBER = "number"
    DRAFT = "draft"
    """The word that says that the whole document is a draft; no template has a placeholder for it, nor for the next."""
    CHART_TITLE = "chart_title"


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text at a place. ``is_list``: its paragraphs are the items of one list.

    ``heading`` is the level of a heading (1 on the cover), None for what is none.
    """

    role: Role
    box: Box
    paragraphs: tuple[Paragraph, ...]
    anchor: Anchor = Anchor.TOP
    heading: int | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle behind a grade of the scale: decoration."""

    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle behind the legend: decoration."""

    box: Box
    colour: str


class CellKind(Enum):
    COLUMN_HEADER = "column_header"
    ROW_HEADER = "row_header"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; its width and height are those of its columns and rows. ``key`` names its column.

    A cell that is covered by another's span does not stand in its row's ``cells``; ``column`` is zero-based.
    """

    key: str
    column: int
    paragraphs: tuple[Paragraph, ...]
    kind: CellKind = CellKind.DATA
    fill: str | None = None
    anchor: Anchor = Anchor.TOP
    column_span: int = 1
    row_span: int = 1
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, at its place."""

    cells: tuple[Cell, ...]
    y: Emu
    h: Emu
    goal: str | None = None
    """The id of the goal; None in header rows and in the summary."""
    split: tuple[int, int] | None = None
    """Part i of k (from 1) of a row that is taller than a page."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The distance of a cell's text from its edges."""

    left: Emu
    right: Emu
    top: Emu
    bottom: Emu


@dataclass(frozen=True, slots=True)
class Table:
    """A table of whole rows; header rows come first, and are repeated in every part."""

    box: Box
    columns: tuple[Emu, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    margins: Margins
    rule_colour: str
    """The colour of the line below each row."""
    rule_width: Emu
    slacks: tuple[Emu, ...]
    """For each column, the width beyond the plan that the deck's cells give their text, from their right margin."""
    name: str
    description: str
    """The alternative text: what a person needs who does not see the table."""


Item: TypeAlias = TextBox | Table | Chart | Disc | Panel


class PageKind(Enum):
    """The kind of a page; the value names its slide layout in a layout's ``[template.layouts]``."""

    COVER = "cover"
    SCALE = "scale"
    SUMMARY = "summary"
    CHARTS = "charts"
    CHANGES = "changes"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Page:
    """One page; its items stand in reading order."""

    number: int
    kind: PageKind
    title: str
    """The whole title, with x/n: unique among the pages."""
    items: tuple[Item, ...]
    body: Box
    """Where the page's table or list may be."""
    tag: str | None = None
    part: tuple[int, int] | None = None
    """x of n; None where there is one part."""
    continues: bool = False
    strategy: str | None = None
    guideline: str | None = None
    notes: tuple[str, ...] = ()
    """The paragraphs of the slide's notes, for the speaker."""

    @property
    def table(self) -> Table | None:
        """The page's table, where it has one."""
        return next((item for item in self.items if isinstance(item, Table)), None)

    def __str__(self) -> str:
        """Tell in a line what the page is, and how high its table is, in points."""
        line = f"{self.number:>3}  {self.kind.value:<8}  {self.title}"
        return line if self.table is None else f"{line}  ({as_pt(self.table.box.h):.1f} of {as_pt(self.body.h):.1f} pt)"


def page_keys(pages: Iterable[Page]) -> tuple[str, ...]:
    """Name each page by its kind, strategy and guideline, and its number among the pages of these.

    So a page keeps its name when pages come or go before it.
    """
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for page in pages:
        subject = "/".join(name for name in (page.kind.value, page.strategy, page.guideline) if name)
        seen[subject] += 1
        keys.append(f"{subject} {seen[subject]}")
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of both documents. ``date`` is ISO 8601 (``2025-02-17``) or None, never the clock's."""

    title: str
    language: str
    """BCP 47 with region, such as ``fi-FI``."""
    author: str | None
    subject: str | None
    keywords: tuple[str, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole document, ready to be drawn."""

    width: Emu
    height: Emu
    pages: tuple[Page, ...]
    properties: Properties

    def __repr__(self) -> str:
        """Name the plan: all that is on its pages would be megabytes."""
        return f"<Plan: {self._size}>"

    def __str__(self) -> str:
        """Tell the pages, a line each; lengths are in points."""
        return "\n".join((f"{self.properties.title} ({self.properties.language}): {self._size}", *map(str, self.pages)))

    @property
    def _size(self) -> str:
        return f"{len(self.pages)} pages of {as_pt(self.width):g} x {as_pt(self.height):g} pt"
