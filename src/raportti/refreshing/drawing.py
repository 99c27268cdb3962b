"""From a report to its slides as they are generated: the page of each, its stamp and its XML. Knows no deck of a user.

A slide goes by the name that its page has in another report, the base, so that it is found again when what it is about
has another name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.changes.pairs import goal_pairs, guideline_pairs, strategy_pairs
from raportti.content import content_of
from raportti.layout.choices import Asked, asked_in_words
from raportti.layout.folder import Layout, read_layout
from raportti.layout.planning import make_plan
from raportti.model import Report
from raportti.plan import Page, Plan, page_keys
from raportti.refreshing.xml import Element, parsed
from raportti.render.pptx import Template, drawn_slides, free_slides
from raportti.stamp import RowStamp, SlideStamp, stamp_of
from raportti.text.fonts import FontBook, load_fonts

RowName = tuple[object, ...]
"""What a row is of: a goal and its part, or a guideline of a strategy, as they are called in the base."""


@dataclass(frozen=True, slots=True)
class Names:
    """How strategies, guidelines and goals of a report are called in the base."""

    strategies: Mapping[str, str]
    guidelines: Mapping[tuple[str, str], str]
    goals: Mapping[str, str]

    def page(self, page: Page) -> Page:
        """Return a page under the names of the base."""
        if page.strategy is None:
            return page
        guideline = page.guideline and self.guidelines.get((page.strategy, page.guideline), page.guideline)
        return replace(page, strategy=self.strategies.get(page.strategy, page.strategy), guideline=guideline)


def names_in(base: Report, report: Report) -> Names:
    """Find how the parts of a report are called in the base; what is not in the base keeps its name."""
    strategies: dict[str, str] = {}
    guidelines: dict[tuple[str, str], str] = {}
    for pair in strategy_pairs(base, report):
        if pair.new is None:
            continue
        strategies[pair.new.name] = (pair.old or pair.new).name
        for inner in guideline_pairs(pair):
            if inner.new is not None:
                guidelines[pair.new.name, inner.new.name] = (inner.old or inner.new).name
    goals = {pair.new.goal.id: pair.old.goal.id for pair in goal_pairs(base, report) if pair.old and pair.new}
    return Names(strategies, guidelines, goals)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slide as it is generated. ``key`` is its page's in the base, ``rows`` name those of its stamp.

    ``tied`` is its XML on our own slide layouts, ``free`` on any.
    """

    key: str
    page: Page
    stamp: SlideStamp
    rows: tuple[RowName, ...]
    tied: Element
    free: Element


@dataclass(frozen=True, slots=True)
class Studio:
    """What is needed to draw a report."""

    layout: Layout
    fonts: FontBook
    asked: Asked

    @property
    def template(self) -> Template:
        """The template of the slides."""
        theme = self.layout.theme.template
        return Template(self.layout.template, theme.layouts, theme.placeholders)


def studio_for(layout: Path, choices: Mapping[str, str], *, cache: Path) -> Studio:
    """Get ready to draw with a layout and the choices of a stamp. Raises ``ProblemsFound`` or ``MissingTool``."""
    opened = read_layout(layout)
    fonts = load_fonts(opened.theme.fonts, folder=opened.theme.folder, cache=cache)
    return Studio(opened, fonts, asked_in_words(columns=choices.get("columns"), pages=choices.get("pages")))


@dataclass(frozen=True, slots=True)
class Drawing:
    """All slides of a report, by their keys, in their order."""

    plan: Plan
    sheets: Mapping[str, Sheet]


def drawn(report: Report, base: Report, studio: Studio) -> Drawing:
    """Plan and draw a report. Raises ``ProblemsFound`` where a text fits nowhere."""
    theme = studio.layout.theme
    plan = make_plan(content_of(report, theme.words[report.language]), theme, studio.fonts, studio.asked)
    names = names_in(base, report)
    keys = page_keys(map(names.page, plan.pages))
    stamps = stamp_of(plan, report, layout=theme.name, choices={}).slides
    rows = row_names(stamps, report, names)
    tied, free = (map(_root, draw(plan, studio.template)) for draw in (drawn_slides, free_slides))
    return Drawing(plan, {sheet.key: sheet for sheet in map(Sheet, keys, plan.pages, stamps, rows, tied, free)})


def _root(xml: str) -> Element:
    return parsed(xml.encode())


def row_names(stamps: tuple[SlideStamp, ...], report: Report, names: Names) -> list[tuple[RowName, ...]]:
    """Name the rows of each slide."""
    summaries = _guidelines(report, names)
    return [tuple(_row_name(slide, row, summaries, names) for row in slide.rows) for slide in stamps]


def _guidelines(report: Report, names: Names) -> Iterator[RowName]:
    """Give the guidelines in the order in which the summaries have them."""
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            name = names.guidelines.get((strategy.name, guideline.name), guideline.name)
            yield names.strategies.get(strategy.name, strategy.name), name


def _row_name(slide: SlideStamp, row: RowStamp, summaries: Iterator[RowName], names: Names) -> RowName:
    if row.goal is not None:
        return "goal", names.goals.get(row.goal, row.goal), row.split
    if slide.kind != "summary" or (row.split and row.split[0] > 1):
        return slide.key, row.split
    return "summary", *next(summaries, (slide.key,)), row.split
