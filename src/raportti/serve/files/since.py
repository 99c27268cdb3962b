"""From the report as it is, and one as it was, to what has changed: figures, goals, texts, pages.

Does not know browsers. What a report can be compared to is listed here, and is asked for by a name from that list: a
path or a revision never comes from outside.
"""

import hashlib
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from raportti.files import is_table, report_file
from raportti.pipeline import Planned, plan_report
from raportti.plan.diff import changed_pages, removed_pages
from raportti.problems import MissingTool, ProblemsFound
from raportti.report.diff import Changes, changes_of
from raportti.report.model import Report
from raportti.serve.looking import Look
from raportti.serve.saving.opened import Opened
from raportti.serve.workspace import NoPages, Workspace
from raportti.source.loading import Source, load_all
from raportti.source.options import LoadOptions
from raportti.source.rewriting import make_source
from raportti.workflows.diff import PageChange
from raportti.workflows.git import name_at, opened, revisions_of

MOST_REVISIONS = 20
MOST_BESIDE = 20
MOST_FILES = 6
"""Files that came in to compare with, and are kept; the oldest makes room."""
GIVEN = "given"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reference:
    """What a report can be compared to.

    ``kind`` is ``given`` (with ``--compare-to``), ``beside`` (another source in the same folder), ``revision`` (of
    git) or ``file`` (that came in). ``name`` is a file's or source's, or what a revision's author says of it.
    """

    id: str
    kind: str
    name: str
    time: str = ""
    """When a revision was made, as ISO 8601."""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one language; after the first one, what is of that language alone."""

    language: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that came in to compare with: whose it is, and what it says by language."""

    owner: bytes
    name: str
    reports: Mapping[str, Report] = field(repr=False)


class Since:
    """Compares the report of one workspace. Any number of threads may use it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = RLock()
        self._files: dict[str, Kept] = {}
        self._plans: dict[tuple[str, int, str], tuple[PageChange, ...]] = {}
        self._look: Look | None = None

    def references(self, owner: bytes) -> tuple[Reference, ...]:
        """List what the report can be compared to."""
        return (*self._given(), *self._kept_of(owner), *self._beside(), *self._revisions())

    def reference(self, name: str, owner: bytes) -> Reference | None:
        """Return what has a name; None where nothing has."""
        return next((one for one in self.references(owner) if one.id == name), None)

    def keep(self, token: str, owner: bytes, name: str, reports: Mapping[str, Report]) -> str:
        """Keep what a file says, to compare with; returns its name in the list."""
        with self._lock:
            self._files[token] = Kept(owner, name, reports)
            while len(self._files) > MOST_FILES:
                del self._files[next(iter(self._files))]
        return f"file-{token}"

    def differences(self, reference: Reference) -> tuple[Difference, ...]:
        """Say what has changed since, in each language that both have.

        Raises ``ProblemsFound`` where what is compared to cannot be read, ``MissingTool`` where git is missing.
        """
        now, before = self._workspace.opened, self._reports(reference)
        told: list[Changes] = []
        languages = tuple(language for language in now.languages if language in before)
        for language in languages:
            told.append(changes_of(before[language], now.reports[language]).beyond(told))
        return tuple(Difference(language, changes) for language, changes in zip(languages, told, strict=True))

    def pages(self, reference: Reference, language: str) -> tuple[PageChange, ...]:
        """Say which pages are new or differ, and which are gone; numbers alone do not count.

        Raises ``NoPages`` where they cannot be planned, else as ``differences``.
        """
        now, look = self._workspace.opened, self._workspace.look()
        key = (reference.id, now.number, language)
        known = self._plans.get(key) if self._look is look else None
        if known is None or reference.kind in (GIVEN, "beside"):
            before = self._reports(reference)[language]
            old, new = (self._planned(report, now) for report in (before, now.reports[language]))
            known = tuple(_pages(old, new))
            with self._lock:
                kept = self._plans if self._look is look else {}
                self._plans = {one: pages for one, pages in kept.items() if one[1] == now.number} | {key: known}
                self._look = look
        return known

    @contextmanager
    def path(self, name: str, owner: bytes) -> Generator[Path | None]:
        """Give the path of what has a name, for documents that show what has changed; None for an empty name."""
        reference = self.reference(name, owner) if name else None
        if reference is None:
            yield None
        elif reference.kind == "file":
            with tempfile.TemporaryDirectory(prefix="raportti-") as scratch:
                folder = Path(scratch) / "source"
                folder.mkdir()
                reports = self._files[reference.id.removeprefix("file-")].reports
                for file, data in make_source(folder, tuple(reports.values())).items():
                    file.write_bytes(data)
                yield folder
        else:
            with self._opened(reference) as path:
                yield path

    def _planned(self, report: Report, now: Opened) -> Planned:
        """Plan a report as a draft, as both are compared: what only one of them lacks is no difference of the pages."""
        look = self._workspace.look()
        source = now.sources[report.language]
        known = source if report is source.report else Source(report, (), {}, report.language, report.title, (), ())
        try:
            return plan_report(known, None, look.layout, look.fonts, self._workspace.request.options, is_draft=True)
        except ProblemsFound as found:
            raise NoPages(tuple(found.problems)) from found
        except MissingTool as missing:
            raise NoPages((missing.problem,)) from missing

    def _reports(self, reference: Reference) -> Mapping[str, Report]:
        """Read what the report is compared to, in all languages of the report; a file that came in may have fewer."""
        languages = self._workspace.opened.languages
        if reference.kind == "file":
            return self._files[reference.id.removeprefix("file-")].reports
        with self._opened(reference) as path:
            loaded = load_all(path, LoadOptions(languages, allow_missing=True, is_draft=True))
        return {source.report.language: source.report for source in loaded}

    @contextmanager
    def _opened(self, reference: Reference) -> Generator[Path]:
        source = self._workspace.request.source
        if reference.kind == GIVEN:
            with opened(str(self._workspace.request.compare_to)) as path:
                yield path
        elif reference.kind == "beside":
            yield dict(_beside(source))[reference.id]
        else:
            folder = source if source.is_dir() else source.parent
            with opened(name_at(source.absolute(), reference.id.removeprefix("rev-")), folder) as path:
                yield path

    def _given(self) -> Iterator[Reference]:
        given = self._workspace.request.compare_to
        if given is not None:
            yield Reference(GIVEN, GIVEN, Path(given).name or str(given))

    def _kept_of(self, owner: bytes) -> Iterator[Reference]:
        with self._lock:
            kept = tuple(reversed(self._files.items()))
        yield from (Reference(f"file-{token}", "file", one.name) for token, one in kept if one.owner == owner)

    def _beside(self) -> Iterator[Reference]:
        for name, path in _beside(self._workspace.request.source):
            yield Reference(name, "beside", path.name)

    def _revisions(self) -> Iterator[Reference]:
        with suppress(MissingTool, OSError):
            for one in revisions_of(self._workspace.request.source.absolute(), MOST_REVISIONS):
                yield Reference(f"rev-{one.id}", "revision", one.subject, one.time, one.author)


def _beside(source: Path) -> Iterator[tuple[str, Path]]:
    """Name the other sources in the folder of a source: folders with a report, and tables."""
    source = source.absolute()
    with suppress(OSError):
        others = [path for path in sorted(source.parent.iterdir()) if path != source and _is_source(path, source)]
        for path in others[:MOST_BESIDE]:
            yield f"beside-{hashlib.sha256(path.name.encode('utf-8', 'replace')).hexdigest()[:_DIGITS]}", path


def _is_source(path: Path, source: Path) -> bool:
    if path.name.startswith(("~", ".")):
        return False
    is_own_translation = is_table(source) and path.name.startswith(f"{source.stem}.")
    return report_file(path).is_file() or (is_table(path) and not is_own_translation)


def _pages(old: Planned, new: Planned) -> Iterator[PageChange]:
    changed, removed = changed_pages(old.plan, new.plan), removed_pages(old.plan, new.plan)
    yield from (PageChange(page.number, page.title) for page in new.plan.pages if page.number in changed)
    gone = (page for page in old.plan.pages if page.number in removed)
    yield from (PageChange(page.number, page.title, is_removed=True) for page in gone)
