"""What the pages say of a report before: pages of changes after each summary, and marks beside moved scores."""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from planning import goal, lines_of, luvn, plan_of, report, reports
from random_edits import random_edit
from raportti.plan import Page, PageKind, Plan, Role, Row, Table, TextBox
from raportti.plan.json import plan_as_json
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy

YES, PARTLY, NO = Achieved.YES, Achieved.PARTLY, Achieved.NO


def changed(plan: Plan) -> list[Page]:
    return [page for page in plan.pages if page.kind is PageKind.CHANGES]


def table_of(page: Page) -> Table:
    assert page.table
    return page.table


def said(row: Row) -> dict[str, str]:
    return {cell.key: " ".join(" ".join(lines_of(cell)).split()) for cell in row.cells}


def sentences(page: Page) -> list[str]:
    boxes = (item for item in page.items if isinstance(item, TextBox) and item.role is Role.SENTENCE)
    return [paragraph.text for box in boxes for paragraph in box.paragraphs]


OLD = report(goal(1, score=3), goal(2, achieved=NO, score=2), goal(3, score=4), goal(4))
NEW = report(goal(1, score=4), goal(2, score=2), goal(3, score=2), goal(5))


def test_without_a_report_before_there_are_no_changes() -> None:
    plan = plan_of(NEW)
    assert changed(plan) == []
    assert [page.notes for page in plan.pages] == [()] * len(plan.pages)


def test_changes_come_after_the_summary_of_their_strategy() -> None:
    second = Strategy("Toinen", (Guideline("Linjaus", (goal(9),)),))
    kinds = [page.kind.value for page in plan_of(replace(NEW, strategies=(*NEW.strategies, second)), OLD).pages]
    assert kinds == ["cover", "scale", "summary", "changes", "changes", "table", "scale", "summary", *["changes"] * 2,
                     "table"]  # fmt: skip


def test_averages_and_counts_are_told_before_and_after_for_each_guideline_and_the_whole() -> None:
    figures = [said(row) for row in table_of(changed(plan_of(NEW, OLD))[0]).rows]
    counts = {"yes_move": "0", "partly_move": "3 → 4", "no_move": "1 → 0"}
    moved = {"average_before": "3,0", "average_after": "2,8", "average_move": "▼ laski 0,2", **counts}
    assert figures == [{"guideline": "Asiakastavoitteet", **moved}, {"guideline": "Koko strategia", **moved}]


def test_every_goal_that_moved_came_or_went_is_told() -> None:
    page = changed(plan_of(NEW, OLD))[1]
    assert [row.goal for row in table_of(page).rows] == ["A1.1", "A1.2", "A1.3", "A1.5", "A1.4"]
    rows = {row.goal: said(row) for row in table_of(page).rows}
    assert rows["A1.1"]["score_move"] == "3 → 4 ▲ nousi 1"
    assert rows["A1.3"]["score_move"] == "4 → 2 ▼ laski 2"
    assert (rows["A1.2"]["achieved_move"], rows["A1.2"]["score_move"]) == ("EI → OSITTAIN", "2")
    assert rows["A1.5"]["goal"].endswith("(uusi)")
    assert rows["A1.4"]["goal"].endswith("(poistettu)")


def test_a_sentence_counts_what_moved_and_says_where_nothing_did() -> None:
    assert sentences(changed(plan_of(NEW, OLD))[0]) == ["Muuttuneita tavoitteita: 3. Uusia: 1. Poistettuja: 1."]
    (page,) = changed(plan_of(NEW, NEW))
    assert sentences(page) == ["Minkään tavoitteen tila tai arviointi ei ole muuttunut."]
    assert {said(row)["average_move"] for row in table_of(page).rows} == {"= ennallaan"}


def test_a_strategy_that_is_gone_is_told_last() -> None:
    gone = Strategy("Mennyt", (Guideline("Linjaus", (goal(9),)),))
    *_, figures, goals = plan_of(NEW, replace(OLD, strategies=(*OLD.strategies, gone))).pages
    assert {figures.strategy, goals.strategy} == {"Mennyt"}
    assert [said(row)["average_after"] for row in table_of(figures).rows] == ["–", "–"]
    assert [row.goal for row in table_of(goals).rows] == ["A1.9"]


def test_what_was_removed_from_a_renamed_strategy_is_told_with_it() -> None:
    renamed = replace(NEW, strategies=(replace(NEW.strategies[0], name="Uusi nimi"),))
    pages = changed(plan_of(renamed, OLD))
    assert {page.strategy for page in pages} == {"Uusi nimi"}
    assert "A1.4" in [row.goal for row in table_of(pages[1]).rows]


def test_what_is_printed_alike_has_not_changed() -> None:
    missing = replace(goal(1), achieved=Achieved.MISSING, score=None, assessment=())
    not_assessed = replace(missing, achieved=Achieved.NOT_ASSESSED)
    assert len(changed(plan_of(report(not_assessed), report(missing)))) == 1


def scores(before: Goal, after: Goal) -> tuple[list[str], Page]:
    page = plan_of(report(after), report(before)).pages[-1]
    (cell,) = (cell for cell in table_of(page).rows[0].cells if cell.key == "score")
    return lines_of(cell), page


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [(3, 4, ["4 ▲", "ennen 3"]), (5, 2, ["2 ▼", "ennen 5"]), (3, 3, ["3"]), (None, 3, ["3"]), (3, None, ["–"])],
)
def test_a_score_that_rose_or_fell_has_a_mark_and_what_it_was(
    before: int | None, after: int | None, lines: list[str]
) -> None:
    found, _ = scores(goal(1, score=before), goal(1, score=after))
    assert found == lines


def test_alternative_text_and_notes_say_what_a_score_and_a_status_were() -> None:
    _, page = scores(goal(1, score=3, achieved=YES), goal(1, score=4))
    moves = ("Arviointi muuttunut: A1.1 3 → 4", "Tila muuttunut: A1.1 KYLLÄ → OSITTAIN")
    assert page.notes == moves
    assert table_of(page).description == f"Taulukko: Asiakastavoitteet, 1 tavoite. {moves[0]}. {moves[1]}"


def test_each_page_tells_of_its_own_goals() -> None:
    long = ("Hyvinvointialueen palveluja kehitetään yhdessä kuntien ja järjestöjen kanssa. " * 60,)
    before = report(*(goal(n, score=2, assessment=long) for n in (1, 2)))
    after = report(*(goal(n, score=3, assessment=long) for n in (1, 2)))
    for page in plan_of(after, before).pages:
        if page.kind is PageKind.TABLE:
            goals = dict.fromkeys(row.goal for row in table_of(page).rows)
            assert page.notes == ("Arviointi muuttunut: " + ", ".join(f"{goal} 2 → 3" for goal in goals),)


def test_many_changes_take_several_parts_in_the_smallest_size() -> None:
    before, after = (report(*(goal(n, score=score) for n in range(40))) for score in (2, 3))
    parts = [page for page in changed(plan_of(after, before)) if page.part]
    assert [page.part for page in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    assert [page.continues for page in parts] == [True] * (len(parts) - 1) + [False]
    assert [row.goal for page in parts for row in table_of(page).rows] == [f"A1.{n}" for n in range(40)]
    smallest = luvn().theme.styles["change_text"][-1]
    assert table_of(parts[0]).rows[0].cells[0].paragraphs[0].lines[0].spans[0].style == smallest


def test_the_pages_speak_the_reports_language() -> None:
    pages = changed(plan_of(replace(NEW, language="sv"), OLD))
    assert pages[0].title == "Ändringar jämfört med föregående bedömning"
    assert said(table_of(pages[1]).rows[0])["score_move"] == "3 → 4 ▲ steg 1"


def test_a_plan_of_changes_is_as_it_was(golden: Callable[[str, str], None]) -> None:
    pages = plan_as_json(plan_of(NEW, OLD))["pages"]
    assert isinstance(pages, list)
    golden("changes.json", json.dumps(pages[3:], ensure_ascii=False, indent=1) + "\n")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reports())
def test_any_edits_keep_tables_in_their_bodies_and_titles_apart(drawn: Report) -> None:
    edited, rng = drawn, Random(1)
    for _ in range(12):
        edited = random_edit(edited, rng).report
    pages = plan_of(edited, drawn).pages
    assert len({page.title for page in pages}) == len(pages)
    for page in (page for page in pages if page.table):
        box = table_of(page).box
        assert page.body.x <= box.x and box.right <= page.body.right
        assert page.body.y <= box.y and box.bottom <= page.body.bottom
