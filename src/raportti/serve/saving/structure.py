"""From what should be different in a report's structure or its own texts to the report as it will be, in all languages.

Does not know files. Every step works on bare reports (``saving.versions``); what it makes is checked by the rules of a
source.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from raportti.problems import FilePlace, Problem
from raportti.report.characters import is_blank
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy
from raportti.serve.saving.checking import require_right
from raportti.serve.saving.report_texts import numbered, strategy_of, with_texts
from raportti.serve.saving.versions import Change, Refused, Texts, canonical
from raportti.source.stand_ins import Reports, mapped
from raportti.source.texts import marked


@dataclass(frozen=True, slots=True)
class AddGoal:
    """A new goal, not assessed yet, before another or else last; texts by language, needed in the source's own."""

    strategy: str
    guideline: str
    id: str
    text: Texts
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveGoal:
    """A goal goes. ``version`` is that of its form, so that what was typed meanwhile is not thrown away."""

    goal: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class MoveGoal:
    """A goal moves, within its guideline or to another, before another goal or else to the end."""

    goal: str
    strategy: str
    guideline: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RenameGoal:
    """A goal gets another id."""

    goal: str
    id: str


@dataclass(frozen=True, slots=True)
class AddGuideline:
    """A new guideline with its first goal: one without goals cannot be printed."""

    strategy: str
    name: Texts
    goal: str
    text: Texts
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveGuideline:
    """A guideline goes with all its goals."""

    strategy: str
    guideline: str


@dataclass(frozen=True, slots=True)
class MoveGuideline:
    """A guideline moves with its goals, before another of the strategy that it comes into, or else to its end."""

    strategy: str
    guideline: str
    into: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class AddStrategy:
    """A new strategy with its first guideline and goal."""

    name: Texts
    guideline: Texts
    goal: str
    text: Texts
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveStrategy:
    """A strategy goes with all that is in it."""

    strategy: str


@dataclass(frozen=True, slots=True)
class MoveStrategy:
    """A strategy moves before another, or else to the end."""

    strategy: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class SetTexts:
    """Texts of the report, or of a strategy or a guideline that is named, change; its name is one of them.

    Fields are named as by ``texts_of_part``: ``title.fi``, ``date``, ``scale.5.sv``, ``name.fi``, ``tag.sv``, …
    """

    changes: Mapping[str, Change]
    strategy: str | None = None
    guideline: str | None = None


Restructure: TypeAlias = (
    AddGoal | RemoveGoal | MoveGoal | RenameGoal | AddGuideline | RemoveGuideline | MoveGuideline
    | AddStrategy | RemoveStrategy | MoveStrategy | SetTexts
)  # fmt: skip


def restructured(what: Restructure, bare: Reports, *, path: str) -> Reports:
    """Return the bare reports as they will be.

    Raises ``Missing`` and ``Changed`` where others were faster, ``Refused`` where the result breaks a rule; ``path`` is
    the source that problems name.
    """
    _require_own(what, next(iter(bare)), path)
    match what:
        case SetTexts():
            new = with_texts(what.changes, bare, strategy=what.strategy, guideline=what.guideline, path=path)
        case AddGoal() | RemoveGoal() | MoveGoal() | RenameGoal():
            new = _with_other_goals(what, bare)
        case AddGuideline() | RemoveGuideline() | MoveGuideline():
            new = _with_other_guidelines(what, bare)
        case AddStrategy() | RemoveStrategy() | MoveStrategy():
            new = _with_other_strategies(what, bare)
    require_right(new, path)
    return new


def _require_own(what: Restructure, own: str, path: str) -> None:
    """Refuse a name, a title or a goal without a text in the source's own language."""
    match what:
        case AddGoal():
            needed = {f"text.{own}": what.text.get(own, "")}
        case AddGuideline():
            needed = {f"text.{own}": what.text.get(own, ""), f"name.{own}": what.name.get(own, "")}
        case AddStrategy():
            texts = {"text": what.text, "name": what.name, "guideline": what.guideline}
            needed = {f"{name}.{own}": given.get(own, "") for name, given in texts.items()}
        case SetTexts():
            names_of = (f"title.{own}", f"name.{own}")
            needed = {name: what.changes[name].new for name in names_of if name in what.changes}
        case _:
            return
    keys = {"title": "otsikko", "name": "nimi", "text": "tavoite", "guideline": "linjaus"}
    empty = [name for name, text in needed.items() if is_blank(text)]
    if empty:
        place = FilePlace(path)
        raise Refused({name: [Problem("missing", place, {"name": keys[name.partition(".")[0]]})] for name in empty})


def next_id(report: Report, strategy: str, guideline: str) -> str:
    """Propose the next free id for a goal of a guideline: ``H1.4`` after ``H1.3``."""
    _, found = _guideline_of(report, strategy, guideline)
    taken = {goal.id.casefold() for goal in report.goals}
    like = [goal.id for goal in found.goals] or [goal.id for goal in report.goals] or ["1.0"]
    stem = like[-1].rstrip("0123456789")
    numbers = [int(end) for one in like if one.startswith(stem) and (end := one[len(stem) :]).isdigit()]
    number = max(numbers, default=0) + 1
    while f"{stem}{number}".casefold() in taken:
        number += 1
    return f"{stem}{number}"


def _guideline_of(report: Report, strategy: str, guideline: str) -> tuple[tuple[int, int], Guideline]:
    number, found = strategy_of(report, strategy)
    of = numbered([one.name for one in found.guidelines], guideline, strategy)
    return (number, of), found.guidelines[of]


def _goal_of(bare: Reports, goal: str) -> Mapping[str, Goal]:
    own = next(iter(bare.values()))
    number = numbered([one.id for one in own.goals], goal)
    return {language: report.goals[number] for language, report in bare.items()}


def _text_in(texts: Texts, language: str) -> str:
    return marked(canonical("", texts.get(language, "")))


def _new_goal(goal: str, text: Texts, language: str) -> Goal:
    return Goal(goal.strip(), _text_in(text, language), (), Achieved.MISSING, None, ())


def _new_guideline(name: Texts, goal: str, text: Texts, language: str) -> Guideline:
    return Guideline(_text_in(name, language), (_new_goal(goal, text, language),))


def _with_other_goals(what: AddGoal | RemoveGoal | MoveGoal | RenameGoal, bare: Reports) -> Reports:
    if isinstance(what, AddGoal):
        new = {language: _new_goal(what.id, what.text, language) for language in bare}
        return _with_goal(bare, what.strategy, what.guideline, new, what.before)
    goals = _goal_of(bare, what.goal)
    match what:
        case RemoveGoal():
            return _without_goal(bare, what.goal)
        case RenameGoal():
            return mapped(bare, lambda parts: _renamed(parts, what.goal, what.id.strip()))
        case MoveGoal() if what.before == what.goal:
            return bare
        case MoveGoal():
            return _with_goal(_without_goal(bare, what.goal), what.strategy, what.guideline, goals, what.before)


def _in_guideline(
    bare: Reports, strategy: str, guideline: str, change: Callable[[tuple[Goal, ...], str], tuple[Goal, ...]]
) -> Reports:
    """Change the goals of one guideline in each language."""
    (n, m), _ = _guideline_of(next(iter(bare.values())), strategy, guideline)

    def changed(report: Report, language: str) -> Report:
        own = report.strategies[n].guidelines[m]
        new = replace(own, goals=change(own.goals, language))
        return _with_strategy(report, n, _with_part(report.strategies[n].guidelines, m, new))

    return {language: changed(report, language) for language, report in bare.items()}


def _with_part(parts: tuple[Any, ...], number: int, new: Any) -> tuple[Any, ...]:
    return (*parts[:number], new, *parts[number + 1 :])


def _with_strategy(report: Report, number: int, guidelines: tuple[Guideline, ...]) -> Report:
    new = replace(report.strategies[number], guidelines=guidelines)
    return replace(report, strategies=_with_part(report.strategies, number, new))


def _without(parts: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    return (*parts[:number], *parts[number + 1 :])


def _put(parts: tuple[Any, ...], new: Any, at: int | None) -> tuple[Any, ...]:
    place = len(parts) if at is None else at
    return (*parts[:place], new, *parts[place:])


def _with_goal(bare: Reports, strategy: str, guideline: str, goals: Mapping[str, Goal], before: str | None) -> Reports:
    def put(there: tuple[Goal, ...], language: str) -> tuple[Goal, ...]:
        at = next((number for number, goal in enumerate(there) if goal.id == before), None)
        return _put(there, goals[language], at)

    return _in_guideline(bare, strategy, guideline, put)


def _without_goal(bare: Reports, goal: str) -> Reports:
    own = next(iter(bare.values()))
    found = next((s.name, g.name) for s in own.strategies for g in s.guidelines if any(x.id == goal for x in g.goals))
    return _in_guideline(bare, *found, lambda goals, _: tuple(one for one in goals if one.id != goal))


def _renamed(parts: Mapping[str, Any], old: str, new: str) -> Mapping[str, Any]:
    if not any(isinstance(part, Goal) and part.id == old for part in parts.values()):
        return parts
    return {language: replace(part, id=new) for language, part in parts.items()}


def _with_guideline(bare: Reports, strategy: str, new: Mapping[str, Guideline], before: str | None) -> Reports:
    n, found = strategy_of(next(iter(bare.values())), strategy)
    at = next((number for number, one in enumerate(found.guidelines) if one.name == before), None)
    return {
        language: _with_strategy(report, n, _put(report.strategies[n].guidelines, new[language], at))
        for language, report in bare.items()
    }


def _with_other_guidelines(what: AddGuideline | RemoveGuideline | MoveGuideline, bare: Reports) -> Reports:
    if isinstance(what, AddGuideline):
        new = {language: _new_guideline(what.name, what.goal, what.text, language) for language in bare}
        return _with_guideline(bare, what.strategy, new, what.before)
    (n, m), _ = _guideline_of(next(iter(bare.values())), what.strategy, what.guideline)
    taken = {language: report.strategies[n].guidelines[m] for language, report in bare.items()}
    rest = {
        language: _with_strategy(report, n, _without(report.strategies[n].guidelines, m))
        for language, report in bare.items()
    }
    if isinstance(what, RemoveGuideline):
        return rest
    return bare if what.before == what.guideline else _with_guideline(rest, what.into, taken, what.before)


def _with_other_strategies(what: AddStrategy | RemoveStrategy | MoveStrategy, bare: Reports) -> Reports:
    if isinstance(what, AddStrategy):
        guidelines = {language: _new_guideline(what.guideline, what.goal, what.text, language) for language in bare}
        new = {language: Strategy(_text_in(what.name, language), (guidelines[language],)) for language in bare}
        return _with_new_strategy(bare, new, what.before)
    n, _ = strategy_of(next(iter(bare.values())), what.strategy)
    taken = {language: report.strategies[n] for language, report in bare.items()}
    rest = {language: replace(report, strategies=_without(report.strategies, n)) for language, report in bare.items()}
    if isinstance(what, RemoveStrategy):
        return rest
    return bare if what.before == what.strategy else _with_new_strategy(rest, taken, what.before)


def _with_new_strategy(bare: Reports, new: Mapping[str, Strategy], before: str | None) -> Reports:
    own = next(iter(bare.values()))
    at = next((number for number, one in enumerate(own.strategies) if one.name == before), None)
    return {
        language: replace(report, strategies=_put(report.strategies, new[language], at))
        for language, report in bare.items()
    }
