"""From the text of one value to the value, or None where it is none.

Knows nothing of places or problems.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from raportti.model import LANGUAGES, Achieved
from raportti.source.letters import is_blank
from raportti.source.names import same_form

STATUSES: Mapping[str, Achieved] = MappingProxyType(
    {
        "KYLLÄ": Achieved.YES,
        "OSITTAIN": Achieved.PARTLY,
        "EI": Achieved.NO,
        "EI ARVIOITU": Achieved.NOT_ASSESSED,
        "JA": Achieved.YES,
        "DELVIS": Achieved.PARTLY,
        "NEJ": Achieved.NO,
        "INTE BEDÖMT": Achieved.NOT_ASSESSED,
    }
)
DASHES = frozenset("-–—")
"""What stands for a score that is not given, as it is printed."""

_FLAGS = {"kyllä": True, "ei": False, "ja": True, "nej": False}
_SCORE = re.compile(r"([1-5])(?:[.,]0+)?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FINNISH_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_AVERAGE = re.compile(r"(\d)(?:[.,](\d))?", re.ASCII)


def id_from(text: str) -> str:
    """Read an id as it is written, without white space around it; empty where nothing of it is to be seen."""
    return "" if is_blank(text) else same_form(text)


def status_of(text: str) -> Achieved | None:
    """Read a status, in any case."""
    return STATUSES.get(text.upper())


def score_of(text: str) -> int | None:
    """Read a score from 1 to 5: ``3``, ``3.0`` and ``3,0`` are 3, ``3,5`` is none."""
    found = _SCORE.fullmatch(text)
    return int(found.group(1)) if found else None


def language_of(text: str) -> str | None:
    """Read the language of a report."""
    return text.lower() if text.lower() in LANGUAGES else None


def date_of(text: str) -> date | None:
    """Read a date as 2025-02-17 or 17.2.2025."""
    if found := _ISO_DATE.fullmatch(text):
        return _day(*found.groups())
    if found := _FINNISH_DATE.fullmatch(text):
        return _day(*reversed(found.groups()))
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def flag_of(text: str) -> bool | None:
    """Read kyllä or ei."""
    return _FLAGS.get(text.lower())


def count_of(text: str) -> int | None:
    """Read a whole number."""
    return int(text) if _COUNT.fullmatch(text) else None


def average_from(text: str) -> Decimal | None:
    """Read an average with at most one decimal, after a comma or a point."""
    found = _AVERAGE.fullmatch(text)
    return Decimal(f"{found.group(1)}.{found.group(2) or 0}") if found else None
