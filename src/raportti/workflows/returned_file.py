"""From a file that came back, and the source that it was exported from, to what it says beside what it was made from.

Does not know what comes of it: nothing is merged here. A file says nothing of what it does not hold: goals that are not
in it, languages that it has no texts in, and what a table of goals has no column for are as they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from raportti.files import is_deck, is_table
from raportti.problems import FilePlace, Problem, ProblemsFound, shortened
from raportti.report.merge import merge
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Flat, flat, goal_pairs, guideline_pairs, strategy_pairs, whole
from raportti.source.loading import IN_WORDS, Source, load, load_all, read_table
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.stand_ins import untranslated
from raportti.workflows.edit import Brought

_OF_NAMES = frozenset({"rest-name"})
"""What is told of a file that comes in: a name that was typed where it does not count."""


def changes_in_file(
    path: Path,
    file: Path,
    base: Mapping[str, Report] | None = None,
    contents: dict[Path, bytes] | None = None,
    *,
    removes_missing: bool = False,
) -> Brought:
    """Read what a file says beside what it was made from, in each language that it has texts in.

    ``base`` is what it was exported from, by language; a workbook knows it, and otherwise the present source counts as
    that. ``contents`` gets the files of the source as they were read. Goals that are not in the file stay, and are
    named in a warning, unless it ``removes_missing``. Raises ``ProblemsFound``, also for a deck.
    """
    if is_deck(file):
        raise ProblemsFound([Problem("import-deck-into", FilePlace(str(file)))])
    known = {} if contents is None else contents
    base = base or _base_of(file)
    ours, theirs = load_all(path, DRAFT, known)[0], load(file, DRAFT)
    languages = own_first(ours.own_language, theirs.languages)
    before, after = reports_in(path, languages, known), reports_in(file, languages)
    warnings = [problem for problem in theirs.warnings if problem.kind in _OF_NAMES]
    warnings += _of_the_base(base, before, path, file, theirs)
    base = _in_each(base, languages) if base else before
    if not _holds_all(file):
        after = {language: _with_what_a_table_lacks(base[language], one) for language, one in after.items()}
    if not removes_missing:
        warnings += _kept(base, after, file)
        after = {language: _with_what_is_missing(base[language], one) for language, one in after.items()}
    return Brought(base, after, tuple(warnings))


def own_first(own: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Put the own language of a source first: its texts are written before their translations."""
    return tuple(sorted(dict.fromkeys(languages), key=lambda language: (language != own, language)))


def reports_in(
    path: Path, languages: tuple[str, ...], contents: dict[Path, bytes] | None = None
) -> Mapping[str, Report]:
    """Read a source, which may be a draft, in each of the languages; other texts stand in for missing ones."""
    options = LoadOptions(languages, allow_missing=True, is_draft=True)
    return {source.report.language: source.report for source in load_all(path, options, contents)}


def _base_of(file: Path) -> Mapping[str, Report] | None:
    """Return the report that a workbook was exported from, by language; None for any other file."""
    if file.suffix.lower() != ".xlsx" or not file.is_file():
        return None
    # Imported here: openpyxl takes 0.2 s, and only a workbook needs it.
    from raportti.source.workbook.export import base_of

    return base_of(file)


def _of_the_base(
    base: Mapping[str, Report] | None, before: Mapping[str, Report], path: Path, file: Path, theirs: Source
) -> list[Problem]:
    """Warn where it is not known what a file was made from, where that is another report, or a language went."""
    place, values = FilePlace(str(file)), {"path": str(path)}
    if base is None:
        return [Problem("base-none", place, values)]
    gone = tuple(IN_WORDS[language] for language in base if language not in theirs.languages)
    found = [Problem("file-without-language", place, {"what": what, **values}) for what in gone]
    own = next((base[language] for language in before if language in base), next(iter(base.values())))
    if _is_another(own, before.get(own.language, own)):
        found.append(Problem("base-other", place, {"value": own.title, **values}))
    return found


def _is_another(base: Report, ours: Report) -> bool:
    """Return whether a base is another report: most of its goals have other texts here, or are not here at all."""
    texts = {(goal.id, goal.text) for goal in ours.goals}
    return 2 * sum((goal.id, goal.text) in texts for goal in base.goals) < len(base.goals)


def _in_each(base: Mapping[str, Report], languages: Iterable[str]) -> Mapping[str, Report]:
    """Return what a file was made from in the languages that it has now: in a new one nothing was said."""
    own = next(iter(base.values()))
    return {language: base.get(language) or untranslated(own, language) for language in languages}


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


def _kept(base: Mapping[str, Report], theirs: Mapping[str, Report], file: Path) -> list[Problem]:
    """Name the goals that a file does not hold, although what it was made from has them."""
    own = next(iter(theirs))
    missing = [pair.old.goal.id for pair in goal_pairs(base[own], theirs[own]) if pair.old and not pair.new]
    if not missing:
        return []
    return [Problem("goals-kept", FilePlace(str(file)), {"count": len(missing), "names": shortened(missing)})]


def _with_what_is_missing(base: Report, theirs: Report) -> Report:
    """Add to theirs the parts of the base that are not in it, where they stand there."""
    before, after = flat(base, base), flat(theirs, base)
    if before.parts.keys() <= after.parts.keys():
        return theirs
    shared = set(before.parts) & set(after.parts)
    for key in tuple(shared):
        while (key := before.parents[key]) not in shared:  # what it was in, which may be gone
            shared.add(key)
    parents = {key: parent for key, parent in before.parents.items() if key in shared}
    common = whole(Flat({key: before.parts[key] for key in parents}, parents))
    # As if the base had put in what theirs lacks, and theirs had changed all else.
    return merge(cast("Report", common), base, theirs).report
