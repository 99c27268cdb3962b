"""From a file that came back, and the source that it was exported from, to the edit of the source that has its changes.

Does not know a terminal, nor how a workbook remembers what it was exported from. Writes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from raportti.files import is_deck, is_table
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.diff import is_same
from raportti.report.merge import Conflict, Keep, Merged, Side, merge
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import guideline_pairs, strategy_pairs
from raportti.source.conflicts import conflict_problem
from raportti.source.loading import load, load_all, read_table
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.rewriting import make_source, require_empty
from raportti.workflows.edit import Brought, Edit, edit_of


def import_file(path: Path, file: Path, base: Mapping[str, Report] | None = None, keep: Keep | None = None) -> Edit:
    """Bring into a source what was changed in a file since it was exported, in each language that the file has.

    ``base`` is what it was exported from, by language; a workbook knows it, and otherwise the present source counts as
    that. ``keep`` decides conflicts. Raises ``ProblemsFound`` where there are any and nothing decides them, and for a
    deck.
    """
    contents: dict[Path, bytes] = {}
    brought = changes_in_file(path, file, base, contents)
    before = _reports(path, tuple(brought.theirs), contents)
    merged = [
        merge(
            brought.base[ours.language],
            ours,
            brought.theirs[ours.language],
            preferred=Side.THEIRS if keep is Keep.FILE else Side.OURS,
        )
        for ours in before
    ]
    if keep is None:
        _refuse_conflicts(dict(zip(brought.theirs, merged, strict=True)), FilePlace(str(file)))
    return edit_of(path, before, [one.report for one in merged], brought.warnings, contents)


def changes_in_file(
    path: Path,
    file: Path,
    base: Mapping[str, Report] | None = None,
    contents: dict[Path, bytes] | None = None,
) -> Brought:
    """Read what a file says beside what it was made from; all else is as in ``import_file``.

    ``contents`` gets the files of the source as they were read.
    """
    known = {} if contents is None else contents
    if is_deck(file):
        raise ProblemsFound([Problem("import-deck-into", FilePlace(str(file)))])
    base = base or _base_of(file)
    ours, theirs = load_all(path, DRAFT, known)[0], load(file, DRAFT)
    languages = _own_first(ours.own_language, base or theirs.languages)
    before = _reports(path, languages, known)
    after = _reports(file, languages)
    warnings: tuple[Problem, ...] = ()
    if base is None:
        base = dict(zip(languages, before, strict=True))
        warnings = (Problem("base-none", FilePlace(str(file)), {"path": str(path)}),)
    elif _is_another(base[languages[0]], before[0]):
        values = {"value": base[languages[0]].title, "path": str(path)}
        warnings = (Problem("base-other", FilePlace(str(file)), values),)
    if not _holds_all(file):
        after = [_with_what_a_table_lacks(base[language], one) for language, one in zip(languages, after, strict=True)]
    return Brought(base, dict(zip(languages, after, strict=True)), warnings)


def new_source_of(file: Path, folder: Path) -> Mapping[Path, bytes]:
    """Return the files of a new source in YAML with all that a file says, in all its languages.

    Raises ``ProblemsFound`` where the folder holds anything.
    """
    require_empty(folder)
    source = load(file, DRAFT)
    return make_source(folder, _reports(file, _own_first(source.own_language, source.languages)))


def _base_of(file: Path) -> Mapping[str, Report] | None:
    """Return the report that a workbook was exported from, by language; None for any other file."""
    if file.suffix.lower() != ".xlsx" or not file.is_file():
        return None
    # Imported here: openpyxl takes 0.2 s, and only a workbook needs it.
    from raportti.source.workbook.export import base_of

    return base_of(file)


def _own_first(own: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Put the own language of a source first: its texts are written before their translations."""
    return tuple(sorted(languages, key=lambda language: (language != own, language)))


def _reports(path: Path, languages: tuple[str, ...], contents: dict[Path, bytes] | None = None) -> list[Report]:
    options = LoadOptions(languages, allow_missing=True, is_draft=True)
    return [source.report for source in load_all(path, options, contents)]


def _is_another(base: Report, ours: Report) -> bool:
    """Return whether a base is another report: most of its goals have other texts here, or are not here at all."""
    texts = {(goal.id, goal.text) for goal in ours.goals}
    return 2 * sum((goal.id, goal.text) in texts for goal in base.goals) < len(base.goals)


def _holds_all(file: Path) -> bool:
    """Return whether a file can hold a whole report: a table can only where it has a sheet for the rest."""
    return not is_table(file) or read_table(file).rest is not None


def _with_what_a_table_lacks(ours: Report, theirs: Report) -> Report:
    """Take from ours what a table of goals alone cannot hold."""
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


def _refuse_conflicts(merged: Mapping[str, Merged], file: FilePlace) -> None:
    """Raise all conflicts; one that every language has is reported once."""
    found: list[tuple[str, Conflict]] = []
    for language, one in merged.items():
        for conflict in one.conflicts:
            if not any(_is_again(conflict, other) for _, other in found):
                found.append((language, conflict))
    if found:
        raise ProblemsFound(
            conflict_problem(conflict, file, language, ours=Keep.SOURCE, theirs=Keep.FILE)
            for language, conflict in found
        )


def _is_again(conflict: Conflict, other: Conflict) -> bool:
    """Return whether a conflict is another one in a second language; a whole part counts by its names alone."""
    if conflict.field is None and other.field is None:
        return (conflict.kind, conflict.names) == (other.kind, other.names)
    return is_same(conflict, other)
