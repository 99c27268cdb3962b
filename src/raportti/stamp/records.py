"""The parts of a stamp. Knows not where they come from."""

from dataclasses import dataclass

from raportti.model import Report

FLOWING = frozenset({"subgoals", "assessment"})
"""The cells that are cut where a row is; others are repeated in each part, unless one alone is taller than a page."""


@dataclass(frozen=True, slots=True)
class ParagraphStamp:
    """A paragraph as content, without what the layout added; ``level`` is 0 for text, 1 and 2 for items of a list.

    ``continued``: it goes on with the last paragraph of the same cell on an earlier slide.
    """

    text: str
    level: int = 0
    continued: bool = False


@dataclass(frozen=True, slots=True)
class CellStamp:
    """A cell; ``key`` names its column (``goal``, ``subgoals``, ``achieved``, ``score``, ``assessment``)."""

    key: str
    paragraphs: tuple[ParagraphStamp, ...]


@dataclass(frozen=True, slots=True)
class RowStamp:
    """A row: of a goal, part i of k (from 1) where the goal is taller than a page; in a summary ``goal`` is None."""

    goal: str | None
    split: tuple[int, int] | None
    cells: tuple[CellStamp, ...]


@dataclass(frozen=True, slots=True)
class SlideStamp:
    """A slide: the key of its page (``plan.page_keys``), its title, the name of its table, its rows but the header."""

    key: str
    kind: str
    title: str
    table: str | None
    rows: tuple[RowStamp, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A whole deck when it was made: the report in one language, and its slides in their order.

    ``layout`` and ``choices`` (``columns``, ``pages``, ``draft``, …) are those it was built with, by their names.
    ``drawn`` is what was drawn, where that is not the report alone: after new data came into a deck whose hand edits
    were kept. ``before`` is the report that it was compared to.
    """

    report: Report
    layout: str
    choices: tuple[tuple[str, str], ...]
    slides: tuple[SlideStamp, ...]
    drawn: Report | None = None
    before: Report | None = None
