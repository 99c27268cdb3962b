"""From what changed to tables and texts, with their words in the user's language. Knows no form of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from raportti.changes import Changes, Difference, FiguresChange, GoalChange, Kind, TextChange
from raportti.cli.words import say
from raportti.edits.values import status_word
from raportti.figures import Figures, decimal_comma
from raportti.model import Achieved
from raportti.said import NOTHING, said

Table: TypeAlias = Sequence[Sequence[str]]
"""Rows of cells; the first row is the header."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id", "text": "goal", "subgoals": "subgoals", "achieved": "reached", "score": "score",
        "assessment": "assessment", "break_before": "page break before", "responsible": "unit in charge",
        "guideline": "strategy / guideline", "place": "place in the list", "parent": "strategy / guideline",
        "title": "title", "language": "language", "organisation": "organisation", "meeting": "meeting", "date": "date",
        "case_number": "case number", "attachment_number": "attachment number", "scale": "scale", "name": "name",
        "tag": "corner tag", "scale_title": "title of the scale", "summary_title": "title of the summary",
        "summary_sentence": "sentence of the summary", "table_title": "title of the tables",
        "published": "published figures",
    }
)  # fmt: skip
"""How each field that can change is called; the catalogue has these words too."""
KINDS: Mapping[Kind, str] = MappingProxyType({Kind.ADDED: "added", Kind.REMOVED: "removed", Kind.CHANGED: "changed"})
_IN_TABLE = ("achieved", "score")
_COUNTED = (Achieved.YES, Achieved.PARTLY, Achieved.NO, Achieved.NOT_ASSESSED)
_LONGEST = 40
"""A longer value is a text, in which words are marked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field that changed, or, without a label, a whole that came or went."""

    label: str
    old: str
    new: str

    @property
    def is_text(self) -> bool:
        """Whether it is too long to stand beside what it was."""
        return max(len(self.old), len(self.new)) > _LONGEST or "\n" in self.old + self.new


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed of one goal, guideline or strategy, or of the report itself."""

    title: str
    rows: tuple[Row, ...]


def arrow(old: str, new: str) -> str:
    """Say what was and what is, once where it is the same."""
    return old if old == new else f"{old} → {new}"


def goal_table(changes: Changes, language: str) -> Table:
    """Tell of each goal that changed its status and score, and what else did; nothing where no goal did."""
    rows = [_goal_row(goal, language) for goal in changes.goals]
    header = (say("id"), say("reached"), say("score"), say("what happened"))
    return [header, *rows] if rows else []


def _goal_row(goal: GoalChange, language: str) -> tuple[str, ...]:
    before, after = goal.old or goal.new, goal.new or goal.old
    whole = said("text", after and after.text, language)
    values = (arrow(*(said(field, getattr(side, field), language) for side in (before, after))) for field in _IN_TABLE)
    fields = (say(FIELDS[one.field]) for one in goal.differences if one.field not in _IN_TABLE)
    what = ", ".join(fields) if goal.kind is Kind.CHANGED else f"{say(KINDS[goal.kind])}: {whole}"
    return goal.id, *values, what


def entries(changes: Changes, language: str) -> Iterator[Entry]:
    """Tell what the table of goals does not: texts and all other fields before and after."""
    for goal in changes.goals:
        rows = tuple(_row(one, language) for one in goal.differences if one.field not in _IN_TABLE)
        if rows:
            yield Entry(goal.id, rows)
    owners: dict[str, list[Row]] = {}
    for text in changes.texts:
        owners.setdefault(_owner(text), []).append(_text_row(text, language))
    yield from (Entry(owner, tuple(rows)) for owner, rows in owners.items())


def _row(difference: Difference, language: str) -> Row:
    field = difference.field
    return Row(say(FIELDS[field]), *(said(field, value, language) for value in (difference.old, difference.new)))


def _text_row(text: TextChange, language: str) -> Row:
    row = _row(Difference(text.field, text.old, text.new), language)
    return row if text.kind is Kind.CHANGED else Row(say(KINDS[text.kind]), row.old, row.new)


def _owner(text: TextChange) -> str:
    return " / ".join(name for name in (text.strategy, text.guideline) if name) or say("the report")


def figures_table(changes: Changes, language: str) -> Table:
    """Tell counts and averages before and after, of each strategy and guideline in which they differ."""
    statuses = (status_word(achieved, language) for achieved in _COUNTED)
    header = (say("strategy / guideline"), say("goals"), say("average"), *statuses)
    return [header, *map(_figures_row, changes.figures)] if changes.figures else []


def _figures_row(change: FiguresChange) -> tuple[str, ...]:
    name = change.strategy if change.guideline is None else f"  {change.guideline}"
    return name, *(arrow(old, new) for old, new in zip(_figures(change.old), _figures(change.new), strict=True))


def _figures(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (NOTHING,) * 6
    average = NOTHING if figures.average is None else decimal_comma(figures.average)
    return str(figures.goals), average, *map(str, (figures.yes, figures.partly, figures.no, figures.not_assessed))
