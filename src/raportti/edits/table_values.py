"""From goals to the texts of their cells in a table. Knows no file; the words are those that ``source`` reads."""

from collections.abc import Iterable, Iterator, Mapping

from raportti.changes.pairs import Placed
from raportti.edits import values
from raportti.model import Subgoal

FIELDS = ("strategy", "guideline", "id", "text", "subgoals", "achieved", "score", "assessment", "responsible")
"""The fields that a goal has in a table, in the order of its columns."""


def cells_of(placed: Placed, language: str) -> Mapping[str, str]:
    """Return the text of each field of a goal; empty where it says nothing."""
    goal = placed.goal
    others = {
        field: values.plain_value(getattr(goal, field), language) or "" for field in FIELDS if hasattr(goal, field)
    }
    return {
        **{field: str(value) for field, value in others.items()},
        "strategy": values.written(placed.strategy),
        "guideline": values.written(placed.guideline),
        "subgoals": "\n".join(_lines(goal.subgoals)),
    }


def _lines(subgoals: Iterable[Subgoal]) -> Iterator[str]:
    """Write each subgoal after a bullet, so that a dash at its beginning makes it no item."""
    for subgoal in subgoals:
        yield f"• {values.written(subgoal.text)}"
        yield from (f"- {values.written(item)}" for item in subgoal.items)
