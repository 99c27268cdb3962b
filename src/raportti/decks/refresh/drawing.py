"""From a report to its slides as they are generated: the page of each, its stamp and its XML. Knows no deck of a user.

A slide goes by the name that its page has in another report, the base, so that it is found again when what it is about
has another name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.content.content import content_of
from raportti.layout.choices import page_options_from
from raportti.layout.planning import make_plan
from raportti.layout.theme.folder import Layout, read_layout
from raportti.ooxml.edit_xml import Element, parsed
from raportti.plan import Page, Plan, page_keys
from raportti.render.pptx.parts import ChartParts, drawn_charts, drawn_slides, free_slides
from raportti.render.pptx.template import Template
from raportti.report.model import Report
from raportti.report.pairs import BaseNames, base_names
from raportti.snapshot import RowSnapshot, SlideSnapshot, Snapshot, snapshot_of
from raportti.source.options import is_draft_in
from raportti.text.fonts import FontBook, load_fonts

RowName = tuple[object, ...]
"""What a row is of: a goal and its part, or a guideline of a strategy, as they are called in the base.

The last of it is the part, None where the row is whole.
"""
GOALS, SUMMARY = "table", "summary"
"""The kinds of slides whose rows are goals, and those of guidelines; rows of others are known by their slide."""


def page_in_base(page: Page, names: BaseNames) -> Page:
    """Return a page under the names of the base; a page of what was removed has them already."""
    if page.strategy is None:
        return page
    strategy = names.strategies.get(page.strategy, page.strategy)
    if page.guideline is None:
        return replace(page, strategy=strategy)
    _, guideline = names.guidelines.get((page.strategy, page.guideline), (strategy, page.guideline))
    return replace(page, strategy=strategy, guideline=guideline)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slide as it is generated. ``key`` is its page's in the base, ``rows`` name those of its stamp.

    ``tied`` is its XML on our own slide layouts, ``free`` on any; both name their charts by what ``charts`` has.
    """

    key: str
    page: Page
    stamp: SlideSnapshot
    rows: tuple[RowName, ...]
    tied: Element
    free: Element
    charts: Mapping[str, ChartParts]


@dataclass(frozen=True, slots=True)
class Studio:
    """What is needed to draw a report."""

    layout: Layout
    fonts: FontBook

    @property
    def template(self) -> Template:
        """The template of the slides."""
        theme = self.layout.theme.template
        return Template(self.layout.template, theme.layouts, theme.placeholders)


def studio_for(layout: Path, *, cache: Path) -> Studio:
    """Get ready to draw with a layout. Raises ``ProblemsFound`` or ``MissingTool``."""
    opened = read_layout(layout)
    return Studio(opened, load_fonts(opened.theme.fonts, folder=opened.theme.folder, cache=cache))


@dataclass(frozen=True, slots=True)
class Drawing:
    """All slides of a report, by their keys, in their order."""

    plan: Plan
    sheets: Mapping[str, Sheet]


def drawn(report: Report, stamp: Snapshot, studio: Studio) -> Drawing:
    """Plan and draw a report as a stamp says it; its report is the base. Raises ``ProblemsFound`` as ``make_plan``."""
    theme, choices = studio.layout.theme, dict(stamp.choices)
    content = content_of(report, theme.words[report.language], stamp.before, is_draft=is_draft_in(choices))
    plan = make_plan(content, theme, studio.fonts, page_options_from(choices))
    names = base_names(stamp.report, report)
    keys = page_keys(page_in_base(page, names) for page in plan.pages)
    stamps = snapshot_of(plan, report, layout=theme.name, choices={}).slides
    rows = _row_names([replace(one, key=key) for one, key in zip(stamps, keys, strict=True)], report, names)
    tied, free = (map(_root, draw(plan, studio.template)) for draw in (drawn_slides, free_slides))
    charts = drawn_charts(plan)
    sheets = map(Sheet, keys, plan.pages, stamps, rows, tied, free, charts)
    return Drawing(plan, {sheet.key: sheet for sheet in sheets})


def _root(xml: str) -> Element:
    return parsed(xml.encode())


def _row_names(stamps: Iterable[SlideSnapshot], report: Report, names: BaseNames) -> list[tuple[RowName, ...]]:
    """Name the rows of each slide; no two of a deck have one name."""
    summaries = _guidelines(report, names)
    seen: Counter[RowName] = Counter()
    return [tuple(_distinct((_row_name(s, row, summaries, names) for row in s.rows), seen)) for s in stamps]


def _distinct(rows: Iterable[RowName], seen: Counter[RowName]) -> Iterator[RowName]:
    for *of, part in rows:
        name = (*of, part)
        yield (*of, seen[name], part) if seen[name] else name
        seen[name] += 1


def _guidelines(report: Report, names: BaseNames) -> Iterator[RowName]:
    """Give the guidelines in the order in which the summaries have them."""
    for strategy in report.strategies:
        for guideline in strategy.guidelines:
            yield names.guidelines[strategy.name, guideline.name]


def _row_name(slide: SlideSnapshot, row: RowSnapshot, summaries: Iterator[RowName], names: BaseNames) -> RowName:
    goal = row.goal and names.goals.get(row.goal, row.goal)
    if slide.kind == GOALS and goal:
        return "goal", goal, row.split
    if slide.kind == SUMMARY and not (row.split and row.split[0] > 1):
        return SUMMARY, *next(summaries, (slide.key,)), row.split
    # Not by the page: a row that comes to the next page of its table is the same.
    return slide.key.rpartition(" ")[0], goal or _first_words(row), row.split


def _first_words(row: RowSnapshot) -> str:
    return " ".join(paragraph.text for cell in row.cells[:1] for paragraph in cell.paragraphs)
