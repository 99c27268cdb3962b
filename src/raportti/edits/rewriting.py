"""From a loaded source and a new report to the bytes of the files that change, whatever the form of the source.

Reads back what it made, from a folder of its own, before it gives it.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from raportti.changes import changes_of
from raportti.edits.yaml_files import read_files
from raportti.edits.yaml_report import edited_files
from raportti.model import Report
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.source import Source, load, tables_of
from raportti.wanted import Wanted

_YAML = frozenset({"", ".yaml", ".yml"})


def rewrite(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of the source at ``path`` that have to change for it to say a new report.

    ``source`` is what was loaded from there; the new report is in its language. Raises ``ProblemsFound`` where the
    source's form cannot say it.
    """
    if new == source.report:
        return {}
    files = _edited(path, source, new)
    _read_back(path, files, source, new)
    return files


def _edited(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    if _is_yaml(path):
        return edited_files(path, source.report, new, source.own_language)
    # Imported here: only a table needs what reads and writes tables.
    from raportti.edits.tables import edited_tables

    return edited_tables(path, source, new)


def _is_yaml(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in _YAML


def _read_back(path: Path, files: Mapping[Path, bytes], source: Source, new: Report) -> None:
    """Load the edited files from a folder of their own, and compare."""
    folder = path if path.is_dir() else path.parent
    all_files = _all_yaml(path) if _is_yaml(path) else {file: file.read_bytes() for file in tables_of(path)}
    with tempfile.TemporaryDirectory() as scratch:
        for file, data in {**all_files, **files}.items():
            copy = Path(scratch) / file.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
        try:
            again = load(Path(scratch) / path.relative_to(folder), Wanted((new.language,), is_draft=True)).report
        except ProblemsFound as found:
            words = ", ".join(dict.fromkeys(problem.kind for problem in found.problems))
            raise _not_possible(path, words) from found
    if again != new:
        changes = changes_of(new, again)
        owners = [
            *(goal.id for goal in changes.goals),
            *(text.guideline or text.strategy or "" for text in changes.texts),
        ]
        raise _not_possible(path, ", ".join(dict.fromkeys(owner for owner in owners if owner)))


def _all_yaml(path: Path) -> Mapping[Path, bytes]:
    files = read_files(path)
    return {file: file.read_bytes() for file in files.files}


def _not_possible(path: Path, words: str) -> ProblemsFound:
    return ProblemsFound([Problem("edit-not-possible", FilePlace(str(path)), {"words": words})])
