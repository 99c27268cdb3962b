"""What may be chosen of the way pages are made: the layout says it, or the user. Knows no pages."""

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


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen."""

    columns: Columns = Columns.FIXED
    filling: Filling = Filling.FILLED
    charts: bool = False
    """Whether a page of charts follows each summary."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the user asked for; None: as the layout says."""

    columns: Columns | None = None
    filling: Filling | None = None
    charts: bool | None = None
    embed_fonts: bool | None = None
    """Whether fonts travel with the deck."""

    def over(self, *, columns: str, pages: str, charts: bool) -> Choices:
        """Return the choices, where the layout's words stand for what was not asked for."""
        return Choices(
            self.columns or Columns(columns),
            self.filling or Filling(pages),
            charts if self.charts is None else self.charts,
        )

    def in_words(self) -> Mapping[str, str]:
        """Say what was asked for of the pages; the other way round it is read by ``page_options_from``."""
        charts = None if self.charts is None else _YES_NO[self.charts]
        words = {
            "columns": self.columns and self.columns.value,
            "pages": self.filling and self.filling.value,
            "charts": charts,
        }
        return {name: word for name, word in words.items() if word}


NO_OPTIONS = PageOptions()
"""Everything as the layout says."""
_YES_NO = {True: "yes", False: "no"}


def page_options_from(words: Mapping[str, str]) -> PageOptions:
    """Return what was asked for, from what ``PageOptions.in_words`` said among other words."""
    charts = {word: is_so for is_so, word in _YES_NO.items()}.get(words.get("charts", ""))
    return page_options(columns=words.get("columns"), pages=words.get("pages"), charts=charts)


def page_options(
    *,
    columns: str | None = None,
    pages: str | None = None,
    charts: bool | None = None,
    embed_fonts: bool | None = None,
) -> PageOptions:
    """Read what was asked for. Raises ``ValueError`` for a word that names no choice."""
    return PageOptions(
        Columns(columns) if columns is not None else None,
        Filling(pages) if pages is not None else None,
        charts,
        embed_fonts,
    )
