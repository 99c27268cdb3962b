"""From the languages of a report to the columns of its sheet of goals. Knows no goals."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from raportti.edits.values import status_word
from raportti.model import Achieved
from raportti.source import names

EMPTY_ROWS = 200
"""So many rows below the goals are made ready for new ones."""
_WIDTHS = {
    "strategy": 22, "guideline": 30, "id": 10, "text": 44, "subgoals": 44, "achieved": 15, "score": 11,
    "assessment": 80, "responsible": 24,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field of a goal that it has, and the language of its texts."""

    heading: str
    field: str
    language: str

    @property
    def width(self) -> float:
        """Its width in characters."""
        return _WIDTHS[self.field]


def columns_of(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a report in its own language, then those of its texts in the other."""
    own, *others = languages
    return (
        *(Column(heading, field, own) for heading, field in names.COLUMNS_IN[own].items()),
        *(
            Column(heading, field, other)
            for other in others
            for heading, field in names.COLUMNS_IN[other].items()
            if field in names.TEXT_COLUMNS
        ),
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the goals stand: their columns, the last row that has one, and the last that is ready for one."""

    columns: tuple[Column, ...]
    last_goal: int

    @property
    def last(self) -> int:
        """The last row that is ready for a goal."""
        return self.last_goal + EMPTY_ROWS

    def letter(self, field: str) -> str:
        """Return the letter of the first column of a field."""
        return get_column_letter(1 + next(n for n, column in enumerate(self.columns) if column.field == field))

    def cells(self, field: str) -> str:
        """Return all cells of a field, for a formula on another sheet."""
        letter = self.letter(field)
        return f"{names.SHEET}!${letter}$2:${letter}${self.last}"


def status_words(language: str) -> tuple[str, ...]:
    """Return the words of the statuses, as a drop-down offers them."""
    return tuple(status_word(achieved, language) for achieved in Achieved if achieved is not Achieved.MISSING)
