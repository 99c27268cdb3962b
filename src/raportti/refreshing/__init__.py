"""From a deck that people edited, and the data as they are now, to the deck with the new data and all that was edited.

Three versions meet: what was generated, what the deck is now, what the data say. Writes no file.
"""

from raportti.refreshing.drawing import Studio, studio_for
from raportti.refreshing.notes import NOTES
from raportti.refreshing.records import Fate, Refreshing, SlideChange
from raportti.refreshing.refresh import refreshed_deck

__all__ = ["NOTES", "Fate", "Refreshing", "SlideChange", "Studio", "refreshed_deck", "studio_for"]
