"""From what was drawn into a deck and what the source says to the deck's new snapshot. Does not know any XML.

The snapshot has the values of the source. An edit that the deck keeps differs from them, so it is still found later.
"""

from collections.abc import Iterator
from dataclasses import replace

from raportti.decks.refresh.generated import GOALS, GeneratedDeck, page_in_base
from raportti.plan import page_keys
from raportti.report.model import Report
from raportti.report.pairs import base_names
from raportti.snapshot import FLOWING, CellSnapshot, ParagraphSnapshot, RowSnapshot, SlideSnapshot, Snapshot

_FIELDS = {"goal": "text"}
"""The fields of a goal whose columns have other names."""


def new_snapshot(
    old: Snapshot,
    *,
    drawn: Report,
    drawn_deck: GeneratedDeck,
    merged: Report,
    source: Report,
    source_deck: GeneratedDeck,
) -> Snapshot:
    """Return the snapshot of a deck into which a source was brought.

    ``drawn_deck`` shows the report that is drawn, ``source_deck`` what a deck of the source alone would.
    """
    names = base_names(source, drawn)
    keys = page_keys(page_in_base(slide.page, names) for slide in drawn_deck.slides.values())
    cells = _SourceCells(merged, source, source_deck)
    slides = (
        replace(slide.snapshot, key=key, rows=tuple(cells.rows(slide.snapshot)))
        for slide, key in zip(drawn_deck.slides.values(), keys, strict=True)
    )
    return replace(old, report=source, slides=tuple(slides), drawn=None if drawn == source else drawn)


class _SourceCells:
    """Knows what the source says in each cell of a goal."""

    def __init__(self, merged: Report, source: Report, source_deck: GeneratedDeck) -> None:
        self._source = {goal.id: goal for goal in source.goals}
        self._merged = {goal.id: goal for goal in merged.goals}
        self._rows: dict[str, list[RowSnapshot]] = {}
        self._ends: dict[tuple[str, str], str] = {}
        """How the part before ends in the deck, by goal and column."""
        for slide in source_deck.slides.values():
            for row in slide.snapshot.rows if slide.snapshot.kind == GOALS else ():
                self._rows.setdefault(row.goal or "", []).append(row)

    def rows(self, slide: SlideSnapshot) -> Iterator[RowSnapshot]:
        """Give the rows of a slide; those of a goal that the source does not have are as if people had added them."""
        for row in slide.rows:
            if row.goal is None or slide.kind != GOALS:
                yield row
            elif row.goal in self._source:
                yield replace(row, cells=tuple(self._cell(cell, row.goal, row.split) for cell in row.cells))

    def _cell(self, drawn: CellSnapshot, goal: str, split: tuple[int, int] | None) -> CellSnapshot:
        """Return what the source says in a cell; what was drawn, where the deck keeps no edit."""
        field = _FIELDS.get(drawn.key, drawn.key)
        end = self._ends.get((goal, drawn.key), "")
        self._ends[goal, drawn.key] = drawn.paragraphs[-1].text if drawn.paragraphs else ""
        if getattr(self._source[goal], field) == getattr(self._merged[goal], field):
            return drawn
        number = split[0] if split else 1
        if drawn.key == "score":
            return _with_score(drawn, _cell_of(self._rows[goal][0], drawn.key))
        if drawn.key not in FLOWING:
            rows = self._rows[goal]
            return _cell_of(rows[min(number, len(rows)) - 1], drawn.key)
        # All that the source says stands in the first part, however the deck cuts it.
        if number > 1:
            return replace(drawn, paragraphs=tuple(_rest(p, end) for p in drawn.paragraphs[:1] if p.continued))
        return replace(drawn, paragraphs=tuple(self._joined(goal, drawn.key)))

    def _joined(self, goal: str, key: str) -> list[ParagraphSnapshot]:
        """Join the parts of a cell that slides of the source would cut."""
        joined: list[ParagraphSnapshot] = []
        for paragraph in (paragraph for row in self._rows[goal] for paragraph in _cell_of(row, key).paragraphs):
            if paragraph.continued and joined:
                joined[-1] = replace(joined[-1], text=joined[-1].text + paragraph.text)
            else:
                joined.append(paragraph)
        return joined


def _rest(paragraph: ParagraphSnapshot, end: str) -> ParagraphSnapshot:
    """Return the rest of a cut paragraph, whose words stand in the first part: a space, where it was cut at one."""
    return replace(paragraph, text=" " if end.endswith(" ") or paragraph.text.startswith(" ") else "")


def _with_score(drawn: CellSnapshot, source: CellSnapshot) -> CellSnapshot:
    """Put the source's score in the place of the deck's; the mark beside it, that it rose, stands in the deck."""
    (first, *others), [score, *_] = drawn.paragraphs, source.paragraphs
    _, space, mark = first.text.partition(" ")
    return replace(drawn, paragraphs=(replace(first, text=score.text.partition(" ")[0] + space + mark), *others))


def _cell_of(row: RowSnapshot, key: str) -> CellSnapshot:
    return next((cell for cell in row.cells if cell.key == key), CellSnapshot(key, ()))
