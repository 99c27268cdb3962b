"""From a deck that people edited, and its slides as generated before (base) and now (new), to the deck's new parts.

Does not know the source, and writes no file.
"""

from collections import Counter
from collections.abc import Mapping

from raportti.decks.conflicts import ConflictResolver
from raportti.decks.readback.reading import DeckReading, ReadSlide
from raportti.decks.refresh.charts import add_charts, refresh_charts
from raportti.decks.refresh.generated import GeneratedDeck, GeneratedSlide
from raportti.decks.refresh.links import drop_unnamed, lead_elsewhere, mark_part, settle, settle_new
from raportti.decks.refresh.notes import NotesRefresh
from raportti.decks.refresh.outcome import LINKS, NOTES, SlideChange, SlideFate
from raportti.decks.refresh.rows import GoalFates, TableEdits, deleted_rows, place_added_rows, rows_of_deck
from raportti.decks.refresh.shapes import look_of, match_shapes, shapes_in
from raportti.decks.refresh.slides import (
    DeckSlide,
    SlideList,
    last_before,
    new_slide,
    refresh_slide,
    retag,
    slide_without_page,
)
from raportti.decks.refresh.split_tables import split_as_in_deck
from raportti.decks.refresh.timing import drop_animations
from raportti.ooxml.package import Parts
from raportti.ooxml.xml import Element, P, flag, is_same, parsed, written
from raportti.problems import Problem

_COMMENTS = frozenset({"comments", "comment"})
"""The relationships of a slide to what people wrote about it, beside its notes."""


class DeckRefresh:
    """Changes the parts of a deck, slide by slide; ``changes`` tells which slides.

    ``placeholders`` are the names of those on our own slide layouts, ``keys`` the keys of the new slides in the new
    snapshot, ``goals`` says what becomes of the goals' rows. Raises ``ProblemsFound`` where a
    table has other columns than were generated.
    """

    def __init__(
        self,
        reading: DeckReading,
        parts: Parts,
        base: GeneratedDeck,
        new: GeneratedDeck,
        *,
        placeholders: frozenset[str],
        keys: Mapping[str, str],
        goals: GoalFates,
        resolver: ConflictResolver,
    ) -> None:
        self.changes: list[SlideChange] = []
        self._reading = reading
        self._parts = parts
        split = split_as_in_deck(reading, base, new, keys)
        self._base, self._new, self._keys, self._known = split.base, split.new, split.keys, split.slides
        self._placeholders = placeholders
        self._resolver = resolver
        trees = [(slide, mark_part(parts.tree(slide.part), slide.part)) for slide in self._known.values()]
        rows = rows_of_deck(trees, self._base, str(reading.path))
        place_added_rows(rows, self._base, self._new)
        self._edits = TableEdits(rows, deleted_rows(rows), goals, resolver)
        self._before: dict[str, Element] = {}
        """The slides that changed, as they were, by their parts."""
        self._looks: Counter[tuple[object, ...]] | None = None
        self._slide_list = SlideList(parts)
        self._notes = NotesRefresh(parts, self._slide_list, new.plan.properties.language, resolver)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of the new data, and what is lost by them."""
        return tuple(self._edits.problems)

    def run(self) -> None:
        """Bring the new slides into the deck."""
        staying = self._base.slides.keys() & self._new.slides.keys()
        going = self._base.slides.keys() - self._new.slides.keys()
        for key, slide in self._known.items():
            if key in staying:
                self._refresh(slide, self._base.slides[key], self._new.slides[key])
                retag(self._parts, slide.part, self._keys[key])
        self._add_slides()
        for key, slide in self._known.items():
            if key in going:
                self._remove(slide, self._base.slides[key])
        self._slide_list.save()
        # At the end: until then a row may take a relationship along from its old slide.
        for part, before in self._before.items():
            drop_unnamed(self._parts, part, before)
        self._parts.drop_unused()

    def _refresh(self, slide: ReadSlide, base: GeneratedSlide, new: GeneratedSlide) -> None:
        deck = self._deck_slide(slide)
        root, changed = refresh_slide(deck, base, new, self._edits)
        settle(self._parts, root, slide.part)
        there = match_shapes(base, parsed(deck.data), slide.table)
        charts = tuple(refresh_charts(self._parts, slide, there, (base, new), self._resolver))
        has_new_notes = self._notes.refresh(slide.part, base.page, new.page, slide.number)
        if is_changed := not is_same(root, parsed(deck.data)):
            self._put(slide.part, root, new)
        if is_changed or charts or has_new_notes:
            changes = (*changed, *charts, *((NOTES,) if has_new_notes else ()))
            self.changes.append(SlideChange(SlideFate.CHANGED, slide.number, new.page.title, changes))

    def _add_slides(self) -> None:
        """Add the slides that are new; one that was deleted by hand comes back only for rows that were elsewhere."""
        there = {key: slide.part for key, slide in self._known.items()}
        generated = {slide.key for slide in self._reading.snapshot.slides}
        for key, slide in self._new.slides.items():
            is_deleted = key in generated and all(map(self._edits.is_deleted, slide.rows))
            if key in there or is_deleted:
                continue
            layout, is_on_own_layout = self._layout_for(slide)
            elder = last_before(list(self._new.slides), key, there)
            after = there[elder] if elder else None
            number = self._slide_list.slides().index(after) + 2 if after else 1
            root = new_slide(slide, self._edits, is_on_own_layout=is_on_own_layout, number=number)
            if elder and after and self._is_hidden(after) and self._new.slides[elder].table == slide.table:
                root.set("show", "0")
            there[key] = self._slide_list.insert(written(root), key=self._keys[key], layout=layout, after=after)
            settle_new(self._parts, there[key])
            add_charts(self._parts, there[key], slide)
            self._notes.add(there[key], slide.page)
            self.changes.append(SlideChange(SlideFate.ADDED, number, slide.page.title))

    def _is_hidden(self, slide: str) -> bool:
        return flag(self._parts.tree(slide), "show") is False

    def _layout_for(self, new: GeneratedSlide) -> tuple[str, bool]:
        """Choose the slide layout of a new slide, that of a slide of its kind, else of any; tell whether it is ours."""

        def is_of_kind(slide: ReadSlide) -> bool:
            return slide.snapshot is not None and slide.snapshot.kind == new.snapshot.kind

        of_kind_first = sorted(self._known.values(), key=lambda slide: not is_of_kind(slide))
        [sibling, *_] = (*of_kind_first, *self._reading.slides)
        [layout, *_] = self._parts.related(sibling.part, "slideLayout")
        return layout, is_of_kind(sibling) and self._is_on_own_layout(sibling.part)

    def _remove(self, slide: ReadSlide, base: GeneratedSlide) -> None:
        """Remove a slide whose page is gone, unless people put something on it."""
        root, has_own = slide_without_page(self._deck_slide(slide), base, self._edits.rows, self._is_everywhere)
        settle(self._parts, root, slide.part)
        types = {relationship.type for relationship in self._parts.relationships(slide.part).values()}
        if has_own or types & _COMMENTS or self._notes.has_own(slide.part, base.page):
            self._put(slide.part, root, None)
            self._notes.clear(slide.part, base.page)
            retag(self._parts, slide.part, "")
            self.changes.append(SlideChange(SlideFate.KEPT, slide.number, slide.title))
        else:
            self._lead_elsewhere(slide, base)
            self._slide_list.remove(slide.part)
            self.changes.append(SlideChange(SlideFate.REMOVED, slide.number, slide.title))

    def _is_everywhere(self, shape: Element) -> bool:
        """Return whether a shape is on more than half of the slides, none of which it was put on by itself."""
        if self._looks is None:
            parts = (slide.part for slide in self._reading.slides)
            self._looks = Counter(look for part in parts for look in {*map(look_of, shapes_in(self._parts.tree(part)))})
        return 2 * self._looks[look_of(shape)] > len(self._reading.slides)

    def _lead_elsewhere(self, gone: ReadSlide, base: GeneratedSlide) -> None:
        """Let links to a slide that goes lead to the last one that is left of its table."""
        left = (
            key for key in self._known.keys() & self._new.slides.keys() if self._base.slides[key].table == base.table
        )
        last = max(left, key=list(self._known).index, default=None)
        for slide in self._reading.slides:
            if lead_elsewhere(self._parts, slide.part, gone.part, self._known[last].part if last else None):
                self.changes.append(SlideChange(SlideFate.CHANGED, slide.number, slide.title, (LINKS,)))

    def _deck_slide(self, slide: ReadSlide) -> DeckSlide:
        data = self._parts.data(slide.part)
        return DeckSlide(slide.number, data, slide.table, self._is_on_own_layout(slide.part))

    def _is_on_own_layout(self, slide: str) -> bool:
        """Return whether a slide is on a slide layout of ours: LibreOffice makes others of them."""
        layouts = self._parts.related(slide, "slideLayout")
        names = {naming.get("name") for layout in layouts for naming in self._parts.tree(layout).iter(f"{P}cNvPr")}
        return bool(names & self._placeholders)

    def _put(self, part: str, root: Element, new: GeneratedSlide | None) -> None:
        """Put a slide into the package, with the charts that came to it."""
        self._before[part] = self._parts.tree(part)
        drop_animations(root)
        self._parts.put(part, written(root))
        if new is not None:
            add_charts(self._parts, part, new)
