"""A text that fits nowhere names the place where it was read, also where another text is just like it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from planning import LUVN, fonts, goal, luvn, plan_of, report
from raportti.config import cache_folder
from raportti.content.content import make_content
from raportti.layout.choices import PageOptions
from raportti.layout.planning import make_plan
from raportti.layout.theme import Theme
from raportti.pipeline import plan_reports
from raportti.plan.typeset import Box
from raportti.problems import FilePlace, Problem, ProblemsFound, RowPlace
from raportti.report.fields import Ref, texts_of
from raportti.report.model import Guideline, Report, Strategy
from raportti.units import pt

LONG = ("Hyvinvointialueen palveluja kehitetään yhdessä kuntien ja järjestöjen kanssa. " * 60).strip()


def place(ref: Ref) -> FilePlace:
    return FilePlace("/".join(ref))


def problems_of(given: Report, theme: Theme | None = None) -> tuple[Problem, ...]:
    """Plan a report of which every text has a place of its own, which says what it is."""
    theme = theme or luvn().theme
    places = {ref: place(ref) for ref, _ in texts_of(given)}
    with pytest.raises(ProblemsFound) as found:
        options = PageOptions(charts=True)
        make_plan(make_content(given, theme.words["fi"]), theme, fonts(), options, places=places)
    return found.value.problems


def of_two(make: Callable[[str], Strategy]) -> Report:
    return replace(report(), strategies=(make("Yksi"), make("Kaksi")))


def places_of(problems: tuple[Problem, ...]) -> list[FilePlace | None]:
    return [problem.place for problem in problems if isinstance(problem.place, FilePlace | None)]


def test_two_guidelines_with_the_same_long_name_are_two_places() -> None:
    problems = problems_of(of_two(lambda name: Strategy(name, (Guideline(LONG, (goal(1, id=name),)),))))
    assert places_of(problems) == [place(Ref(f"guideline:{name}/{LONG}", "name")) for name in ("Yksi", "Kaksi")]


@pytest.mark.parametrize("field", ["tag", "scale_title", "summary_title", "table_title"])
def test_two_strategies_with_the_same_long_text_are_two_places(field: str) -> None:
    def make(name: str) -> Strategy:
        return replace(Strategy(name, (Guideline("Linjaus", (goal(1, id=name),)),)), **{field: LONG})

    problems = problems_of(of_two(make))
    assert list(dict.fromkeys(places_of(problems))) == [
        place(Ref(f"strategy:{name}", field)) for name in ("Yksi", "Kaksi")
    ]
    assert {problem.values["what"] for problem in problems} == {"tag" if field == "tag" else "title"}


@pytest.mark.parametrize(("field", "what"), [("summary_title", "title"), ("summary_sentence", "sentence")])
def test_what_leaves_no_room_for_a_row_of_the_summary_is_the_place(field: str, what: str) -> None:
    text = "Hyvinvointialueen palveluja kehitetään yhdessä kuntien ja järjestöjen kanssa. "
    for times in range(12, 45, 4):
        strategy = replace(Strategy("S", (Guideline("L", (goal(1),)),)), **{field: (text * times).strip()})
        try:
            plan_of(report(strategies=(strategy,)))
        except ProblemsFound as found:
            (problem,) = found.problems
            assert (problem.values["what"], problem.values["text"]) == (what, getattr(strategy, field))


def test_two_goals_with_the_same_text_are_two_places_and_are_named() -> None:
    theme = luvn().theme
    tall = replace(theme, words={"fi": theme.words["fi"]._replace(goal=LONG)})
    guidelines = (Guideline("Yksi", (goal(1, text="Sama"),)), Guideline("Kaksi", (goal(2, text="Sama"),)))
    problems = problems_of(replace(report(), strategies=(Strategy("S", guidelines),)), tall)
    assert places_of(problems) == [place(Ref("A1.1", "text")), place(Ref("A1.2", "text"))]
    assert [(problem.goal, problem.values["text"]) for problem in problems] == [("A1.1", "Sama"), ("A1.2", "Sama")]


def test_two_guidelines_without_room_for_a_bar_are_two_places() -> None:
    theme = luvn().theme
    low = replace(theme, boxes=theme.boxes._replace(averages=Box(pt(40), pt(380), pt(430), pt(60))))
    made = of_two(lambda name: Strategy(name, (Guideline("Linjaus", (goal(1, id=name),)),)))
    assert places_of(problems_of(made, low)) == [
        place(Ref(f"guideline:{name}/Linjaus", "name")) for name in ("Yksi", "Kaksi")
    ]


def test_the_longest_of_the_texts_on_a_line_is_the_place() -> None:
    assert places_of(problems_of(report(goal(1), meeting="Aluehallitus", case_number=LONG, attachment_number="3"))) == [
        place(Ref("report", "case_number"))
    ]


def test_a_grade_that_its_legend_has_no_room_for_is_the_place() -> None:
    scale = ("Erinomainen", "Hyvä", LONG, "Heikko", "Huono")
    assert places_of(problems_of(report(goal(1), scale=scale))) == [place(Ref("scale", "3"))]


def test_what_is_the_layouts_own_has_no_place() -> None:
    theme = luvn().theme
    wordy = replace(theme, words={"fi": theme.words["fi"]._replace(scale_3=LONG)})
    assert places_of(problems_of(report(goal(1)), wordy)) == [None]


def test_two_rows_of_a_table_with_the_same_long_guideline_are_two_places(tmp_path: Path) -> None:
    file = tmp_path / "arviointi.csv"
    head = "Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)"
    rows = (f"{name},{LONG},{name[0]}1.1,Toteutuu,KYLLÄ,4,Työ on edennyt hyvin." for name in ("Alueen", "Palvelujen"))
    file.write_text("\n".join((head, *rows, "")), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        plan_reports(file, LUVN, cache=cache_folder(), on_stage=lambda _: None)
    assert [problem.place for problem in found.value.problems] == [
        RowPlace(str(file), row, "Linjaus") for row in (2, 3)
    ]
