"""From two reports, or two plans, to what changed between them. Knows no files, and no words for it."""

from raportti.changes.compare import changes_of
from raportti.changes.pages import changed_pages, removed_pages
from raportti.changes.records import Changes, Difference, FiguresChange, GoalChange, Kind, TextChange
from raportti.changes.same import is_same
from raportti.changes.words import Fate, Piece, word_changes

__all__ = [
    "Changes", "Difference", "Fate", "FiguresChange", "GoalChange", "Kind", "Piece", "TextChange", "changed_pages",
    "changes_of", "is_same", "removed_pages", "word_changes",
]  # fmt: skip
