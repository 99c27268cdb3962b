"""From a source and a layout to the plan: the passes in their order, the table of contents of the program.

Knows no documents and no command line. Each pass is a function of its own module; this one only hands values on, and
says which pass is at work.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.characters import missing_characters
from raportti.content import Content, content_of
from raportti.layout.choices import NOTHING_ASKED, Asked
from raportti.layout.folder import Layout, read_layout
from raportti.layout.planning import make_plan
from raportti.plan import Plan
from raportti.problems import Problem, ProblemsFound
from raportti.source import Source, load_in
from raportti.text.fonts import FontBook, load_fonts
from raportti.texts import place_of

OnStage = Callable[[str], None]
"""Is told the name of each pass as it begins."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A report on its pages, with what was noticed on the way."""

    source: Source
    layout: Layout
    fonts: FontBook
    plan: Plan
    warnings: tuple[Problem, ...]


def plan_reports(
    source: Path,
    layout: Path,
    *,
    cache: Path,
    on_stage: OnStage,
    asked: Asked = NOTHING_ASKED,
    languages: Sequence[str] = (),
    allow_missing: bool = False,
) -> tuple[Planned, ...]:
    """Load and check a report once; say, measure and paginate it in each language, or in its own where none is asked.

    ``asked`` is what the user chose of the way pages are made; of the rest the layout says it. Instances of fonts are
    kept in the folder ``cache``. Where ``allow_missing``, a text without a translation stands in its own language.

    Raises ``ProblemsFound`` with all problems of source and layout, ``MissingTool`` where the machine lacks something.
    """
    on_stage("load")
    sources, opened = _read(source, layout, languages, allow_missing=allow_missing)
    on_stage("fonts")
    fonts = load_fonts(opened.theme.fonts, folder=opened.theme.folder, cache=cache)
    on_stage("plan")
    return tuple(_report(loaded, opened, fonts, asked) for loaded in sources)


def _report(loaded: Source, layout: Layout, fonts: FontBook, asked: Asked) -> Planned:
    content = content_of(loaded.report, layout.theme.words[loaded.report.language])
    plan = _planned(content, layout, fonts, loaded, asked)
    missing = missing_characters(loaded.report, fonts, loaded.places)
    return Planned(loaded, layout, fonts, plan, (*loaded.warnings, *missing))


def _planned(content: Content, layout: Layout, fonts: FontBook, source: Source, asked: Asked) -> Plan:
    """Plan the pages; the problems of a text that fits nowhere get the place where it was read."""
    try:
        return make_plan(content, layout.theme, fonts, asked)
    except ProblemsFound as found:
        raise ProblemsFound(
            replace(problem, place=place_of(str(problem.values.get("text", "")), source.report, source.places))
            for problem in found.problems
        ) from found


def _read(
    source: Path, layout: Path, languages: Sequence[str], *, allow_missing: bool
) -> tuple[tuple[Source, ...], Layout]:
    """Read both, so that the problems of both are told at once."""
    problems: list[Problem] = []
    loaded = opened = None
    try:
        loaded = load_in(source, languages, allow_missing=allow_missing)
    except ProblemsFound as found:
        problems += found.problems
    try:
        opened = read_layout(layout)
    except ProblemsFound as found:
        problems += found.problems
    if loaded is None or opened is None:
        raise ProblemsFound(problems)
    return loaded, opened
