"""From a path to a checked report in the languages asked for, whatever the form of the source.

Does not know what a report looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from raportti.files import is_open, report_file
from raportti.problems import FilePlace, Place, Problem, ProblemsFound
from raportti.report.characters import is_blank, words_of
from raportti.report.fields import Ref
from raportti.report.model import LANGUAGES, Report
from raportti.source import names
from raportti.source.collector import FileUnreadable, Problems
from raportti.source.fields import language_of
from raportti.source.goals import id_of
from raportti.source.names import REPORT_FILE
from raportti.source.options import AS_IT_IS, LoadOptions
from raportti.source.table import Table
from raportti.source.table_report import report_of
from raportti.source.texts import needs_translation, plain_sentence, tag_of
from raportti.source.tree import Field, RawGoal, RawGuideline, RawReport, RawStrategy, RawSubgoal, Record
from raportti.source.validate import validate
from raportti.source.yaml_read import read_yaml

IN_WORDS = {"fi": "in Finnish", "sv": "in Swedish"}
"""A language in a message; the catalogue has these words too."""


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


def in_language(raw: RawReport, language: str) -> Chosen:
    """Choose one language. Where a text is missing in it, the text of the other language stands in and is marked."""
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
        """Set the language of the report; a wrong one stays, so that it is reported."""
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
        values = {"name": name, "what": IN_WORDS[self.language], "value": standing_in.text}
        place = versions.get(self.language, given).place
        self.missing.append(Problem("translation-missing", place, values, self.goal))
        return replace(standing_in, language=tag_of(other))


_TABLES = (".csv", ".xlsx")
"""The tables that can be read, the first choice of two first."""
_OTHER_TABLES = frozenset({".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".numbers", ".tsv"})


@dataclass(frozen=True, slots=True)
class Source:
    """A report that was read, the warnings about its files, and where its texts came from."""

    report: Report
    warnings: tuple[Problem, ...]
    places: Mapping[Ref, Place]
    own_language: str
    """The language of those texts that are given in one only."""
    own_title: str
    """The title in that language."""
    languages: tuple[str, ...]
    """The languages in which there are texts, its own first."""
    untranslated: tuple[Problem, ...]
    """For each other language that some texts are given in, a warning that some are not."""


def load(path: Path, options: LoadOptions = AS_IT_IS) -> Source:
    """Read a report from a folder, a YAML file, a CSV or a workbook, in its own language or the first asked for.

    Raises ``ProblemsFound`` with all problems, in the order of their places, where one of them is an error.
    """
    return load_all(path, options)[0]


def load_all(path: Path, options: LoadOptions, contents: dict[Path, bytes] | None = None) -> tuple[Source, ...]:
    """Read a report once, in each of the languages asked for. Raises as ``load`` does.

    ``contents``: files that need not be read, since it is known what they hold; each that is read is added.
    """
    problems = Problems(is_draft=options.is_draft, contents=contents)
    raw = _read(path, problems)
    if raw is None:
        raise ProblemsFound(problems.in_order())
    own = own_language(raw)
    whole = FilePlace(str(path))
    chosen = {language: in_language(raw, language) for language in (own, *options.languages)}
    read = [
        _checked(chosen[language], whole, problems, options.allow_missing) for language in options.languages or (own,)
    ]
    reports = [(report, places) for report, places in read if report]
    found = problems.in_order()
    if problems.errors:
        raise ProblemsFound(found)
    title = plain_sentence(chosen[own].raw.record.fields["title"].text)
    others = sorted(chosen[own].carried - {own})
    counted = (_counted(chosen.get(other) or in_language(raw, other), whole) for other in others)
    untranslated = tuple(problem for problems_of_one in counted for problem in problems_of_one)
    return tuple(
        Source(report, found, MappingProxyType(dict(places)), own, title, (own, *others), untranslated)
        for report, places in reports
    )


def _checked(
    chosen: Chosen, whole: Place, problems: Problems, allow_missing: bool
) -> tuple[Report | None, Mapping[Ref, Place]]:
    """Check a report in the language that was chosen, and report the texts that are missing in it."""
    for problem in _counted(chosen, whole) if allow_missing else chosen.missing:
        problems.put(problem)
    return validate(chosen.raw, problems)


def _counted(chosen: Chosen, whole: Place) -> tuple[Problem, ...]:
    """Warn of all texts that are missing in a language at once, if there are any."""
    if not chosen.missing:
        return ()
    values = {"count": len(chosen.missing), "what": IN_WORDS[chosen.language], "code": chosen.language}
    return (Problem("translations-missing", whole, values),)


def _read(path: Path, problems: Problems) -> RawReport | None:
    place = FilePlace(str(path))
    problems.opened(place.file)
    with problems.guard(place.file):
        kind = path.suffix.lower()
        if path.is_dir():
            return _read_folder(path, problems)
        if path not in problems.contents and not path.exists() and not path.is_symlink():
            problems.add("source-not-found", place, path=str(path))
        elif kind in {".yaml", ".yml"}:
            return read_yaml(path, problems)
        elif kind in _TABLES:
            if is_open(path):
                problems.add("source-open-read", place)
            return report_of(_table(path, problems), path, partial(_beside, path, problems), problems)
        elif kind in _OTHER_TABLES:
            problems.add("table-kind", place, suffix=kind)
        else:
            problems.add("source-kind", place, suffix=path.suffix or path.name)
    return None


def _beside(path: Path, problems: Problems, language: str) -> Table | None:
    """Read the table with the texts of another in a language."""
    for second in _files_beside(path, language):
        with problems.guard(str(second)):
            return _table(second, problems)
    return None


def _table(path: Path, problems: Problems) -> Table:
    """Read a file of a table as texts."""
    # Imported here: a build from YAML, on which the PDF's process waits, does not need it (0.06 s).
    from raportti.source.table_read import read_csv, read_workbook

    return (read_csv if path.suffix.lower() == ".csv" else read_workbook)(path, problems)


def _files_beside(path: Path, language: str) -> tuple[Path, ...]:
    """Return where the texts of a table are in a language: ``arviointi.sv.xlsx`` beside ``arviointi.xlsx``."""
    files = (path.with_name(f"{path.stem}.{language}{suffix}") for suffix in _TABLES)
    return tuple(file for file in files if file.is_file())


def tables_of(path: Path) -> tuple[Path, ...]:
    """Return the files of a table: its own, and the one beside it for each language that has one."""
    return (path, *(file for language in LANGUAGES for file in _files_beside(path, language)[:1]))


def read_table(path: Path, contents: dict[Path, bytes] | None = None) -> Table:
    """Read a file of a table as texts, one that was loaded before; raises ``ProblemsFound`` where it changed since."""
    problems = Problems(contents=contents)
    try:
        return _table(path, problems)
    except FileUnreadable as error:
        raise ProblemsFound(problems.in_order()) from error


def _read_folder(folder: Path, problems: Problems) -> RawReport | None:
    file = report_file(folder, problems.contents)
    if file in problems.contents or file.exists() or file.is_symlink():
        return read_yaml(file, problems)
    kind = "not-a-file" if folder.suffix.lower() in {*_TABLES, ".yaml", ".yml"} else "report-file-missing"
    problems.add(kind, FilePlace(str(folder)), name=REPORT_FILE)
    return None
