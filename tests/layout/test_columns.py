"""Widths of columns that take the fewest pages, and pages that are filled alike."""

from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from planning import SEED, default_report, fonts, goal, lines_of, luvn, report, reports
from raportti.content.content import make_content
from raportti.layout.choices import Columns, Filling, PageOptions, page_options
from raportti.layout.planning import make_plan
from raportti.layout.tables import balance_pages, fill_pages
from raportti.layout.theme import Width
from raportti.plan import Plan, Table
from raportti.report.model import Guideline, Report, Strategy, Subgoal
from raportti.units import pt

from .test_paginate import Row

AUTO = PageOptions(columns=Columns.AUTO)
BALANCED = PageOptions(filling=Filling.BALANCED)
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@lru_cache(maxsize=64)
def plan(drawn: Report, options: PageOptions = PageOptions()) -> Plan:  # noqa: B008 - frozen
    return make_plan(make_content(drawn, luvn().theme.words["fi"]), luvn().theme, fonts(), options)


def goal_tables(made: Plan) -> list[Table]:
    return [page.table for page in made.pages if page.guideline and page.table]


@pytest.fixture
def default() -> Report:
    return default_report()


def test_chosen_columns_save_pages_of_the_default_report(default: Report) -> None:
    assert (len(plan(default).pages), len(plan(default, AUTO).pages)) == (28, 26)


def test_chosen_columns_keep_the_width_of_the_table_and_of_status_and_score(default: Report) -> None:
    for table, fixed in zip(goal_tables(plan(default, AUTO)), goal_tables(plan(default)), strict=False):
        assert sum(table.columns) == table.box.w == fixed.box.w


def test_chosen_columns_are_the_same_on_all_pages_of_a_table(default: Report) -> None:
    widths: dict[str, set[tuple[int, ...]]] = {}
    for page in plan(default, AUTO).pages:
        if page.guideline and page.table:
            widths.setdefault(page.guideline, set()).add(page.table.columns)
    assert all(len(found) == 1 for found in widths.values())


def test_no_chosen_column_divides_a_word_that_has_room_elsewhere() -> None:
    wide = goal(1, text="Palvelukokonaisuuksittaisuus", subgoals=(Subgoal("Alatavoite"),))
    (table,) = goal_tables(plan(report(wide), AUTO))
    (cell,) = (cell for cell in table.rows[0].cells if cell.key == "goal")
    assert lines_of(cell) == ["Palvelukokonaisuuksittaisuus"]


def test_where_all_words_have_no_room_the_layouts_widths_stay() -> None:
    endless = goal(1, text="x" * 200, subgoals=(Subgoal("y" * 200),), assessment=("z" * 200,))
    (chosen,) = goal_tables(plan(report(endless), AUTO))
    (fixed,) = goal_tables(plan(report(endless)))
    assert chosen.columns == fixed.columns


def around(width: Width) -> Width:
    """Let a column be 60 pt narrower or wider."""
    return width._replace(least=width.least - pt(60), most=width.most + pt(60))


def test_a_range_in_the_layout_leaves_a_column_to_the_text(default: Report) -> None:
    theme = luvn().theme
    goals = theme.tables.goals
    fixed = goals.columns.with_subgoals
    columns = fixed._replace(subgoals=around(fixed.subgoals), assessment=around(fixed.assessment))
    ranged = replace(goals, columns=goals.columns._replace(with_subgoals=columns))
    content = make_content(default, theme.words["fi"])
    made = make_plan(content, replace(theme, tables=theme.tables._replace(goals=ranged)), fonts())
    widths = {tuple(table.columns) for table in goal_tables(made) if len(table.columns) == 5}
    assert len(widths) > 1
    assert len({(goal, achieved, score) for goal, _, achieved, score, _ in widths}) == 1


@seed(SEED)
@SLOW
@given(reports())
def test_chosen_columns_take_no_more_pages_where_no_row_is_taller_than_a_page(drawn: Report) -> None:
    fixed = plan(drawn)
    if not any(row.split for table in goal_tables(fixed) for row in table.rows):
        assert len(plan(drawn, AUTO).pages) <= len(fixed.pages)


@seed(SEED)
@SLOW
@given(reports())
def test_balanced_and_filled_take_the_same_number_of_pages(drawn: Report) -> None:
    assert len(plan(drawn, BALANCED).pages) == len(plan(drawn).pages)


def test_no_last_page_has_one_short_row_where_that_can_be_avoided() -> None:
    rows = [goal(n, assessment=("Sana " * 120,)) for n in range(1, 8)]
    strategies = (Strategy("S", (Guideline("L", tuple(rows)),)),)
    made = replace(report(), strategies=strategies)
    filled, balanced = (
        [len(table.rows) for table in goal_tables(plan(made, options))] for options in (PageOptions(), BALANCED)
    )
    assert len(filled) == len(balanced)
    assert max(balanced) - min(balanced) <= 1 < max(filled) - min(filled)


ROWS = st.lists(st.builds(Row, st.integers(1, 10), st.booleans()), min_size=1, max_size=9)


@given(ROWS)
def test_the_fullest_page_is_as_empty_as_can_be(rows: list[Row]) -> None:
    """Held against every division there is."""

    def heights(cuts: tuple[int, ...]) -> list[int]:
        edges = (0, *cuts, len(rows))
        return [sum(row.height for row in rows[a:b]) for a, b in pairwise(edges)]

    pages = len(fill_pages(rows, 10))
    forced = {at for at, row in enumerate(rows) if row.begins_page and at}
    divisions = [cuts for cuts in combinations(range(1, len(rows)), pages - 1) if forced <= set(cuts)]
    best = min(max(heights(cuts)) for cuts in divisions)
    found = balance_pages(rows, 10)
    assert max(sum(row.height for row in rows[page.start : page.end]) for page in found) == best
    assert len(found) == pages


def test_choices_are_made_of_words() -> None:
    assert page_options(columns="auto", pages="balanced") == PageOptions(Columns.AUTO, Filling.BALANCED)
    with pytest.raises(ValueError):
        page_options(columns="wide")
