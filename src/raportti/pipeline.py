"""From a source and a layout to the plan: the passes in their order, the table of contents of the program.

Does not know documents or the command line. Each pass is a function of its own module; this one hands values on, and
says which pass is at work.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from raportti.content.content import make_content
from raportti.layout.checks import missing_characters
from raportti.layout.choices import NO_OPTIONS, PageOptions
from raportti.layout.planning import make_plan
from raportti.layout.theme.folder import Layout, read_layout
from raportti.plan import Plan
from raportti.problems import Problem, ProblemsFound
from raportti.report.model import Report
from raportti.source.loading import Source, load_all
from raportti.source.options import AS_IT_IS, LoadOptions
from raportti.text.fonts import FontBook, load_fonts

OnStage = Callable[[str], None]
"""Called with the name of each pass as it begins."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A report on its pages, with what was noticed on the way."""

    source: Source = field(repr=False)
    layout: Layout = field(repr=False)
    fonts: FontBook = field(repr=False)
    plan: Plan
    warnings: tuple[Problem, ...]
    before: Report | None = field(default=None, repr=False)
    """What the report is compared to."""

    def html(self, style: str | None = None) -> str:
        """Draw the pages as one self-contained page of HTML; ``style`` stands instead of the layout's own style sheet.

        Raises ``ProblemsFound`` where a template is wrong.
        """
        # Imported where it is drawn: Jinja2 takes 0.1 s, for which the process that draws a PDF does not wait.
        from raportti.render.html.page import FontFace, HtmlLayout, render

        faces = (FontFace(font.family, font.bold, font.data) for font in self.fonts.fonts)
        own = self.layout.style if style is None else style
        return render(self.plan, HtmlLayout(self.layout.html, own), faces)

    def thumbnails(self) -> str:
        """Draw the pages small, as HTML for a notebook. Raises ``ProblemsFound`` as ``html`` does."""
        from raportti.render.html.thumbnails import thumbnails

        return thumbnails(self.html(), self.plan)

    def _repr_html_(self) -> str:
        return self.thumbnails()


def plan_reports(
    source: Path,
    layout: Path,
    *,
    cache: Path,
    on_stage: OnStage,
    page_options: PageOptions = NO_OPTIONS,
    load_options: LoadOptions = AS_IT_IS,
    compare_to: Path | None = None,
) -> tuple[Planned, ...]:
    """Load and check a report once; say, measure and paginate it in each language that is asked for.

    ``page_options`` is what the user chose of how pages are made; the layout decides the rest. ``load_options`` is what
    to read of the source. Instances of fonts are kept in the folder ``cache``. ``compare_to`` is the source of the
    report before, which may be a draft: what changed since then gets pages and marks.

    Raises ``ProblemsFound`` with all problems of source and layout, ``MissingTool`` where the machine lacks something.
    """
    on_stage("load")
    sources, opened = _read(source, layout, load_options)
    before = _read_before(compare_to, sources)
    on_stage("fonts")
    fonts = load_fonts(opened.theme.fonts, folder=opened.theme.folder, cache=cache)
    on_stage("plan")
    return tuple(
        plan_report(one, earlier, opened, fonts, page_options, is_draft=load_options.is_draft)
        for one, earlier in zip(sources, before, strict=True)
    )


def plan_report(
    loaded: Source,
    before: Report | None,
    layout: Layout,
    fonts: FontBook,
    page_options: PageOptions = NO_OPTIONS,
    *,
    is_draft: bool = False,
) -> Planned:
    """Say, measure and paginate a report that is loaded; all else is as in ``plan_reports``."""
    words = layout.theme.words[loaded.report.language]
    content = make_content(loaded.report, words, before, is_draft=is_draft)
    plan = make_plan(content, layout.theme, fonts, page_options, places=loaded.places)
    missing = missing_characters(loaded.report, fonts, loaded.places)
    return Planned(loaded, layout, fonts, plan, (*loaded.warnings, *missing), before)


def _read_before(path: Path | None, sources: tuple[Source, ...]) -> tuple[Report | None, ...]:
    """Read the report before in the language of each report; a text that has none there stands in its own."""
    if path is None:
        return (None,) * len(sources)
    languages = tuple(source.report.language for source in sources)
    return tuple(one.report for one in load_all(path, LoadOptions(languages, allow_missing=True, is_draft=True)))


def _read(source: Path, layout: Path, load_options: LoadOptions) -> tuple[tuple[Source, ...], Layout]:
    """Read both, so that the problems of both are reported at once."""
    problems: list[Problem] = []
    loaded = opened = None
    try:
        loaded = load_all(source, load_options)
    except ProblemsFound as found:
        problems += found.problems
    try:
        opened = read_layout(layout)
    except ProblemsFound as found:
        problems += found.problems
    if loaded is None or opened is None:
        raise ProblemsFound(problems)
    return loaded, opened
