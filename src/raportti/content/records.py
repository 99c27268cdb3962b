"""What a deck says, before it is set: titles, lists and cells, each with the field of the report that it is made of.

Does not know how this is found out, nor any size, width or page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias, get_args

from raportti.content.wording import Words
from raportti.report.fields import Ref
from raportti.report.figures import Figures
from raportti.report.model import Achieved, Report
from raportti.report.passages import joined

StyleName: TypeAlias = Literal[
    "cover_title",
    "cover_list",
    "cover_bullet",
    "cover_colophon",
    "title",
    "title_part",
    "tag",
    "sentence",
    "grade",
    "scale",
    "table_head",
    "table_text",
    "bullet",
    "continued",
    "yes",
    "partly",
    "no",
    "not_assessed",
    "score",
    "summary_head",
    "summary_text",
    "summary_average",
    "change_text",
    "change_after",
    "change_risen",
    "change_fallen",
    "risen",
    "fallen",
    "was",
    "legend_title",
    "legend",
    "legend_grade",
    "continuation",
    "footer",
    "number",
    "draft",
    "cover_draft",
    "chart_title",
    "chart_text",
    "chart_figure",
]
"""The key of a style in a layout's ``[styles]``: text travels with it, since content knows no theme."""
STYLES: tuple[StyleName, ...] = get_args(StyleName)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text, and the field of the report that it is made of: the longest where there are several.

    ``ref`` is None where the text is the layout's alone.
    """

    text: str
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class StyledText:
    """Text in one style; it may have passages in other languages."""

    text: str
    style: StyleName


@dataclass(frozen=True, slots=True)
class ContentItem:
    """A paragraph; ``level`` 1 and 2 are bullets and the bullets below them, 0 is none."""

    parts: tuple[StyledText, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of the scale and what it means."""

    score: int
    meaning: SourceText


@dataclass(frozen=True, slots=True)
class Cover:
    title: SourceText
    strategies: tuple[SourceText, ...]
    colophon: tuple[SourceText, ...]
    """Organisation; meeting and date; case and attachment number: the lines that there are."""


@dataclass(frozen=True, slots=True)
class Scale:
    title: SourceText
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    guideline: SourceText
    figures: Figures
    average: str


@dataclass(frozen=True, slots=True)
class Summary:
    title: SourceText
    charts_title: SourceText
    """The title of the page of charts, if there is one."""
    sentence: SourceText
    rows: tuple[SummaryRow, ...]
    legend: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class GoalMoves:
    """How a goal's score and status stand against the report before, such as "3 → 4"; None: as they were."""

    score: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of a guideline's table: the paragraphs of each cell, by the key of its column."""

    goal: str
    ref: Ref
    cells: Mapping[str, tuple[ContentItem, ...]]
    achieved: Achieved
    break_before: bool
    moves: GoalMoves | None = None
    """None where there is no report before, or where the goal is new."""


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The table of a guideline, whole."""

    guideline: str
    title: SourceText
    heads: Mapping[str, str]
    """The heads of its columns, by their keys."""
    rows: tuple[GoalRow, ...]

    @property
    def has_subgoals(self) -> bool:
        """Whether the table has the column of subgoals."""
        return "subgoals" in self.heads


class ChangeSubject(Enum):
    """What a table of changes is about."""

    FIGURES = "figures"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of a table of changes, its cells by the keys of their columns."""

    ref: Ref | None
    goal: str | None
    """None in a row of figures."""
    cells: Mapping[str, ContentItem]


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """A table of what changed since the report before, whole."""

    subject: ChangeSubject
    title: SourceText
    heads: Mapping[str, str]
    """The heads of its columns, by their keys."""
    sentence: str | None
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class StrategyChanges:
    """What changed in a strategy: its figures, then its goals where some of them moved."""

    strategy: str
    tag: SourceText
    tables: tuple[ChangeTable, ...]


@dataclass(frozen=True, slots=True)
class StrategyContent:
    name: str
    tag: SourceText
    scale: Scale
    summary: Summary
    tables: tuple[GoalTable, ...]
    changes: StrategyChanges | None = None
    """None where there is no report before."""


@dataclass(frozen=True, slots=True)
class Content:
    """The whole deck, in words."""

    report: Report
    words: Words
    cover: Cover
    strategies: tuple[StrategyContent, ...]
    removed: tuple[StrategyChanges, ...] = ()
    """The strategies that only the report before has."""
    is_draft: bool = False
    """Whether every page says that it is one, whatever may be missing."""


def status_style(status: Achieved) -> StyleName:
    """Return the style of a status's word; one that is missing in a draft is not assessed."""
    match status:
        case Achieved.YES:
            return "yes"
        case Achieved.PARTLY:
            return "partly"
        case Achieved.NO:
            return "no"
        case Achieved.NOT_ASSESSED | Achieved.MISSING:
            return "not_assessed"


def longest(texts: Iterable[SourceText]) -> SourceText:
    """Return the longest of some texts, the first of those alike."""
    return max(texts, key=lambda one: len(one.text))


def joined_texts(texts: tuple[SourceText, ...], separator: str) -> SourceText:
    """Join texts to one."""
    return SourceText(joined((one.text for one in texts), separator), longest(texts).ref)
