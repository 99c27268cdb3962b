"""What is known of a deck that people edited, beyond a single slide. Knows no XML."""

from dataclasses import dataclass

from raportti.refreshing.disputes import Disputes
from raportti.refreshing.drawing import RowName
from raportti.refreshing.rows import OldRows


@dataclass(frozen=True, slots=True)
class Hand:
    """What is known of a deck: its rows, of what all rows were deleted, which goals stay as they are."""

    rows: OldRows
    gone: frozenset[RowName]
    still: frozenset[str]
    disputes: Disputes

    def is_gone(self, name: RowName) -> bool:
        """Tell whether a row was deleted by hand: itself, or, where it was cut otherwise, all rows of what it is of."""
        return name in self.gone or name[:-1] in self.gone
