"""From a source and what is wished of it to its files: edits of goals, workbooks that go out and come back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.locks import refuse_open
from raportti.output import write_all
from raportti.problems import FilePlace, Problem, ProblemsFound

if TYPE_CHECKING:
    from raportti.editing import Edit, Wish
    from raportti.model import Report
    from raportti.refreshing import Refreshing


def export(
    source: str | Path,
    to: str | Path,
    *,
    unit: str | None = None,
    may_replace: Callable[[Path], bool] = lambda _: False,
) -> tuple[Path, ...]:
    """Write a report as a workbook that builds exactly what its source does, and return its path.

    ``unit``: with the goals of that unit in charge alone; ``all``: one workbook for each unit, in the folder ``to``.
    ``may_replace`` is asked about each file that is there. What is missing of an assessment stays empty.

    Raises ``ProblemsFound``; then nothing is written.
    """
    # Imported here: openpyxl takes 0.2 s.
    from raportti.workbook import exported

    files = exported(Path(source), Path(to), unit)
    for path in files:
        refuse_open(path)
        if path.exists() and not may_replace(path):
            raise ProblemsFound([Problem("output-exists", FilePlace(str(path)))])
    write_all(files)
    return tuple(files)


def set_goal(source: str | Path, wish: "Wish", *, language: str | None = None) -> "Edit":
    """Say what changes where a goal of a source gets new values; ``apply`` writes it. The source may be a draft.

    ``language`` is that of the assessment, the source's own where none is named. Raises ``WishRefused`` where the wish
    cannot be granted, ``ProblemsFound`` where the source is not right or cannot say it.
    """
    # Imported here, and below: ruamel.yaml, which the PDF's process of a build need not wait for.
    from raportti.editing import set_goal

    return set_goal(Path(source), wish, language)


def import_file(file: str | Path, source: str | Path, *, prefer: str | None = None) -> "Edit":
    """Say what changes where a file that was exported, or any other source, comes into a source; ``apply`` writes it.

    ``prefer`` is ``ours`` or ``theirs`` for what both changed since the export; without it that raises ``Conflicts``.
    """
    from raportti.changes.merge import Side
    from raportti.editing import import_file

    return import_file(Path(source), Path(file), _base_of(Path(file)), None if prefer is None else Side(prefer))


def _base_of(file: Path) -> "Mapping[str, Report] | None":
    """Return the report that a workbook was exported from, by language."""
    if file.suffix.lower() != ".xlsx" or not file.is_file():
        return None
    from raportti.workbook import base_of

    return base_of(file)


def new_source(file: str | Path, folder: str | Path) -> tuple[Path, ...]:
    """Make a folder of YAML files that say what a table or a workbook does; it must be empty, or not there yet."""
    from raportti.editing import new_source_of

    files = new_source_of(Path(file), Path(folder))
    write_all(files)
    return tuple(files)


def apply(edit: "Edit | Refreshing") -> None:
    """Write the files of an edit, all or none. Raises ``ProblemsFound`` where one was changed since it was read."""
    edit.require_unchanged()
    write_all(edit.files)
