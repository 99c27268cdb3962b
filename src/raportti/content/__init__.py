"""From a report and a layout's words to what the deck says: titles, lists and cells, in their order.

Knows no sizes, widths or pages.
"""

from raportti.content.changes import moves_in_words
from raportti.content.parts import (
    ChangeRow,
    ChangeTable,
    Content,
    Cover,
    GoalRow,
    GoalTable,
    Grade,
    Item,
    Moved,
    Part,
    Scale,
    StrategyChanges,
    StrategyContent,
    Summary,
    SummaryRow,
    Words,
)
from raportti.content.saying import content_of
from raportti.content.words import fill_in

__all__ = [
    "ChangeRow", "ChangeTable", "Content", "Cover", "GoalRow", "GoalTable", "Grade", "Item", "Moved", "Part", "Scale",
    "StrategyChanges", "StrategyContent", "Summary", "SummaryRow", "Words", "content_of", "fill_in",
    "moves_in_words",
]  # fmt: skip
