"""From what was drawn into a deck and what the data say to the deck's new stamp. Knows no XML.

The stamp says what the data say: what was changed by hand is still known as that, and can be brought into the data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from raportti.model import Report
from raportti.plan import page_keys
from raportti.refreshing.drawing import Drawing, names_in
from raportti.stamp import CellStamp, RowStamp, SlideStamp, Stamp


def restamped(old: Stamp, drawn: Report, merged: Report, drawing: Drawing, data: Report, of_data: Drawing) -> Stamp:
    """Return the stamp of a deck with the slides of a drawing, into which the data were brought."""
    names = names_in(data, drawn)
    keys = page_keys(names.page(sheet.page) for sheet in drawing.sheets.values())
    said = _Said(merged, data, of_data)
    slides = (
        replace(sheet.stamp, key=key, rows=tuple(said.rows(sheet.stamp)))
        for sheet, key in zip(drawing.sheets.values(), keys, strict=True)
    )
    return replace(old, report=data, slides=tuple(slides), drawn=None if drawn == data else drawn)


class _Said:
    """Knows what the data say in each cell of a goal."""

    def __init__(self, merged: Report, data: Report, of_data: Drawing) -> None:
        self._goals = {goal.id: goal for goal in data.goals}
        self._edited = {goal.id for goal in merged.goals if self._goals.get(goal.id) != goal}
        self._rows: dict[str, list[RowStamp]] = {}
        for sheet in of_data.sheets.values():
            for row in sheet.stamp.rows:
                self._rows.setdefault(row.goal or "", []).append(row)

    def rows(self, slide: SlideStamp) -> Iterator[RowStamp]:
        """Give the rows; those of a goal that the data do not have are as if people had added them."""
        for row in slide.rows:
            if row.goal is None:
                yield row
            elif row.goal in self._goals:
                yield self._row(row, row.goal)

    def _row(self, row: RowStamp, goal: str) -> RowStamp:
        same = next((other for other in self._rows[goal] if other.split == row.split), None)
        if same is None and goal not in self._edited:
            return row
        return replace(row, cells=tuple(map(self._cell, row.cells, _cells(row, same or self._rows[goal][0]))))

    @staticmethod
    def _cell(own: CellStamp, data: CellStamp | None) -> CellStamp:
        return own if data is None else data


def _cells(row: RowStamp, data: RowStamp) -> Iterator[CellStamp | None]:
    cells: Mapping[str, CellStamp] = {cell.key: cell for cell in data.cells}
    return (cells.get(cell.key) for cell in row.cells)
