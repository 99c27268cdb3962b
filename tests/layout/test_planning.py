"""What every plan keeps, and what the pages of special reports are."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache
from multiprocessing import get_context

import pytest
from hypothesis import HealthCheck, given, seed, settings

from planning import SEED, goal, lines_of, plan_of, report, reports, text_of
from raportti.plan import Page, PageKind, Plan, Role, Row, Table, TextBox
from raportti.plan.typeset import height_of
from raportti.problems import ProblemsFound
from raportti.problems.messages import describe
from raportti.report.model import Achieved, Guideline, Report, Strategy, Subgoal

LONG = "Hyvinvointialueen palveluja kehitetään yhdessä kuntien ja järjestöjen kanssa. "


def tables(plan: Plan) -> list[Page]:
    return [page for page in plan.pages if page.kind is PageKind.TABLE]


def rows(plan: Plan) -> list[Row]:
    return [row for page in tables(plan) if page.table for row in page.table.rows]


def texts(page: Page, role: Role) -> list[str]:
    return [p.text for item in page.items if isinstance(item, TextBox) and item.role is role for p in item.paragraphs]


PLANNED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
planned_once = lru_cache(maxsize=64)(plan_of)


def held_by_every_plan(rule: Callable[[Report], None]) -> Callable[[], None]:
    """Hold a rule against 25 random reports: of one seed, so that all rules get the same ones, planned once."""
    return seed(SEED)(PLANNED(given(reports())(rule)))


@held_by_every_plan
def test_each_goal_stands_once_and_in_order(drawn: Report) -> None:
    ids = [row.goal for row in rows(planned_once(drawn)) if row.split is None or row.split[0] == 1]
    assert ids == [goal.id for goal in drawn.goals]


@held_by_every_plan
def test_no_table_leaves_its_body(drawn: Report) -> None:
    for page in planned_once(drawn).pages:
        if page.table:
            table = page.table.box
            assert page.body.x <= table.x and table.right <= page.body.right
            assert page.body.y <= table.y and table.bottom <= page.body.bottom


@held_by_every_plan
def test_no_line_is_wider_and_no_text_taller_than_its_cell(drawn: Report) -> None:
    for page in planned_once(drawn).pages:
        if page.table:
            _hold_cells(page.table)


def _hold_cells(table: Table) -> None:
    sides = table.margins.left + table.margins.right
    for row in (*table.header, *table.rows):
        for cell in row.cells:
            width = sum(table.columns[cell.column : cell.column + cell.column_span]) - sides
            for paragraph in cell.paragraphs:
                assert all(line.width + paragraph.indent <= width for line in paragraph.lines)
            if cell.row_span == 1:
                assert height_of(cell.paragraphs) + table.margins.top + table.margins.bottom <= row.h


@held_by_every_plan
def test_every_text_of_a_goal_is_complete_and_in_order(drawn: Report) -> None:
    plan = planned_once(drawn)
    for wanted in drawn.goals:
        parts = [row for row in rows(plan) if row.goal == wanted.id]
        found = "".join(text_of(cell) for row in parts for cell in row.cells if cell.key == "assessment")
        assert found == "".join("".join(wanted.assessment).replace("\u00ad", "").split())
        subgoals = "".join(text_of(cell) for row in parts for cell in row.cells if cell.key == "subgoals")
        written = "".join(text for sub in wanted.subgoals for text in (sub.text, *sub.items))
        assert subgoals == "".join(written.replace("\u00ad", "").split())


@held_by_every_plan
def test_every_part_has_its_title_its_header_and_its_mark(drawn: Report) -> None:
    pages = planned_once(drawn).pages
    assert len({page.title for page in pages}) == len(pages)
    for page in pages:
        part = page.part or (1, 1)
        assert page.continues == (part[0] < part[1])
        assert texts(page, Role.CONTINUATION) == (["Jatkuu seuraavalla sivulla"] if page.continues else [])
        if page.table:
            assert page.table.header and page.table.rows
        assert page.number == pages.index(page) + 1


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """Start a process that remembers no line of any plan, and puts what is in a set in an order of its own."""
    with pytest.MonkeyPatch.context() as patch, ProcessPoolExecutor(1, get_context("spawn")) as pool:
        patch.setenv("PYTHONHASHSEED", "1")
        pool.submit(int).result()
        yield pool


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_the_same_report_gives_the_same_plan(elsewhere: ProcessPoolExecutor, drawn: Report) -> None:
    assert plan_of(drawn) == elsewhere.submit(plan_of, drawn).result()


def test_pages_come_in_the_originals_order() -> None:
    two = replace(report(goal(1)), strategies=report(goal(1)).strategies * 2)
    kinds = [page.kind.value for page in plan_of(two).pages]
    assert kinds == ["cover", *["scale", "summary", "table"] * 2]


def test_the_column_of_subgoals_stands_only_where_a_guideline_has_some() -> None:
    guidelines = (
        Guideline("Yksi", (goal(1, subgoals=(Subgoal("Alatavoite"),)), goal(2))),
        Guideline("Kaksi", (goal(3),)),
    )
    plan = plan_of(replace(report(), strategies=(Strategy("S", guidelines),)))
    columns = [[cell.key for cell in page.table.header[0].cells] for page in tables(plan) if page.table]
    assert columns == [
        ["goal", "subgoals", "achieved", "score", "assessment"],
        ["goal", "achieved", "score", "assessment"],
    ]


def test_an_author_can_begin_a_new_page() -> None:
    plan = plan_of(report(goal(1), goal(2, break_before=True), goal(3)))
    assert [[row.goal for row in page.table.rows] for page in tables(plan) if page.table] == [
        ["A1.1"],
        ["A1.2", "A1.3"],
    ]


def test_a_row_taller_than_a_page_is_cut_and_its_later_parts_say_so() -> None:
    parts = rows(plan_of(report(goal(1, assessment=(LONG * 60,)))))
    assert [row.split for row in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    seen = [{cell.key: " ".join(lines_of(cell)) for cell in row.cells} for row in parts]
    assert [cells["goal"] for cells in seen] == [
        "Tavoite 1 toteutuu.",
        *["Tavoite 1 toteutuu. (jatkuu)"] * (len(parts) - 1),
    ]
    assert {(cells["achieved"], cells["score"]) for cells in seen} == {("OSITTAIN", "3")}


def test_a_goal_that_is_not_assessed_prints_a_dash_and_the_summary_counts_it() -> None:
    plan = plan_of(report(goal(1), goal(2, achieved=Achieved.NOT_ASSESSED, score=None, assessment=())))
    cells = {cell.key: lines_of(cell) for cell in rows(plan)[1].cells}
    assert (cells["achieved"], cells["score"], cells["assessment"]) == (["EI", "ARVIOITU"], ["–"], [])
    (summary,) = (page for page in plan.pages if page.kind is PageKind.SUMMARY)
    assert texts(summary, Role.SENTENCE) == ["Tavoitteita: 2. Ei vielä arvioitu: 1."]


def test_a_long_title_gets_smaller_and_then_pushes_the_table_down() -> None:
    tops = []
    for words in (1, 3, 12):
        guideline = Guideline((LONG * words).strip(), (goal(1),))
        page = tables(plan_of(replace(report(), strategies=(Strategy("S", (guideline,)),))))[0]
        (title,) = (item for item in page.items if isinstance(item, TextBox) and item.role is Role.TITLE)
        assert height_of(title.paragraphs) <= title.box.h and title.box.bottom <= page.body.y
        tops.append(page.body.y)
    assert tops[0] == tops[1] < tops[2]


def test_a_summary_with_more_guidelines_than_fit_goes_on_over_pages() -> None:
    guidelines = tuple(Guideline(f"Linjaus {n}", (goal(n),)) for n in range(1, 31))
    plan = plan_of(replace(report(), strategies=(Strategy("S", guidelines),)))
    summaries = [page for page in plan.pages if page.kind is PageKind.SUMMARY]
    assert len(summaries) > 1 and summaries[0].continues and not summaries[-1].continues
    names = [lines_of(row.cells[0])[0] for page in summaries if page.table for row in page.table.rows]
    assert names == [guideline.name for guideline in guidelines]


def test_titles_that_are_alike_are_told_apart() -> None:
    strategies = tuple(Strategy(name, (Guideline("Talous", (goal(1),)),)) for name in ("Yksi", "Kaksi"))
    titles = [page.title for page in tables(plan_of(replace(report(), strategies=strategies)))]
    assert titles == ["Talous", "Talous (Kaksi)"]


def test_the_cover_says_what_a_public_document_needs() -> None:
    public = report(
        goal(1),
        organisation="Länsi-Uudenmaan hyvinvointialue",
        meeting="Aluehallitus",
        date=date(2025, 2, 17),
        case_number="LUVN/1/2025",
        attachment_number="3",
    )
    plan = plan_of(public)
    assert texts(plan.pages[0], Role.COLOPHON) == [
        "Länsi-Uudenmaan hyvinvointialue",
        "Aluehallitus · 17.2.2025",
        "Asianumero LUVN/1/2025 · Liite 3",
    ]
    assert (plan.properties.author, plan.properties.date) == ("Länsi-Uudenmaan hyvinvointialue", "2025-02-17")


def test_a_swedish_report_speaks_swedish() -> None:
    plan = plan_of(report(goal(1), language="sv"))
    (page,) = tables(plan)
    assert page.table is not None
    assert next(" ".join(lines_of(cell)) for cell in page.table.header[0].cells) == "Mål"
    assert plan.properties.language == "sv-FI"


@pytest.mark.parametrize(
    "unplaceable",
    [
        lambda: report(goal(1), title=LONG * 40),
        lambda: replace(report(), strategies=(Strategy("S", (Guideline(LONG * 60, (goal(1),)),)),)),
        lambda: report(goal(1), scale=tuple(LONG * 60 for _ in range(5))),
    ],
)
def test_a_text_that_fits_nowhere_is_a_problem_that_names_it(unplaceable: Callable[[], Report]) -> None:
    with pytest.raises(ProblemsFound) as found:
        plan_of(unplaceable())
    assert "Hyvinvointialueen" in describe(found.value.problems[0], "fi")


def descriptions(plan: Plan) -> list[str]:
    return [page.table.description for page in plan.pages if page.table]


def test_a_tables_description_says_what_it_is_and_how_much_it_has_in_words_that_agree() -> None:
    three = report(*(goal(number) for number in (1, 2, 3)))
    assert descriptions(plan_of(three)) == [
        "Taulukko: Palvelustrategia, yhteenveto linjauksittain, 1 linjaus",
        "Taulukko: Asiakastavoitteet, 3 tavoitetta",
    ]
    assert descriptions(plan_of(report(goal())))[1] == "Taulukko: Asiakastavoitteet, 1 tavoite"


def test_the_description_of_a_part_says_which_it_is() -> None:
    goals = (goal(1), *(goal(number, break_before=number in (3, 5)) for number in (2, 3, 4, 5)))
    assert descriptions(plan_of(report(*goals)))[1:] == [
        "Taulukko: Asiakastavoitteet, sivu 1/3, 2 tavoitetta",
        "Taulukko: Asiakastavoitteet, sivu 2/3, 2 tavoitetta",
        "Taulukko: Asiakastavoitteet, sivu 3/3, 1 tavoite",
    ]
    assert descriptions(plan_of(report(*goals, language="sv")))[1:] == [
        "Tabell: Asiakastavoitteet, sida 1/3, 2 mål",
        "Tabell: Asiakastavoitteet, sida 2/3, 2 mål",
        "Tabell: Asiakastavoitteet, sida 3/3, 1 mål",
    ]


def test_the_description_of_a_summary_says_its_part_too() -> None:
    guidelines = tuple(Guideline(f"Linjaus {number} ja muuta", (goal(number),)) for number in range(1, 40))
    found = descriptions(plan_of(Report("Arviointi", (Strategy("Palvelustrategia", guidelines),))))
    assert found[0].startswith("Taulukko: Palvelustrategia, yhteenveto linjauksittain, sivu 1/")
    assert found[0].endswith(" linjausta")
    few = plan_of(Report("Arviointi", (Strategy("Strategi", guidelines[:2]),), language="sv"))
    assert descriptions(few)[0] == "Tabell: Strategi, sammandrag per riktlinje, 2 riktlinjer"
