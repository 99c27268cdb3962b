"""From a path to a checked report, whatever the form of the source.

Knows nothing of what a report looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from raportti.model import Report
from raportti.problems import FilePlace, Place, Problem, ProblemsFound
from raportti.source.collect import Problems
from raportti.source.names import REPORT_FILE
from raportti.source.raw import RawReport
from raportti.source.table_report import report_of
from raportti.source.table_source import read_csv, read_workbook
from raportti.source.validate import Ref, validate
from raportti.source.yaml_report import read_yaml

_READERS = {".csv": read_csv, ".xlsx": read_workbook}
_OTHER_TABLES = frozenset({".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".numbers", ".tsv"})


@dataclass(frozen=True, slots=True)
class Source:
    """A report that was read, what is remarkable about it, and where its texts came from."""

    report: Report
    warnings: tuple[Problem, ...]
    places: Mapping[Ref, Place]


def load(path: Path) -> Source:
    """Read a report from a folder, a YAML file, a CSV or a workbook.

    Raises ``ProblemsFound`` with all problems, in the order of their places, where one of them is an error.
    """
    problems = Problems()
    raw = _read(path, problems)
    places: Mapping[Ref, Place] = {}
    report = None
    if raw:
        report, places = validate(raw, problems)
    found = problems.in_order()
    if report is None or problems.errors:
        raise ProblemsFound(found)
    return Source(report, found, MappingProxyType(dict(places)))


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
            return report_of(_READERS[kind](path, problems), path, problems)
        elif kind in _OTHER_TABLES:
            problems.add("table-kind", place, suffix=kind)
        else:
            problems.add("source-kind", place, suffix=path.suffix or path.name)
    return None


def _read_folder(folder: Path, problems: Problems) -> RawReport | None:
    file = folder / REPORT_FILE
    if file.exists() or file.is_symlink():
        return read_yaml(file, problems)
    kind = "not-a-file" if folder.suffix.lower() in {*_READERS, ".yaml", ".yml"} else "report-file-missing"
    problems.add(kind, FilePlace(str(folder)), name=REPORT_FILE)
    return None
