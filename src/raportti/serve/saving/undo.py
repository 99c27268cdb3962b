"""From two readings to what a journal keeps of their difference, and from that to what undoing it would bring back.

Does not know files, nor how a change was asked for. Undoing is a merge: what was before is brought into what is now,
by what the change had made of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from raportti.report.diff import ChangeKind, changes_of, is_same
from raportti.report.merge import Conflict as MergeConflict
from raportti.report.merge import merge
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Key, flat
from raportti.serve.saving.journal import Fields, Sides
from raportti.serve.saving.versions import GoalForm, fields_of
from raportti.source.stand_ins import Reports, mapped, texts_within


def differences(old: Mapping[str, GoalForm], new: Mapping[str, GoalForm], before: Report, after: Report) -> Fields:
    """Return the fields that differ, as forms show them; ``before`` and ``after`` are in the source's own language."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for goal in dict.fromkeys((*old, *new)):
        if old.get(goal) is not new.get(goal):
            values = _form_differences(old.get(goal), new.get(goal))
            if values:
                found[goal] = values
    if _skeleton(before) == _skeleton(after) and replace(before, strategies=()) == replace(after, strategies=()):
        return found
    changes = changes_of(before, after)
    for goal in changes.goals:
        for difference in goal.differences:
            if difference.field in ("guideline", "place", "id"):
                found.setdefault(goal.id, {})[difference.field] = _words(difference.old), _words(difference.new)
    for text in changes.texts:
        owner = " / ".join(filter(None, (text.strategy, text.guideline)))
        is_whole = text.kind is not ChangeKind.CHANGED
        found.setdefault(owner, {})[text.kind.value if is_whole else text.field] = _words(text.old), _words(text.new)
    return found


def _skeleton(report: Report) -> object:
    """Return what of a report is not in the forms of its goals."""
    return [
        (
            replace(strategy, guidelines=()),
            [(g.name, g.published, [goal.id for goal in g.goals]) for g in strategy.guidelines],
        )
        for strategy in report.strategies
    ]


def _form_differences(old: GoalForm | None, new: GoalForm | None) -> dict[str, tuple[str, str]]:
    before, after = (dict(fields_of(form)) if form else {} for form in (old, new))
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in (*before, *after)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _words(value: object) -> str:
    """Say a value of the report's own texts on one line."""
    match value:
        case tuple():
            return " / ".join(map(str, cast("tuple[object, ...]", value)))
        case Strategy() | Guideline():
            return value.name
        case Goal():
            return f"{value.id} {value.text}"
        case _:
            return "" if value is None else str(value)


def changed_sides(before: Reports, after: Reports) -> Sides:
    """Return bare reports before and after, with only those strategies that differ where their row is the same."""
    sides = {language: (before[language], report) for language, report in after.items() if language in before}
    old, new = next(iter(sides.values()))
    if [one.name for one in old.strategies] != [one.name for one in new.strategies]:
        return sides
    kept = [
        number
        for number in range(len(old.strategies))
        if any(not is_same(a.strategies[number], b.strategies[number]) for a, b in sides.values())
    ]
    return {language: (_only(a, kept), _only(b, kept)) for language, (a, b) in sides.items()}


def _only(report: Report, kept: list[int]) -> Report:
    return replace(report, strategies=tuple(report.strategies[number] for number in kept))


_Clashes = dict[str, dict[str, tuple[str, str, str]]]


def undone(now: Reports, sides: Sides) -> tuple[Reports, Mapping[str, Mapping[str, tuple[str, str, str]]]]:
    """Bring back into bare reports what was before a change.

    Also returns what was changed since: whose → field → what the change had made of it, what it should be again, and
    what it is now.
    """
    own = next(iter(now))
    before, after = sides[own]
    merged = merge(after, now[own], before)
    clashes: _Clashes = {}
    for conflict in merged.conflicts:
        _note(clashes, conflict)
    reports = {own: merged.report}
    for language in now:
        if language != own:
            reports[language] = _with_texts(merged.report, language, own, now, sides, clashes)
    return reports, clashes


def _note(clashes: _Clashes, conflict: MergeConflict) -> None:
    owner = " / ".join(conflict.names)
    values = (_words(conflict.base), _words(conflict.theirs), _words(conflict.ours))
    clashes.setdefault(owner, {})[conflict.field or conflict.kind] = values


def _with_texts(merged: Report, language: str, own: str, now: Reports, sides: Sides, clashes: _Clashes) -> Report:
    """Merge the texts of another language into the structure that was merged in the source's own."""
    before, after = sides[own]
    was, made = sides.get(language, (before, after))
    base = _parts(after, after, made)
    ours = _parts(now[own], after, now[language])
    theirs = _parts(before, after, was)
    keys = iter(flat(merged, after).parts)

    def change(parts: Mapping[str, Any]) -> Mapping[str, Any]:
        key, part = next(keys), parts[own]
        sides_of = [side.get(key) for side in (base, ours, theirs)]
        texts = {field: _text(sides_of, field, key, language, clashes) for field in texts_within(part)}
        return {own: replace(part, **texts, **({"language": language} if isinstance(part, Report) else {}))}

    return mapped({own: merged}, change)[own]


def _parts(own: Report, base: Report, other: Report) -> Mapping[Key, Any]:
    """Return the parts of a report in another language under the keys that they have in the source's own."""
    return dict(zip(flat(own, base).parts, _walk(other), strict=True))


def _walk(report: Report) -> Iterator[Any]:
    yield report
    for strategy in report.strategies:
        yield strategy
        for guideline in strategy.guidelines:
            yield guideline
            yield from guideline.goals


def _text(sides: list[Any], field: str, key: Key, language: str, clashes: _Clashes) -> Any:
    there = [getattr(side, field) for side in sides if side is not None]
    base, ours, theirs = (getattr(side, field) if side is not None else None for side in sides)
    if len(there) < len(sides) - 1 or sides[1] is None:
        return there[-1]
    if sides[2] is None or is_same(theirs, base) or is_same(theirs, ours):
        return ours
    if is_same(ours, base):
        return theirs
    owner = " / ".join(key.names)
    clashes.setdefault(owner, {})[f"{field}.{language}"] = _words(base), _words(theirs), _words(ours)
    return ours
