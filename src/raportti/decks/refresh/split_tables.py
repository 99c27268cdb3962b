"""From tables that people split over slides of their own to generated decks that have these slides too.

Each slide gets the rows that people left on it; new rows follow those before them. Does not know what a row says.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.decks.readback.reading import DeckReading, ReadSlide
from raportti.decks.refresh.generated import GeneratedDeck, GeneratedSlide, RowName
from raportti.decks.refresh.rows import generated_row, head_rows, put_rows, rows_in
from raportti.decks.refresh.shapes import TABLE, shapes_by_name
from raportti.ooxml.xml import Element, clone


@dataclass(frozen=True, slots=True)
class SplitDecks:
    """The slides of the deck, each with a key of its own, and the generated decks with slides of these keys.

    ``keys`` are the keys in the new snapshot, in which a split table is whole.
    """

    slides: Mapping[str, ReadSlide]
    base: GeneratedDeck
    new: GeneratedDeck
    keys: Mapping[str, str]


def split_as_in_deck(
    reading: DeckReading, base: GeneratedDeck, new: GeneratedDeck, keys: Mapping[str, str]
) -> SplitDecks:
    """Split the generated slides whose tables people split."""
    slides: dict[str, ReadSlide] = {}
    shares: dict[str, dict[str, list[RowName]]] = {}
    for slide in reading.slides:
        if slide.snapshot is None:
            continue
        whole = slide.snapshot.key
        of_whole = shares.setdefault(whole, {})
        key = f"{whole}\n{len(of_whole) + 1}" if of_whole else whole
        slides[key] = replace(slide, snapshot=replace(slide.snapshot, key=key))
        of_whole[key] = list(_names(slide, base.slides.get(whole)))
    split = {key: parts for key, parts in shares.items() if len(parts) > 1}
    if not split:
        return SplitDecks(slides, base, new, keys)
    names = {key: keys[whole] for whole, parts in split.items() for key in parts if whole in keys}
    return SplitDecks(slides, _split(base, split), _split(new, split), {**keys, **names})


def _names(slide: ReadSlide, base: GeneratedSlide | None) -> Iterator[RowName]:
    for row in slide.rows:
        found = generated_row(row, [base]) if base is not None else None
        if found is not None:
            yield found[0]


def _split(deck: GeneratedDeck, split: Mapping[str, Mapping[str, Container[RowName]]]) -> GeneratedDeck:
    slides: dict[str, GeneratedSlide] = {}
    for key, slide in deck.slides.items():
        for part, names in _shared(slide, split[key]).items() if key in split else ():
            slides[part] = _with_rows(slide, part, names)
        if key not in split:
            slides[key] = slide
    return replace(deck, slides=slides)


def _shared(slide: GeneratedSlide, parts: Mapping[str, Container[RowName]]) -> dict[str, list[RowName]]:
    """Share the rows of a slide among its parts; a part that gets none is none."""
    shared: dict[str, list[RowName]] = {part: [] for part in parts}
    current = next(iter(parts))
    for name in slide.rows:
        current = next((part for part, names in parts.items() if name in names), current)
        shared[current].append(name)
    return {part: names for part, names in shared.items() if names}


def _with_rows(slide: GeneratedSlide, key: str, names: Container[RowName]) -> GeneratedSlide:
    """Return a slide under another key, with some of its rows."""
    kept = [n for n, name in enumerate(slide.rows) if name in names]
    return replace(
        slide,
        key=key,
        snapshot=replace(slide.snapshot, key=key, rows=tuple(slide.snapshot.rows[n] for n in kept)),
        rows=tuple(slide.rows[n] for n in kept),
        on_own_layout=_tree_with_rows(slide, slide.on_own_layout, kept),
        on_any_layout=_tree_with_rows(slide, slide.on_any_layout, kept),
    )


def _tree_with_rows(slide: GeneratedSlide, root: Element, kept: list[int]) -> Element:
    result, heads = clone(root), head_rows(slide)
    frame = shapes_by_name(result)[TABLE, 0]
    rows = rows_in(frame)
    put_rows(frame, [*rows[:heads], *(rows[heads + n] for n in kept)])
    return result
