"""From a path to a checked report, whatever the form of the source.

Knows nothing of what a report looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from raportti.locks import is_open
from raportti.model import LANGUAGES, Report
from raportti.problems import FilePlace, Place, Problem, ProblemsFound
from raportti.source.collect import GiveUp, Problems
from raportti.source.languages import Chosen, in_language, own_language, said_in
from raportti.source.names import REPORT_FILE
from raportti.source.raw import RawReport
from raportti.source.table import Table
from raportti.source.table_report import report_of
from raportti.source.table_source import read_csv, read_workbook
from raportti.source.validate import Ref, validate
from raportti.source.wording import plain_sentence
from raportti.source.yaml_report import read_yaml
from raportti.wanted import AS_IT_IS, Wanted

_READERS = {".csv": read_csv, ".xlsx": read_workbook}
_OTHER_TABLES = frozenset({".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".numbers", ".tsv"})


@dataclass(frozen=True, slots=True)
class Source:
    """A report that was read, what is remarkable about the files, and where its texts came from."""

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


def load(path: Path, wanted: Wanted = AS_IT_IS) -> Source:
    """Read a report from a folder, a YAML file, a CSV or a workbook, in its own language or the first that is wanted.

    Raises ``ProblemsFound`` with all problems, in the order of their places, where one of them is an error.
    """
    return load_all(path, wanted)[0]


def load_all(path: Path, wanted: Wanted) -> tuple[Source, ...]:
    """Read a report once, in each of the languages that are wanted. Raises as ``load`` does."""
    problems = Problems(is_draft=wanted.is_draft)
    raw = _read(path, problems)
    if raw is None:
        raise ProblemsFound(problems.in_order())
    own = own_language(raw)
    whole = FilePlace(str(path))
    chosen = {language: in_language(raw, language) for language in (own, *wanted.languages)}
    read = [
        _checked(chosen[language], whole, problems, wanted.allow_missing) for language in wanted.languages or (own,)
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
    """Check a report in the language that was chosen, and tell of the texts that are missing in it."""
    for problem in _counted(chosen, whole) if allow_missing else chosen.missing:
        problems.put(problem)
    return validate(chosen.raw, problems)


def _counted(chosen: Chosen, whole: Place) -> tuple[Problem, ...]:
    """Warn of all texts that are missing in a language at once, if there are any."""
    if not chosen.missing:
        return ()
    values = {"count": len(chosen.missing), "what": said_in(chosen.language), "code": chosen.language}
    return (Problem("translations-missing", whole, values),)


def _read(path: Path, problems: Problems) -> RawReport | None:
    place = FilePlace(str(path))
    problems.opened(place.file)
    with problems.guard(place.file):
        kind = path.suffix.lower()
        if path.is_dir():
            return _read_folder(path, problems)
        if not path.exists() and not path.is_symlink():
            problems.add("source-not-found", place, path=str(path))
        elif kind in {".yaml", ".yml"}:
            return read_yaml(path, problems)
        elif kind in _READERS:
            if is_open(path):
                problems.add("source-open-read", place)
            return report_of(_READERS[kind](path, problems), path, partial(_beside, path, problems), problems)
        elif kind in _OTHER_TABLES:
            problems.add("table-kind", place, suffix=kind)
        else:
            problems.add("source-kind", place, suffix=path.suffix or path.name)
    return None


def _beside(path: Path, problems: Problems, language: str) -> Table | None:
    """Read the table with the texts of another in a language."""
    for second in _files_beside(path, language):
        with problems.guard(str(second)):
            return _READERS[second.suffix](second, problems)
    return None


def _files_beside(path: Path, language: str) -> tuple[Path, ...]:
    """Return where the texts of a table are in a language: ``arviointi.sv.xlsx`` beside ``arviointi.xlsx``."""
    files = (path.with_name(f"{path.stem}.{language}{suffix}") for suffix in _READERS)
    return tuple(file for file in files if file.is_file())


def tables_of(path: Path) -> tuple[Path, ...]:
    """Return the files of a table: its own, and the one beside it for each language that has one."""
    return (path, *(file for language in LANGUAGES for file in _files_beside(path, language)[:1]))


def read_table(path: Path) -> Table:
    """Read a file of a table as texts, one that was loaded before; raises ``ProblemsFound`` where it changed since."""
    problems = Problems()
    try:
        return _READERS[path.suffix.lower()](path, problems)
    except GiveUp as error:
        raise ProblemsFound(problems.in_order()) from error


def _read_folder(folder: Path, problems: Problems) -> RawReport | None:
    file = folder / REPORT_FILE
    if file.exists() or file.is_symlink():
        return read_yaml(file, problems)
    kind = "not-a-file" if folder.suffix.lower() in {*_READERS, ".yaml", ".yml"} else "report-file-missing"
    problems.add(kind, FilePlace(str(folder)), name=REPORT_FILE)
    return None
