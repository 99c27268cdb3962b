"""Words of a layout, filled in, and what values are in words. Knows not which page says them."""

from decimal import Decimal

from raportti.content.parts import Words
from raportti.figures import decimal_comma
from raportti.model import Achieved, Goal
from raportti.passages import filled


def fill_in(text: str, **values: object) -> str:
    """Put values in the place of ``{name}``; passages stay, those of the text and those of the values."""
    return filled(text, values)


def status_key(goal: Goal) -> str:
    """Name the word, the style and the fill of a goal's status; one that is missing in a draft is not assessed."""
    achieved = Achieved.NOT_ASSESSED if goal.achieved is Achieved.MISSING else goal.achieved
    return achieved.value


def score_text(goal: Goal, words: Words) -> str:
    """Write a goal's score."""
    return words["no_score"] if goal.score is None else str(goal.score)


def average_text(average: Decimal | None, words: Words) -> str:
    """Write an average."""
    return words["no_score"] if average is None else decimal_comma(average)
