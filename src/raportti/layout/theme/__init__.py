"""A layout as data: what its folder says, resolved. Lengths are EMU, colours ``RRGGBB``.

Does not know reports, nor how the folder is read. The names of fields are the keys of ``layout.toml``, so a new key is
a new field here; what each is for stands in ``docs/layouts.md``. Tables of the file are named tuples: making as many
dataclasses would take 10 ms of each start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from raportti.content.records import StyleName
from raportti.content.wording import Words
from raportti.layout.choices import Choices
from raportti.plan import Anchor, Margins, PageKind, Role
from raportti.plan.typeset import Align, Box, Style
from raportti.text.fonts import FontSource
from raportti.units import Emu, pt

FILE = "layout.toml"
SMALLEST_BODY = pt(120)
"""What a page needs for its table: with less, a header and one row do not fit."""
PAGES = tuple(kind.value for kind in PageKind)
LAYOUT_AS = {"changes": "table"}
"""Kind of page → the kind whose slide layout it takes where the template has none for it: older templates go on."""
PLACEHOLDERS = (*(role.value for role in Role if role not in (Role.DRAFT, Role.CHART_TITLE)), "table")
GROUNDS: Mapping[StyleName, str] = {
    "cover_title": "cover",
    "cover_list": "cover",
    "cover_bullet": "cover",
    "cover_colophon": "cover",
    "cover_draft": "cover",
    "grade": "disc",
    "table_head": "head",
    "summary_head": "head",
    "legend_title": "panel",
    "legend": "panel",
    "legend_grade": "panel",
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "not_assessed": "not_assessed",
}
"""Style → the fill that it stands on; the others stand on the page."""
COVER_DRAFT = "cover_draft"
"""The key of what is drawn below the mark of a draft on the cover; the box ``draft`` is the same on all pages."""
BOX_OF_STYLE: Mapping[StyleName, str] = {
    "cover_title": "cover_title",
    "cover_list": "cover_strategies",
    "cover_bullet": "cover_strategies",
    "cover_colophon": "cover_colophon",
    "cover_draft": COVER_DRAFT,
    "title": "title",
    "title_part": "title",
    "tag": "tag",
    "continuation": "continuation",
    "footer": "footer",
    "number": "number",
    "draft": "draft",
}
"""Style → the box that it stands in; the others stand in ``body`` or in a part of it."""
BODY = "body"
PAPER = "FFFFFF"


class Fills(NamedTuple):
    """The colours of grounds and bars."""

    cover: str
    head: str
    disc: str
    panel: str
    bar: str
    yes: str
    partly: str
    no: str
    not_assessed: str


class Boxes(NamedTuple):
    """Where things stand on a page."""

    cover_title: Box
    cover_strategies: Box
    cover_colophon: Box
    title: Box
    tag: Box
    sentence: Box
    body: Box
    scale: Box
    summary: Box
    changes: Box
    legend: Box
    footer: Box
    continuation: Box
    number: Box
    draft: Box
    averages: Box
    shares: Box


class Anchors(NamedTuple):
    """Where titles stand in their boxes, where these are taller than they."""

    cover_title: Anchor = Anchor.BOTTOM
    title: Anchor = Anchor.TOP


OWN_ANCHORS = Anchors()


class Gaps(NamedTuple):
    """How far things stand from each other."""

    below_title: Emu
    cover_hang: Emu
    disc: Emu
    disc_text: Emu
    grades: Emu
    bullet_hang: Emu
    legend_padding: Emu
    legend_items: Emu
    below_sentence: Emu


class Width(NamedTuple):
    """How wide a column is; one whose width is fixed has it three times."""

    least: Emu
    preferred: Emu
    most: Emu


class WithoutSubgoals(NamedTuple):
    goal: Width
    achieved: Width
    score: Width
    assessment: Width


class WithSubgoals(NamedTuple):
    goal: Width
    subgoals: Width
    achieved: Width
    score: Width
    assessment: Width


class SummaryColumns(NamedTuple):
    guideline: Width
    goals: Width
    average: Width
    yes: Width
    partly: Width


class FigureChangeColumns(NamedTuple):
    guideline: Width
    average_before: Width
    average_after: Width
    average_move: Width
    yes_move: Width
    partly_move: Width
    no_move: Width


class GoalChangeColumns(NamedTuple):
    id: Width
    goal: Width
    achieved_move: Width
    score_move: Width


class GoalSets(NamedTuple):
    """The sets of columns that a guideline's table can have."""

    without_subgoals: WithoutSubgoals
    with_subgoals: WithSubgoals


class SummarySets(NamedTuple):
    summary: SummaryColumns


class ChangeSets(NamedTuple):
    """The columns of the table of figures that changed, and those of the table of goals that did."""

    changes: FigureChangeColumns
    changed_goals: GoalChangeColumns


ColumnWidths: TypeAlias = WithoutSubgoals | WithSubgoals | SummaryColumns | FigureChangeColumns | GoalChangeColumns


def preferred(columns: ColumnWidths) -> Mapping[str, Emu]:
    """Return the preferred width of each column, in the order of the table."""
    widths: Mapping[str, Width] = columns._asdict()
    return {key: width.preferred for key, width in widths.items()}


NO_GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
Sets_co = TypeVar("Sets_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTheme(Generic[Sets_co]):
    """How one kind of table looks."""

    margins: Margins
    rule: str
    rule_width: Emu
    head_anchor: Anchor
    aligned: Mapping[str, Align]
    """Column → how its text is aligned, where not to the left."""
    columns: Sets_co


AnyTable: TypeAlias = TableTheme[GoalSets] | TableTheme[SummarySets] | TableTheme[ChangeSets]


class Tables(NamedTuple):
    goals: TableTheme[GoalSets]
    summary: TableTheme[SummarySets]
    changes: TableTheme[ChangeSets]


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """The template's file, and the names in it: page kind → slide layout, role → placeholder."""

    file: str
    layouts: Mapping[str, str]
    placeholders: Mapping[str, str]
    text_boxes: tuple[str, ...] = ()
    """The roles for which the template has no placeholder: their texts stand in text boxes of these names."""
    other_fonts: tuple[str, ...] = ()
    """Fonts of the template's theme in which the report is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Everything that a layout's folder says but the template itself."""

    name: str
    folder: Path
    width: Emu
    height: Emu
    fonts: tuple[FontSource, ...]
    colours: Mapping[str, str]
    styles: Mapping[StyleName, tuple[Style, ...]]
    """Each style in its sizes, largest first: the first in which the text fits is taken."""
    fills: Fills
    boxes: Boxes
    gaps: Gaps
    tables: Tables
    template: TemplateNames
    words: Mapping[str, Words]
    """By language."""
    embed_fonts: bool
    """Whether fonts travel with the deck."""
    choices: Choices
    grounds: Mapping[str, tuple[str, ...]]
    """Box → the darkest and the lightest colour that the template draws below it; none: its fill, or white paper."""
    anchors: Anchors

    def grounds_of(self, style: StyleName) -> tuple[str, ...]:
        """Return the colours that a style stands on: those of a fill, or what the template draws below its box."""
        fill, box = GROUNDS.get(style), BOX_OF_STYLE.get(style, BODY)
        if fill and not (fill == "cover" and box in self.grounds):
            return (getattr(self.fills, fill),)
        return self.grounds.get(box, (PAPER,))

    @property
    def has_ranges(self) -> bool:
        """Whether the layout leaves the width of a column to the text."""
        return any(width.least < width.most for table in self.tables for columns in table.columns for width in columns)

    def style(self, key: StyleName) -> Style:
        """Return the first (largest) size of a style."""
        return self.styles[key][0]
