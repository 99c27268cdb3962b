"""From parts of the model to plain values under the keys of a source: what YAML or a table can say of them.

Knows no file. The words are those that ``source`` reads.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from raportti.edits.yaml_write import Value
from raportti.figures import decimal_comma
from raportti.model import SCORES, Achieved, Goal, Guideline, Published, Strategy, Subgoal
from raportti.passages import Marked, passages_of
from raportti.source import names
from raportti.source.values import STATUSES

_YES = {"fi": "kyllä", "sv": "ja"}


def status_word(achieved: Achieved, language: str) -> str:
    """Return the word of a status in a language of reports."""
    words = [word for word, status in STATUSES.items() if status is achieved]
    return words[-1 if language == "sv" else 0]


def written(text: str) -> str:
    """Write a text as it stands in a source, with marks around the passages in another language."""
    if not isinstance(text, Marked):
        return text
    return "".join(f"{{{p.language}: {p.text}}}" if p.language else p.text for p in passages_of(text))


def plain_value(value: object, language: str) -> Value | None:
    """Return a value of a field as a source says it; None where it says nothing."""
    match value:
        case None | False | () | "" | Achieved.MISSING:
            return None
        case True:
            return _YES[language]
        case str():
            return written(value)
        case Achieved():
            return status_word(value, language)
        case date():
            return value.isoformat()
        case Decimal():
            return decimal_comma(value)
        case int():
            return str(value)
        case Published():
            return _entries(value, names.PUBLISHED, language)
        case tuple():
            return _tuple(cast("tuple[Any, ...]", value))
        case _:
            raise TypeError(value)


def _tuple(values: tuple[Any, ...]) -> Value:
    if isinstance(values[0], Subgoal):
        return [subgoal_value(subgoal) for subgoal in values]
    return "\n\n".join(written(text) for text in values)


def subgoal_value(subgoal: Subgoal) -> Value:
    """Return a subgoal: a text, or a text with its items."""
    text = written(subgoal.text)
    return {"teksti": text, "kohdat": [written(item) for item in subgoal.items]} if subgoal.items else text


def scale_value(scale: tuple[str, ...]) -> Value:
    """Return what the grades mean."""
    return {str(score): written(text) for score, text in zip(SCORES, scale, strict=True)}


def goal_value(goal: Goal, language: str) -> Value:
    """Return a goal."""
    return _entries(goal, names.GOAL, language)


def guideline_value(guideline: Guideline, language: str) -> Value:
    """Return a guideline with its goals."""
    goals = [goal_value(goal, language) for goal in guideline.goals]
    return {**_entries(guideline, names.GUIDELINE, language, without="goals"), "tavoitteet": goals}


def strategy_value(strategy: Strategy, language: str) -> Value:
    """Return a strategy with its guidelines."""
    guidelines = [guideline_value(guideline, language) for guideline in strategy.guidelines]
    return {**_entries(strategy, names.STRATEGY, language, without="guidelines"), "linjaukset": guidelines}


def _entries(part: object, keys: Mapping[str, str], language: str, without: str = "") -> dict[str, Value]:
    given = ((key, plain_value(getattr(part, field), language)) for key, field in keys.items() if field != without)
    return {key: value for key, value in given if value is not None}
