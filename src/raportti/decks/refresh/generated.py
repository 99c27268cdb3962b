"""From a report to the deck that is generated from it: the page of each slide, its snapshot and its XML.

Does not know the deck that people edited. Slides and rows go by the names of the base report, so that they are found
again where a strategy, guideline or goal has another name now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.content.content import make_content
from raportti.layout.choices import page_options_from
from raportti.layout.planning import make_plan
from raportti.layout.theme.folder import Layout, read_layout
from raportti.ooxml.xml import Element, parsed
from raportti.plan import Page, Plan, page_keys
from raportti.render.pptx.parts import ChartParts, drawn_charts, drawn_slides, free_slides
from raportti.render.pptx.template import Template
from raportti.report.model import Report
from raportti.report.pairs import BaseNames, base_names
from raportti.snapshot import RowSnapshot, SlideSnapshot, Snapshot, snapshot_of
from raportti.source.options import is_draft_in
from raportti.text.fonts import FontBook, load_fonts

RowName = tuple[object, ...]
"""What a row is about: a goal, or a guideline of a strategy, by its name in the base; then its part.

The part is ``(i, k)`` where the row is cut over slides, None where it is whole.
"""
GOALS, SUMMARY = "table", "summary"
"""The kinds of slides whose rows are goals, and guidelines; rows of other kinds are known by their slide."""


@dataclass(frozen=True, slots=True)
class LoadedLayout:
    """A layout with its fonts: what a report needs to be planned and drawn."""

    layout: Layout
    fonts: FontBook

    @property
    def template(self) -> Template:
        """The template of the slides."""
        theme = self.layout.theme.template
        return Template(self.layout.template, theme.layouts, theme.placeholders, frozenset(theme.text_boxes))


def load_layout(folder: Path, *, cache: Path) -> LoadedLayout:
    """Read a layout and its fonts. Raises ``ProblemsFound`` or ``MissingTool``."""
    layout = read_layout(folder)
    return LoadedLayout(layout, load_fonts(layout.theme.fonts, folder=layout.theme.folder, cache=cache))


@dataclass(frozen=True, slots=True)
class GeneratedSlide:
    """A slide as it is generated. ``key`` is its page's by the names of the base, ``rows`` name those of the snapshot.

    ``on_own_layout`` is its XML for a slide layout of ours, ``on_any_layout`` for a foreign one: there each text says
    its own font and place. Both name their charts by the keys of ``charts``.
    """

    key: str
    page: Page
    snapshot: SlideSnapshot
    rows: tuple[RowName, ...]
    on_own_layout: Element
    on_any_layout: Element
    charts: Mapping[str, ChartParts]

    @property
    def table(self) -> tuple[object, ...]:
        """What the page's table is about, which may go on on other pages."""
        return self.page.kind, self.page.strategy, self.page.guideline


@dataclass(frozen=True, slots=True)
class GeneratedDeck:
    """All slides of a report, by their keys, in their order."""

    plan: Plan
    slides: Mapping[str, GeneratedSlide]


def generate(report: Report, snapshot: Snapshot, layout: LoadedLayout) -> GeneratedDeck:
    """Plan and draw a report with the choices of a snapshot, whose report is the base.

    Raises ``ProblemsFound`` as ``make_plan`` does.
    """
    theme, choices = layout.layout.theme, dict(snapshot.choices)
    words = theme.words[report.language]
    content = make_content(report, words, snapshot.before, is_draft=is_draft_in(choices))
    plan = make_plan(content, theme, layout.fonts, page_options_from(choices))
    names = base_names(snapshot.report, report)
    keys = page_keys(page_in_base(page, names) for page in plan.pages)
    snapshots = snapshot_of(plan, report, layout=theme.name, choices={}).slides
    rows = _row_names([replace(slide, key=key) for slide, key in zip(snapshots, keys, strict=True)], report, names)
    own, free = ([parsed(xml.encode()) for xml in draw(plan, layout.template)] for draw in (drawn_slides, free_slides))
    slides = map(GeneratedSlide, keys, plan.pages, snapshots, rows, own, free, drawn_charts(plan))
    return GeneratedDeck(plan, {slide.key: slide for slide in slides})


def page_in_base(page: Page, names: BaseNames) -> Page:
    """Return a page under the names of the base; a page about a removed strategy has them already."""
    if page.strategy is None:
        return page
    strategy = names.strategies.get(page.strategy, page.strategy)
    if page.guideline is None:
        return replace(page, strategy=strategy)
    _, guideline = names.guidelines.get((page.strategy, page.guideline), (strategy, page.guideline))
    return replace(page, strategy=strategy, guideline=guideline)


def _row_names(slides: Iterable[SlideSnapshot], report: Report, names: BaseNames) -> list[tuple[RowName, ...]]:
    """Name the rows of each slide; no two rows of a deck have one name."""
    guidelines = _guidelines(report, names)
    seen: Counter[RowName] = Counter()
    return [
        tuple(_distinct((_row_name(slide, row, guidelines, names) for row in slide.rows), seen)) for slide in slides
    ]


def _distinct(rows: Iterable[RowName], seen: Counter[RowName]) -> Iterator[RowName]:
    """Give names, those that were seen before with a number."""
    for *about, part in rows:
        name = (*about, part)
        yield (*about, seen[name], part) if seen[name] else name
        seen[name] += 1


def _guidelines(report: Report, names: BaseNames) -> Iterator[RowName]:
    """Give the guidelines in the order in which the summaries have them."""
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            yield names.guidelines[strategy.name, guideline.name]


def _row_name(slide: SlideSnapshot, row: RowSnapshot, guidelines: Iterator[RowName], names: BaseNames) -> RowName:
    goal = row.goal and names.goals.get(row.goal, row.goal)
    if slide.kind == GOALS and goal:
        return "goal", goal, row.split
    if slide.kind == SUMMARY and not (row.split and row.split[0] > 1):
        return SUMMARY, *next(guidelines, (slide.key,)), row.split
    # Not by the page: a row that comes to the next page of its table is the same.
    first_words = " ".join(paragraph.text for cell in row.cells[:1] for paragraph in cell.paragraphs)
    return slide.key.rpartition(" ")[0], goal or first_words, row.split
