"""A report and a random number → the report after one edit, and what it was. As people edit: one thing at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy, Subgoal


@dataclass(frozen=True)
class Edited:
    """The new report; whose field it was (``owner`` is a goal's id, a name, or empty for the report), and which."""

    report: Report
    owner: str
    field: str


Edit = Callable[[Report, Random], Edited | None]
"""None where the report has nothing that this edit could be of."""


def random_edit(report: Report, rng: Random) -> Edited:
    """Make one edit of a random kind."""
    while True:
        edited = rng.choice(EDITS)(report, rng)
        if edited is not None and edited.report != report:
            return edited


def with_goal(report: Report, old: Goal, *new: Goal) -> Report:
    """Put goals in the place of one."""
    return _over_guidelines(report, lambda g: replace(g, goals=_put(g.goals, old, new)))


def _put(things: tuple[Goal, ...], old: Goal, new: tuple[Goal, ...]) -> tuple[Goal, ...]:
    return tuple(one for thing in things for one in (new if thing is old else (thing,)))


def _over_guidelines(report: Report, change: Callable[[Guideline], Guideline]) -> Report:
    strategies = (replace(s, guidelines=tuple(map(change, s.guidelines))) for s in report.strategies)
    return replace(report, strategies=tuple(strategies))


def _guideline(report: Report, rng: Random) -> tuple[Strategy, Guideline]:
    strategy = rng.choice(report.strategies)
    return strategy, rng.choice(strategy.guidelines)


def _goal_field(field: str, value: Callable[[Goal, Random], object]) -> Edit:
    def edit(report: Report, rng: Random) -> Edited | None:
        goal = rng.choice(report.goals)
        new = value(goal, rng)
        return None if new is None else Edited(with_goal(report, goal, replace(goal, **{field: new})), goal.id, field)

    return edit


def _score(goal: Goal, rng: Random) -> int | None:
    return None if goal.score is None else rng.choice([s for s in (2, 3, 4, 5) if s != goal.score])


def _status(goal: Goal, rng: Random) -> Achieved | None:
    if goal.achieved is Achieved.NOT_ASSESSED:
        return None
    return rng.choice([s for s in (Achieved.YES, Achieved.PARTLY, Achieved.NO) if s is not goal.achieved])


def _assessment(goal: Goal, rng: Random) -> tuple[str, ...] | None:
    if not goal.assessment:
        return None
    at = rng.randrange(len(goal.assessment))
    changed = (*goal.assessment[:at], _reworded(goal.assessment[at], rng), *goal.assessment[at + 1 :])
    return rng.choice([changed, (*goal.assessment, "Uusi kappale kertoo, mitä keväällä tehtiin.")])


def _subgoals(goal: Goal, rng: Random) -> tuple[Subgoal, ...] | None:
    if not goal.subgoals:
        return None
    at = rng.randrange(len(goal.subgoals))
    changed = replace(goal.subgoals[at], text=_reworded(goal.subgoals[at].text, rng))
    more = (*goal.subgoals, Subgoal("Uusi alatavoite", ("sen kohta",)))
    return rng.choice([(*goal.subgoals[:at], changed, *goal.subgoals[at + 1 :]), more])


def _reworded(text: str, rng: Random) -> str:
    words = text.split(" ")
    at = rng.randrange(len(words) + 1)
    return " ".join((*words[:at], "tarkennettuna", *words[at:]))


def _report_field(field: str, value: Callable[[Report, Random], object]) -> Edit:
    def edit(report: Report, rng: Random) -> Edited | None:
        return Edited(replace(report, **{field: value(report, rng)}), "", field)

    return edit


def _later(report: Report, rng: Random) -> object:
    return report.date and report.date + timedelta(days=rng.randint(1, 300))


def _rename_strategy(report: Report, rng: Random) -> Edited | None:
    strategy = rng.choice(report.strategies)
    new = replace(strategy, name=f"{strategy.name} {rng.randint(2, 99)}")
    return Edited(_with_strategy(report, strategy, new), new.name, "name")


def _strategy_text(report: Report, rng: Random) -> Edited | None:
    strategy = rng.choice(report.strategies)
    field = rng.choice(["tag", "scale_title", "summary_title"])
    return Edited(_with_strategy(report, strategy, replace(strategy, **{field: "Uusi teksti"})), strategy.name, field)


def _with_strategy(report: Report, old: Strategy, new: Strategy) -> Report:
    return replace(report, strategies=tuple(new if s is old else s for s in report.strategies))


def _rename_guideline(report: Report, rng: Random) -> Edited | None:
    _, guideline = _guideline(report, rng)
    name = f"{guideline.name} {rng.randint(2, 99)}"
    changed = _over_guidelines(report, lambda g: replace(g, name=name) if g is guideline else g)
    return Edited(changed, name, "name")


def _new_goal(report: Report, rng: Random) -> Goal:
    taken = {goal.id for goal in report.goals}
    new_id = next(name for n in range(1, 10_000) if (name := f"U{rng.randint(1, 99)}.{n}") not in taken)
    text = f"Uusi tavoite {new_id} on asetettu."
    return Goal(new_id, text, (), Achieved.PARTLY, 3, ("Uutta tavoitetta on arvioitu näin.",))


def _add_goal(report: Report, rng: Random) -> Edited | None:
    _, guideline = _guideline(report, rng)
    new, at = _new_goal(report, rng), rng.randint(0, len(guideline.goals))
    goals = (*guideline.goals[:at], new, *guideline.goals[at:])
    return Edited(_over_guidelines(report, lambda g: replace(g, goals=goals) if g is guideline else g), new.id, "added")


def _remove_goal(report: Report, rng: Random) -> Edited | None:
    _, guideline = _guideline(report, rng)
    goal = rng.choice(guideline.goals)
    return Edited(with_goal(report, goal), goal.id, "removed") if len(guideline.goals) > 1 else None


def _move_goal(report: Report, rng: Random) -> Edited | None:
    _, guideline = _guideline(report, rng)
    goal = rng.choice(guideline.goals)
    goals = [other for other in guideline.goals if other is not goal]
    goals.insert(rng.randint(0, len(goals)), goal)
    changed = _over_guidelines(report, lambda g: replace(g, goals=tuple(goals)) if g is guideline else g)
    return Edited(changed, goal.id, "place")


def _rehouse_goal(report: Report, rng: Random) -> Edited | None:
    (_, old), (_, new) = _guideline(report, rng), _guideline(report, rng)
    if old is new or len(old.goals) == 1:
        return None
    goal = rng.choice(old.goals)
    without = with_goal(report, goal)
    changed = _over_guidelines(without, lambda g: replace(g, goals=(*g.goals, goal)) if g.name == new.name else g)
    return Edited(changed, goal.id, "guideline") if _stands_once(changed, goal) else None


def _stands_once(report: Report, goal: Goal) -> bool:
    return sum(other.id == goal.id for other in report.goals) == 1


def _rename_id(report: Report, rng: Random) -> Edited | None:
    goal = rng.choice(report.goals)
    new = replace(goal, id=_new_goal(report, rng).id)
    return Edited(with_goal(report, goal, new), new.id, "id")


EDITS: tuple[Edit, ...] = (
    *(3 * (_goal_field("score", _score), _goal_field("achieved", _status), _goal_field("assessment", _assessment))),
    _goal_field("text", lambda goal, rng: _reworded(goal.text, rng)),
    _goal_field("subgoals", _subgoals),
    _goal_field("break_before", lambda goal, _: not goal.break_before),
    _report_field("title", lambda report, rng: _reworded(report.title, rng)),
    _report_field("meeting", lambda _, rng: f"Aluehallitus {rng.randint(1, 99)}"),
    _report_field("case_number", lambda _, rng: f"LUVN/{rng.randint(1, 9999)}/2025"),
    _report_field("date", _later),
    _rename_strategy, _strategy_text, _rename_guideline, _add_goal, _remove_goal, _move_goal, _rehouse_goal, _rename_id,
)  # fmt: skip
