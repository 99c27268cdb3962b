"""From the fields of one record to values of the model, or to problems.

Does not know which fields a report has.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from raportti.report.characters import is_blank, words_of
from raportti.report.model import LANGUAGES, Achieved
from raportti.source.collector import Problems
from raportti.source.names import same_form
from raportti.source.texts import paragraphs_of, sentence_of
from raportti.source.tree import Field, Record

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a record; ``goal`` is the id of the goal that it is, if it is one."""

    record: Record
    problems: Problems
    goal: str | None = None

    def name(self, key: str) -> str:
        """Return the name of a field in the source; one that this form of source cannot have is its own."""
        return self.record.names.get(key, key)

    def field(self, key: str) -> Field:
        """Return a field; one that is missing has no text, and the place of its record."""
        return self.record.fields.get(key) or Field("", self.record.place)

    def report(self, kind: str, key: str, **values: object) -> None:
        """Report a problem of a field."""
        self.problems.add(kind, self.field(key).place, self.goal, name=self.name(key), **values)

    def text(self, key: str) -> str | None:
        """Return the text of a field in one paragraph, None where it is missing."""
        return sentence_of(self.field(key), self.name(key), self.problems, self.goal) or None

    def paragraphs(self, key: str) -> tuple[str, ...]:
        """Return the paragraphs of a field."""
        return paragraphs_of(self.field(key), self.name(key), self.problems, self.goal)

    def word(self, key: str) -> str:
        """Return a short value as it is seen: white space of any kind and number is a space, without a remark."""
        return words_of(self.field(key).text)

    def needed(self, key: str, kind: str = "missing") -> str:
        """Return the text of a field, and report it where it is missing."""
        text = self.text(key)
        if text is None:
            self.report_missing(key, kind)
        return text or ""

    def report_missing(self, key: str, kind: str = "missing") -> None:
        """Report a field as missing, unless it was reported already."""
        if not self.field(key).reported:
            self.report(kind, key)

    def value(self, key: str, read: Callable[[str], T | None], kind: str) -> T | None:
        """Read a value; None where it is missing, or is not one, which is then reported."""
        word = self.word(key)
        value = read(word) if word else None
        if word and value is None:
            self.report(kind, key, value=word)
        return value


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
