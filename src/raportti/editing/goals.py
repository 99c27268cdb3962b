"""From new values for one goal to the edit of its source. The values are checked as those of a source are.

Knows no terminal, but the names of the options in which the values came.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from raportti.editing.edit import Edit, WishRefused, edit_of
from raportti.edits import values
from raportti.model import Achieved, Goal, Guideline, Report, Strategy
from raportti.problems import FilePlace, Problem
from raportti.source import load
from raportti.source.collect import Problems
from raportti.source.goals import goal_of
from raportti.source.raw import Field, RawGoal, Record
from raportti.source.values import status_of
from raportti.wanted import Wanted

OPTIONS: Mapping[str, str] = MappingProxyType(
    {"achieved": "--achieved", "score": "--score", "assessment": "--assessment", "responsible": "--unit"}
)
"""The fields that can be set, each with its option."""
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """New values of a goal as they were typed; None leaves a field as it is, an empty text takes it away."""

    goal: str
    achieved: str | None = None
    score: str | None = None
    assessment: str | None = None
    responsible: str | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """The values that are given, by the model's fields."""
        given = {field: getattr(self, field) for field in OPTIONS}
        return {field: value for field, value in given.items() if value is not None}


def set_goal(path: Path, wish: Wish, language: str | None = None) -> Edit:
    """Change one goal in a source; texts in the language that is named, else in the source's own.

    Other goals may be incomplete. Raises ``WishRefused`` where there is no such goal, or a value is not right.
    """
    if not wish.values:
        raise WishRefused([Problem("nothing-to-set", None)])
    languages = () if language is None else (language,)
    old = load(path, Wanted(languages, allow_missing=True, is_draft=True)).report
    goal = _found(wish.goal, old, path)
    new, warnings = _checked(goal, wish, old.language, path)
    return edit_of(path, (old,), (_with_goal(old, goal, new),), warnings)


def _found(name: str, report: Report, path: Path) -> Goal:
    """Find a goal by its id as it is written, else in any case."""
    wanted = name.strip()
    exact = [goal for goal in report.goals if goal.id == wanted]
    alike = exact or [goal for goal in report.goals if goal.id.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    ids = {goal.id.casefold(): goal.id for goal in report.goals}
    near = [ids[found] for found in difflib.get_close_matches(wanted.casefold(), ids, n=MOST_NAMES)]
    names = tuple(goal.id for goal in alike) or tuple(near)
    kind = "goal-misspelt" if names else "goal-unknown"
    raise WishRefused([Problem(kind, FilePlace(str(path)), {"value": wanted, "names": names})])


def _checked(goal: Goal, wish: Wish, language: str, path: Path) -> tuple[Goal, tuple[Problem, ...]]:
    """Check a goal as it would be; one that is complete has to stay so."""
    problems = Problems(is_draft=not _is_complete(goal))
    place = FilePlace(str(path))
    fields = {field: Field(text, place) for field, text in _texts(goal, wish, language).items()}
    checked = goal_of(RawGoal(Record(place, fields, OPTIONS), ()), problems)
    found = problems.in_order()
    if checked is None:
        raise WishRefused(found)
    touched = {*wish.values, "score"}
    return replace(goal, **{field: getattr(checked, field) for field in touched}), found


def _is_complete(goal: Goal) -> bool:
    if goal.achieved is Achieved.NOT_ASSESSED:
        return True
    return goal.achieved is not Achieved.MISSING and goal.score is not None and bool(goal.assessment)


def _texts(goal: Goal, wish: Wish, language: str) -> Mapping[str, str]:
    """Return the fields of a goal as a source would say them; what is not assessed any more has no score."""
    texts = {field: values.plain_value(getattr(goal, field), language) for field in ("id", "text", *OPTIONS)}
    if status_of((wish.achieved or "").strip()) is Achieved.NOT_ASSESSED:
        del texts["score"]
    return {**{field: text for field, text in texts.items() if isinstance(text, str)}, **wish.values}


def _with_goal(report: Report, old: Goal, new: Goal) -> Report:
    return replace(report, strategies=tuple(_in_strategy(strategy, old, new) for strategy in report.strategies))


def _in_strategy(strategy: Strategy, old: Goal, new: Goal) -> Strategy:
    return replace(strategy, guidelines=tuple(_in_guideline(one, old, new) for one in strategy.guidelines))


def _in_guideline(guideline: Guideline, old: Goal, new: Goal) -> Guideline:
    return replace(guideline, goals=tuple(new if goal is old else goal for goal in guideline.goals))
