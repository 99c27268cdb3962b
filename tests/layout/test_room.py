"""Where an ordinary text does not fit, the layout's box is named and not the text."""

from dataclasses import replace

import pytest

from planning import fonts, goal, luvn, report
from raportti.content.content import make_content
from raportti.layout.planning import make_plan
from raportti.problems import Problem, ProblemsFound
from raportti.problems.messages import describe
from raportti.units import pt


def told(title: str) -> tuple[Problem, ...]:
    boxes = luvn().theme.boxes
    low = replace(luvn().theme, boxes=boxes._replace(cover_title=replace(boxes.cover_title, h=pt(20))))
    with pytest.raises(ProblemsFound) as found:
        make_plan(make_content(report(goal(), title=title), low.words["fi"], None), low, fonts())
    return found.value.problems


def test_a_box_too_small_for_an_ordinary_text_is_at_fault() -> None:
    (problem,) = told("Arvioinnin otsikko on tavallinen ja silti pitkähkö")
    assert problem.kind == "box-too-small"
    assert '"boxes.cover_title"' in describe(problem, "fi")


def test_a_text_longer_than_any_line_is_at_fault_itself() -> None:
    (problem,) = told("Arvioinnin otsikko on tavallista pidempi ja jatkuu vielä tämänkin sanan jälkeen")
    assert problem.kind == "text-too-tall"
