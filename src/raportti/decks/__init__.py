"""From a deck that people edited back to what it was made of: what it says now, and what of that is data.

The deck is only read. Knows no source.
"""

from raportti.decks.reading import read_deck
from raportti.decks.records import DeckReading, ReadCell, ReadParagraph, ReadRow, ReadSlide

__all__ = ["DeckReading", "ReadCell", "ReadParagraph", "ReadRow", "ReadSlide", "read_deck"]
