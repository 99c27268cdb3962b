"""From the deck's words and a layout to the plan: every page, placed item and line.

Does not know document formats or files.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from raportti.content.records import Content
from raportti.content.wording import fill_in
from raportti.layout.changes import changes_pages
from raportti.layout.charts import chart_pages
from raportti.layout.choices import NO_OPTIONS, Choices, Columns, PageOptions
from raportti.layout.cover import cover_page, scale_pages
from raportti.layout.frame import NoRoom, UnnumberedPage, number_page
from raportti.layout.goals import goal_pages
from raportti.layout.summary import summary_pages
from raportti.layout.theme import Theme
from raportti.layout.typesetting import Typesetter
from raportti.plan import Plan, Properties
from raportti.problems import Place, Problem, ProblemsFound
from raportti.report.fields import Ref, goal_in
from raportti.text.fonts import FontBook
from raportti.text.measure import Ruler
from raportti.text.spans import undivided

ORDINARY = 60
"""So many characters any place has to hold: where they do not fit, their box is at fault, and not the text."""
_BOXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("boxes.title", "boxes.cover_title", "boxes.body"),
        "tag": ("boxes.tag", "boxes.body"),
        "sentence": ("boxes.sentence", "boxes.summary"),
        "strategies": ("boxes.cover_strategies",),
        "colophon": ("boxes.cover_colophon",),
        "legend": ("boxes.legend",),
        "row": ("boxes.body", "boxes.summary", "boxes.changes"),
    }
)
"""What does not fit → the boxes of a layout that it may stand in or pushes down."""
NOWHERE: Mapping[Ref, Place] = MappingProxyType({})


def make_plan(
    content: Content,
    theme: Theme,
    fonts: FontBook,
    options: PageOptions = NO_OPTIONS,
    *,
    places: Mapping[Ref, Place] = NOWHERE,
) -> Plan:
    """Plan all pages in the original's order: the cover; of each strategy the scale, summary, charts, tables.

    Where there is a report before, what changed comes before the tables of each strategy. ``places`` says where each
    field of the report was read.

    Raises ``ProblemsFound`` where a text cannot be placed on a page, ``MissingTool`` where a word has to be divided and
    the machine cannot do it.
    """
    setter = Typesetter(theme, Ruler(fonts), content.report.language)
    own = replace(theme.choices, columns=Columns.AUTO) if theme.has_ranges else theme.choices
    pages = _unnumbered_pages(content, setter, options.over(own), places)
    numbered = tuple(number_page(page, number, setter=setter, content=content) for number, page in enumerate(pages, 1))
    return Plan(theme.width, theme.height, numbered, _properties(content))


def _unnumbered_pages(
    content: Content, setter: Typesetter, choices: Choices, places: Mapping[Ref, Place]
) -> tuple[UnnumberedPage, ...]:
    """Make the pages one section after the other, and report the problems of all sections at once."""
    pages: list[UnnumberedPage] = []
    problems: list[Problem] = []
    for make_section in _sections(content, setter, choices):
        try:
            pages += make_section()
        except NoRoom as found:
            problems.append(_problem(found, content, places))
    if problems:
        raise ProblemsFound(problems)
    return tuple(pages)


def _problem(found: NoRoom, content: Content, places: Mapping[Ref, Place]) -> Problem:
    text, ref = found.text.text, found.text.ref
    place = places.get(ref) if ref else None
    kind = "box-too-small" if len(text) <= ORDINARY else "text-too-tall"
    values = {"what": found.what, "text": text, "keys": _BOXES.get(found.what, ("boxes.body",))}
    return Problem(kind, place, values, goal_in(ref, content.report))


def _sections(
    content: Content, setter: Typesetter, choices: Choices
) -> Iterator[Callable[[], tuple[UnnumberedPage, ...]]]:
    words = content.words
    yield lambda: (cover_page(content.cover, setter),)
    for strategy in content.strategies:
        yield partial(scale_pages, strategy, setter)
        yield partial(summary_pages, strategy, setter, words, choices.statuses)
        if choices.charts:
            yield partial(chart_pages, strategy, setter, words)
        if strategy.changes:
            # Before the tables: who has read how things are asks how they were, and then sees each goal.
            yield partial(changes_pages, strategy.changes, setter, words)
        for table in strategy.tables:
            yield partial(goal_pages, table, strategy, setter, words, choices)
    for changes in content.removed:
        yield partial(changes_pages, changes, setter, words)


def _properties(content: Content) -> Properties:
    """Say what both documents say of themselves."""
    report, words = content.report, content.words
    title = fill_in(words.draft_title, otsikko=report.title) if content.is_draft else report.title
    keywords = (report.meeting, report.case_number, report.attachment_number)
    return Properties(
        title=undivided(title),
        language=words.language,
        author=report.organisation,
        subject=words.subject,
        keywords=tuple(undivided(word) for word in (*keywords, *(s.name for s in report.strategies)) if word),
        date=report.date.isoformat() if report.date else None,
    )
