"""From the raw tree to the checked model: every rule for the data stands here and in the modules for its parts, once.

Knows nothing of the form of the source.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from raportti.model import SCORES, Goal, Guideline, Report, Strategy
from raportti.problems import Place
from raportti.source.collect import Problems
from raportti.source.fields import Fields
from raportti.source.goals import goal_of, id_of
from raportti.source.published import compare, published_of
from raportti.source.raw import RawGoal, RawGuideline, RawReport, RawStrategy, Record
from raportti.source.values import date_of, language_of

_BRACES = re.compile(r"\{([^{}]*)\}")


class Ref(NamedTuple):
    """A field of the model: whose it is, and its name there.

    ``owner`` is the id of a goal, ``report``, ``strategy:<name>`` or ``guideline:<strategy>/<name>``.
    """

    owner: str
    field: str


def validate(raw: RawReport, problems: Problems) -> tuple[Report | None, Mapping[Ref, Place]]:
    """Check a report; None where it has an error. Also returns where its texts came from."""
    check = _Check(problems)
    errors = problems.errors
    report = check.report(raw)
    return (report if errors == problems.errors else None), check.places


@dataclass(slots=True)
class _Check:
    """Checks one report; ``places`` grows with the texts that were read."""

    problems: Problems
    places: dict[Ref, Place] = field(default_factory=dict[Ref, Place])
    ids: dict[str, Place] = field(default_factory=dict[str, Place])

    def report(self, raw: RawReport) -> Report:
        fields = Fields(raw.record, self.problems)
        title = fields.needed("title")
        self._note("report", raw.record)
        scale = self._scale(raw.scale) if raw.scale else None
        if raw.strategies == ():
            self.problems.add("report-empty", fields.field("strategies").place, name="strategiat")
        self._refuse_twice("strategy-twice", [strategy.record for strategy in raw.strategies or ()])
        return Report(
            title=title,
            strategies=tuple(self._strategy(strategy) for strategy in raw.strategies or ()),
            language=fields.value("language", language_of, "language-unknown") or "fi",
            organisation=fields.text("organisation"),
            meeting=fields.text("meeting"),
            date=fields.value("date", date_of, "date-unknown"),
            case_number=fields.text("case_number"),
            attachment_number=fields.text("attachment_number"),
            scale=scale,
        )

    def _note(self, owner: str, record: Record) -> None:
        self.places.update({Ref(owner, name): given.place for name, given in record.fields.items()})

    def _scale(self, record: Record) -> tuple[str, ...]:
        fields = Fields(record, self.problems)
        grades = [fields.text(str(score)) for score in SCORES]
        # An empty grade is missing; one that was reported is not.
        missing = [
            str(score)
            for score, grade in zip(SCORES, grades, strict=True)
            if grade is None and not fields.field(str(score)).reported
        ]
        if missing:
            self.problems.add("scale-incomplete", record.place, grades=missing)
        self._note("scale", record)
        return tuple(grade or "" for grade in grades)

    def _strategy(self, raw: RawStrategy) -> Strategy:
        fields = Fields(raw.record, self.problems)
        name = fields.needed("name", _missing_name(raw.record))
        self._note(f"strategy:{name}", raw.record)
        if raw.guidelines == ():
            self.problems.add("strategy-empty", fields.field("guidelines").place, value=name)
        self._refuse_twice("guideline-twice", [guideline.record for guideline in raw.guidelines or ()])
        return Strategy(
            name=name,
            guidelines=tuple(self._guideline(guideline, name) for guideline in raw.guidelines or ()),
            tag=fields.text("tag"),
            scale_title=fields.text("scale_title"),
            summary_title=fields.text("summary_title"),
            summary_sentence=_with_placeholder(fields, "summary_sentence", "{tavoitteita}"),
            table_title=_with_placeholder(fields, "table_title", "{linjaus}"),
        )

    def _guideline(self, raw: RawGuideline, strategy: str) -> Guideline:
        fields = Fields(raw.record, self.problems)
        name = fields.needed("name", _missing_name(raw.record))
        self._note(f"guideline:{strategy}/{name}", raw.record)
        if raw.goals == ():
            self.problems.add("guideline-empty", fields.field("goals").place, value=name)
        errors = self.problems.errors
        published = published_of(raw.published, self.problems) if raw.published else None
        goals = tuple(goal for goal in map(self._goal, raw.goals or ()) if goal)
        # With a goal left out, every figure would differ.
        if raw.published and published and errors == self.problems.errors and goals:
            compare(raw.published, published, goals, self.problems)
        return Guideline(name, goals, published)

    def _goal(self, raw: RawGoal) -> Goal | None:
        goal_id = id_of(raw)
        place = raw.record.fields["id"].place if "id" in raw.record.fields else raw.record.place
        if goal_id in self.ids:
            self.problems.add("id-twice", place, goal_id, value=goal_id, first=self.ids[goal_id])
        elif goal_id:
            self.ids[goal_id] = place
        self._note(goal_id, raw.record)
        return goal_of(raw, self.problems)

    def _refuse_twice(self, kind: str, records: list[Record]) -> None:
        """Report names that are there twice: pages and places are found by them."""
        seen: dict[str, Place] = {}
        for record, name in _names_of(records):
            place = record.fields["name"].place
            if name in seen:
                self.problems.add(kind, place, value=name, first=seen[name])
            seen.setdefault(name, place)


def _names_of(records: list[Record]) -> Iterator[tuple[Record, str]]:
    """Give the names as they will be; what is remarkable about them is told when they are read."""
    for record in records:
        name = Fields(record, Problems()).text("name")
        if name:
            yield record, name


def _missing_name(record: Record) -> str:
    """Choose the remedy by the form: in a table, a name is missing where cells were merged."""
    return "missing" if record.names["name"] == "nimi" else "missing-name"


def _with_placeholder(fields: Fields, key: str, allowed: str) -> str | None:
    text = fields.text(key)
    for found in _BRACES.finditer(text or ""):
        if found.group() != allowed:
            fields.report("placeholder-unknown", key, value=found.group(), allowed=allowed)
    if re.search("[{}]", _BRACES.sub("", text or "")):
        fields.report("brace-alone", key, allowed=allowed)
    return text
