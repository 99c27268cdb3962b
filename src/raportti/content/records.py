"""What a deck says, before it is set: titles, lists and cells. Knows not how it is said, nor sizes, widths or pages.

Styles are keys of a layout's ``[styles]``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from raportti.report.figures import Figures, decimal_comma
from raportti.report.model import Achieved, Goal, Report
from raportti.report.passages import filled

Words: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StyledText:
    """Text in one style; it may have passages in other languages."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class ContentItem:
    """A paragraph; ``level`` 1 and 2 are bullets and the bullets below them, 0 is none."""

    parts: tuple[StyledText, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of the scale and what it means."""

    score: int
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    strategies: tuple[str, ...]
    colophon: tuple[str, ...]
    """Organisation; meeting and date; case and attachment number: the lines that there are."""


@dataclass(frozen=True, slots=True)
class Scale:
    title: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    guideline: str
    figures: Figures
    average: str


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    charts_title: str
    """The title of the page of charts, if the layout wants one."""
    sentence: str
    rows: tuple[SummaryRow, ...]
    legend: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """How a goal's score and status stand against the report before, such as "3 → 4"; None: as they were."""

    score: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of a guideline's table: the paragraphs of each cell, by the key of its column."""

    goal: str
    cells: Mapping[str, tuple[ContentItem, ...]]
    achieved: Achieved
    break_before: bool
    moved: Moved | None = None
    """None where there is no report before, or where the goal is new."""


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The table of a guideline, whole."""

    guideline: str
    title: str
    rows: tuple[GoalRow, ...]
    has_subgoals: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of a table of changes, its cells by the keys of their columns; ``goal`` is None where it is of no goal."""

    goal: str | None
    cells: Mapping[str, ContentItem]


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """A table of what changed since the report before, whole."""

    what: str
    """The key of its columns, and the beginning of those of its descriptions."""
    title: str
    sentence: str | None
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class StrategyChanges:
    """What changed in a strategy: its figures, then its goals where some of them moved."""

    strategy: str
    tag: str
    tables: tuple[ChangeTable, ...]


@dataclass(frozen=True, slots=True)
class StrategyContent:
    name: str
    tag: str
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


def fill_in(text: str, **values: object) -> str:
    """Put values in the place of ``{name}``; passages stay, those of the text and those of the values."""
    return filled(text, values)


def status_key(goal: Goal) -> str:
    """Name the word, the style and the fill of a goal's status; one that is missing in a draft is not assessed."""
    achieved = Achieved.NOT_ASSESSED if goal.achieved is Achieved.MISSING else goal.achieved
    return achieved.value


def score_text(goal: Goal, words: Words) -> str:
    """Write a goal's score."""
    return words["no_score"] if goal.score is None else str(goal.score)


def average_text(average: Decimal | None, words: Words) -> str:
    """Write an average."""
    return words["no_score"] if average is None else decimal_comma(average)
