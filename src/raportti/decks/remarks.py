"""From a deck that was read to what people did in it that is no data: slides, tables and rows, titles and figures.

Knows not what was changed in the rows of goals.
"""

from collections.abc import Iterator, Mapping

from raportti.changes.pairs import moved
from raportti.decks.records import DeckReading, ReadRow, ReadSlide
from raportti.problems import FilePlace, Problem, SlidePlace
from raportti.stamp import RowStamp


def remarks_on(reading: DeckReading) -> Iterator[Problem]:
    """Yield a warning for each such thing, slide by slide; then for what is gone."""
    file = str(reading.path)
    places = {stamp.key: slide.number for slide in reading.slides if (stamp := slide.stamp)}
    homes = {row: stamp.key for stamp in reading.stamp.slides for row in stamp.rows}
    for slide in reading.slides:
        yield from (Problem(kind, SlidePlace(file, slide.number), values) for kind, values in _of_slide(slide, places))
        yield from _of_rows(slide, file, homes)
    for stamp in reading.missing:
        yield Problem("deck-slide-gone", FilePlace(file), {"value": stamp.title})
    yield from _gone(reading, file)


def _of_slide(slide: ReadSlide, places: Mapping[str, int]) -> Iterator[tuple[str, dict[str, object]]]:
    stamp = slide.stamp
    if slide.copy_of:
        yield "deck-slide-copied", {"slide": places[slide.copy_of.key]}
    elif stamp is None:
        if slide.key is not None:
            yield "deck-slide-foreign", {}
    elif stamp.table is not None and slide.table is None:
        yield "deck-table-gone", {"value": stamp.table}
    if stamp is not None and slide.title.split() != stamp.title.split():
        yield "deck-title-edited", {"value": slide.title, "other": stamp.title}


def _of_rows(slide: ReadSlide, file: str, homes: Mapping[RowStamp, str]) -> Iterator[Problem]:
    place = SlidePlace(file, slide.number, slide.table)
    for row in slide.rows:
        if row.stamp is None:
            yield Problem("deck-row-added", place, {"value": _first_text(row)})
        elif row.stamp.goal is None and any(cell.is_edited for cell in row.cells):
            yield Problem("deck-figure-edited", place, {"value": _first_text(row)})
    for row in _moved(slide, homes):
        yield Problem("deck-row-moved", place, {"value": _first_text(row)}, row.stamp.goal if row.stamp else None)


def _first_text(row: ReadRow) -> str:
    """Return the text that says what a row is about."""
    return next((paragraph.text for cell in row.cells for paragraph in cell.paragraphs), "")


def _moved(slide: ReadSlide, homes: Mapping[RowStamp, str]) -> Iterator[ReadRow]:
    """Give the rows that came from another slide, or stand elsewhere among those that stayed."""
    if slide.stamp is None:
        return
    order = {row: n for n, row in enumerate(slide.stamp.rows)}
    known = [row for row in slide.rows if row.stamp]
    yield from (row for row in known if row.stamp and homes.get(row.stamp) != slide.stamp.key)
    stayed = [row for row in known if row.stamp in order]
    yield from (stayed[at] for at in sorted(moved([order[row.stamp] for row in stayed if row.stamp])))


def _gone(reading: DeckReading, file: str) -> Iterator[Problem]:
    """Tell of the rows of goals that are on no slide, where their slide and its table are."""
    there = {row.stamp for slide in reading.slides for row in slide.rows}
    for slide in reading.slides:
        for row in slide.stamp.rows if slide.stamp and slide.table is not None else ():
            if row not in there and row.goal is not None:
                yield Problem("deck-row-gone", SlidePlace(file, slide.number, slide.table), {}, row.goal)
