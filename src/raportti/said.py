"""From values of the model to words for people, as a source would say them. Knows not where they are told.

A text keeps its marks of languages, so that a change of these can be seen.
"""

from typing import cast

from raportti.edits import values
from raportti.edits.yaml_write import Value

NOTHING = "–"
"""What is said of a value that is not there, as a table of the deck does."""


def said(field: str, value: object, language: str) -> str:
    """Say the value of a field of a report in a language; paragraphs, subgoals and items are apart by line ends.

    >>> said("score", 4, "fi"), said("score", None, "fi"), said("guideline", ("Strategia", "Linjaus"), "fi")
    ('4', '–', 'Strategia / Linjaus')
    """
    if field == "guideline" and value:
        return " / ".join(map(values.written, cast("tuple[str, ...]", value)))
    return _flat(values.plain_value(value, language)) or NOTHING


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
