"""From a word to the places where it may be divided.

Does not know widths. Finnish: Voikko's analysis gives the boundaries of compounds, its patterns the syllables. Other
languages: Pyphen's patterns, where it has some.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from raportti.problems import MissingTool
from raportti.problems.machine import missing

# libvoikko has no types; this module is its room, and Pyphen's.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false


_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")
_ADDRESS = re.compile(r"@|://|^www\.")
SHORTEST_PIECE = 2
"""Letters that a syllable division leaves on either side at least."""


@dataclass(frozen=True, slots=True)
class Divisions:
    """Offsets in a word at which it may be divided, best kind first: between parts of a compound, between syllables."""

    compounds: tuple[int, ...]
    syllables: tuple[int, ...]


@lru_cache(maxsize=4096)
def divisions(text: str, language: str) -> Divisions:
    """Return where a text without white space may be divided by the rules of a language (BCP 47).

    Punctuation around its words is ignored.

    Raises ``MissingTool`` where Finnish is asked for and Voikko is not on the machine.
    """
    compounds: list[int] = []
    syllables: list[int] = []
    if _ADDRESS.search(text):
        return Divisions((), ())  # a hyphen would be read as a part of an address
    for match in _WORD.finditer(text):
        found = _divide(match[0], language)
        compounds += [match.start() + at for at in found.compounds]
        syllables += [match.start() + at for at in found.syllables]
    return Divisions(tuple(compounds), tuple(syllables))


def _divide(word: str, language: str) -> Divisions:
    if language.split("-")[0] == "fi":
        return _divide_finnish(word)
    patterns = _patterns(language)
    return Divisions((), _within(word, patterns.positions(word)) if patterns else ())


def _divide_finnish(word: str) -> Divisions:
    voikko = _voikko()
    analyses = voikko.analyze(word)
    compounds = _compound_boundaries(analyses[0]["STRUCTURE"]) if analyses else ()
    pattern: str = voikko.getHyphenationPattern(word)
    syllables = (at for at, mark in enumerate(pattern) if mark == "-")
    return Divisions(_within(word, compounds), _within(word, syllables))


def _within(word: str, offsets: Any) -> tuple[int, ...]:
    return tuple(at for at in offsets if SHORTEST_PIECE <= at <= len(word) - SHORTEST_PIECE)


def _compound_boundaries(structure: str) -> tuple[int, ...]:
    """Read Voikko's STRUCTURE: ``=`` begins each part, any other mark stands for one letter."""
    offsets: list[int] = []
    letters = 0
    for mark in structure:
        if mark == "=":
            offsets.append(letters)
        else:
            letters += 1
    return tuple(offsets[1:])


@cache
def _voikko() -> Any:
    # Only a report with a word wider than its column needs Voikko, and it costs 50 ms.
    try:
        from libvoikko import Voikko, VoikkoException, VoikkoLibrary
    except (OSError, ImportError) as error:
        raise missing("voikko") from error
    try:
        VoikkoLibrary.open()  # Voikko itself, made without a library, prints a traceback when it is taken down
        return Voikko("fi")
    except (OSError, VoikkoException) as error:
        raise missing("voikko") from error


@cache
def _patterns(language: str) -> Any:
    """Return the patterns of a language or of the nearest that Pyphen has (for ``sv-FI`` Swedish), else None."""
    # Only a word wider than its column that is not Finnish needs Pyphen.
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language)
    return Pyphen(lang=known) if known else None


def is_word(word: str, language: str) -> bool | None:
    """Return whether a word is one of a language; None where no dictionary of it is here, or Voikko is missing."""
    if language.split("-")[0] != "fi":
        return None
    try:
        return bool(_voikko().spell(word))
    except MissingTool:
        return None
