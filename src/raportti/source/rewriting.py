"""From the path of a source and a new report to the bytes of the files that change, whatever the form of the source.

Does not write them: it edits a copy in a folder of its own, and loads that again to see that it says the new report.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from raportti.files import refuse_open
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.diff import changes_of, is_same
from raportti.report.model import Report
from raportti.source import names
from raportti.source.csv import edited_csv
from raportti.source.loading import Source, load, read_table, tables_of
from raportti.source.options import LoadOptions
from raportti.source.table import Table
from raportti.source.table_plan import Plan, goal_plan, rest_plan
from raportti.source.xlsx import edited_workbook
from raportti.source.yaml_edit import edited_files
from raportti.source.yaml_files import new_source, read_files

_YAML = frozenset({"", ".yaml", ".yml"})


def rewrite(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of the source at ``path`` that have to change for it to say a new report.

    ``source`` is what was loaded from there; the new report is in its language. Raises ``ProblemsFound`` where the
    source's form cannot say it.
    """
    return {} if is_same(new, source.report) else rewrite_all(path, (new,))


def rewrite_all(path: Path, reports: Sequence[Report]) -> Mapping[Path, bytes]:
    """Return the files that have to change for a source to say a report in each of several languages.

    What all languages share comes with the first of them. Raises as ``rewrite`` does.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copies = {file: Path(scratch) / file.relative_to(_folder(path)) for file in _files(path)}
        for file, copy in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        _edit_all(Path(scratch) / path.relative_to(_folder(path)), reports, path)
        edited = ((file, copy.read_bytes()) for file, copy in copies.items())
        changed = {file: data for file, data in edited if data != file.read_bytes()}
    for file in changed:
        refuse_open(file)
    return changed


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
    with tempfile.TemporaryDirectory() as scratch:
        files = new_source(reports[0])
        for name, text in files.items():
            (Path(scratch) / name).write_bytes(text.encode())
        _edit_all(Path(scratch), reports, folder)
        return {folder / name: (Path(scratch) / name).read_bytes() for name in files}


def _edit_all(copy: Path, reports: Sequence[Report], path: Path) -> None:
    """Edit a copy one language after the other, then hold all against it; ``path`` is what problems name."""
    for new in reports:
        source = _again(copy, new, path)
        if not is_same(source.report, new):
            for file, data in _edited(copy, source, new).items():
                file.write_bytes(data)
    for new in reports:
        again = _again(copy, new, path).report
        if not is_same(again, new):
            raise _not_possible(path, _owners(new, again))


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _files(path: Path) -> Iterator[Path]:
    """Yield the files of a source; a table may have one beside it with its texts in another language."""
    if path.suffix.lower() in _YAML or path.is_dir():
        yield from read_files(path).files
        return
    yield from tables_of(path)


def _again(copy: Path, new: Report, path: Path) -> Source:
    """Load an edited copy in the language of a report."""
    try:
        return load(copy, LoadOptions((new.language,), allow_missing=True, is_draft=True))
    except ProblemsFound as found:
        raise _not_possible(path, (problem.goal or problem.kind for problem in found.problems)) from found


def _edited(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    if path.suffix.lower() in _YAML or path.is_dir():
        return edited_files(path, source.report, new, source.own_language)
    return _edited_tables(path, source, new)


def _edited_tables(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of a table that have to change for it to say a new report; formats and other sheets stay."""
    files: dict[Path, bytes] = {}
    for file in tables_of(path):
        table = read_table(file)
        is_beside = file != path
        plan = goal_plan(table, source.report, new, own=source.own_language, is_beside=is_beside)
        rest = rest_plan(table.rest, source.report, new) if table.rest else None
        if not plan.changes_nothing or (rest and not rest.changes_nothing):
            files[file] = _edited_table(file, table, plan, rest)
    return files


def _edited_table(file: Path, table: Table, plan: Plan, rest: Plan | None) -> bytes:
    data = file.read_bytes()
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
