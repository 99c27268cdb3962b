"""From a report to the YAML files of a new source. Writes none of them."""

from collections.abc import Mapping

from raportti.edits import values
from raportti.edits.yaml_write import Value, entry_text
from raportti.model import Report
from raportti.source import names

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
    tongue = values.Tongue(report.language, report.language)
    texts = {name: _text(values.strategy_value(strategy, tongue)) for name, strategy in files.items()}
    return {names.REPORT_FILE: _text(own), **texts}


def _report_value(report: Report, field: str, files: tuple[str, ...]) -> Value | None:
    if field == "strategies":
        return list(files)
    if field == "scale":
        return values.scale_value(report.scale) if report.scale else None
    return values.plain_value(getattr(report, field), report.language)


def _text(entries: Mapping[str, Value]) -> str:
    return "".join(f"{entry_text(key, value, 0)}\n" for key, value in entries.items())
