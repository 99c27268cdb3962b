"""The report as data: what is assessed, never how it looks or where it was read from.

Values are frozen and checked before they are made (see ``source.validate``); texts are whole, with no layout in them.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

LANGUAGES = ("fi", "sv")
"""The languages that a report can be in."""
SCORES = (5, 4, 3, 2, 1)
"""The grades of the scale, best first: the order in which the scale is printed."""


class Achieved(Enum):
    """Whether a goal was reached; the value is the key of its word in a layout's words."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_ASSESSED = "not_assessed"
    MISSING = "missing"
    """Only in a draft: not decided yet. It is printed and counted as not assessed."""


DECIDED = tuple(status for status in Achieved if status is not Achieved.MISSING)
"""The statuses that can be given to a goal, in the order in which they are counted and offered."""


@dataclass(frozen=True, slots=True)
class Subgoal:
    """One bullet of a goal's second column, with items of its own where it has any."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of a table. ``score`` is None where ``achieved`` is NOT_ASSESSED, and where it is missing in a draft."""

    id: str
    text: str
    subgoals: tuple[Subgoal, ...]
    achieved: Achieved
    score: int | None
    assessment: tuple[str, ...]
    """The paragraphs of the written assessment, none of them empty; there is none only where it is not assessed."""
    break_before: bool = False
    """Whether the author wants this goal to begin a new page."""
    responsible: str | None = None
    """The unit in charge, which is not printed."""


@dataclass(frozen=True, slots=True)
class Published:
    """Figures that were published of a guideline; None where none was. ``reason`` acknowledges a known difference."""

    goals: int | None = None
    average: Decimal | None = None
    yes: int | None = None
    partly: int | None = None
    no: int | None = None
    not_assessed: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Guideline:
    """A group of goals: one table, over as many pages as it needs."""

    name: str
    goals: tuple[Goal, ...]
    published: Published | None = None

    @property
    def has_subgoals(self) -> bool:
        """Whether the table of this guideline has the column of subgoals."""
        return any(goal.subgoals for goal in self.goals)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy and its own texts; a text that is None comes from the layout's words.

    ``summary_sentence`` may hold ``{tavoitteita}`` (how many goals), ``table_title`` ``{linjaus}`` (the guideline).
    """

    name: str
    guidelines: tuple[Guideline, ...]
    tag: str | None = None
    scale_title: str | None = None
    summary_title: str | None = None
    summary_sentence: str | None = None
    table_title: str | None = None

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals of the strategy, in their order."""
        return tuple(goal for guideline in self.guidelines for goal in guideline.goals)


@dataclass(frozen=True, slots=True)
class Report:
    """One round of assessment."""

    title: str
    strategies: tuple[Strategy, ...]
    language: str = "fi"
    """The language of the texts: ``fi`` or ``sv``."""
    organisation: str | None = None
    meeting: str | None = None
    date: datetime.date | None = None
    case_number: str | None = None
    attachment_number: str | None = None
    scale: tuple[str, ...] | None = None
    """What the grades mean, in the order of ``SCORES``; None: the layout's words."""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals of the report, in their order."""
        return tuple(goal for strategy in self.strategies for goal in strategy.goals)
