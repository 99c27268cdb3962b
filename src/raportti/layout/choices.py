"""What may be chosen of how pages are made: by the layout, and by the user, who goes first.

Does not know pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Columns(Enum):
    """How wide columns are: as the layout says, or as suits each guideline best."""

    FIXED = "fixed"
    AUTO = "auto"


class Filling(Enum):
    """How rows are divided over pages: each page filled, or all pages alike."""

    FILLED = "filled"
    BALANCED = "balanced"


class Statuses(Enum):
    """Which statuses a summary counts: those of goals that were reached, whole or in part, or every one."""

    REACHED = "reached"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen."""

    columns: Columns = Columns.FIXED
    filling: Filling = Filling.FILLED
    charts: bool = False
    """Whether a page of charts follows each summary."""
    statuses: Statuses = Statuses.REACHED
    """The columns of a summary."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the user chose; None: as the layout says."""

    columns: Columns | None = None
    filling: Filling | None = None
    charts: bool | None = None
    embed_fonts: bool | None = None
    """Whether fonts travel with the deck."""
    statuses: Statuses | None = None

    def over(self, layout: Choices) -> Choices:
        """Return the choices; what the user left open is the layout's."""
        return Choices(
            self.columns or layout.columns,
            self.filling or layout.filling,
            layout.charts if self.charts is None else self.charts,
            self.statuses or layout.statuses,
        )

    def in_words(self) -> Mapping[str, str]:
        """Write what was chosen of the pages; ``page_options_from`` reads it."""
        words = {
            "columns": self.columns and self.columns.value,
            "pages": self.filling and self.filling.value,
            "charts": None if self.charts is None else _YES_NO[self.charts],
            "summary_columns": self.statuses and self.statuses.value,
        }
        return {name: word for name, word in words.items() if word}


NO_OPTIONS = PageOptions()
"""Everything as the layout says."""
_YES_NO = {True: "yes", False: "no"}


def page_options_from(words: Mapping[str, str]) -> PageOptions:
    """Read what ``PageOptions.in_words`` wrote, among other words."""
    charts = {word: is_so for is_so, word in _YES_NO.items()}.get(words.get("charts", ""))
    summary = words.get("summary_columns")
    return page_options(columns=words.get("columns"), pages=words.get("pages"), charts=charts, summary_columns=summary)


def page_options(
    *,
    columns: str | None = None,
    pages: str | None = None,
    charts: bool | None = None,
    embed_fonts: bool | None = None,
    summary_columns: str | None = None,
) -> PageOptions:
    """Read the options of a command. Raises ``ValueError`` for a word that names no choice."""
    return PageOptions(
        Columns(columns) if columns is not None else None,
        Filling(pages) if pages is not None else None,
        charts,
        embed_fonts,
        Statuses(summary_columns) if summary_columns is not None else None,
    )
