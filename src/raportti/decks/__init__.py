"""From a deck that people edited back to what it was made of: what it says now, and what of that is data.

The deck is only read. Knows no source.
"""

from raportti.decks.hand_edits import HandEdits, hand_edits
from raportti.decks.reading import read_deck
from raportti.decks.records import DeckReading, ReadCell, ReadParagraph, ReadRow, ReadSlide
from raportti.locks import is_open

__all__ = [
    "DeckReading", "HandEdits", "ReadCell", "ReadParagraph", "ReadRow", "ReadSlide", "hand_edits", "is_open",
    "read_deck",
]  # fmt: skip
