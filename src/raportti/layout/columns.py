"""From the texts of a guideline's table to the widths of its columns that take the fewest pages.

Does not know titles or places. Every division of the room between the columns at steps of ``STEP`` is tried, with
line counts that are exact: pages and lines are the fewest on that grid, and a better division could only lie between
two of its steps. Rows taller than a page, whose parts depend on their text, are counted by their height alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from raportti.content.records import GoalRow
from raportti.layout.theme import ColumnWidths, Width, preferred
from raportti.layout.typesetting import SetRow, Typesetter
from raportti.plan.typeset import room_of
from raportti.text.lines import LineCounter
from raportti.units import Emu, pt

STEP = pt(2)
"""The grid of widths that are tried."""
Lengths = NDArray[np.int64]
"""Lengths in EMU."""
FLEXIBLE = ("goal", "subgoals", "assessment")
"""The columns whose widths may be chosen; a status and a score are as wide as they are."""


def widths_for(
    goals: Sequence[GoalRow], rows: Sequence[SetRow], columns: ColumnWidths, setter: Typesetter, *, capacity: Emu
) -> Mapping[str, Emu]:
    """Choose the widths of a guideline's table, whose ``rows`` are set in the preferred ones."""
    theme, widths = setter.theme.tables.goals, preferred(columns)
    ranges = _ranges(columns, sum(widths.values()))
    sides = theme.margins.left + theme.margins.right
    edges = theme.margins.top + theme.margins.bottom
    others = [max(room_of(cell.paragraphs) for cell in row.cells if cell.key not in ranges) + edges for row in rows]
    flexible = {
        key: Flexible(widths[key], *ranges[key], sides, [setter.counters(goal.cells[key]) for goal in goals])
        for key in widths
        if key in ranges
    }
    chosen = choose_widths(flexible, others, edges=edges, capacity=capacity)
    return {key: chosen.get(key, width) for key, width in widths.items()}


def _ranges(columns: ColumnWidths, total: Emu) -> Mapping[str, tuple[Emu, Emu]]:
    """Return how wide each column that may be chosen may be: as the layout says; where it has no ranges, anything."""
    widths: Mapping[str, Width] = columns._asdict()
    ranges = {key: (width.least, width.most) for key, width in widths.items() if width.least < width.most}
    return ranges or {key: (0, total) for key in widths if key in FLEXIBLE}


@dataclass(frozen=True, slots=True)
class Flexible:
    """A column whose width may be chosen. ``cells``: for each row, the paragraphs of its cell."""

    preferred: Emu
    least: Emu
    most: Emu
    sides: Emu
    """What the margins of a cell take of its width."""
    cells: Sequence[Sequence[LineCounter]]

    @property
    def narrowest(self) -> Emu:
        """The width below which one of its words has to be divided."""
        words = (counter.narrowest for cell in self.cells for counter in cell)
        return max(self.least, self.sides + max(words, default=0))


def choose_widths(
    columns: Mapping[str, Flexible], others: Sequence[Emu], *, edges: Emu, capacity: Emu
) -> Mapping[str, Emu]:
    """Choose the widths: fewest pages, then fewest lines, then nearest to what is preferred; their sum stays.

    ``others`` is the height that the rest of each row needs, ``edges`` what cell margins add to a row, ``capacity`` the
    height of a page. Where the columns have no room for their widest words, the preferred widths stay.
    """
    preferred = {key: column.preferred for key, column in columns.items()}
    tried = {key: _tried(column, columns) for key, column in columns.items()}
    if len(columns) < 2 or not all(map(len, tried.values())):
        return preferred
    divisions = _divisions(tried, sum(preferred.values()))
    if not len(divisions):
        return preferred
    rows = np.maximum(_row_heights(columns, tried, divisions) + edges, np.array(others, dtype=np.int64))
    far = np.abs(divisions - np.array(list(preferred.values()))).sum(axis=1)
    best = np.lexsort((far, rows.sum(axis=1), _pages(rows, capacity)))[0]
    return dict(zip(columns, (int(width) for width in divisions[best]), strict=True))


def _tried(column: Flexible, columns: Mapping[str, Flexible]) -> range:
    """Return the widths to try for a column: on the grid through its preferred width."""
    total = sum(other.preferred for other in columns.values())
    least = column.narrowest
    most = min(column.most, total - sum(other.narrowest for other in columns.values()) + least)
    return range(column.preferred - (column.preferred - least) // STEP * STEP, most + 1, STEP)


def _heights(column: Flexible, widths: Sequence[Emu]) -> Lengths:
    """Return the height of each row's cell (second axis) at each width (first axis)."""
    texts = [width - column.sides for width in widths]
    heights = np.zeros((len(widths), len(column.cells)), dtype=np.int64)
    for row, cell in enumerate(column.cells):
        for counter in cell:
            heights[:, row] += np.array(_counts(counter, texts), dtype=np.int64) * counter.leading
    return heights


def _counts(counter: LineCounter, widths: Sequence[Emu]) -> list[int]:
    """Count the lines at each of some widths in order: where two widths have as many, all between have, too."""
    counts: dict[int, int] = {}

    def count_between(first: int, last: int) -> None:
        for at in (first, last):
            if at not in counts:
                counts[at] = counter.count(widths[at])
        if counts[first] == counts[last]:
            counts.update(dict.fromkeys(range(first, last), counts[first]))
        elif last - first > 1:
            count_between(first, (first + last) // 2)
            count_between((first + last) // 2, last)

    count_between(0, len(widths) - 1)
    return [counts[at] for at in range(len(widths))]


def _divisions(tried: Mapping[str, range], total: Emu) -> Lengths:
    """Return every division of the room (first axis) between the columns (second axis).

    The last column takes what the others leave, if it may be that wide.
    """
    *others, last = tried.values()
    grid = np.meshgrid(*(np.array(widths, dtype=np.int64) for widths in others), indexing="ij")
    parts = np.stack([widths.ravel() for widths in grid], axis=1)
    rest = total - parts.sum(axis=1)
    allowed = (rest >= last.start) & (rest < last.stop)
    return np.column_stack((parts, rest))[allowed]


def _row_heights(columns: Mapping[str, Flexible], tried: Mapping[str, range], divisions: Lengths) -> Lengths:
    """Return the height of each row (second axis) under each division (first axis), cell margins left out."""
    found = np.zeros((len(divisions), 1), dtype=np.int64)
    for number, (key, widths) in enumerate(tried.items()):
        at = (divisions[:, number] - widths.start) // STEP
        found = np.maximum(found, _heights(columns[key], widths)[at])
    return found


def _pages(rows: Lengths, capacity: Emu) -> Lengths:
    """Return the pages that rows fill under each division, filled one after the other."""
    pages = np.ones(len(rows), dtype=np.int64)
    used = np.zeros(len(rows), dtype=np.int64)
    for number in range(rows.shape[1]):
        height = rows[:, number]
        extra = np.maximum(-(-height // capacity) - 1, 0)
        is_new = (used > 0) & (used + height > capacity)
        pages += is_new + extra
        used = np.where(is_new, 0, used) + height - extra * capacity
    return pages
