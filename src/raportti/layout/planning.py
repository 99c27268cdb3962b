"""From the deck's words and a layout to the plan: every page, placed item and line.

Knows no document format and no file.
"""

from collections.abc import Callable, Iterator
from functools import partial

from raportti.content.records import Content, fill_in
from raportti.layout.changes import changes_pages
from raportti.layout.charts import chart_pages
from raportti.layout.choices import NO_OPTIONS, Choices, PageOptions
from raportti.layout.cover import cover_page, scale_pages
from raportti.layout.frame import Draft, number_page
from raportti.layout.goals import goal_pages
from raportti.layout.summary import summary_pages
from raportti.layout.theme import Theme
from raportti.layout.typesetting import Setter
from raportti.plan import Plan, Properties
from raportti.problems import Problem, ProblemsFound
from raportti.text.fonts import FontBook
from raportti.text.measure import Ruler
from raportti.text.spans import undivided


def make_plan(content: Content, theme: Theme, fonts: FontBook, options: PageOptions = NO_OPTIONS) -> Plan:
    """Plan all pages in the original's order: the cover; of each strategy the scale, summary, charts, tables.

    Where there is a report before, what changed comes before the tables of each strategy.

    Raises ``ProblemsFound`` where a text cannot be placed on a page, ``MissingTool`` where a word has to be divided and
    the machine cannot do it.
    """
    setter = Setter(theme, Ruler(fonts), content.report.language)
    columns = "auto" if theme.has_ranges else theme.columns
    drafts = _all_drafts(content, setter, options.over(columns=columns, pages=theme.pages, charts=theme.charts))
    pages = tuple(number_page(draft, number, setter=setter, content=content) for number, draft in enumerate(drafts, 1))
    return Plan(theme.width, theme.height, pages, properties_of(content))


def _all_drafts(content: Content, setter: Setter, choices: Choices) -> tuple[Draft, ...]:
    """Make the pages one section after the other, and tell the problems of all sections at once."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for section in _sections(content, setter, choices):
        try:
            drafts += section()
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    return tuple(drafts)


def _sections(content: Content, setter: Setter, choices: Choices) -> Iterator[Callable[[], tuple[Draft, ...]]]:
    words = content.words
    yield lambda: (cover_page(content.cover, setter),)
    for strategy in content.strategies:
        yield partial(scale_pages, strategy, setter)
        yield partial(summary_pages, strategy, setter, words)
        if choices.charts:
            yield partial(chart_pages, strategy, setter, words)
        if strategy.changes:
            # Before the tables: who has read how things are asks how they were, and then sees each goal.
            yield partial(changes_pages, strategy.changes, setter, words)
        for table in strategy.tables:
            yield partial(goal_pages, table, strategy, setter, words, choices)
    for changes in content.removed:
        yield partial(changes_pages, changes, setter, words)


def properties_of(content: Content) -> Properties:
    """Say what both documents say of themselves."""
    report = content.report
    title = fill_in(content.words["draft_title"], otsikko=report.title) if content.is_draft else report.title
    keywords = (report.meeting, report.case_number, report.attachment_number)
    return Properties(
        title=undivided(title),
        language=content.words["language"],
        author=report.organisation,
        subject=content.words["subject"],
        keywords=tuple(undivided(word) for word in (*keywords, *(s.name for s in report.strategies)) if word),
        date=report.date.isoformat() if report.date else None,
    )
