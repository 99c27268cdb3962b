"""From a file that came back, and the source that it was made from, to the edit that brings its changes in.

Knows no terminal, and not how a workbook remembers what it was made from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from raportti.files import is_deck, is_table
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.diff import is_same
from raportti.report.merge import Conflict, Merged, Side, merge
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import guideline_pairs, strategy_pairs
from raportti.source import names
from raportti.source.loading import load, load_all, read_table
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.rewriting import make_source, require_empty
from raportti.workflows.edit import Conflicts, Edit, edit_of

_KEYS: Mapping[str, Mapping[str, str]] = {
    "report": names.by_field(names.REPORT),
    "strategy": names.by_field(names.STRATEGY),
    "guideline": names.by_field(names.GUIDELINE),
    "goal": names.by_field(names.GOAL),
}
_WITHIN = {"report": "", "strategy": "strategiat", "guideline": "linjaukset", "goal": "linjaukset"}
"""What a part was moved into another one of."""


def import_file(
    path: Path, file: Path, base: Mapping[str, Report] | None = None, preferred: Side | None = None
) -> Edit:
    """Bring into a source what a file changed since it was exported, in each language that it has.

    ``base`` is what it was exported from, by language; without it the present source is taken for that. ``preferred``
    decides conflicts; without it they are raised as ``Conflicts``. A deck is not brought in so.
    """
    if is_deck(file):
        raise ProblemsFound([Problem("import-deck-into", FilePlace(str(file)))])
    ours, theirs = load(path, DRAFT), load(file, DRAFT)
    languages = _own_first(ours.own_language, base or theirs.languages)
    before = _reports(path, languages)
    after = _reports(file, languages)
    warnings: tuple[Problem, ...] = ()
    if base is None:
        base = dict(zip(languages, before, strict=True))
        warnings = (Problem("base-none", FilePlace(str(file)), {"path": str(path)}),)
    elif _is_another(base[languages[0]], before[0]):
        values = {"value": base[languages[0]].title, "path": str(path)}
        warnings = (Problem("base-other", FilePlace(str(file)), values),)
    if not _says_all(file):
        after = [_as_far_as_said(base[language], said) for language, said in zip(languages, after, strict=True)]
    merged = [
        merge(base[language], *pair, preferred=preferred or Side.OURS)
        for language, *pair in zip(languages, before, after, strict=True)
    ]
    if preferred is None:
        refuse_conflicts(dict(zip(languages, merged, strict=True)), file)
    return edit_of(path, before, [one.report for one in merged], warnings)


def new_source_of(file: Path, folder: Path) -> Mapping[Path, bytes]:
    """Return the files of a new source that says what a file does, in all its languages.

    Raises ``ProblemsFound`` where the folder holds anything.
    """
    require_empty(folder)
    source = load(file, DRAFT)
    return make_source(folder, _reports(file, _own_first(source.own_language, source.languages)))


def _own_first(own: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Order languages: what a source says in one language only is written before its translations."""
    return tuple(sorted(languages, key=lambda language: (language != own, language)))


def _reports(path: Path, languages: tuple[str, ...]) -> list[Report]:
    wanted = LoadOptions(languages, allow_missing=True, is_draft=True)
    return [source.report for source in load_all(path, wanted)]


def _is_another(base: Report, ours: Report) -> bool:
    """Tell whether a base is of another report: most of its goals have other texts here, or are not here at all."""
    texts = {(goal.id, goal.text) for goal in ours.goals}
    return 2 * sum((goal.id, goal.text) in texts for goal in base.goals) < len(base.goals)


def _says_all(file: Path) -> bool:
    """Tell whether a file can say all of a report: of the tables only those can that have a sheet for the rest."""
    return not is_table(file) or read_table(file).rest is not None


def _as_far_as_said(ours: Report, theirs: Report) -> Report:
    """Leave as it is what a table of goals alone cannot say."""
    known = {goal.id: goal for goal in ours.goals}
    columns = {field for field in ("subgoals", "responsible") if any(getattr(goal, field) for goal in theirs.goals)}
    partner = {pair.new.name: pair for pair in strategy_pairs(ours, theirs) if pair.new}
    strategies: list[Strategy] = []
    for strategy in theirs.strategies:
        pair = partner[strategy.name]
        published = {g.new.name: g.old.published for g in guideline_pairs(pair) if g.old and g.new}
        guidelines = tuple(
            Guideline(
                guideline.name,
                tuple(_with_rest(goal, known.get(goal.id), columns) for goal in guideline.goals),
                published.get(guideline.name),
            )
            for guideline in strategy.guidelines
        )
        strategies.append(replace(pair.old or strategy, name=strategy.name, guidelines=guidelines))
    return replace(ours, strategies=tuple(strategies))


def _with_rest(theirs: Goal, ours: Goal | None, columns: set[str]) -> Goal:
    if ours is None:
        return theirs
    rest = {field: getattr(ours, field) for field in ("subgoals", "responsible") if field not in columns}
    return replace(theirs, break_before=ours.break_before, **rest)


def refuse_conflicts(merged: Mapping[str, Merged], file: Path) -> None:
    """Raise all conflicts; what is the same in every language is told once."""
    told: list[tuple[str, Conflict]] = []
    for language, one in merged.items():
        for conflict in one.conflicts:
            if not any(_is_told_by(other, conflict) for _, other in told):
                told.append((language, conflict))
    if told:
        raise Conflicts([_problem(conflict, file) for _, conflict in told], told)


def _is_told_by(other: Conflict, conflict: Conflict) -> bool:
    """Tell whether a conflict is another one; of what is as a whole on one side no value is told, only its names."""
    if conflict.field is None and other.field is None:
        return (conflict.kind, conflict.names) == (other.kind, other.names)
    return is_same(conflict, other)


def _problem(conflict: Conflict, file: Path) -> Problem:
    is_goal = conflict.kind == "goal"
    values: dict[str, object] = {"value": " / ".join(conflict.names) or str(file)}
    if conflict.field is not None:
        values["name"] = _KEYS[conflict.kind].get(conflict.field, _WITHIN[conflict.kind])
    kind = "whole" if conflict.field is None else "goal" if is_goal else "text"
    goal = conflict.names[0] if is_goal else None
    return Problem(f"import-conflict-{kind}", FilePlace(str(file)), values, goal)
