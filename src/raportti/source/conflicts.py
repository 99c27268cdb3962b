"""From what a merge could not decide to problems: what was changed apart, and its three values in plain words.

Does not know which side is written, nor who decides.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from raportti.problems import Place, Problem, SlidePlace
from raportti.report.diff import is_same
from raportti.report.merge import Conflict, Keep
from raportti.report.pairs import CONTENTS, Key
from raportti.source import names
from raportti.source.plain import NOTHING, in_plain_words

_KEYS: Mapping[str, Mapping[str, str]] = {
    "report": names.by_field(names.REPORT),
    "strategy": names.by_field(names.STRATEGY),
    "guideline": names.by_field(names.GUIDELINE),
    "goal": names.by_field(names.GOAL),
}
_NAME_DIGITS = 12


def conflict_problem(conflict: Conflict, place: Place, language: str, *, ours: Keep, theirs: Keep) -> Problem:
    """Say a conflict of reports in a language; ``ours`` and ``theirs`` name the two sides of its merge.

    Among the problem's values are ``what``, ``base`` and one of each side, by the side's word.
    """
    is_whole = conflict.field is None
    base, *sides = _whole_values(conflict, language) if is_whole else _field_values(conflict, language)
    values = {"what": _what(conflict, language), "base": base, ours.value: sides[0], theirs.value: sides[1]}
    kind = "file-conflict" if Keep.FILE in (ours, theirs) else "deck-conflict"
    goal = conflict.names[0] if conflict.kind == "goal" else None
    return Problem(f"{kind}-whole" if is_whole else kind, place, values, goal)


def name_of(conflict: Problem) -> str:
    """Name a conflict by what it is of and its values: where one of them changes, it is another."""
    slide = conflict.place.slide if isinstance(conflict.place, SlidePlace) else None
    said = repr((conflict.kind, conflict.goal, slide, sorted(conflict.values.items())))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_NAME_DIGITS]


def _what(conflict: Conflict, language: str) -> str:
    """Name a field of a goal as its column is named, any other by its owner and its key; a whole by its names."""
    is_goal = conflict.kind == "goal"
    if conflict.field is None:
        return _name("goal", "text", language) if is_goal else " / ".join(conflict.names)
    name = _name(conflict.kind, conflict.field, language)
    return name if is_goal or not conflict.names else f"{' / '.join(conflict.names)}: {name}"


def _name(kind: str, field: str, language: str) -> str:
    """Name a field as its column is named where it has one, else as its key; a parent by what it is."""
    if field == "parent":
        kind, field = "goal", "guideline" if kind == "goal" else "strategy"
    column = names.by_field(names.COLUMNS_IN[language]).get(field) if kind == "goal" else None
    return column or _KEYS[kind][field].replace("_", " ")


def _field_values(conflict: Conflict, language: str) -> list[str]:
    """Say the values of a field in base, ours and theirs; of a part that was moved, where it stands."""
    values = (conflict.base, conflict.ours, conflict.theirs)
    if conflict.field == "parent":
        return [" / ".join(cast("Key", value).names) if value else NOTHING for value in values]
    return [in_plain_words(conflict.field or "", value, language) for value in values]


def _whole_values(conflict: Conflict, language: str) -> list[str]:
    """Say a whole part on each side: its name, and the fields in which it is not the same everywhere."""
    parts = (conflict.base, conflict.ours, conflict.theirs)
    there: list[Any] = [part for part in parts if part is not None]
    fields = [
        field
        for field in _KEYS[conflict.kind]
        if field not in CONTENTS.values() and not all(_is_alike(there[0], part, field) for part in there)
    ]
    return [NOTHING if part is None else _whole(part, conflict.kind, fields, language) for part in parts]


def _is_alike(one: Any, other: Any, field: str) -> bool:
    return is_same(getattr(one, field), getattr(other, field))


def _whole(part: Any, kind: str, fields: Sequence[str], language: str) -> str:
    title = "text" if kind == "goal" else "name"
    values = (
        f"{_name(kind, field, language)}: {in_plain_words(field, getattr(part, field), language)}"
        for field in fields
        if field != title
    )
    return "\n\n".join((in_plain_words(title, getattr(part, title), language), *values))
