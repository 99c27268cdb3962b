"""Three reports become one: what theirs changed comes in, and nothing of ours is lost."""

from dataclasses import replace
from random import Random

import pytest

from random_edits import random_edit, with_goal
from raportti.report.merge import merge
from raportti.report.model import Achieved, Report
from stress.generate import Kind as ReportKind
from stress.generate import Recipe


def report_of(number: int) -> Report:
    return Recipe(seed=8, kind=ReportKind.MIXED, pages=(3, 5)).report(number % 20)


@pytest.mark.parametrize("number", range(60))
def test_without_changes_of_ours_theirs_is_the_result(number: int) -> None:
    base, rng = report_of(number), Random(number)
    theirs = base
    for _ in range(rng.randint(1, 6)):
        theirs = random_edit(theirs, rng).report
    merged = merge(base, base, theirs)
    assert merged.report == theirs
    assert not merged.conflicts


@pytest.mark.parametrize("number", range(30))
def test_without_changes_of_theirs_ours_stays(number: int) -> None:
    base, rng = report_of(number), Random(number)
    ours = random_edit(random_edit(base, rng).report, rng).report
    assert merge(base, ours, base).report == ours


@pytest.mark.parametrize("number", range(30))
def test_the_same_change_on_both_sides_is_no_conflict(number: int) -> None:
    base = report_of(number)
    both = random_edit(base, Random(number)).report
    merged = merge(base, both, both)
    assert (merged.report, merged.conflicts) == (both, ())


def test_changes_of_different_fields_of_one_goal_go_together() -> None:
    base = report_of(1)
    goal = next(goal for goal in base.goals if goal.achieved is Achieved.PARTLY)
    ours = with_goal(base, goal, replace(goal, score=5))
    theirs = with_goal(base, goal, replace(goal, assessment=("Aivan toinen arvio kuin ennen.",)))
    merged = merge(base, ours, theirs)
    both = replace(goal, score=5, assessment=("Aivan toinen arvio kuin ennen.",))
    assert merged.report == with_goal(base, goal, both)


def test_a_field_changed_apart_is_a_conflict_and_stays_ours() -> None:
    base = report_of(1)
    goal = next(goal for goal in base.goals if goal.score == 3)
    ours, theirs = (with_goal(base, goal, replace(goal, score=score)) for score in (4, 5))
    merged = merge(base, ours, theirs)
    assert merged.report == ours
    (conflict,) = merged.conflicts
    assert (conflict.names, conflict.field, conflict.base, conflict.ours, conflict.theirs) == (
        (goal.id,), "score", 3, 4, 5,
    )  # fmt: skip


def test_a_goal_removed_there_and_changed_here_is_a_conflict() -> None:
    base = next(r for n in range(20) if len((r := report_of(n)).strategies[0].guidelines[0].goals) > 1)
    goal = base.strategies[0].guidelines[0].goals[0]
    ours = with_goal(base, goal, replace(goal, text="Toisin sanottu tavoite."))
    merged = merge(base, ours, with_goal(base, goal))
    assert merged.report == ours
    assert [(c.names, c.field) for c in merged.conflicts] == [((goal.id,), None)]


def test_a_part_of_the_goals_leaves_the_others_alone() -> None:
    whole = report_of(2)
    strategy = whole.strategies[0]
    few = replace(whole, strategies=(replace(strategy, guidelines=strategy.guidelines[:1]),))
    goal = few.goals[0]
    changed = replace(goal, text="Toisin sanottu tavoite.")
    merged = merge(few, whole, with_goal(few, goal, changed))
    assert merged.report == with_goal(whole, goal, changed)
    assert not merged.conflicts
