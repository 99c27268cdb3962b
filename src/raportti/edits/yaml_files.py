"""From the path of a YAML source to its files as they stand, and from edited texts to their bytes again.

Knows nothing of reports but which file names the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raportti.edits.yaml_nodes import Keyed, Listed, Scalar, nodes_of
from raportti.problems import FilePlace
from raportti.source.collect import Problems
from raportti.source.names import REPORT_FILE
from raportti.source.raw import Field
from raportti.source.siblings import find_sibling

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file: its text with line feeds at line ends and without a byte order mark, and what it had of both."""

    text: str
    line_end: str
    mark: str

    def encoded(self, text: str) -> bytes:
        """Return the bytes of another text, with line ends and mark as this file has them."""
        return (self.mark + text.replace("\n", self.line_end)).encode()


@dataclass(frozen=True, slots=True)
class YamlFiles:
    """The files of a report by their paths; ``report`` is its own, ``strategies`` are those of strategies, by name."""

    files: Mapping[Path, YamlFile]
    report: Path
    strategies: Mapping[str, Path]


def read_files(source: Path) -> YamlFiles:
    """Read the files of a source that was loaded."""
    report = source / REPORT_FILE if source.is_dir() else source
    own = _read(report)
    strategies = dict(_strategy_files(own.text, report))
    return YamlFiles({report: own, **{path: _read(path) for path in strategies.values()}}, report, strategies)


def _strategy_files(text: str, report: Path) -> list[tuple[str, Path]]:
    root = nodes_of(text)
    items = root.get("strategiat") if isinstance(root, Keyed) else None
    names = [item.text for item in items.items if isinstance(item, Scalar)] if isinstance(items, Listed) else []
    place = FilePlace(str(report))
    paths = ((name, find_sibling(report.parent, Field(name, place), {}, Problems())) for name in names)
    return [(name, path) for name, path in paths if path is not None]


def _read(path: Path) -> YamlFile:
    text = path.read_bytes().decode()
    line_end = "\r\n" if "\r\n" in text else "\n"
    mark = _MARK if text.startswith(_MARK) else ""
    return YamlFile(text.removeprefix(_MARK).replace("\r\n", "\n"), line_end, mark)
