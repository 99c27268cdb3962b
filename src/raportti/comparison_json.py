"""From comparisons to values for JSON; docs/muutokset.md says what the keys are. Knows no terminal."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from raportti.changes import Difference, FiguresChange, GoalChange, TextChange
from raportti.comparing import Comparison
from raportti.figures import Figures
from raportti.model import Achieved
from raportti.said import said

Json: TypeAlias = dict[str, Any]


def comparisons_as_json(old: str, new: str, comparisons: Iterable[Comparison]) -> Json:
    """Return what differs between two sources, by language."""
    comparisons = tuple(comparisons)
    return {
        "old": old,
        "new": new,
        "same": not any(comparisons),
        "languages": {one.language: _comparison(one) for one in comparisons},
    }


def _comparison(one: Comparison) -> Json:
    changes, language = one.changes, one.language
    return {
        "goals": [_goal(goal, language) for goal in changes.goals],
        "texts": [_text(text, language) for text in changes.texts],
        "figures": [_figures_change(figures) for figures in changes.figures],
        "pages": [{"number": page.number, "title": page.title, "removed": page.is_removed} for page in one.pages],
    }


def _goal(goal: GoalChange, language: str) -> Json:
    return {
        "id": goal.id,
        "change": goal.kind.value,
        "strategy": str(goal.strategy),
        "guideline": str(goal.guideline),
        "fields": [_difference(difference, language) for difference in goal.differences],
    }


def _text(text: TextChange, language: str) -> Json:
    owner = {"change": text.kind.value, "strategy": text.strategy, "guideline": text.guideline}
    return {**owner, **_difference(Difference(text.field, text.old, text.new), language)}


def _difference(difference: Difference, language: str) -> Json:
    field = difference.field
    return {
        "field": field,
        "old": _value(field, difference.old, language),
        "new": _value(field, difference.new, language),
    }


def _value(field: str, value: object, language: str) -> object:
    """Give numbers, flags and what is not there as such, a status by its name, everything else as its text."""
    match value:
        case None | bool() | int():
            return value
        case Achieved():
            return value.value
        case date():
            return value.isoformat()
        case ():
            return ""
        case _:
            return said(field, value, language)


def _figures_change(change: FiguresChange) -> Json:
    return {
        "strategy": change.strategy,
        "guideline": change.guideline,
        "old": _figures(change.old),
        "new": _figures(change.new),
    }


def _figures(figures: Figures | None) -> Json | None:
    if figures is None:
        return None
    return {
        "goals": figures.goals,
        "average": None if figures.average is None else float(figures.average),
        "yes": figures.yes,
        "partly": figures.partly,
        "no": figures.no,
        "not_assessed": figures.not_assessed,
    }
