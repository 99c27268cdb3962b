"""Everything that a running server holds: the source as it is read now, its pages, and what they were before.

Knows no request. Pages are planned and drawn when they are first asked for, and again when the report has changed.
"""

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from raportti.layout.checks import missing_characters
from raportti.layout.choices import NO_OPTIONS, PageOptions
from raportti.layout.theme import Theme
from raportti.layout.theme.folder import read_theme
from raportti.pipeline import Planned, plan_report
from raportti.problems import MissingTool, Problem, ProblemsFound, distinct
from raportti.report.figures import unfinished_goals
from raportti.report.model import SCORES, Report
from raportti.serve.looking import Look, Looking
from raportti.serve.measuring import Effect, effect_of
from raportti.serve.paging import Drawer, Pages, ShownPage
from raportti.serve.saving.opened import Opened
from raportti.serve.saving.store import Store
from raportti.serve.saving.versions import Change
from raportti.serve.web.events import Hub
from raportti.source.loading import Source, load_all
from raportti.source.options import LoadOptions
from raportti.workflows.git import opened

MOST_KEPT = 40
"""Drawings that are kept, so that a page can be seen as it was before an edit."""


@dataclass(frozen=True, slots=True)
class ServeRequest:
    """What is to be served, and how."""

    source: Path
    layout: Path
    cache: Path
    language: str
    """Of the app's texts where the browser wishes none."""
    languages: tuple[str, ...] = ()
    """Of the report; none: all that the source has."""
    options: PageOptions = NO_OPTIONS
    is_draft: bool = False
    compare_to: str | None = None
    """The report before, a path or ``REV:PATH`` of git: what changed since then gets pages and marks."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes of a goal would do: to its room, to the pages that show it, and what is to be noticed."""

    effect: Effect
    pages: Pages
    shown: tuple[ShownPage, ...]
    warnings: tuple[Problem, ...]


class NoPages(Exception):
    """Raised where pages cannot be made; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(slots=True)
class _Drawn:
    """The pages of each reading of the source, the last ones kept."""

    pages: OrderedDict[tuple[int, str], tuple[Planned, Pages]] = field(
        default_factory=OrderedDict[tuple[int, str], tuple[Planned, Pages]]
    )


class Workspace:
    """One report that is served. Safe between threads."""

    def __init__(self, request: ServeRequest, store: Store, hub: Hub) -> None:
        self.request = request
        self.store = store
        self.hub = hub
        self._looking = Looking(request.layout, request.cache, self._tell_of_fonts)
        self._drawer: Drawer | None = None
        self._drawn = _Drawn()
        self._began = store.opened
        self._earlier: Mapping[str, Report] | None = None
        self._lock = RLock()

    @property
    def language(self) -> str:
        """The language of the app's texts where the browser wishes none."""
        return self.request.language

    @property
    def opened(self) -> Opened:
        """The source as it was last read well."""
        return self.store.opened

    @property
    def main_language(self) -> str:
        """The language that pages and documents are in where none is asked for."""
        return next((one for one in self.request.languages if one in self.opened.languages), self.opened.languages[0])

    @property
    def title(self) -> str:
        """The title of the report, in its own language."""
        opened = self.opened
        return opened.reports[opened.languages[0]].title

    @property
    def broken(self) -> tuple[Problem, ...]:
        """Why the source cannot be read now; nothing where it can."""
        return self.store.broken

    def look(self) -> Look:
        """Return the layout with its fonts.

        Raises ``NoPages`` where they cannot be read, or while instances of the fonts are made for the first time.
        """
        try:
            return self._looking.look()
        except ProblemsFound as found:
            raise NoPages(tuple(found.problems)) from found
        except MissingTool as missing:
            raise NoPages((missing.problem,)) from missing

    def theme(self) -> Theme:
        """Return what the layout says, without its fonts. Raises ``ProblemsFound``."""
        try:
            return self.look().layout.theme
        except NoPages:
            return read_theme(self.request.layout)

    def _tell_of_fonts(self) -> None:
        """Draw the pages that were asked for while fonts were made, and let open views ask again."""
        with suppress(NoPages):
            self.pages(self.opened.languages[0])
        self._tell_anew()

    def _tell_anew(self) -> None:
        """Let open views ask again though the report is the same."""
        self.hub.publish("change", {**self.state(), "isNew": True, "by": ""})

    def pages(self, language: str, number: int | None = None) -> Pages:
        """Return the pages in a language, of the present reading or of an earlier one that is still kept.

        Raises ``NoPages`` where they cannot be made, ``KeyError`` where an earlier one is not kept any more.
        """
        return self.drawn(language, number)[1]

    def drawn(self, language: str, number: int | None = None) -> tuple[Planned, Pages]:
        """Return the plan and the pages, as ``pages`` does."""
        self.look()  # before the lock: a layout may take its time
        with self._lock:
            opened = self.opened
            key = (opened.number if number is None else number, language)
            if key in self._drawn.pages:
                return self._drawn.pages[key]
            if key[0] != opened.number:
                raise KeyError(number)
            return self._keep(key, opened.sources[language])

    def pages_at_start(self, language: str) -> Pages | None:
        """Return the pages in a language as they were when the program was started; None where there were none.

        Raises ``NoPages``.
        """
        with self._lock:
            key = (self._began.number, language)
            source = self._began.sources.get(language)
            if source is None:
                return None
            return (self._drawn.pages.get(key) or self._keep(key, source))[1]

    def _keep(self, key: tuple[int, str], source: Source) -> tuple[Planned, Pages]:
        """Plan and draw a reading; those of the start are kept for good, of the others the last ones."""
        planned = self.plan(source)
        drawn = self._drawn.pages[key] = (planned, self.draw(planned))
        later = [one for one in self._drawn.pages if one[0] != self._began.number]
        for one in later[: max(0, len(later) - MOST_KEPT)]:
            del self._drawn.pages[one]
        return drawn

    def plan(self, source: Source) -> Planned:
        """Plan a report, as a draft where it is one: asked for, or not finished yet. Raises ``NoPages``."""
        look = self.look()
        is_draft = self.request.is_draft or bool(unfinished_goals(source.report))
        try:
            return plan_report(
                source,
                self._before(source.report.language),
                look.layout,
                look.fonts,
                self.request.options,
                is_draft=is_draft,
            )
        except ProblemsFound as found:
            raise NoPages(tuple(found.problems)) from found
        except MissingTool as missing:
            raise NoPages((missing.problem,)) from missing

    def draw(self, planned: Planned) -> Pages:
        """Draw a plan for browsers. Raises ``NoPages``."""
        with self._lock:
            if self._drawer is None:
                self._drawer = Drawer(planned.layout)
        try:
            return self._drawer.pages(planned.plan)
        except ProblemsFound as found:
            raise NoPages(tuple(found.problems)) from found

    def follow_layout(self) -> None:
        """Read the layout anew, since somebody saved it, and let open views ask again."""
        with self._lock:
            self._looking.forget()
            self._drawer = None
            self._drawn.pages.clear()
        self._tell_anew()

    def state(self) -> Mapping[str, object]:
        """Say what every open page has to know: which reading this is, the version of each goal, what is broken."""
        opened = self.opened
        return {
            "number": opened.number,
            "goals": {name: goal.version for name, goal in opened.goals.items()},
            "isBroken": bool(self.broken),
        }

    def tell(self, who: str) -> None:
        """Tell every open page that the report has changed."""
        self.hub.publish("change", {**self.state(), "by": who})

    def preview(self, goal: str, changes: Mapping[str, Change], language: str) -> Preview:
        """Say what changes of a goal would do to the pages in a language.

        Raises ``NoPages``, and ``Refused`` for wrong values.
        """
        before, _ = self.drawn(language)
        sources, warnings = self.store.preview(goal, changes)
        after = self.plan(sources[language])
        pages = self.draw(after)
        shown = tuple(page for page in pages.pages if goal in page.goals)
        noticed = distinct(problem for found in warnings.values() for problem in found)
        return Preview(
            effect_of(goal, before.plan, after.plan), pages, shown, (*noticed, *_missing_glyphs(after, goal))
        )

    def style(self) -> str:
        """Return the style sheet of all sheets drawn so far."""
        with self._lock:
            return self._drawer.style if self._drawer else ""

    def grades(self, language: str) -> Mapping[str, str]:
        """Return what the grades mean, best first: as the report says it, else the layout."""
        report = self.opened.reports[language]
        texts = report.scale
        if texts is None:
            try:  # the layout alone: its fonts may be in the making
                texts = scale_of(self.theme(), language)
            except ProblemsFound:
                texts = ("",) * len(SCORES)
        return {str(grade): text for grade, text in zip(SCORES, texts, strict=True)}

    def _before(self, language: str) -> Report | None:
        """Return the report that this one is compared to, in a language; it is read once."""
        if self.request.compare_to is None:
            return None
        if self._earlier is None:
            options = LoadOptions(self.opened.languages, allow_missing=True, is_draft=True)
            with opened(self.request.compare_to) as path:
                self._earlier = {one.report.language: one.report for one in load_all(path, options)}
        return self._earlier.get(language)


def _missing_glyphs(planned: Planned, goal: str) -> tuple[Problem, ...]:
    """Return the warnings of characters in a goal's texts that no font of the layout has."""
    missing = missing_characters(planned.source.report, planned.fonts, {})
    return tuple(problem for problem in missing if problem.goal == goal)


def scale_of(theme: Theme, language: str) -> tuple[str, ...]:
    """Return the words of a layout for the grades, best first."""
    words = theme.words[language].by_key()
    return tuple(words[f"scale_{grade}"] for grade in SCORES)
