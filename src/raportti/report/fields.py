"""From a report to each of its texts, by the name of its place in the source. Knows not what is done with them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from raportti.problems import Place
from raportti.report.model import Goal, Guideline, Report, Strategy


class Ref(NamedTuple):
    """A field of the model: whose it is, and its name there.

    ``owner`` is the id of a goal, ``report``, ``strategy:<name>`` or ``guideline:<strategy>/<name>``.
    """

    owner: str
    field: str


def texts_of(report: Report) -> Iterator[tuple[Ref, str]]:
    """Yield each text of a report with the name of its place; a text that is not there is empty."""
    for field in ("title", "organisation", "meeting", "case_number", "attachment_number"):
        yield Ref("report", field), getattr(report, field) or ""
    yield Ref("report", "scale"), " ".join(report.scale or ())
    for strategy in report.strategies:
        yield from _strategy_texts(strategy)
        for guideline in strategy.guidelines:
            yield from _guideline_texts(strategy, guideline)


def _strategy_texts(strategy: Strategy) -> Iterator[tuple[Ref, str]]:
    for field in ("name", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"):
        yield Ref(f"strategy:{strategy.name}", field), getattr(strategy, field) or ""


def _guideline_texts(strategy: Strategy, guideline: Guideline) -> Iterator[tuple[Ref, str]]:
    yield Ref(f"guideline:{strategy.name}/{guideline.name}", "name"), guideline.name
    for goal in guideline.goals:
        yield from _goal_texts(goal)


def _goal_texts(goal: Goal) -> Iterator[tuple[Ref, str]]:
    yield Ref(goal.id, "text"), goal.text
    yield Ref(goal.id, "subgoals"), " ".join(text for sub in goal.subgoals for text in (sub.text, *sub.items))
    yield Ref(goal.id, "assessment"), " ".join(goal.assessment)


def place_of(text: str, report: Report, places: Mapping[Ref, Place]) -> Place | None:
    """Return the place of the text of a report that a drawn text is, or holds: the longest, if there are several."""
    inside = [(ref, own) for ref, own in texts_of(report) if own and (own in text or text in own)]
    ref = max(inside, key=lambda found: len(found[1]), default=(None, ""))[0]
    return places.get(ref) if ref else None
