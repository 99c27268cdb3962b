"""Reads the fields of one record, and reports what is missing or is not what it should be.

Knows nothing of which fields a report has.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from raportti.source.collect import Problems
from raportti.source.letters import words_of
from raportti.source.raw import Field, Record
from raportti.source.wording import paragraphs_of, sentence_of

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
