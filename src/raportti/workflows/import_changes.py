"""From files that came back, and the source that they were exported from, to the edit of the source with their changes.

Does not know a terminal, nor what a file says. Writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.diff import is_same
from raportti.report.merge import Conflict, Keep, Merged, Side, merge
from raportti.report.model import Guideline, Report, Strategy
from raportti.report.pairs import Flat, Key, ReportPart, flat, whole
from raportti.source import plain
from raportti.source.conflicts import conflict_problem
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT
from raportti.source.rewriting import make_source, require_empty
from raportti.source.stand_ins import Reports, bare_of, bare_part, filled, in_all_languages, stands_in, to_write
from raportti.source.texts import marked, tag_of
from raportti.workflows.edit import Brought, Edit, edit_of
from raportti.workflows.returned_file import changes_in_file, own_first, reports_in


def import_file(
    path: Path,
    file: Path,
    base: Mapping[str, Report] | None = None,
    keep: Keep | None = None,
    *,
    removes_missing: bool = False,
) -> Edit:
    """Bring into a source what was changed in a file since it was exported; else as ``import_files``.

    ``base`` is what the file was exported from, by language, where it does not know that itself.
    """
    contents: dict[Path, bytes] = {}
    brought = changes_in_file(path, file, base, contents, removes_missing=removes_missing)
    return _edit(path, {file: brought}, keep, contents)


def import_files(path: Path, files: Sequence[Path], keep: Keep | None = None, *, removes_missing: bool = False) -> Edit:
    """Bring into a source what was changed in files since they were exported, in each language that they have.

    A workbook knows what it was exported from; otherwise the present source counts as that. ``keep`` decides conflicts
    between the source and a file. Raises ``ProblemsFound`` where there are any and nothing decides them, where two
    files say different things, and for a deck. Goals that a file does not hold stay, unless it ``removes_missing``.
    """
    contents: dict[Path, bytes] = {}
    brought = {file: changes_in_file(path, file, contents=contents, removes_missing=removes_missing) for file in files}
    return _edit(path, brought, keep, contents)


def new_source_of(file: Path, folder: Path) -> Mapping[Path, bytes]:
    """Return the files of a new source in YAML with all that a file says, in all its languages.

    Raises ``ProblemsFound`` where the folder holds anything.
    """
    require_empty(folder)
    source = load(file, DRAFT)
    return make_source(folder, tuple(reports_in(file, own_first(source.own_language, source.languages)).values()))


def _edit(path: Path, brought: Mapping[Path, Brought], keep: Keep | None, contents: dict[Path, bytes]) -> Edit:
    """Merge what was brought; ``contents`` are the files of the source as they were read."""
    source = load_all(path, DRAFT, contents)[0]
    languages = (*source.languages, *(language for one in brought.values() for language in one.theirs))
    ours = reports_in(path, own_first(source.own_language, languages), contents)
    bare = _merged(ours, brought, keep)
    expected = filled(bare)
    said = to_write(expected, bare, bare_of(ours))
    written = {language: said[language] for one in brought.values() for language in one.theirs}
    in_order = tuple(written[language] for language in ours if language in written)
    warnings = tuple(warning for one in brought.values() for warning in one.warnings)
    return edit_of(path, tuple(ours.values()), tuple(expected.values()), warnings, contents, in_order)


def _merged(ours: Reports, brought: Mapping[Path, Brought], keep: Keep | None) -> Reports:
    """Merge one file after the other; returns bare reports in all languages. Raises ``ProblemsFound``."""
    bare, problems, seen = bare_of(ours), list[Problem](), dict[Path, Brought]()
    for file, one in brought.items():
        alone, after = _meeting(ours, one, keep), _meeting(filled(bare), one, keep)
        if keep is None or not after.is_even:
            problems += (_with_source(file, *told) for told in alone.conflicts)
        problems += _between_files(ours, file, one, alone, after, seen, keep)
        if not problems and not after.is_even:
            problems.append(Problem("edit-not-possible", FilePlace(str(file)), {"names": tuple(one.theirs)}))
        if not problems:
            bare = in_all_languages(after.reports, filled(bare), one.base)
        seen[file] = one
    if problems:
        raise ProblemsFound(problems)
    return bare


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A source with what a file changed, in the file's languages, and what both had changed, with its language."""

    reports: Reports
    conflicts: tuple[tuple[str, Conflict], ...]

    @property
    def is_even(self) -> bool:
        """Whether the report has the same parts in each language."""
        shapes = [
            [(len(s.guidelines), [[goal.id for goal in g.goals] for g in s.guidelines]) for s in report.strategies]
            for report in self.reports.values()
        ]
        return all(shape == shapes[0] for shape in shapes)


def _meeting(ours: Reports, one: Brought, keep: Keep | None) -> _Meeting:
    """Merge a file in each of its languages."""
    preferred = Side.THEIRS if keep is Keep.FILE else Side.OURS
    merged: dict[str, Merged] = {}
    for language, base in _evened(one.base, one.base).items():
        here = _evened({code: ours[code] for code in one.theirs}, one.base)[language]
        theirs = _evened(one.theirs, one.base)[language]
        merged[language] = merge(base, here, theirs, preferred=preferred)
    reports = {language: each.report for language, each in merged.items()}
    return _Meeting(reports, tuple(_distinct(merged)))


def _distinct(merged: Mapping[str, Merged]) -> Iterator[tuple[str, Conflict]]:
    """Yield all conflicts; one that every language has is told once."""
    found: list[Conflict] = []
    for language, one in merged.items():
        for conflict in one.conflicts:
            if not any(_is_again(conflict, other) for other in found):
                found.append(conflict)
                yield language, conflict


def _is_again(conflict: Conflict, other: Conflict) -> bool:
    """Return whether a conflict is another one in a second language; a whole part counts by its names alone."""
    if conflict.field is None and other.field is None:
        return (conflict.kind, conflict.names) == (other.kind, other.names)
    return is_same(conflict, other)


def _evened(reports: Reports, base: Reports) -> Reports:
    """Let what stands in for missing texts be the same on every side of a merge: no language has changes of another.

    Texts are then empty; a name, by which parts are found, is that of the base in its own language.
    """
    own = next(iter(base))
    keys = tuple(flat(reports[own], base[own]).parts)
    evened: dict[str, Report] = {}
    for language, report in reports.items():
        sides = flat(report, report)
        named = zip(keys, sides.parts.items(), strict=True)
        parts = {there: _even(part, key, language, own) for key, (there, part) in named}
        evened[language] = cast("Report", whole(Flat(parts, sides.parents)))
    return evened


def _even(part: ReportPart, key: Key, language: str, own: str) -> ReportPart:
    bare: ReportPart = bare_part(part, language, language)
    if isinstance(bare, Report) and stands_in(bare.title, language):
        return replace(bare, title="")
    if isinstance(bare, Strategy | Guideline) and stands_in(bare.name, language):
        return replace(bare, name=marked(plain.written(key.names[-1]), tag_of(own)))
    return bare


def _with_source(file: Path, language: str, conflict: Conflict) -> Problem:
    return conflict_problem(conflict, FilePlace(str(file)), language, ours=Keep.SOURCE, theirs=Keep.FILE)


def _between_files(
    ours: Reports,
    file: Path,
    one: Brought,
    alone: _Meeting,
    after: _Meeting,
    seen: Mapping[Path, Brought],
    keep: Keep | None,
) -> Iterator[Problem]:
    """Say what a file changed that one before it had changed too, and which one that was."""
    for told in after.conflicts:
        if not _is_among(told, alone):
            earlier = tuple(seen)[::-1]
            first = next((f for f in earlier if _is_among(told, _both(ours, seen[f], one, keep))), earlier[0])
            problem = _with_source(file, *told)
            kind = problem.kind.replace("file-conflict", "files-conflict")
            yield replace(problem, kind=kind, values={**problem.values, "first": str(first)})


def _both(ours: Reports, first: Brought, second: Brought, keep: Keep | None) -> _Meeting:
    """Merge one file alone, then another."""
    alone = _meeting(ours, first, keep)
    if not alone.is_even:
        return alone
    return _meeting(filled(in_all_languages(alone.reports, ours, first.base)), second, keep)


def _is_among(told: tuple[str, Conflict], meeting: _Meeting) -> bool:
    language, conflict = told
    where = (language, conflict.kind, conflict.names, conflict.field)
    return where in {(code, one.kind, one.names, one.field) for code, one in meeting.conflicts}
