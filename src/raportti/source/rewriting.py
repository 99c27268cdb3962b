"""From the path of a source and a new report to the bytes of the files that change, whatever the form of the source.

Reads each file once, edits in memory, and reads back what it made before it gives it: nothing is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from raportti.files import refuse_open, scratch_folder
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.diff import changes_of, is_same
from raportti.report.model import Report
from raportti.source import names
from raportti.source.csv import edited_csv
from raportti.source.loading import Source, load_all, read_table, tables_of
from raportti.source.options import LoadOptions
from raportti.source.table import Table
from raportti.source.table_plan import Plan, goal_plan, rest_plan
from raportti.source.xlsx import edited_workbook
from raportti.source.yaml_edit import edited_files
from raportti.source.yaml_files import new_source

_YAML = frozenset({"", ".yaml", ".yml"})


def rewrite(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of the source at ``path`` that have to change for it to say a new report.

    ``source`` is what was loaded from there; the new report is in its language. Raises ``ProblemsFound`` where the
    source's form cannot say it.
    """
    return {} if is_same(new, source.report) else rewrite_all(path, (new,))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The files of a source that change, each as it was when it was read, and what the whole says with them.

    ``contents`` are all files of the source with the changes; ``sources`` are what was read back from them, in the
    languages of the reports.
    """

    files: Mapping[Path, bytes]
    originals: Mapping[Path, bytes]
    contents: Mapping[Path, bytes]
    sources: tuple[Source, ...]


def rewrite_all(path: Path, reports: Sequence[Report]) -> Mapping[Path, bytes]:
    """Return the files that have to change for a source to say a report in each of several languages.

    What all languages share comes with the first of them. Raises as ``rewrite`` does.
    """
    return rewritten(path, reports).files


def rewritten(
    path: Path,
    reports: Sequence[Report],
    *,
    expected: Sequence[Report] | None = None,
    contents: Mapping[Path, bytes] | None = None,
    sources: Sequence[Source] = (),
) -> Rewritten:
    """Return how a source changes to say a report in each of several languages; else as ``rewrite_all``.

    ``expected`` are the reports that have to be read back where they are not those that are written: a text that is
    taken away in one language is read as that of another. ``contents`` are its files, where they were read before, and
    ``sources`` what was read from them, in all languages of the reports.
    """
    expected = reports if expected is None else expected
    languages = tuple(dict.fromkeys(report.language for report in (*reports, *expected)))
    files = dict(contents or {})
    known = {source.report.language: source for source in sources} or _read_in(languages, path, files, path)
    states = _edited_states(path, reports, expected, _States(dict(files), files, known), path)
    changed = {file: data for file, data in states.after.items() if data != states.before[file]}
    for file in changed:
        refuse_open(file)
    originals = {file: states.before[file] for file in changed}
    return Rewritten(changed, originals, states.after, tuple(states.sources.values()))


def require_empty(folder: Path) -> None:
    """Raise ``ProblemsFound`` where a new source cannot have a folder: it is not empty, or not to be read."""
    place = FilePlace(str(folder))
    try:
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:  # its name is too long, say
        words = error.strerror or str(error)
        raise ProblemsFound([Problem("output-unwritable", place, {"words": words})]) from error
    if is_taken:
        raise ProblemsFound([Problem("folder-not-empty", place)])


def make_source(folder: Path, reports: Sequence[Report]) -> Mapping[Path, bytes]:
    """Return the files of a new source in YAML that says a report in each of several languages, its own first."""
    with scratch_folder() as scratch:
        files = new_source(reports[0])
        for name, text in files.items():
            (scratch / name).write_bytes(text.encode())
        contents: dict[Path, bytes] = {}
        read = _read_in(tuple(report.language for report in reports), scratch, contents, folder)
        edited = _edited_states(scratch, reports, reports, _States(contents, dict(contents), read), folder).after
        return {folder / name: edited[scratch / name] for name in files}


@dataclass(slots=True)
class _States:
    """The files of a source as they were read and with the edits so far, and what they say now, by language."""

    before: Mapping[Path, bytes]
    after: dict[Path, bytes]
    sources: Mapping[str, Source]


def _edited_states(
    path: Path, reports: Sequence[Report], expected: Sequence[Report], states: _States, named: Path
) -> _States:
    """Edit one language after the other, then hold all against what is expected; ``named`` is what problems name."""
    languages = tuple(states.sources)
    for new in reports:
        source = states.sources[new.language]
        if not is_same(source.report, new):
            states.after |= _edited(path, source, new, states.after)
            states.sources = _read_in(languages, path, states.after, named)
    for new in expected:
        again = states.sources[new.language].report
        if not is_same(again, new):
            raise _not_possible(named, _owners(new, again))
    return states


def _read_in(languages: tuple[str, ...], path: Path, contents: dict[Path, bytes], named: Path) -> Mapping[str, Source]:
    """Read a source in several languages, as its files are or should be."""
    options = LoadOptions(languages, allow_missing=True, is_draft=True)
    try:
        return {source.report.language: source for source in load_all(path, options, contents)}
    except ProblemsFound as found:
        raise _not_possible(named, (problem.goal or problem.kind for problem in found.problems)) from found


def _edited(path: Path, source: Source, new: Report, contents: dict[Path, bytes]) -> Mapping[Path, bytes]:
    if path.suffix.lower() in _YAML or path.is_dir():
        return edited_files(path, source.report, new, source.own_language, contents)
    return _edited_tables(path, source, new, contents)


def _edited_tables(path: Path, source: Source, new: Report, contents: dict[Path, bytes]) -> Mapping[Path, bytes]:
    """Return the files of a table that have to change for it to say a new report; formats and other sheets stay.

    Each file that is read is added to ``contents``.
    """
    files: dict[Path, bytes] = {}
    for file in tables_of(path):
        table = read_table(file, contents)
        beside = None if file == path else file.stem.rpartition(".")[2]  # arviointi.sv.csv
        plan = goal_plan(table, source.report, new, own=source.own_language, beside=beside)
        rest = rest_plan(table.rest, source.report, new) if table.rest else None
        if not plan.changes_nothing or (rest and not rest.changes_nothing):
            files[file] = _edited_table(file, contents[file], table, plan, rest)
    return files


def _edited_table(file: Path, data: bytes, table: Table, plan: Plan, rest: Plan | None) -> bytes:
    if table.sheet is None:
        return edited_csv(data, plan)
    plans = {table.sheet: plan}
    if rest and table.rest and table.rest.sheet:
        plans[table.rest.sheet] = rest
    return edited_workbook(data, str(file), plans)


def _owners(new: Report, again: Report) -> Iterator[str]:
    """Name what does not say what it should: goals, guidelines, strategies, else keys of the report."""
    changes = changes_of(new, again)
    yield from (goal.id for goal in changes.goals)
    keys = names.by_field(names.REPORT)
    yield from (text.guideline or text.strategy or keys.get(text.field, text.field) for text in changes.texts)


def _not_possible(path: Path, owners: Iterable[str]) -> ProblemsFound:
    values = {"names": tuple(dict.fromkeys(owners))}
    return ProblemsFound([Problem("edit-not-possible", FilePlace(str(path)), values)])
