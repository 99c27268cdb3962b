"""From a report to each of its texts, by the name of its place in the source.

Does not know what is done with them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from raportti.report.model import SCORES, Goal, Guideline, Report, Strategy


class Ref(NamedTuple):
    """A field of the model: its owner, and its name there.

    ``owner`` is the id of a goal, ``report``, ``scale`` (its fields are the grades), ``strategy:<name>`` or
    ``guideline:<strategy>/<name>``.
    """

    owner: str
    field: str


def strategy_ref(strategy: Strategy, field: str) -> Ref:
    """Name a field of a strategy."""
    return Ref(f"strategy:{strategy.name}", field)


def guideline_ref(strategy: Strategy, guideline: Guideline) -> Ref:
    """Name the name of a guideline."""
    return Ref(f"guideline:{strategy.name}/{guideline.name}", "name")


def goal_in(ref: Ref | None, report: Report) -> str | None:
    """Return the id of the goal that a field belongs to, None where it belongs to something else."""
    return ref.owner if ref and any(goal.id == ref.owner for goal in report.goals) else None


def texts_of(report: Report) -> Iterator[tuple[Ref, str]]:
    """Yield each text of a report with the name of its place; a text that is not there is empty."""
    for field in ("title", "organisation", "meeting", "case_number", "attachment_number"):
        yield Ref("report", field), getattr(report, field) or ""
    for score, meaning in zip(SCORES, report.scale or (), strict=False):
        yield Ref("scale", str(score)), meaning
    for strategy in report.strategies:
        for field in ("name", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"):
            yield strategy_ref(strategy, field), getattr(strategy, field) or ""
        for guideline in strategy.guidelines:
            yield guideline_ref(strategy, guideline), guideline.name
            for goal in guideline.goals:
                yield from _goal_texts(goal)


def _goal_texts(goal: Goal) -> Iterator[tuple[Ref, str]]:
    yield Ref(goal.id, "text"), goal.text
    yield Ref(goal.id, "subgoals"), " ".join(text for sub in goal.subgoals for text in (sub.text, *sub.items))
    yield Ref(goal.id, "assessment"), " ".join(goal.assessment)
