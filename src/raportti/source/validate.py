"""From the raw tree to the checked report: every rule for the data stands here, in ``goals`` or in ``fields``, once.

Does not know the form of the source.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from raportti.problems import Place
from raportti.report.characters import words_of
from raportti.report.fields import Ref
from raportti.report.model import SCORES, Goal, Guideline, Published, Report, Strategy
from raportti.source.collector import Problems
from raportti.source.fields import Fields, date_of, language_of
from raportti.source.goals import compare, goal_of, id_of, published_of
from raportti.source.texts import plain_sentence
from raportti.source.tree import RawGoal, RawGuideline, RawReport, RawStrategy, Record

_GUIDELINE = "{linjaus}"
_BRACES = re.compile(r"\{([^{}]*)\}")


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
    ids: dict[str, tuple[str, Place]] = field(default_factory=dict[str, tuple[str, Place]])
    """The ids so far with their places; the key is the id in lower case."""
    titles: dict[tuple[bool, str], tuple[Place, str, str]] = field(
        default_factory=dict[tuple[bool, str], tuple[Place, str, str]]
    )
    """The titles of tables so far, and whether they are a strategy's own: where, of which strategy and guideline."""

    def report(self, raw: RawReport) -> Report:
        fields = Fields(raw.record, self.problems)
        title = fields.needed("title")
        self._note("report", raw.record)
        scale = self._scale(raw.scale) if raw.scale else None
        if raw.strategies == ():
            self.problems.add("report-empty", fields.field("strategies").place, name="strategiat")
        self._compare_names("strategy", [strategy.record for strategy in raw.strategies or ()])
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
        self._compare_titles(raw, name)
        if raw.guidelines == ():
            self.problems.add("strategy-empty", fields.field("guidelines").place, value=name)
        self._compare_names("guideline", [guideline.record for guideline in raw.guidelines or ()])
        return Strategy(
            name=name,
            guidelines=tuple(self._guideline(guideline, name) for guideline in raw.guidelines or ()),
            tag=fields.text("tag"),
            scale_title=fields.text("scale_title"),
            summary_title=fields.text("summary_title"),
            summary_sentence=_with_placeholder(fields, "summary_sentence", "{tavoitteita}"),
            table_title=_with_placeholder(fields, "table_title", _GUIDELINE),
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
        return Guideline(name, goals, published if published != Published() else None)

    def _goal(self, raw: RawGoal) -> Goal | None:
        goal_id = id_of(raw)
        place = raw.record.fields["id"].place if "id" in raw.record.fields else raw.record.place
        if goal_id:
            other, first = self.ids.setdefault(goal_id.casefold(), (goal_id, place))
            if first != place:
                kind = "id-twice" if goal_id == other else "id-case"
                self.problems.add(kind, place, goal_id, value=goal_id, other=other, first=first)
        self._note(goal_id, raw.record)
        return goal_of(raw, self.problems)

    def _compare_titles(self, raw: RawStrategy, strategy: str) -> None:
        """Warn of tables with one title: of two strategies, or where the strategy's own title names no guideline.

        Names that are there twice, and a strategy without a name, are refused elsewhere.
        """
        if not strategy:
            return
        own = raw.record.fields.get("table_title")
        title = plain_sentence(own.text) if own else ""
        for name, place in _names_of([guideline.record for guideline in raw.guidelines or ()]):
            filled = title.replace(_GUIDELINE, name) if title else name
            first, *named = self.titles.setdefault((bool(title), filled), (place, strategy, name))
            if named != [strategy, name]:
                self.problems.add("table-title-twice", place, value=filled, first=first, allowed=_GUIDELINE)

    def _compare_names(self, what: str, records: list[Record]) -> None:
        """Report names that are there twice: pages and places are found by them. Warn of those that look the same."""
        seen: dict[str, Place] = {}
        alike: dict[str, str] = {}
        for name, place in _names_of(records):
            other = alike.setdefault(words_of(name).casefold(), name)
            if name in seen:
                self.problems.add(f"{what}-twice", place, value=name, first=seen[name])
            elif other != name:
                self.problems.add(f"{what}-alike", place, value=name, other=other, first=seen[other])
            seen.setdefault(name, place)


def _names_of(records: list[Record]) -> Iterator[tuple[str, Place]]:
    """Yield the names as they will be printed; warnings about them come when they are read."""
    for record in records:
        given = record.fields.get("name")
        if given and (name := plain_sentence(given.text)):
            yield name, given.place


def _missing_name(record: Record) -> str:
    """Choose the remedy by the form: in a table, a name is missing where cells were merged."""
    return "missing" if record.names["name"] == "nimi" else "missing-name"


def _with_placeholder(fields: Fields, key: str, allowed: str) -> str | None:
    errors = fields.problems.errors
    text = fields.text(key)
    if errors != fields.problems.errors:
        return text  # the braces are those of a mark, which was reported
    for found in _BRACES.finditer(text or ""):
        if found.group() != allowed:
            fields.report("placeholder-unknown", key, value=found.group(), allowed=allowed)
    if re.search("[{}]", _BRACES.sub("", text or "")):
        fields.report("brace-alone", key, allowed=allowed)
    return text
