"""From a goal in all languages of a source to the fields of its form and its version, and from fields back to a goal.

Does not know files or browsers.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from raportti.problems import FilePlace, Place, Problem, ProblemsFound, Severity
from raportti.problems.messages import severity_of
from raportti.report.model import Achieved, Goal, Subgoal
from raportti.source import names, plain
from raportti.source.collector import Problems
from raportti.source.files import without_controls
from raportti.source.goals import goal_of
from raportti.source.stand_ins import Reports, bare_part, mapped, own_text, own_texts, stands_in
from raportti.source.table_report import subgoals_in
from raportti.source.tree import Field, RawGoal, Record

Texts: TypeAlias = Mapping[str, str]
"""Language → text as a form shows it; empty where it is missing in that language."""

SHARED = ("achieved", "score", "responsible", "break_before")
"""The fields of a goal that are one for all languages."""
TRANSLATED = ("text", "subgoals", "assessment")
"""The fields of a goal that each language has of its own."""
YES = "yes"
"""What ``break_before`` says where it is set; else it is empty."""
_VERSION_DIGITS = 12
_SPACES = re.compile("[ \t]+")


@dataclass(frozen=True, slots=True)
class GoalForm:
    """Everything that a form of a goal shows, in all languages of the source.

    ``strategy`` and ``guideline`` are names in the source's own language; ``achieved`` is a value of ``Achieved``;
    ``score`` is ``1`` to ``5`` or empty. Of ``subgoals`` each stands on a line of its own, items below it after
    ``- ``; paragraphs of ``assessment`` are apart by an empty line. ``version`` is 12 hex digits of the content.
    """

    id: str
    strategy: str
    guideline: str
    achieved: str
    score: str
    responsible: str
    text: Texts
    subgoals: Texts
    assessment: Texts
    break_before: bool
    version: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a field of a form was when somebody began to change it, and what it should be."""

    old: str
    new: str


class Refused(ProblemsFound):
    """Raised where values are not right: ``fields`` has the problems of each field of the form by its name."""

    def __init__(self, fields: Mapping[str, Sequence[Problem]]) -> None:
        super().__init__(problem for found in fields.values() for problem in found)
        self.fields = MappingProxyType({name: tuple(found) for name, found in fields.items()})


def fields_of(form: GoalForm) -> Mapping[str, str]:
    """Return the fields of a form by the names under which they are posted, such as ``score`` and ``assessment.fi``."""
    flat = {"achieved": form.achieved, "score": form.score, "responsible": form.responsible}
    flat["break_before"] = YES if form.break_before else ""
    for field in TRANSLATED:
        flat.update({f"{field}.{language}": text for language, text in getattr(form, field).items()})
    return flat


def canonical(field: str, text: str) -> str:
    r"""Return what of a posted text counts when it is compared: browsers write other line ends, and people spaces.

    >>> canonical("assessment.fi", " Kaksi \r\nriviä.\r\n\r\n\r\nToinen kappale. ")
    'Kaksi riviä.\n\nToinen kappale.'
    """
    lines = [_SPACES.sub(" ", line).strip(" ") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if field.startswith("subgoals."):
        return "\n".join(filter(None, lines))
    return re.sub("\n\n+", "\n\n", re.sub("(?<!\n)\n(?!\n)", " ", "\n".join(lines))).strip()


def forms_of(reports: Reports) -> Mapping[str, GoalForm]:
    """Return the form of each goal by its id, in the report's order."""
    forms: dict[str, GoalForm] = {}
    own = next(iter(reports.values()))
    versions = iter(zip(*(report.goals for report in reports.values()), strict=True))
    for strategy in own.strategies:
        for guideline in strategy.guidelines:
            for _ in guideline.goals:
                goals = dict(zip(reports, next(versions), strict=True))
                form = _form(goals, strategy.name, guideline.name)
                forms[form.id] = replace(form, version=_version(form))
    return MappingProxyType(forms)


def _form(goals: Mapping[str, Goal], strategy: str, guideline: str) -> GoalForm:
    own = next(iter(goals.values()))
    return GoalForm(
        id=own.id,
        strategy=strategy,
        guideline=guideline,
        achieved=own.achieved.value,
        score="" if own.score is None else str(own.score),
        responsible=plain.written(own.responsible or ""),
        text={language: plain.written(own_text(goal.text, language)) for language, goal in goals.items()},
        subgoals={language: subgoals_text(goal.subgoals, language) for language, goal in goals.items()},
        assessment={
            language: "\n\n".join(plain.written(text) for text in own_texts(goal.assessment, language))
            for language, goal in goals.items()
        },
        break_before=own.break_before,
        version="",
    )


def _version(form: GoalForm) -> str:
    content = json.dumps([form.id, *fields_of(form).items()], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_VERSION_DIGITS]


def subgoals_text(subgoals: Sequence[Subgoal], language: str) -> str:
    """Write subgoals as a form shows them; nothing where all of them stand in for missing ones."""
    texts = [text for subgoal in subgoals for text in (subgoal.text, *subgoal.items)]
    if all(stands_in(text, language) for text in texts):
        return ""
    lines = [[_line(subgoal.text), *(f"- {plain.written(item)}" for item in subgoal.items)] for subgoal in subgoals]
    return "\n".join(line for group in lines for line in group)


def _line(text: str) -> str:
    """Write a subgoal on its line; a bullet before it keeps a dash at its beginning from making it an item."""
    words = plain.written(text)
    return f"• {words}" if words.startswith(("-", "•")) else words


def goals_from(
    goals: Mapping[str, Goal], fields: Mapping[str, str], *, path: str
) -> tuple[Mapping[str, Goal], Mapping[str, Sequence[Problem]]]:
    """Read the fields of a form, by the rules of a source, into the bare goals of each language.

    ``goals`` are the bare goals as they are. Returns the new ones, and the warnings of each field. What is missing of
    an assessment is no problem; what is wrong is raised as ``Refused``. ``path`` is the source that problems name.
    """
    found: dict[str, list[Problem]] = {}
    read: dict[str, Goal] = {}
    for language, goal in goals.items():
        problems = Problems(is_draft=True)
        checked = goal_of(_raw_goal(goal.id, fields, language, tuple(goals), problems), problems)
        for problem in problems.in_order():
            name = problem.place.file if problem.place else ""
            if "." in name or not read:  # what all languages share is told once
                found.setdefault(name, []).append(replace(problem, place=FilePlace(path)))
        if checked is None or problems.errors:
            raise Refused({name: wrong for name, told in found.items() if (wrong := list(filter(_is_error, told)))})
        read[language] = _as_typed(checked, fields, language)
    return read, found


def _is_error(problem: Problem) -> bool:
    return severity_of(problem) is Severity.ERROR


def _raw_goal(goal: str, fields: Mapping[str, str], language: str, order: Sequence[str], problems: Problems) -> RawGoal:
    """Make of the fields of a form what a source would be read to; the place of each names the field of the form."""
    raw = {"id": Field(goal, FilePlace("id"))}
    for name in SHARED:
        raw[name] = _field(name, _word(name, fields[name], language), goal, problems)
    for name in ("text", "assessment"):
        raw[name] = _field(f"{name}.{language}", _given(fields, name, language, order), goal, problems)
    cell = _field(f"subgoals.{language}", fields[f"subgoals.{language}"], goal, problems)
    headings = {"break_before": "sivunvaihto_ennen", **names.by_field(names.COLUMNS_IN[language])}
    record = Record(FilePlace("id"), raw, headings)
    return RawGoal(record, tuple(subgoals_in(cell, goal, problems)))


def _field(name: str, text: str, goal: str, problems: Problems) -> Field:
    place: Place = FilePlace(name)
    errors = problems.errors
    plain_ends = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = without_controls(plain_ends, problems, lambda _: place, goal)
    return Field(clean, place, reported=errors != problems.errors)


def _given(fields: Mapping[str, str], name: str, language: str, order: Sequence[str]) -> str:
    """Return a text in a language; of a goal's text, which has to be there, one in another language will do."""
    own = fields[f"{name}.{language}"]
    if own.strip() or name != "text":
        return own
    return next((fields[f"{name}.{other}"] for other in order if fields[f"{name}.{other}"].strip()), "")


def _word(name: str, value: str, language: str) -> str:
    """Say a value of a form in the words of a source."""
    if name == "achieved" and value in {one.value for one in Achieved}:
        achieved = Achieved(value)
        return "" if achieved is Achieved.MISSING else plain.status_word(achieved, language)
    if name == "break_before" and value.strip() in {YES, "on", "true", "1"}:
        return str(plain.plain_value(True, language))
    return value


def _as_typed(checked: Goal, fields: Mapping[str, str], language: str) -> Goal:
    """Make a checked goal bare again: what is empty in the form is missing in its language."""
    text = checked.text if fields[f"text.{language}"].strip() else ""
    return cast("Goal", bare_part(replace(checked, text=text), language, ""))


def with_fields(
    bare: Reports, form: GoalForm, merged: Mapping[str, str], path: str
) -> tuple[Reports, Mapping[str, Sequence[Problem]]]:
    """Give the goal of a form new values in bare reports, in each language, read by the rules of a source.

    ``merged`` are the fields that change. Also returns warnings; raises as ``goals_from``.
    """
    if not merged:
        return bare, {}
    number = [goal.id for goal in next(iter(bare.values())).goals].index(form.id)
    goals = {language: report.goals[number] for language, report in bare.items()}
    read, found = goals_from(goals, {**fields_of(form), **merged}, path=path)

    def change(parts: Mapping[str, Any]) -> Mapping[str, Any]:
        if next(iter(parts.values())) is not next(iter(goals.values())):
            return parts
        return {
            language: replace(part, **_changed(read[language], merged, language)) for language, part in parts.items()
        }

    return mapped(bare, change), found


def _changed(read: Any, merged: Mapping[str, str], language: str) -> Mapping[str, Any]:
    shared = {name: getattr(read, name) for name in SHARED if name in merged}
    return {**shared, **{name: getattr(read, name) for name in TRANSLATED if f"{name}.{language}" in merged}}
