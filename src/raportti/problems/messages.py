"""From problems to sentences in the user's language, and the command line's own texts.

Does not know where problems come from. ``source``, ``layout`` and ``decks`` have their words, ``locale`` has the
translations (gettext).
"""

import gettext
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from raportti.problems import (
    CellPlace,
    FilePlace,
    Place,
    Problem,
    ProblemKind,
    RowPlace,
    Severity,
    SlidePlace,
    TextPlace,
)
from raportti.problems.decks import DECKS
from raportti.problems.layout import LAYOUTS
from raportti.problems.source import SOURCES

KINDS: Mapping[str, ProblemKind] = MappingProxyType({**SOURCES, **LAYOUTS, **DECKS})
"""All kinds. A new one is an entry in one of the three, and its texts in ``locale/fi`` and ``locale/sv``."""
LANGUAGES = ("fi", "sv", "en")
LOCALE = Path(__file__).parents[1] / "locale"
LONGEST_VALUE = 60
# Cut, these would be of no use: names to look for, and the words of another program.
WHOLE_VALUES = frozenset(
    {"reason", "path", "file", "folder", "words", "command", "sources", "sheets", "names", "keys", "columns"}
)
LONGEST_WHOLE_VALUE = 300
# Our own words, which the catalogue has too, and which are not quoted.
TRANSLATED_VALUES = frozenset({"looks", "expected", "what"})
# No-break spaces and the soft hyphen: not printable to Python, but content in Finnish texts.
SHOWN_AS_THEY_ARE = "\u00a0\u00ad\u202f"
_PLACES = (FilePlace, TextPlace, RowPlace, CellPlace, SlidePlace)


def user_language(environ: Mapping[str, str]) -> str:
    """Choose the language of the texts for users: that of RAPORTTI_LANG, else of the locale, else English."""
    chosen = environ.get("RAPORTTI_LANG", "")[:2].lower()
    if chosen in LANGUAGES:
        return chosen
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "").lower()
    return next((language for language in ("fi", "sv") if locale.replace("-", "_").split("_")[0] == language), "en")


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("raportti", LOCALE, [language])


def _word(msgid: str, language: str) -> str:
    return _catalogue(language).gettext(msgid)


def text(msgid: str, language: str, **values: object) -> str:
    """Translate a sentence and fill its places; values are shown in quotes."""
    return _filled(_word(msgid, language), language, values)


def texts(singular: str, plural: str, n: int, language: str, **values: object) -> str:
    """Translate a sentence that depends on a number, which fills ``{n}``."""
    return _filled(_catalogue(language).ngettext(singular, plural, n), language, {"n": n, **values})


def severity_of(problem: Problem) -> Severity:
    """Return the severity of a problem."""
    return KINDS[problem.kind][0]


def describe(problem: Problem, language: str) -> str:
    """Write a problem as ``FILE:PLACE: error|warning: what is wrong, with the value; what to do``."""
    return f"{what_is_wrong(problem, language)}; {_remedy(problem, language)}"


def what_is_wrong(problem: Problem, language: str) -> str:
    """Write a problem without what to do, where that has been said."""
    place = f"{place_text(problem.place, language)}: " if problem.place else ""
    return f"{place}{_word(severity_of(problem).value, language)}: {_message(problem, language)}"


def as_json(problem: Problem, language: str) -> dict[str, object]:
    """Give a problem as values for JSON; ``place`` has the keys of its kind of place."""
    return {
        "kind": problem.kind,
        "severity": severity_of(problem).value,
        "goal": problem.goal,
        "place": _place_json(problem.place),
        "message": _message(problem, language),
        "remedy": _remedy(problem, language),
        "text": describe(problem, language),
    }


def what_and_how_much(problem: Problem, language: str) -> tuple[str, str]:
    """Say what is wrong and how much, apart: the message before and after its last colon, where values follow that."""
    message = _word(KINDS[problem.kind][1], language)
    what, colon, much = message.rpartition(": ")
    parts = (what, much) if colon and "{" in much else (message, "")
    return _filled(parts[0], language, problem.values), _filled(parts[1], language, problem.values)


def _message(problem: Problem, language: str) -> str:
    what = text(KINDS[problem.kind][1], language, **problem.values)
    if problem.goal is None:
        return what
    return f"{_word('goal {goal}', language).format(goal=_short(problem.goal, LONGEST_VALUE))}: {what}"


def _remedy(problem: Problem, language: str) -> str:
    return text(KINDS[problem.kind][2], language, **problem.values)


def place_text(place: Place, language: str) -> str:
    """Write a place: ``FILE:LINE:COLUMN``, ``FILE:row R, column NAME``, ``FILE:SHEET!CELL`` or ``FILE: slide N``."""
    file = safe(place.file)
    match place:
        case FilePlace():
            return file
        case TextPlace(_, line, column):
            return f"{file}:{line}:{column}"
        case RowPlace(_, row, None):
            return f"{file}:{_word('row {row}', language).format(row=row)}"
        case RowPlace(_, row, column):
            words = _word("row {row}, column {column}", language)
            return f"{file}:{words.format(row=row, column=_short(column or '', LONGEST_VALUE))}"
        case CellPlace(_, sheet, None):
            return f"{file}:{safe(sheet)}"
        case CellPlace(_, sheet, cell):
            return f"{file}:{safe(sheet)}!{cell}"
        case SlidePlace(_, slide, None):
            return f"{file}: {_word('slide {slide}', language).format(slide=slide)}"
        case SlidePlace(_, slide, shape):
            words = _word("slide {slide}, {shape}", language)
            return f"{file}: {words.format(slide=slide, shape=_short(shape or '', LONGEST_VALUE))}"


def _place_json(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    keys = ("file", "line", "column", "row", "sheet", "cell", "slide", "shape")
    return {key: _json_safe(getattr(place, key)) for key in keys if hasattr(place, key)}


def _json_safe(value: object) -> object:
    return safe(value) if isinstance(value, str) else value


def _filled(sentence: str, language: str, values: Mapping[str, object]) -> str:
    return sentence.format_map(_Shown({key: _shown(key, value, language) for key, value in values.items()}))


class _Shown(dict[str, str]):
    """Values as they are shown. One that a pass forgot is "?": a message that fails would hide the problem itself."""

    def __missing__(self, key: str) -> str:
        return "?"


def _shown(key: str, value: object, language: str) -> str:
    """Show a value in a sentence: texts in quotes and not too long, places as places, numbers as they are."""
    if isinstance(value, _PLACES):
        return place_text(value, language)
    if isinstance(value, (list, tuple)):
        items = cast("tuple[object, ...] | list[object]", value)
        return ", ".join(_shown(key, item, language) for item in items)
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", "." if language == "en" else ",")
    if not isinstance(value, str):
        return safe(str(value))
    if key in TRANSLATED_VALUES:
        return _short(_word(value, language) if value else "", LONGEST_WHOLE_VALUE)
    return f'"{_short(value, LONGEST_WHOLE_VALUE if key in WHOLE_VALUES else LONGEST_VALUE)}"'


def _short(value: str, longest: int) -> str:
    return safe(value if len(value) <= longest else value[: longest - 1] + "…")


def safe(value: str) -> str:
    """Escape what would break a line, hide text or stop a terminal: control characters and lone surrogates."""
    return "".join(c if c.isprintable() or c in SHOWN_AS_THEY_ARE else _escaped(c) for c in value)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
