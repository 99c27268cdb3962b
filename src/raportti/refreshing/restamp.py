"""From what was drawn into a deck and what the data say to the deck's new stamp. Knows no XML.

The stamp says what the data say: what was changed by hand is still known as that, and can be brought into the data.
"""

from collections.abc import Iterator
from dataclasses import replace

from raportti.model import Report
from raportti.plan import page_keys
from raportti.refreshing.drawing import GOALS, Drawing, names_in
from raportti.stamp import FLOWING, CellStamp, ParagraphStamp, RowStamp, SlideStamp, Stamp

_FIELDS = {"goal": "text"}
"""The fields of a goal whose columns have other names."""


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
        self._data = {goal.id: goal for goal in data.goals}
        self._merged = {goal.id: goal for goal in merged.goals}
        self._rows: dict[str, list[RowStamp]] = {}
        self._ends: dict[tuple[str, str], str] = {}
        """How the part before ends in the deck, by goal and column."""
        for sheet in of_data.sheets.values():
            for row in sheet.stamp.rows if sheet.stamp.kind == GOALS else ():
                self._rows.setdefault(row.goal or "", []).append(row)

    def rows(self, slide: SlideStamp) -> Iterator[RowStamp]:
        """Give the rows; those of a goal that the data do not have are as if people had added them."""
        for row in slide.rows:
            if row.goal is None or slide.kind != GOALS:
                yield row
            elif row.goal in self._data:
                yield replace(row, cells=tuple(self._cell(cell, row.goal, row.split) for cell in row.cells))

    def _cell(self, own: CellStamp, goal: str, split: tuple[int, int] | None) -> CellStamp:
        """Say what the data say in a cell, where that is not what the deck keeps."""
        field = _FIELDS.get(own.key, own.key)
        end = self._ends.get((goal, own.key), "")
        self._ends[goal, own.key] = own.paragraphs[-1].text if own.paragraphs else ""
        if getattr(self._data[goal], field) == getattr(self._merged[goal], field):
            return own
        number = split[0] if split else 1
        if own.key == "score":
            return _with_score(own, _of_key(self._rows[goal][0], own.key))
        if own.key not in FLOWING:
            rows = self._rows[goal]
            return _of_key(rows[min(number, len(rows)) - 1], own.key)
        # All that the data say stands in the first part, however the deck cuts it.
        if number > 1:
            return replace(own, paragraphs=tuple(_rest(p, end) for p in own.paragraphs[:1] if p.continued))
        return replace(own, paragraphs=tuple(self._whole(goal, own.key)))

    def _whole(self, goal: str, key: str) -> list[ParagraphStamp]:
        """Join the parts of a cell that the data's own slides cut."""
        whole: list[ParagraphStamp] = []
        for paragraph in (paragraph for row in self._rows[goal] for paragraph in _of_key(row, key).paragraphs):
            if paragraph.continued and whole:
                whole[-1] = replace(whole[-1], text=whole[-1].text + paragraph.text)
            else:
                whole.append(paragraph)
        return whole


def _rest(paragraph: ParagraphStamp, end: str) -> ParagraphStamp:
    """Say that a paragraph goes on, and whether it was cut at a space; its words stand in the first part."""
    return replace(paragraph, text=" " if end.endswith(" ") or paragraph.text.startswith(" ") else "")


def _with_score(own: CellStamp, data: CellStamp) -> CellStamp:
    """Put the data's score in the place of the deck's; what is beside it, that it rose, stands in the deck."""
    (first, *others), [wanted, *_] = own.paragraphs, data.paragraphs
    _, space, mark = first.text.partition(" ")
    return replace(own, paragraphs=(replace(first, text=wanted.text.partition(" ")[0] + space + mark), *others))


def _of_key(row: RowStamp, key: str) -> CellStamp:
    return next((cell for cell in row.cells if cell.key == key), CellStamp(key, ()))
