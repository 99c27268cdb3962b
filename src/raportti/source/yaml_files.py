"""From the path of a YAML source to its files as they stand, and from a report to the files of a new source.

Does not know how YAML is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from raportti.files import report_file
from raportti.problems import FilePlace
from raportti.report.model import Report
from raportti.source import names, plain
from raportti.source.collector import Problems
from raportti.source.plain import Value
from raportti.source.tree import Field
from raportti.source.yaml_format import entry_text
from raportti.source.yaml_parse import MappingNode, ScalarNode, SequenceNode, compose
from raportti.source.yaml_read import find_sibling

_MARK = "\ufeff"
_NOTHING: Mapping[Path, bytes] = MappingProxyType({})


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


def read_files(source: Path, contents: Mapping[Path, bytes] = _NOTHING) -> YamlFiles:
    """Read the files of a source that was loaded; ``contents`` are those of which it is known what they hold."""
    report = report_file(source, contents) if source.is_dir() else source
    own = _read(report, contents)
    strategies = dict(_strategy_files(own.text, report, Problems(contents=dict(contents))))
    files = {report: own, **{path: _read(path, contents) for path in strategies.values()}}
    return YamlFiles(files, report, strategies)


def _strategy_files(text: str, report: Path, problems: Problems) -> list[tuple[str, Path]]:
    root = compose(text, str(report), problems)
    items = root.get("strategiat") if isinstance(root, MappingNode) else None
    nodes = items.items if isinstance(items, SequenceNode) else ()
    names = [node.text for node in nodes if isinstance(node, ScalarNode)]
    place = FilePlace(str(report))
    paths = ((name, find_sibling(report.parent, Field(name, place), {}, problems)) for name in names)
    return [(name, path) for name, path in paths if path is not None]


def _read(path: Path, contents: Mapping[Path, bytes]) -> YamlFile:
    text = (contents[path] if path in contents else path.read_bytes()).decode()
    line_end = "\r\n" if "\r\n" in text else "\n"
    mark = _MARK if text.startswith(_MARK) else ""
    return YamlFile(text.removeprefix(_MARK).replace("\r\n", "\n"), line_end, mark)


_LISTS = frozenset({"linjaukset", "tavoitteet", "strategiat"})
_INDENT = 2


def new_source(report: Report) -> Mapping[str, str]:
    """Return the texts of a report's files by their names: its own, and one for each strategy."""
    files = {f"strategia-{number}.yaml": strategy for number, strategy in enumerate(report.strategies, 1)}
    own: dict[str, Value] = {"kieli": report.language} if report.language != "fi" else {}
    for key, field in names.REPORT.items():
        value = _report_value(report, field, tuple(files))
        if value is not None and field != "language":
            own[key] = value
    languages = plain.Languages(report.language, report.language)
    texts = {name: _text(plain.strategy_value(strategy, languages)) for name, strategy in files.items()}
    return {names.REPORT_FILE: _text(own), **texts}


def _report_value(report: Report, field: str, files: tuple[str, ...]) -> Value | None:
    if field == "strategies":
        return list(files)
    if field == "scale":
        return plain.scale_value(report.scale) if report.scale else None
    return plain.plain_value(getattr(report, field), report.language)


def _text(entries: Mapping[str, Value]) -> str:
    return "".join(f"{entry_text(key, value, 0)}\n" for key, value in entries.items())
