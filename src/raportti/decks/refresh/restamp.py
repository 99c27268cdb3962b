"""From what was drawn into a deck and what the data say to the deck's new stamp. Knows no XML.

The stamp says what the data say: what was changed by hand is still known as that, and can be brought into the data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.decks.refresh.drawing import GOALS, Drawing, page_in_base
from raportti.plan import page_keys
from raportti.report.diff import is_same
from raportti.report.figures import figures_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import base_names
from raportti.snapshot import FLOWING, CellSnapshot, ParagraphSnapshot, RowSnapshot, SlideSnapshot, Snapshot

_FIELDS = {"goal": "text"}
"""The fields of a goal whose columns have other names."""


def restamped(
    old: Snapshot, drawn: Report, merged: Report, drawing: Drawing, data: Report, of_data: Drawing
) -> Snapshot:
    """Return the stamp of a deck with the slides of a drawing, into which the data were brought."""
    names = base_names(data, drawn)
    keys = page_keys(page_in_base(sheet.page, names) for sheet in drawing.sheets.values())
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
        self._rows: dict[str, list[RowSnapshot]] = {}
        self._ends: dict[tuple[str, str], str] = {}
        """How the part before ends in the deck, by goal and column."""
        for sheet in of_data.sheets.values():
            for row in sheet.stamp.rows if sheet.stamp.kind == GOALS else ():
                self._rows.setdefault(row.goal or "", []).append(row)

    def rows(self, slide: SlideSnapshot) -> Iterator[RowSnapshot]:
        """Give the rows; those of a goal that the data do not have are as if people had added them."""
        for row in slide.rows:
            if row.goal is None or slide.kind != GOALS:
                yield row
            elif row.goal in self._data:
                yield replace(row, cells=tuple(self._cell(cell, row.goal, row.split) for cell in row.cells))

    def _cell(self, own: CellSnapshot, goal: str, split: tuple[int, int] | None) -> CellSnapshot:
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

    def _whole(self, goal: str, key: str) -> list[ParagraphSnapshot]:
        """Join the parts of a cell that the data's own slides cut."""
        whole: list[ParagraphSnapshot] = []
        for paragraph in (paragraph for row in self._rows[goal] for paragraph in _of_key(row, key).paragraphs):
            if paragraph.continued and whole:
                whole[-1] = replace(whole[-1], text=whole[-1].text + paragraph.text)
            else:
                whole.append(paragraph)
        return whole


def _rest(paragraph: ParagraphSnapshot, end: str) -> ParagraphSnapshot:
    """Say that a paragraph goes on, and whether it was cut at a space; its words stand in the first part."""
    return replace(paragraph, text=" " if end.endswith(" ") or paragraph.text.startswith(" ") else "")


def _with_score(own: CellSnapshot, data: CellSnapshot) -> CellSnapshot:
    """Put the data's score in the place of the deck's; what is beside it, that it rose, stands in the deck."""
    (first, *others), [wanted, *_] = own.paragraphs, data.paragraphs
    _, space, mark = first.text.partition(" ")
    return replace(own, paragraphs=(replace(first, text=wanted.text.partition(" ")[0] + space + mark), *others))


def _of_key(row: RowSnapshot, key: str) -> CellSnapshot:
    return next((cell for cell in row.cells if cell.key == key), CellSnapshot(key, ()))


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
