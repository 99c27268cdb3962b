"""A layout as data: what its folder says, resolved. Lengths are EMU, colours ``RRGGBB``.

Does not know reports, nor how the folder is read. The names of fields are the keys of ``layout.toml``, so a new key is
a new field here; what each is for stands in ``docs/layouts.md``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Generic, TypeVar

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
"""Style → the fill that it stands on; the others stand on white paper."""

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Keyed(Generic[T_co]):
    """A table of ``layout.toml`` whose keys are known: a field for each, all with values of one type."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the keys of the table, in their order."""
        return tuple(field.name for field in fields(cls))

    def items(self) -> Iterator[tuple[str, T_co]]:
        """Yield each key with its value."""
        return ((key, getattr(self, key)) for key in self.names())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fills(Keyed[str]):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes(Keyed[Box]):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps(Keyed[Emu]):
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


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a column is; one whose width is fixed has it three times."""

    least: Emu
    preferred: Emu
    most: Emu


@dataclass(frozen=True, slots=True)
class ColumnWidths(Keyed[Width]):
    """The columns of a table, in their order."""

    @property
    def preferred(self) -> Mapping[str, Emu]:
        """The preferred width of each column."""
        return {key: width.preferred for key, width in self.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSubgoals(ColumnWidths):
    goal: Width
    achieved: Width
    score: Width
    assessment: Width


@dataclass(frozen=True, slots=True, kw_only=True)
class WithSubgoals(ColumnWidths):
    goal: Width
    subgoals: Width
    achieved: Width
    score: Width
    assessment: Width


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryColumns(ColumnWidths):
    guideline: Width
    goals: Width
    average: Width
    yes: Width
    partly: Width


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChangeColumns(ColumnWidths):
    guideline: Width
    average_before: Width
    average_after: Width
    average_move: Width
    yes_move: Width
    partly_move: Width
    no_move: Width


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChangeColumns(ColumnWidths):
    id: Width
    goal: Width
    achieved_move: Width
    score_move: Width


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSets(Keyed[ColumnWidths]):
    """The sets of columns that a guideline's table can have."""

    without_subgoals: WithoutSubgoals
    with_subgoals: WithSubgoals


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySets(Keyed[ColumnWidths]):
    summary: SummaryColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSets(Keyed[ColumnWidths]):
    """The columns of the table of figures that changed, and those of the table of goals that did."""

    changes: FigureChangeColumns
    changed_goals: GoalChangeColumns


Sets_co = TypeVar("Sets_co", bound=Keyed[ColumnWidths], covariant=True)


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


AnyTable = TableTheme[Keyed[ColumnWidths]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables(Keyed[AnyTable]):
    goals: TableTheme[GoalSets]
    summary: TableTheme[SummarySets]
    changes: TableTheme[ChangeSets]


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """The template's file, and the names in it: page kind → slide layout, role → placeholder."""

    file: str
    layouts: Mapping[str, str]
    placeholders: Mapping[str, str]


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

    @property
    def has_ranges(self) -> bool:
        """Whether the layout leaves the width of a column to the text."""
        tables = (columns for _, table in self.tables.items() for _, columns in table.columns.items())
        return any(width.least < width.most for columns in tables for _, width in columns.items())

    def style(self, key: StyleName) -> Style:
        """Return the first (largest) size of a style."""
        return self.styles[key][0]
