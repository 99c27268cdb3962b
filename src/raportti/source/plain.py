"""From values of the model to what a source or a person reads: texts, lists, and values under keys.

Does not know any file. The words are those that this room reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, cast

from raportti.report.figures import decimal_comma
from raportti.report.model import DECIDED, SCORES, Achieved, Goal, Guideline, Published, Strategy, Subgoal
from raportti.report.passages import Marked, passages_of
from raportti.source import names
from raportti.source.fields import STATUSES

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]
"""What a source says: a text, a list, or values under keys."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The language of those texts that a source gives in one only, and the language that is written now."""

    own: str
    written: str

    @property
    def is_own(self) -> bool:
        """Whether the texts are in the source's own language."""
        return self.own == self.written


_YES = {"fi": "kyllä", "sv": "ja"}


def status_word(achieved: Achieved, language: str) -> str:
    """Return the word of a status in a language of reports."""
    words = [word for word, status in STATUSES.items() if status is achieved]
    return words[-1 if language == "sv" else 0]


def status_words(language: str) -> tuple[str, ...]:
    """Return the words of all statuses that can be given, in their order."""
    return tuple(status_word(achieved, language) for achieved in DECIDED)


def written(text: str) -> str:
    """Write a text as it stands in a source, with marks around the passages in another language."""
    if not isinstance(text, Marked):
        return text
    return "".join(f"{{{p.language}: {p.text}}}" if p.language else p.text for p in passages_of(text))


def finnish_date(day: date) -> str:
    """Write a date as a Finnish table has it.

    >>> finnish_date(date(2025, 2, 17))
    '17.2.2025'
    """
    return f"{day.day}.{day.month}.{day.year}"


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
            return _entries(value, names.PUBLISHED, Languages(language, language))
        case tuple():
            return _tuple(cast("tuple[Any, ...]", value))
        case _:
            raise TypeError(value)


def _tuple(values: tuple[Any, ...]) -> Value:
    if isinstance(values[0], Subgoal):
        return [subgoal_value(subgoal) for subgoal in values]
    return "\n\n".join(written(text) for text in values)


def texts_in(value: Value, languages: Languages) -> Value:
    """Return a value with each of its texts under its language, unless that is the source's own."""
    if languages.is_own:
        return value
    match value:
        case str():
            return {languages.written: value}
        case Mapping():
            return {key: texts_in(one, languages) for key, one in value.items()}
        case _:
            return [texts_in(one, languages) for one in value]


def field_value(value: object, field: str, languages: Languages) -> Value | None:
    """Return a value of a field: a text in its language, what all languages share in the words of the source's own."""
    if field not in names.TRANSLATED:
        return plain_value(value, languages.own)
    plain = plain_value(value, languages.written)
    return None if plain is None else texts_in(plain, languages)


def subgoal_value(subgoal: Subgoal) -> Value:
    """Return a subgoal: a text, or a text with its items."""
    text = written(subgoal.text)
    return {"teksti": text, "kohdat": [written(item) for item in subgoal.items]} if subgoal.items else text


def scale_value(scale: tuple[str, ...]) -> Mapping[str, Value]:
    """Return what the grades mean."""
    return {str(score): written(text) for score, text in zip(SCORES, scale, strict=True)}


def goal_value(goal: Goal, languages: Languages) -> Value:
    """Return a goal."""
    return _entries(goal, names.GOAL, languages)


def guideline_value(guideline: Guideline, languages: Languages) -> Value:
    """Return a guideline with its goals."""
    goals = [goal_value(goal, languages) for goal in guideline.goals]
    return {**_entries(guideline, names.GUIDELINE, languages, without="goals"), "tavoitteet": goals}


def strategy_value(strategy: Strategy, languages: Languages) -> Mapping[str, Value]:
    """Return a strategy with its guidelines."""
    guidelines = [guideline_value(guideline, languages) for guideline in strategy.guidelines]
    return {**_entries(strategy, names.STRATEGY, languages, without="guidelines"), "linjaukset": guidelines}


def _entries(part: object, keys: Mapping[str, str], languages: Languages, without: str = "") -> dict[str, Value]:
    given = (
        (key, field_value(getattr(part, field), field, languages)) for key, field in keys.items() if field != without
    )
    return {key: value for key, value in given if value is not None}


NOTHING = "–"
"""What stands for a value that is not there, as in a table of the deck."""


def in_plain_words(field: str, value: object, language: str) -> str:
    """Say the value of a field of a report in a language; paragraphs, subgoals and items are apart by line ends.

    >>> in_plain_words("score", 4, "fi"), in_plain_words("score", None, "fi")
    ('4', '–')
    >>> in_plain_words("guideline", ("Strategia", "Linjaus"), "fi")
    'Strategia / Linjaus'
    """
    if field == "guideline" and value:
        return " / ".join(map(written, cast("tuple[str, ...]", value)))
    return _flat(plain_value(value, language)) or NOTHING


def _flat(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case list() | tuple():
            return "\n".join(f"• {_flat(item)}" for item in value)
        case _:
            return _keyed(cast("dict[str, Value]", value))


def _keyed(value: dict[str, Value]) -> str:
    """Say a subgoal with its items, or figures with their names."""
    if set(value) == {"teksti", "kohdat"}:
        return "\n".join((_flat(value["teksti"]), *(f"  - {_flat(item)}" for item in value["kohdat"])))
    return ", ".join(f"{name} {_flat(one)}" for name, one in value.items())
