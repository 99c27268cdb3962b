"""A report and its plan → the text that each goal has in each column, and which of it a document lacks."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planning import lines_of
from raportti.content.wording import Words, of_status
from raportti.plan import Cell, PageKind, Plan, Table
from raportti.report.model import Goal, Report
from raportti.units import Emu

STAND_IN = "□"
BULLETS = "•–"

Texts = Mapping[tuple[int, int, int], str]
"""(page from 1, row from 0, column from 0) → the text that a document has there."""


@dataclass(frozen=True)
class Found:
    """A cell of a table: in which row (header rows count) it begins, and how high its rows are together."""

    row: int
    goal: str
    cell: Cell
    y: Emu
    height: Emu


@dataclass(frozen=True)
class GoalText:
    """What a goal should have in a column, and what a document has there; bare, as they are compared."""

    page: int
    goal: str
    column: str
    wanted: str
    found: str
    is_lost: bool


def cells_of(table: Table) -> Iterator[Found]:
    """Yield the cells of a table, header first."""
    rows = (*table.header, *table.rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            height = sum(spanned.h for spanned in rows[number : number + cell.row_span])
            yield Found(number, row.goal or "", cell, row.y, height)


def planned_lines(cell: Cell) -> tuple[str, ...]:
    """Return the lines of a cell in which there is something to see."""
    return tuple(line for line in lines_of(cell) if visible(line))


def visible(text: str) -> str:
    """Leave out what is not drawn: white space, and characters that only steer how others are."""
    return "".join(char for char in text if not (char.isspace() or _only_steers(char)))


def _only_steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc") or "\ufe00" <= char <= "\ufe0f"


def with_letters(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out lines of accents only: a program may draw those on baselines of their own."""
    return tuple(line for line in lines if any(unicodedata.category(char) != "Mn" for char in visible(line)))


def bare(text: str) -> str:
    """Leave out of a text what a layout may add or change: white space and hyphens, and bullets of lists."""
    return visible(text).translate(dict.fromkeys(map(ord, f"-{BULLETS}")))


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same; accents that stand by themselves may come before or after their letter."""
    if one == other:
        return True
    parts = [unicodedata.normalize("NFD", text) for text in (one, other)]
    has_marks = any(unicodedata.category(char) == "Mn" for char in one)
    return has_marks and sorted(parts[0]) == sorted(parts[1])


def lost_texts(
    report: Report, plan: Plan, words: Words, texts: Texts, undrawable: str, rises: Mapping[str, int]
) -> Iterator[GoalText]:
    """Compare each goal's text in each column with what a document has in the rows that should be that goal's.

    Rows are those of the plan, in their order, so that what is missing or in another place differs. ``rises`` says by
    how much scores rose since the report before, by the ids of their goals.
    """
    rows = iter(_rows_of_goals(plan))
    stand_ins = str.maketrans(dict.fromkeys(undrawable, STAND_IN))
    current = next(rows, None)
    for guideline in (guideline for strategy in report.strategies for guideline in strategy.guidelines):
        for goal in guideline.goals:
            own: list[tuple[int, int]] = []
            while current and current[2] == goal.id:
                own.append(current[:2])
                current = next(rows, None)
            columns = _columns(goal, rises.get(goal.id, 0), words, has_subgoals=guideline.has_subgoals)
            for number, (column, text) in enumerate(columns):
                wanted = bare(text.translate(stand_ins))
                parts = [bare(texts.get((*place, number), "")) for place in own]
                is_there = bool(own) and _is_whole(wanted, parts, bare(words.continued))
                yield GoalText(own[0][0] if own else 0, goal.id, column, wanted, "|".join(parts), not is_there)


def _is_whole(wanted: str, parts: list[str], mark: str) -> bool:
    """Tell whether the rows of a goal have a column's text: all together, or each of them, later ones with a mark."""
    if same("".join(parts), wanted):
        return True
    return same(parts[0], wanted) and all(same(part.removesuffix(mark), wanted) for part in parts[1:])


def _rows_of_goals(plan: Plan) -> Iterator[tuple[int, int, str]]:
    for page in (page for page in plan.pages if page.kind is PageKind.TABLE):
        for number, row in enumerate((*page.table.header, *page.table.rows) if page.table else ()):
            if row.goal:
                yield page.number, number, row.goal


def _columns(goal: Goal, rise: int, words: Words, *, has_subgoals: bool) -> Iterator[tuple[str, str]]:
    yield "goal", goal.text
    if has_subgoals:
        yield "subgoals", "".join(text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items))
    yield "achieved", of_status(words, goal.achieved)
    yield "score", words.no_score if goal.score is None else f"{goal.score}{_mark(goal.score, rise, words)}"
    yield "assessment", "".join(goal.assessment)


def _mark(score: int, rise: int, words: Words) -> str:
    """Say what stands beside and below a score that rose or fell."""
    if not rise:
        return ""
    return (words.mark_risen if rise > 0 else words.mark_fallen) + words.was.format(arvosana=score - rise)
