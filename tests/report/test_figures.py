"""Figures are exact, and rounded half up."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raportti.report import figures
from raportti.report.figures import Figures, average_of, decimal_comma, figures_of
from raportti.report.model import Achieved, Goal


def goal(achieved: Achieved, score: int | None) -> Goal:
    return Goal("A1.1", "Tavoite.", (), achieved, score, ("Arvio.",))


@pytest.mark.parametrize(
    ("scores", "average"),
    [((3, 3, 3, 4), "3.3"), ((1, 2), "1.5"), ((3, 3, 4), "3.3"), ((4, 4), "4.0"), ((4,) * 13 + (5,) * 7, "4.4")],
)
def test_a_half_is_rounded_up(scores: tuple[int, ...], average: str) -> None:
    assert average_of(scores) == Decimal(average)
    assert str(average_of(scores)) == average


@given(st.lists(st.integers(1, 5), min_size=1, max_size=200))
def test_the_average_is_the_nearest_tenth(scores: list[int]) -> None:
    average = average_of(scores)
    assert average is not None
    assert Fraction(-1, 20) < Fraction(average) - Fraction(sum(scores), len(scores)) <= Fraction(1, 20)


def test_goals_are_counted_and_those_not_assessed_stay_out_of_the_average() -> None:
    goals = [
        goal(Achieved.YES, 5), goal(Achieved.PARTLY, 3), goal(Achieved.PARTLY, 3), goal(Achieved.NO, 1),
        goal(Achieved.NOT_ASSESSED, None),
    ]  # fmt: skip
    assert figures_of(iter(goals)) == Figures(5, Decimal("3.0"), 1, 2, 1, 1)


def test_without_an_assessed_goal_there_is_no_average() -> None:
    assert figures_of([]) == Figures(0, None, 0, 0, 0, 0)
    assert figures_of([goal(Achieved.NOT_ASSESSED, None)]).average is None


def test_a_number_is_written_with_a_decimal_comma() -> None:
    assert decimal_comma(Decimal("3.3")) == "3,3"
    assert decimal_comma(Decimal("4.0")) == "4,0"


def test_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(figures).failed == 0
