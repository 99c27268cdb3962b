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
