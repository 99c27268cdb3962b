"""From a deck as it was read, and its slides as generated before and now, to the parts of the deck that it becomes.

Knows no source, and writes no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from raportti.decks.readback.slides import DeckReading, ReadSlide
from raportti.decks.refresh.charts import add_charts, drop_charts, refresh_charts
from raportti.decks.refresh.drawing import Drawing, RowName, Sheet
from raportti.decks.refresh.notes import NOTES, NotesRefresh, SlideOrder, predecessor, retag
from raportti.decks.refresh.records import Disputes, Fate, SlideChange
from raportti.decks.refresh.rows import Hand, OldRows, anchor, old_rows
from raportti.decks.refresh.shapes import OldSlide, made, matched, refreshed, without_page
from raportti.ooxml.package import Parts
from raportti.ooxml.xml import Element, P, is_same, parsed, written

_HANDMADE = frozenset({"comments", "comment"})
"""What leads from a slide to something that people wrote, beside its notes."""


@dataclass(slots=True)
class DeckRefresh:
    """Changes the parts of a deck, slide by slide."""

    reading: DeckReading
    parts: Parts
    base: Drawing
    new: Drawing
    layouts: frozenset[str]
    """The names of the placeholders on our own slide layouts."""
    keys: Mapping[str, str]
    """The key of each new slide in the new stamp."""
    still: frozenset[str]
    """The ids of the goals whose rows stay as they are."""
    disputes: Disputes
    changes: list[SlideChange] = field(default_factory=list[SlideChange])

    def run(self) -> None:
        """Bring the new slides into the deck."""
        ours = {slide.stamp.key: slide for slide in self.reading.slides if slide.stamp is not None}
        read = [(slide, self.parts.tree(slide.part)) for slide in ours.values()]
        rows = old_rows(read, self.base, str(self.reading.path))
        anchor(rows, self.base, self.new)
        hand = Hand(rows, _gone(rows, self.base), self.still, self.disputes)
        order = SlideOrder(self.parts)
        notes = NotesRefresh(self.parts, order, self.new.plan.properties.language, self.disputes)
        for key, slide in ours.items():
            if key in self.new.sheets and key in self.base.sheets:
                self._refresh(slide, self.base.sheets[key], self.new.sheets[key], hand, notes)
                retag(self.parts, slide.part, self.keys[key])
        self._add(order, ours, hand, notes)
        for key, slide in ours.items():
            if key in self.base.sheets and key not in self.new.sheets:
                self._remove(order, slide, self.base.sheets[key], rows, notes)
        order.put_back()
        self.parts.drop_unused()

    def _refresh(self, slide: ReadSlide, base: Sheet, new: Sheet, hand: Hand, notes: NotesRefresh) -> None:
        old = self._old(slide)
        root, changed = refreshed(old, base, new, hand)
        there = matched(base, parsed(old.data), slide.table)
        charts = tuple(refresh_charts(self.parts, slide.part, there, (base, new), self.disputes, slide.number))
        has_notes = notes.refresh(slide.part, base.page, new.page, slide.number)
        if is_other := not is_same(root, parsed(old.data)):
            self._put(slide.part, root, new)
        if is_other or charts or has_notes:
            parts = (*changed, *charts, *((NOTES,) if has_notes else ()))
            self.changes.append(SlideChange(Fate.CHANGED, slide.number, new.page.title, parts))

    def _put(self, part: str, root: Element, new: Sheet | None) -> None:
        """Put a slide into the package, with the charts that came to it and without those that left it."""
        self.parts.put(part, written(root))
        if new is not None:
            add_charts(self.parts, part, new)
        drop_charts(self.parts, part)

    def _old(self, slide: ReadSlide) -> OldSlide:
        return OldSlide(slide.number, self.parts.data(slide.part), slide.table, self._is_tied(slide.part))

    def _is_tied(self, part: str) -> bool:
        """Tell whether a slide is on a slide layout of ours: LibreOffice makes others of them."""
        found = self.parts.related(part, "slideLayout")
        names = {naming.get("name") for layout in found for naming in self.parts.tree(layout).iter(f"{P}cNvPr")}
        return bool(names & self.layouts)

    def _add(self, order: SlideOrder, ours: dict[str, ReadSlide], hand: Hand, notes: NotesRefresh) -> None:
        there = {key: slide.part for key, slide in ours.items()}
        generated = {stamp.key for stamp in self.reading.stamp.slides}
        for key, sheet in self.new.sheets.items():
            is_deleted = key in generated and all(hand.is_gone(name) for name in sheet.rows)
            if key in there or is_deleted:
                continue
            layout, is_tied = self._layout_for(sheet, ours)
            before = predecessor(list(self.new.sheets), key, there)
            number = order.slides().index(before) + 2 if before else 1
            data = written(made(sheet, hand, is_tied=is_tied, number=number))
            there[key] = order.insert(data, key=self.keys[key], layout=layout, after=before)
            add_charts(self.parts, there[key], sheet)
            notes.add(there[key], sheet.page)
            self.changes.append(SlideChange(Fate.ADDED, number, sheet.page.title))

    def _layout_for(self, sheet: Sheet, ours: dict[str, ReadSlide]) -> tuple[str, bool]:
        """Choose the slide layout of a new slide: that of a slide of its kind, else of any."""
        slides = sorted(ours.values(), key=lambda slide: slide.stamp is None or slide.stamp.kind != sheet.stamp.kind)
        [sibling, *_] = (*slides, *self.reading.slides)
        [layout, *_] = self.parts.related(sibling.part, "slideLayout")
        is_of_kind = sibling.stamp is not None and sibling.stamp.kind == sheet.stamp.kind
        return layout, is_of_kind and self._is_tied(sibling.part)

    def _remove(self, order: SlideOrder, slide: ReadSlide, base: Sheet, rows: OldRows, notes: NotesRefresh) -> None:
        root, is_handmade = without_page(self._old(slide), base, rows)
        kinds = {relationship.type for relationship in self.parts.relationships(slide.part).values()}
        if is_handmade or kinds & _HANDMADE or notes.own(slide.part, base.page):
            self._put(slide.part, root, None)
            notes.clear(slide.part, base.page)
            retag(self.parts, slide.part, "")
            self.changes.append(SlideChange(Fate.KEPT, slide.number, slide.title))
        else:
            order.remove(slide.part)
            self.changes.append(SlideChange(Fate.REMOVED, slide.number, slide.title))


def _gone(rows: OldRows, base: Drawing) -> frozenset[RowName]:
    """Name the rows that people deleted, and that of which they deleted all rows."""
    generated = {name for sheet in base.sheets.values() for name in sheet.rows}
    whole = {name[:-1] for name in generated} - {name[:-1] for name in rows.known}
    return frozenset(generated - rows.known.keys() | whole)
