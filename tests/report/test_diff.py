"""Every edit of a report is found, and nothing else."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from random_edits import Edited, random_edit, with_goal
from raportti.report.diff import ChangeKind, Changes, changes_of
from raportti.report.figures import figures_of
from raportti.report.pairs import base_names, moved
from stress.generate import Kind as ReportKind
from stress.generate import Recipe


def found(changes: Changes) -> set[tuple[str, str]]:
    """Say what was found, in the words of ``Edited``."""
    goals = {
        (change.id, difference) for change in changes.goals
        for difference in ([d.field for d in change.differences] or [change.kind.value])
    }  # fmt: skip
    return goals | {(text.guideline or text.strategy or "", text.field) for text in changes.texts}


@pytest.mark.parametrize("number", range(200))
def test_a_random_edit_is_found_and_nothing_else(number: int) -> None:
    old = Recipe(seed=4, kind=ReportKind.MIXED, pages=(3, 6)).report(number % 20)
    edited = random_edit(old, Random(number))
    told = found(changes_of(old, edited.report))
    if edited.field == "place":
        # A goal that changes places with its neighbour may as well be the neighbour that moved.
        assert len(told) == 1
        assert {field for _, field in told} == {"place"}
    else:
        assert told == {(edited.owner, edited.field)}


@pytest.mark.parametrize("number", range(20))
def test_a_report_does_not_differ_from_itself(number: int) -> None:
    report = Recipe(seed=5, pages=(3, 6)).report(number)
    changes = changes_of(report, report)
    assert not changes
    assert changes == Changes()


@pytest.mark.parametrize("number", range(40))
def test_several_edits_are_all_found(number: int) -> None:
    old = Recipe(seed=6, kind=ReportKind.REALISTIC, pages=(4, 6)).report(number % 10)
    rng = Random(number)
    made: dict[tuple[str, str], Edited] = {}
    new = old
    for _ in range(4):
        edited = random_edit(new, rng)
        if edited.field in {"score", "achieved", "assessment", "text", "title", "meeting"}:
            made[edited.owner, edited.field] = edited
            new = edited.report
    assert found(changes_of(old, new)) <= set(made)


def test_figures_are_told_before_and_after() -> None:
    old = Recipe(seed=1, kind=ReportKind.REALISTIC).report(1)
    strategy = old.strategies[0]
    goal = next(goal for goal in strategy.goals if goal.score == 3)
    new = with_goal(old, goal, replace(goal, score=5))
    figures = changes_of(old, new).figures
    assert all(change.strategy == strategy.name for change in figures)
    whole = [change for change in figures if change.guideline is None]
    for change in whole:
        assert change.old == figures_of(strategy.goals)
        assert change.new == figures_of(new.strategies[0].goals)


def test_a_removed_guideline_is_told_with_its_goals() -> None:
    old = next(r for n in range(20) if len((r := Recipe(seed=2).report(n)).strategies[0].guidelines) > 1)
    strategy = old.strategies[0]
    gone = strategy.guidelines[0]
    new = replace(old, strategies=(replace(strategy, guidelines=strategy.guidelines[1:]), *old.strategies[1:]))
    changes = changes_of(old, new)
    assert [(text.kind, text.guideline) for text in changes.texts] == [(ChangeKind.REMOVED, gone.name)]
    assert [change.id for change in changes.goals] == [goal.id for goal in gone.goals]


@pytest.mark.parametrize("order", [[2, 3, 4, 5, 1, 6], [6, 1, 2, 3], [1, 2, 3], [], [3, 2, 1], [2, 1, 4, 3]])
def test_the_fewest_goals_that_explain_an_order_are_told_as_moved(order: list[int]) -> None:
    found = moved(order)
    rises = [
        chosen
        for count in range(len(order) + 1)
        for chosen in combinations(order, count)
        if list(chosen) == sorted(chosen)
    ]
    left = [number for at, number in enumerate(order) if at not in found]
    assert left == sorted(left)
    assert len(left) == max(map(len, rises))


def test_parts_are_known_by_their_names_in_the_base() -> None:
    old = next(r for n in range(20) if len((r := Recipe(seed=2).report(n)).strategies[0].guidelines) > 1)
    strategy = old.strategies[0]
    first, *others = strategy.guidelines
    new_goal = replace(first.goals[0], id="U1", text="Uusi tavoite.")
    renamed = replace(first, name="Uusi nimi", goals=(*first.goals, new_goal))
    added = replace(first, name="Lisätty", goals=(replace(new_goal, id="U2"),))
    new = replace(old, strategies=(replace(strategy, name="Toinen", guidelines=(renamed, *others, added)),))
    names = base_names(old, new)
    assert names.strategies == {"Toinen": strategy.name}
    assert names.guidelines["Toinen", "Uusi nimi"] == (strategy.name, first.name)
    assert names.guidelines["Toinen", "Lisätty"] == (strategy.name, "Lisätty")
    assert names.goals["U1"] == "U1"
    goal = first.goals[0]
    assert base_names(old, with_goal(old, goal, replace(goal, id="Z9"))).goals["Z9"] == goal.id
