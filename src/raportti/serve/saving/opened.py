"""From the files of a source to one consistent reading of them, in all its languages.

Does not know who changes them. What is read is of one moment: each file is read once, and read again where it is being
written just then.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.files import is_table
from raportti.problems import FilePlace, Place, Problem, ProblemsFound, distinct
from raportti.report.diff import is_same
from raportti.report.fields import Ref
from raportti.report.figures import ASSESSMENT, SCORE, STATUS, unfinished_goals
from raportti.report.model import Report
from raportti.serve.saving.versions import GoalForm, forms_of
from raportti.source import names
from raportti.source.loading import Source, load_all, tables_of
from raportti.source.options import LoadOptions
from raportti.source.stand_ins import Reports

SETTLED = 0.01
"""Seconds after which a file that another program writes is looked at again."""
LONGEST_SETTLING = 0.2
"""Seconds that another program may take to write its files; then they are taken as they are."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One reading of a source.

    ``number`` grows with each reading that differs. ``languages`` are the source's, its own first; ``reports`` are by
    language, with texts of the others in the place of missing ones, marked. ``goals`` has the form of each goal by its
    id. ``problems`` are warnings, and what a report that is no draft would lack. ``contents`` are the files' bytes.
    """

    number: int
    languages: tuple[str, ...]
    reports: Reports
    goals: Mapping[str, GoalForm]
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source]
    contents: Mapping[Path, bytes]

    @property
    def report(self) -> Report:
        """The report in the source's own language."""
        return self.reports[self.languages[0]]


def read_opened(path: Path, number: int, languages: tuple[str, ...] = (), begun: tuple[str, ...] = ()) -> Opened:
    """Read a source; ``languages`` are those that it had before. All else as ``read_all``. Raises ``ProblemsFound``."""
    end = time.monotonic() + LONGEST_SETTLING
    while True:
        contents: dict[Path, bytes] = {}
        try:
            sources = read_all(path, languages, contents, begun)
        except ProblemsFound:
            if time.monotonic() > end:
                raise
            time.sleep(SETTLED)
            if is_as_read(path, contents) and all(contents.values()):
                raise
        else:
            time.sleep(SETTLED if number else 0)
            if time.monotonic() > end or is_as_read(path, contents):
                return opened_of(path, number, sources, contents)


def read_all(
    path: Path, languages: tuple[str, ...], contents: dict[Path, bytes], begun: tuple[str, ...] = ()
) -> Sequence[Source]:
    """Read a source in all languages that it has, and in those that were ``begun`` and may have no text yet."""
    sources = load_all(path, _options(languages), contents)
    wanted = tuple(dict.fromkeys((*sources[0].languages, *begun)))
    if wanted == tuple(source.report.language for source in sources):
        return sources
    return load_all(path, _options(wanted), contents)


def _options(languages: tuple[str, ...]) -> LoadOptions:
    return LoadOptions(languages, allow_missing=True, is_draft=True)


def opened_of(path: Path, number: int, sources: Sequence[Source], contents: Mapping[Path, bytes]) -> Opened:
    """Make a reading of what was read, in the source's languages."""
    reports = {source.report.language: source.report for source in sources}
    warnings = distinct(problem for source in sources for problem in source.warnings)
    return Opened(
        number=number,
        languages=tuple(reports),
        reports=reports,
        goals=forms_of(reports),
        problems=(*warnings, *_missing(path, sources[0])),
        sources={source.report.language: source for source in sources},
        contents=contents,
    )


def is_as_read(path: Path, contents: Mapping[Path, bytes]) -> bool:
    """Tell whether the files of a source are as they were read, by what they hold."""
    try:
        if is_table(path) and not set(tables_of(path)) <= contents.keys():
            return False
        return all(file.read_bytes() == data for file, data in contents.items())
    except OSError:
        return False


def is_same_reading(old: Opened, new: Opened) -> bool:
    """Tell whether two readings say the same: only comments or the order of keys may differ."""
    return old.languages == new.languages and all(
        is_same(old.reports[language], report) for language, report in new.reports.items()
    )


def renumbered(opened: Opened, number: int) -> Opened:
    """Return a reading under another number."""
    return replace(opened, number=number)


_MISSING = {
    STATUS: ("achieved", "missing-yet"),
    SCORE: ("score", "missing-score"),
    ASSESSMENT: ("assessment", "missing-yet"),
}


def _missing(path: Path, source: Source) -> Sequence[Problem]:
    """Say what of the assessments is missing, as it is said of a report that is no draft."""
    own = source.own_language
    keys = names.by_field(names.COLUMNS_IN[own] if is_table(path) else names.GOAL)
    found: list[Problem] = []
    for goals in unfinished_goals(source.report).values():
        for goal in goals:
            for what in goal.missing:
                field, kind = _MISSING[what]
                found.append(Problem(kind, _place(source, goal.goal, field, path), {"name": keys[field]}, goal.goal))
    return found


def _place(source: Source, goal: str, field: str, path: Path) -> Place:
    places = source.places
    return places.get(Ref(goal, field)) or places.get(Ref(goal, "id")) or FilePlace(str(path))
