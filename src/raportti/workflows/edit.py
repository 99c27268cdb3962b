"""From new values of a goal to what changes in its source, and in its files.

Does not know a terminal, and writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from raportti.problems import FilePlace, Problem, ProblemsFound, near_names
from raportti.report.diff import Changes, changes_of
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy
from raportti.source import plain
from raportti.source.collector import FileUnreadable, Problems
from raportti.source.fields import status_of
from raportti.source.files import read_bytes, text_of
from raportti.source.goals import goal_of
from raportti.source.loading import load_all
from raportti.source.options import LoadOptions
from raportti.source.rewriting import rewritten
from raportti.source.tree import Field, RawGoal, Record


@dataclass(frozen=True, slots=True)
class Edit:
    """What will change in a source, by language, and the files that have to be written for it.

    ``originals`` are these files as they were read. Without files nothing changes. ``warnings`` are about what is new.
    """

    changes: Mapping[str, Changes]
    files: Mapping[Path, bytes]
    originals: Mapping[Path, bytes]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What came with a file, by language: ``base`` is what it was made from, ``theirs`` what it says now."""

    base: Mapping[str, Report]
    theirs: Mapping[str, Report]
    warnings: tuple[Problem, ...]


class EditRefused(ProblemsFound):
    """Raised where there is no such goal, or a new value is not right: nothing is wrong with the source."""


def edit_of(
    path: Path,
    old: Sequence[Report],
    new: Sequence[Report],
    warnings: tuple[Problem, ...] = (),
    contents: Mapping[Path, bytes] | None = None,
    written: Sequence[Report] | None = None,
) -> Edit:
    """Compare a source's report with what it should be, in each language, and rewrite its files in memory.

    ``contents`` are the files that the old report was read from: what is saved there meanwhile is then not undone.
    ``written`` are the reports to write where the new ones are what is read then, as ``rewritten`` says.
    """
    found: dict[str, Changes] = {}
    for before, after in zip(old, new, strict=True):
        found[after.language] = changes_of(before, after).beyond(found.values())
    made = rewritten(path, new if written is None else written, expected=new, contents=contents)
    changes = {language: changes for language, changes in found.items() if changes}
    return Edit(changes, made.files, made.originals, warnings)


OPTIONS: Mapping[str, str] = MappingProxyType(
    {"achieved": "--achieved", "score": "--score", "assessment": "--assessment", "responsible": "--unit"}
)
"""The fields that can be set, each with its option."""
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class GoalEdit:
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


def set_goal(path: Path, goal_edit: GoalEdit, language: str | None = None) -> Edit:
    """Change one goal in a source; texts in the language that is named, else in the source's own.

    Other goals may be incomplete. Raises ``EditRefused`` where there is no such goal, or a value is not right.
    """
    if not goal_edit.values:
        raise EditRefused([Problem("nothing-to-set", None)])
    languages = () if language is None else (language,)
    contents: dict[Path, bytes] = {}
    old = load_all(path, LoadOptions(languages, allow_missing=True, is_draft=True), contents)[0].report
    goal = _found(goal_edit.goal, old, path)
    new, warnings = _checked(goal, goal_edit, old.language, path)
    return edit_of(path, (old,), (_with_goal(old, goal, new),), warnings, contents)


def _found(name: str, report: Report, path: Path) -> Goal:
    """Find a goal by its id as it is written, else in any case."""
    given = name.strip()
    exact = [goal for goal in report.goals if goal.id == given]
    alike = exact or [goal for goal in report.goals if goal.id.casefold() == given.casefold()]
    if len(alike) == 1:
        return alike[0]
    near = near_names(given, [goal.id for goal in report.goals], most=MOST_NAMES)
    names = tuple(goal.id for goal in alike) or near
    kind = "goal-misspelt" if names else "goal-unknown"
    raise EditRefused([Problem(kind, FilePlace(str(path)), {"value": given, "names": names})])


def _checked(goal: Goal, goal_edit: GoalEdit, language: str, path: Path) -> tuple[Goal, tuple[Problem, ...]]:
    """Check a goal with its new values; one that is complete has to stay so."""
    problems = Problems(is_draft=not _is_complete(goal))
    place = FilePlace(str(path))
    fields = {field: Field(text, place) for field, text in _texts(goal, goal_edit, language).items()}
    checked = goal_of(RawGoal(Record(place, fields, OPTIONS), ()), problems)
    found = problems.in_order()
    if checked is None:
        raise EditRefused(found)
    touched = {*goal_edit.values, "score"}
    return replace(goal, **{field: getattr(checked, field) for field in touched}), found


def _is_complete(goal: Goal) -> bool:
    if goal.achieved is Achieved.NOT_ASSESSED:
        return True
    return goal.achieved is not Achieved.MISSING and goal.score is not None and bool(goal.assessment)


def _texts(goal: Goal, goal_edit: GoalEdit, language: str) -> Mapping[str, str]:
    """Return the fields of a goal as a source would say them; what is not assessed any more has no score."""
    texts = {field: plain.plain_value(getattr(goal, field), language) for field in ("id", "text", *OPTIONS)}
    if status_of((goal_edit.achieved or "").strip()) is Achieved.NOT_ASSESSED:
        del texts["score"]
    return {**{field: text for field, text in texts.items() if isinstance(text, str)}, **goal_edit.values}


def _with_goal(report: Report, old: Goal, new: Goal) -> Report:
    def guideline(one: Guideline) -> Guideline:
        return replace(one, goals=tuple(new if goal is old else goal for goal in one.goals))

    def strategy(one: Strategy) -> Strategy:
        return replace(one, guidelines=tuple(map(guideline, one.guidelines)))

    return replace(report, strategies=tuple(map(strategy, report.strategies)))


def text_in(file: str, piped: bytes | None = None) -> str:
    """Read a file, or what was piped in under that name. Raises ``EditRefused`` where it is no text in UTF-8."""
    problems, place = Problems(), FilePlace(file)
    try:
        data = read_bytes(Path(file), problems) if piped is None else piped
        text = text_of(data, place, problems, lambda _: place)
    except FileUnreadable as unreadable:
        raise EditRefused(problems.in_order()) from unreadable
    if problems.errors:
        raise EditRefused(problems.in_order())
    return text
