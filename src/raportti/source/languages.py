"""From the raw tree of a report in several languages to that of one, so that all checks know one language.

Knows nothing of the form of the source, nor of what the texts should be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from raportti.problems import Problem
from raportti.source import names
from raportti.source.goals import id_of
from raportti.source.letters import is_blank, words_of
from raportti.source.marks import needs_translation, tag_of
from raportti.source.raw import Field, RawGoal, RawGuideline, RawReport, RawStrategy, RawSubgoal, Record
from raportti.source.values import language_of

_IN = {"fi": "in Finnish", "sv": "in Swedish"}
"""How a message says a language; the catalogue has these words too."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tree of one language, and each text that stands in another one since it is missing.

    ``carried`` are the languages of all texts that were given in several.
    """

    language: str
    raw: RawReport
    missing: tuple[Problem, ...]
    carried: frozenset[str]


def own_language(raw: RawReport) -> str:
    """Return the language of the texts that are given in one only."""
    given = raw.record.fields.get("language")
    return (language_of(words_of(given.text)) if given else None) or "fi"


def said_in(language: str) -> str:
    """Return a language as messages say it."""
    return _IN[language]


def in_language(raw: RawReport, language: str) -> Chosen:
    """Choose one language; a text that is missing in it stands in the language that there is, and says so."""
    choice = _Choice(language, own_language(raw))
    tree = choice.report(raw)
    return Chosen(language, tree, tuple(choice.missing), frozenset(choice.carried))


@dataclass(slots=True)
class _Choice:
    """Goes through one report; ``goal`` is the id of the goal that it is in."""

    language: str
    own: str
    missing: list[Problem] = field(default_factory=list[Problem])
    carried: set[str] = field(default_factory=set[str])
    goal: str | None = None

    def report(self, raw: RawReport) -> RawReport:
        record = self._record(raw.record)
        if self.language != self.own:
            record = replace(record, fields=self._translated(record))
        strategies = raw.strategies and tuple(map(self._strategy, raw.strategies))
        return RawReport(record, strategies, raw.scale and self._record(raw.scale))

    def _translated(self, record: Record) -> Mapping[str, Field]:
        """Say the language of the report, unless what is said of it is wrong, which is to be told."""
        given = record.fields.get("language") or Field(self.own, record.place)
        is_right = language_of(words_of(given.text)) is not None
        return {**record.fields, "language": replace(given, text=self.language) if is_right else given}

    def _strategy(self, raw: RawStrategy) -> RawStrategy:
        return RawStrategy(self._record(raw.record), raw.guidelines and tuple(map(self._guideline, raw.guidelines)))

    def _guideline(self, raw: RawGuideline) -> RawGuideline:
        goals = raw.goals and tuple(map(self._goal, raw.goals))
        return RawGuideline(self._record(raw.record), goals, raw.published)

    def _goal(self, raw: RawGoal) -> RawGoal:
        self.goal = id_of(raw) or None
        name = raw.record.names.get("subgoals", "")
        subgoals = tuple(
            RawSubgoal(self._text(subgoal.text, name), tuple(self._text(item, name) for item in subgoal.items))
            for subgoal in raw.subgoals
        )
        goal = RawGoal(self._record(raw.record), subgoals)
        self.goal = None
        return goal

    def _record(self, record: Record) -> Record:
        fields = {
            key: self._text(given, record.names.get(key, key)) if key in names.TRANSLATED else given
            for key, given in record.fields.items()
        }
        return replace(record, fields=fields)

    def _text(self, given: Field, name: str) -> Field:
        """Choose the text of a field, and note where it is missing in the language although there is one."""
        if given.for_all or not (given.in_languages or self.language != self.own):
            return given
        versions = given.in_languages or {self.own: given}
        written = {language: text for language, text in versions.items() if text.reported or not is_blank(text.text)}
        self.carried |= written.keys()
        if self.language in written or not written:
            return versions.get(self.language) or versions.get(self.own) or given
        other = self.own if self.own in written else next(iter(written))
        standing_in = written[other]
        if not needs_translation(standing_in.text):
            return standing_in
        values = {"name": name, "what": said_in(self.language), "value": standing_in.text}
        place = versions.get(self.language, given).place
        self.missing.append(Problem("translation-missing", place, values, self.goal))
        return replace(standing_in, language=tag_of(other))
