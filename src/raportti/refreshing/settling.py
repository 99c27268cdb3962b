"""From a merged report to the one that is drawn: what only people changed is not laid out anew.

An edit by hand may make a row taller or lower; that alone moves no row to another slide, nor a slide's bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.changes.same import is_same
from raportti.figures import figures_of
from raportti.model import Goal, Guideline, Report, Strategy


@dataclass(frozen=True, slots=True)
class Settled:
    """The report that is drawn; ``still`` are the ids of the goals whose rows stay as they are."""

    report: Report
    still: frozenset[str]


def settle(merged: Report, deck: Report, before: Report) -> Settled:
    """Take guidelines into which the data bring nothing, nor other figures, as they were drawn before."""
    edited, drawn = dict(_guidelines(deck)), dict(_guidelines(before))
    still = {
        name: drawn[name]
        for name, guideline in _guidelines(merged)
        if name in drawn and is_same(edited.get(name), guideline) and _has_figures_of(drawn[name], guideline)
    }
    strategies = (
        replace(strategy, guidelines=tuple(still.get((strategy.name, one.name), one) for one in strategy.guidelines))
        for strategy in merged.strategies
    )
    goals = frozenset(goal.id for guideline in still.values() for goal in guideline.goals)
    return Settled(replace(merged, strategies=tuple(strategies)), goals)


def with_kept(data: Report, merged: Report, base: Report) -> Report:
    """Return the data with the goals that they lack and the deck keeps for its edits: so they are asked about again."""
    goals = {goal.id: goal for goal in (*base.goals, *data.goals)}
    if {goal.id for goal in merged.goals} <= {goal.id for goal in data.goals}:
        return data
    return replace(merged, strategies=tuple(_with_goals(strategy, goals) for strategy in merged.strategies))


def _with_goals(strategy: Strategy, goals: Mapping[str, Goal]) -> Strategy:
    guidelines = (
        replace(guideline, goals=tuple(goals.get(goal.id, goal) for goal in guideline.goals))
        for guideline in strategy.guidelines
    )
    return replace(strategy, guidelines=tuple(guidelines))


def _guidelines(report: Report) -> Iterator[tuple[tuple[str, str], Guideline]]:
    for strategy in report.strategies:
        yield from (((strategy.name, guideline.name), guideline) for guideline in strategy.guidelines)


def _has_figures_of(one: Guideline, other: Guideline) -> bool:
    return figures_of(one.goals) == figures_of(other.goals)
