"""From the report's own texts, and those of its strategies and guidelines, to what forms show, and back.

Does not know goals. Fields are named as ``title.fi``, ``date``, ``scale.5.sv``, ``name.fi``, ``tag.sv``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from raportti.problems import FilePlace, Problem
from raportti.report.model import SCORES, Guideline, Report, Strategy
from raportti.serve.saving.versions import Change, Refused, canonical
from raportti.source import names, plain
from raportti.source.collector import Problems
from raportti.source.fields import date_of
from raportti.source.files import without_controls
from raportti.source.stand_ins import Reports, mapped, texts_within
from raportti.source.texts import marked


class Missing(LookupError):
    """Raised where a part that should change is not there any more; ``names`` are its own, or a goal's id."""

    def __init__(self, *parts: str) -> None:
        super().__init__(" / ".join(parts))
        self.names = parts


class Changed(Exception):
    """Raised where texts were changed since somebody began to: ``fields`` has base, mine and theirs of each."""

    def __init__(self, owner: str, clashes: Mapping[str, tuple[str, str, str]]) -> None:
        super().__init__(owner)
        self.owner = owner
        self.fields = clashes


def texts_of_part(reports: Reports, strategy: str | None = None, guideline: str | None = None) -> Mapping[str, str]:
    """Return the fields that ``SetTexts`` can change, of bare reports, with what a form shows."""
    parts = parts_of(reports, strategy, guideline)
    fields = _SETTABLE[type(next(iter(parts.values())))]
    return {name: value for field in fields for name, value in _shown(parts, field)}


_SETTABLE: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        Report: ("title", "organisation", "meeting", "date", "case_number", "attachment_number", "scale"),
        Strategy: ("name", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"),
        Guideline: ("name",),
    }
)


def _shown(parts: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
    own = next(iter(parts))
    if field == "scale":
        for number, score in enumerate(SCORES):
            for language, part in parts.items():
                yield f"scale.{score}.{language}", plain.written(part.scale[number]) if part.scale else ""
    elif field in texts_within(parts[own]):
        for language, part in parts.items():
            yield f"{field}.{language}", plain.written(getattr(part, field) or "")
    else:
        yield field, str(plain.plain_value(getattr(parts[own], field), own) or "")


def parts_of(reports: Reports, strategy: str | None, guideline: str | None) -> Mapping[str, Any]:
    if strategy is None:
        return reports
    own = next(iter(reports.values()))
    number, found = strategy_of(own, strategy)
    if guideline is None:
        return {language: report.strategies[number] for language, report in reports.items()}
    of = numbered([one.name for one in found.guidelines], guideline, strategy)
    return {language: report.strategies[number].guidelines[of] for language, report in reports.items()}


def strategy_of(report: Report, name: str) -> tuple[int, Strategy]:
    number = numbered([strategy.name for strategy in report.strategies], name)
    return number, report.strategies[number]


def numbered(known: Sequence[str], name: str, *within: str) -> int:
    try:
        return known.index(name)
    except ValueError:
        raise Missing(*within, name) from None


def with_texts(
    changes: Mapping[str, Change], bare: Reports, *, strategy: str | None, guideline: str | None, path: str
) -> Reports:
    """Change texts of the report, or of a strategy or a guideline, where their old values still stand.

    Raises ``Missing``, ``Changed`` and ``Refused``; ``path`` is the source that problems name.
    """
    parts = parts_of(bare, strategy, guideline)
    shown = texts_of_part(bare, strategy, guideline)
    clashes: dict[str, tuple[str, str, str]] = {}
    wrong: dict[str, Sequence[Problem]] = {}
    new = dict(parts)
    for name, change in changes.items():
        old, mine, theirs = (canonical(name, text) for text in (change.old, change.new, shown[name]))
        if theirs not in (old, mine):
            clashes[name] = change.old, change.new, shown[name]
        elif mine != theirs:
            try:
                new = _with_text(new, name, mine, path)
            except Refused as refused:
                wrong.update(refused.fields)
    if clashes:
        raise Changed(" / ".join(filter(None, (strategy, guideline))), clashes)
    if wrong:
        raise Refused(wrong)
    own = next(iter(parts.values()))
    if isinstance(own, Report):
        return new
    return mapped(bare, lambda at: new if next(iter(at.values())) is own else at)


def _with_text(parts: dict[str, Any], name: str, text: str, path: str) -> dict[str, Any]:
    """Change one text of a part in its language, or in all of them what they share."""
    field, _, rest = name.partition(".")
    place = FilePlace(path)
    problems = Problems()
    text = without_controls(text, problems, lambda _: place)
    value: object = marked(text)
    if field == "date":
        value = date_of(text) if text else None
        if text and value is None:
            problems.add("date-unknown", place, value=text, name=_REPORT_KEYS["date"])
    if problems.errors:
        raise Refused({name: problems.in_order()})
    if field == "scale":
        score, _, language = rest.partition(".")
        scale: list[str] = list(parts[language].scale or [""] * len(SCORES))
        scale[SCORES.index(int(score))] = marked(text)
        return {**parts, language: replace(parts[language], scale=tuple(scale) if any(scale) else ())}
    if rest:
        return {**parts, rest: replace(parts[rest], **{field: value})}
    return {language: replace(part, **{field: value or None}) for language, part in parts.items()}


_REPORT_KEYS = names.by_field(names.REPORT)
