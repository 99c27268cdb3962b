"""From a report to the rows of the sheet that says what its rows of goals do not. Knows no file."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from raportti.changes.flat import Flat, Key, children_of, flat
from raportti.edits import values
from raportti.model import SCORES, Goal, Report
from raportti.source.rest_names import LABELS, PARTS, PUBLISHED, SCALE

_WORDS = {kind: word for word, kind in PARTS.items()}


class RestRow(NamedTuple):
    """A row: whose field it gives (the part has its names in an earlier report), its two labels, and the text."""

    part: Key
    field: str
    kind: str
    label: str
    text: str


def rest_rows(report: Report, base: Report) -> tuple[RestRow, ...]:
    """Return a row for each field, also for those that are empty; of published figures those that there are."""
    parts = flat(report, base)
    return tuple(row for key in parts.parts if key.kind in LABELS for row in _rows(key, parts))


def _rows(key: Key, parts: Flat) -> Iterator[RestRow]:
    part = cast("Any", parts.parts[key])
    goals = [cast("Goal", parts.parts[child]) for child in children_of(parts).get(key, ()) if child.kind == "goal"]
    language = cast("Report", parts.parts[Key("report")]).language
    for label, field in LABELS[key.kind].items():
        text = _text(part, goals, field, language)
        if text or not field.startswith(PUBLISHED):
            yield RestRow(key, field, _WORDS[key.kind], label, text)


def _text(part: Any, goals: list[Goal], field: str, language: str) -> str:
    of, _, own = field.rpartition("/")
    if field == "goals":
        return " ".join(goal.id for goal in goals)
    if field == "break_before":
        return " ".join(goal.id for goal in goals if goal.break_before)
    if of == SCALE:
        return values.written(part.scale[SCORES.index(int(own))]) if part.scale else ""
    value = getattr(part.published, own) if of == PUBLISHED and part.published else None if of else getattr(part, own)
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return cast("str", values.plain_value(value, language) or "")
