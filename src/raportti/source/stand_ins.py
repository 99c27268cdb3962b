"""From reports in several languages to what each says itself, without what stands in for missing texts, and back.

Does not know forms or files. A report is ``bare`` where the texts that it lacks in its language are empty:
``source.loading`` lets those of another language stand in for them, marked as of that language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, cast

from raportti.report.model import LANGUAGES, Goal, Guideline, Report, Strategy, Subgoal
from raportti.report.pairs import Flat, ReportPart, flat, whole
from raportti.report.passages import Marked
from raportti.source import plain
from raportti.source.texts import marked, needs_translation, tag_of

Reports: TypeAlias = Mapping[str, Report]
"""Language → report, the source's own first; all have the same parts in the same order."""
Part: TypeAlias = Report | Strategy | Guideline | Goal
P = TypeVar("P", bound=Part)
_WITHIN: Mapping[type[Any], str] = MappingProxyType({Report: "strategies", Strategy: "guidelines", Guideline: "goals"})


def mapped(parts: Mapping[str, P], change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Mapping[str, P]:
    """Change each part of reports in all languages at once; ``change`` leaves alone what is within a part."""
    changed = cast("dict[str, P]", dict(change(parts)))
    within = _WITHIN.get(type(next(iter(parts.values()))))
    if within is None:
        return changed
    rows = zip(*(getattr(part, within) for part in parts.values()), strict=True)
    children = [mapped(dict(zip(parts, row, strict=True)), change) for row in rows]
    for language, part in changed.items():
        inside = tuple(child[language] for child in children)
        if any(new is not old for new, old in zip(inside, getattr(part, within), strict=True)):
            changed[language] = replace(part, **{within: inside})
    return changed


def stands_in(text: str, language: str) -> bool:
    """Tell whether a text of a report stands in for one that is missing in its language."""
    if not isinstance(text, Marked):
        return False
    tags = {passage.language for passage in text.passages}
    others = {tag_of(other) for other in LANGUAGES if other != language}
    return None not in tags and bool(tags & others)


def own_text(text: str, language: str) -> str:
    return "" if stands_in(text, language) else text


def own_texts(texts: tuple[str, ...], language: str) -> tuple[str, ...]:
    return () if texts and all(stands_in(text, language) for text in texts) else texts


def bare_of(reports: Reports) -> Reports:
    """Empty the texts that stand in for missing ones. Names and titles in the source's own language stay."""
    own = next(iter(reports))
    return mapped(reports, lambda parts: {language: bare_part(part, language, own) for language, part in parts.items()})


def bare_part(part: Any, language: str, own: str) -> Any:
    kept = ("name", "title") if language == own else ()
    texts = {field: getattr(part, field) for field in texts_within(part) if field not in kept}
    bare = {field: _bare_value(value, language) for field, value in texts.items()}
    changed = {field: value for field, value in bare.items() if value is not texts[field]}
    return replace(part, **changed) if changed else part


_TEXTS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        Report: ("title", "organisation", "meeting", "scale"),
        Strategy: ("name", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"),
        Guideline: ("name",),
        Goal: ("text", "subgoals", "assessment"),
    }
)
"""The fields of each kind of part that are texts of one language."""


_MAY_BE_NONE = frozenset(
    {"organisation", "meeting", "scale", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"}
)


def texts_within(part: object) -> tuple[str, ...]:
    """Return the fields of a part that each language has of its own."""
    return _TEXTS[type(part)]


def _bare_value(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return own_text(value, language)
    if not value or not _has_stand_ins(value, language):
        return value
    if isinstance(value[0], Subgoal):
        bare = tuple(_bare_subgoal(subgoal, language) for subgoal in value)
        return bare if any(_is_said(subgoal) for subgoal in bare) else ()
    bare_texts = tuple(own_text(text, language) for text in value)
    return bare_texts if any(bare_texts) else ()


def _has_stand_ins(values: Iterable[Any], language: str) -> bool:
    return any(
        stands_in(text, language)
        for value in values
        for text in ((value.text, *value.items) if isinstance(value, Subgoal) else (value,))
    )


def _bare_subgoal(subgoal: Subgoal, language: str) -> Subgoal:
    return Subgoal(own_text(subgoal.text, language), tuple(own_text(item, language) for item in subgoal.items))


def _is_said(subgoal: Subgoal) -> bool:
    return bool(subgoal.text or any(subgoal.items))


def filled(bare: Reports) -> Reports:
    """Let the texts of other languages stand in for those that are missing, as they will be read."""
    own = next(iter(bare))
    return mapped(bare, lambda parts: _filled(parts, own))


def _filled(parts: Mapping[str, Any], own: str) -> Mapping[str, Any]:
    """Fill a part in each language; what is said in all of them stays the very same object."""
    fields = texts_within(next(iter(parts.values())))
    full: dict[str, Any] = {}
    for language, part in parts.items():
        texts = {field: getattr(part, field) for field in fields}
        order = sorted(parts, key=lambda other: (other != language, other != own))
        new = {field: _fill([(other, getattr(parts[other], field)) for other in order]) for field in texts}
        new.update({field: None for field in _MAY_BE_NONE if field in new and not new[field]})
        changed = {field: value for field, value in new.items() if value is not texts[field]}
        full[language] = replace(part, **changed) if changed else part
    return full


_Versions: TypeAlias = Sequence[tuple[str, Any]]
"""A value in each language: first in the one that is wanted, then in those that may stand in."""


def _fill(versions: _Versions) -> Any:
    language, value = versions[0]
    sample = next((other for _, other in versions if other), None)
    if sample is None:
        return value
    if isinstance(sample, str):
        return _standing_in(versions)
    if isinstance(sample[0], Subgoal):
        return _kept(value, _each([(other, one or ()) for other, one in versions], _filled_subgoal))
    if len(sample) == len(value or ()) and all(value):
        return value
    return _filled_scale(versions) if _is_scale(versions) else _filled_paragraphs(language, versions)


def _is_scale(versions: _Versions) -> bool:
    """Tell a scale with grades that are missing in one language from paragraphs, which are missing as a whole."""
    return any(one and not all(one) for _, one in versions)


def _filled_scale(versions: _Versions) -> tuple[str, ...]:
    return _each([(other, one or ()) for other, one in versions], _standing_in)


def _kept(old: Any, new: Any) -> Any:
    return old if old == new and old is not None else new


def _each(versions: _Versions, fill: Callable[[_Versions], Any]) -> tuple[Any, ...]:
    """Fill lists item by item; one that is too short lacks the rest."""
    languages = [language for language, _ in versions]
    rows = zip_longest(*(items for _, items in versions))
    return tuple(fill(list(zip(languages, row, strict=True))) for row in rows)


def _filled_subgoal(versions: _Versions) -> Subgoal:
    texts = [(language, one.text if one else "") for language, one in versions]
    items = [(language, one.items if one else ()) for language, one in versions]
    return Subgoal(_standing_in(texts), _each(items, _standing_in))


def _standing_in(versions: _Versions) -> Any:
    """Return a text in the language that is wanted, else marked as of the language that there is."""
    wanted, text = versions[0]
    other, given = next(((language, one) for language, one in versions if one), (wanted, text))
    if other == wanted:
        return text
    words = plain.written(given)
    return marked(words, tag_of(other)) if needs_translation(words) else marked(words)


def _filled_paragraphs(language: str, versions: _Versions) -> tuple[str, ...]:
    other, given = next((other, one) for other, one in versions if one)
    if other == language:
        return given
    tag = tag_of(other) if needs_translation("\n\n".join(map(plain.written, given))) else None
    return tuple(marked(plain.written(text), tag) for text in given)


def to_write(expected: Reports, bare: Reports, now: Reports) -> Reports:
    """Say which reports have to be written for the expected ones to be read: a text that goes is empty in them.

    ``bare`` is what is expected, and ``now`` what is there, without texts that stand in for others.
    """
    before = {_key(parts): parts for parts in _parts_in(now)}
    after = {_key(parts): parts for parts in _parts_in(bare)}

    def change(parts: Mapping[str, Any]) -> Mapping[str, Any]:
        key = _key(parts)
        return (
            {language: _emptied(part, after[key][language], before[key][language]) for language, part in parts.items()}
            if key in before and key in after
            else parts
        )

    return mapped(expected, change)


def _key(parts: Mapping[str, Any]) -> tuple[type[object], str]:
    own: object = next(iter(parts.values()))
    return type(own), own.id if isinstance(own, Goal) else getattr(own, "name", "")


def _parts_in(reports: Reports) -> Sequence[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []

    def note(parts: Mapping[str, Any]) -> Mapping[str, Any]:
        found.append(parts)
        return parts

    mapped(reports, note)
    return found


def _emptied(part: Any, bare: Any, before: Any) -> Any:
    gone = {
        field: () if isinstance(getattr(before, field), tuple) else ""
        for field in texts_within(part)
        if getattr(before, field) and not getattr(bare, field) and getattr(part, field)
    }
    return replace(part, **gone) if gone else part


def untranslated(report: Report, language: str) -> Report:
    """Return a report as it reads in a language in which nothing of it is said: its own texts stand in."""
    reports = {report.language: report, language: replace(report, language=language)}
    bare = mapped(reports, lambda parts: {**parts, language: _without_texts(parts[language])})
    return filled(bare)[language]


def _without_texts(part: Any) -> Any:
    return replace(part, **{name: _empty(getattr(part, name)) for name in texts_within(part)})


def _empty(value: Any) -> Any:
    return () if isinstance(value, tuple) else "" if isinstance(value, str) else None


def in_all_languages(merged: Reports, ours: Reports, base: Reports) -> Reports:
    """Give all languages of ours what was merged in some: what they share is as there, and what is new is missing.

    ``base`` is what was merged from, in the same languages. Returns bare reports.
    """
    if len(merged) == len(ours):
        return bare_of({**ours, **merged})
    first = next(iter(merged))
    now, after = flat(ours[first], base[first]), flat(merged[first], base[first])
    reports: dict[str, Report] = {}
    for language, report in bare_of(ours).items():
        if language in merged:
            reports[language] = merged[language]
            continue
        known = dict(zip(now.parts, flat(report, report).parts.values(), strict=True))
        parts = {key: _shared(part, known.get(key), language) for key, part in after.parts.items()}
        reports[language] = cast("Report", whole(Flat(parts, after.parents)))
    return bare_of(reports)


def _shared(part: ReportPart, known: ReportPart | None, language: str) -> ReportPart:
    """Return a part in another language: what all languages share is as in the first one."""
    texts = {name: getattr(known, name) if known else _empty(getattr(part, name)) for name in texts_within(part)}
    of_report = {"language": language} if isinstance(part, Report) else {}
    return replace(part, **texts, **of_report)
