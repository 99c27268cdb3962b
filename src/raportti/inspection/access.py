"""From the shapes of a slide to what keeps a reader from it: titles, headers, alternatives, sizes, languages, order.

Knows only the sizes of letters. The rules are those of PowerPoint's own checker, and WCAG 2.1's where it is stricter;
what the checker has for tips only (merged cells, the order of reading, names of sections) is no fault.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from raportti.inspection.deck import TITLES, Deck, Kind, Shape, Slide
from raportti.legibility import SMALLEST
from raportti.problems import FilePlace, Problem, SlidePlace
from raportti.units import as_pt

_FILE_NAME = re.compile(r"[\w .()-]+\.(png|jpe?g|gif|svg|emf|wmf|webp|bmp|tiff?)", re.IGNORECASE)
_NEED_ALTERNATIVE = (Kind.PICTURE, Kind.TABLE, Kind.GRAPHIC, Kind.GROUP)
_DEFAULT_SECTION = re.compile(
    r"(default section|untitled section|oletusosa|nimetön osa|standardavsnitt|namnlöst avsnitt|avsnitt utan namn)?"
    r"( \d+)?",
    re.IGNORECASE,
)
"""The names that PowerPoint gives sections by itself, in English, Finnish and Swedish; or none at all."""
_UNPROMPTED = ("dt", "ftr", "sldNum")
"""Placeholders that show nothing where they are empty, not even to who edits the slide."""


def unreadable(slide: Slide, file: str) -> Iterator[Problem]:
    """Find what is wrong with the texts and the alternatives of a slide."""
    for shape in slide.shapes:
        place = SlidePlace(file, slide.number, shape.name)
        yield from (Problem(kind, place, values) for kind, values in _faults(shape))
    yield from _without_language(slide, file)


def _faults(shape: Shape) -> Iterator[tuple[str, dict[str, object]]]:
    if shape.table and not shape.table.has_header and len(shape.table.rows) > 1:
        yield "header-unmarked", {}
    if _needs_alternative(shape):
        if not shape.description:
            yield "alternative-missing", {}
        elif _FILE_NAME.fullmatch(shape.description):
            yield "alternative-file-name", {"value": shape.description}
    if _is_empty_placeholder(shape):
        yield "placeholder-empty", {}
    sizes = [run.size for frame in shape.frames for run in frame.runs]
    if sizes and min(sizes) < SMALLEST:
        yield "text-small", {"points": as_pt(min(sizes))}


def _needs_alternative(shape: Shape) -> bool:
    """Tell whether a shape shows what no text says; one without text that is grouped leaves it to the group."""
    is_drawing = (
        shape.kind is Kind.SHAPE and shape.is_drawn and not (shape.text or shape.placeholder or shape.is_grouped)
    )
    return (shape.kind in _NEED_ALTERNATIVE or is_drawing) and not shape.is_decorative


def _is_empty_placeholder(shape: Shape) -> bool:
    is_title = shape.placeholder in TITLES
    is_asked_for = shape.placeholder is not None and shape.placeholder not in _UNPROMPTED and not is_title
    return shape.kind is Kind.SHAPE and is_asked_for and not shape.text


def _without_language(slide: Slide, file: str) -> Iterator[Problem]:
    """Find runs that no language is said of: one finding a slide, as all of its texts are marked in one go."""
    counts = {
        shape.name: sum(run.language is None for frame in shape.frames for run in frame.runs) for shape in slide.shapes
    }
    names = [name for name, count in counts.items() if count]
    if names:
        place = SlidePlace(file, slide.number, names[0] if len(names) == 1 else None)
        yield Problem("language-missing", place, {"count": sum(counts.values())})


def undescribed(deck: Deck, file: str) -> Iterator[Problem]:
    """Find what a deck does not say of itself: its title and its language."""
    if not deck.title:
        yield Problem("document-title-missing", FilePlace(file))
    if not deck.language:
        yield Problem("document-language-missing", FilePlace(file))


def untitled(deck: Deck, file: str) -> Iterator[Problem]:
    """Find slides whose title is missing, empty, or that of an earlier slide."""
    first: dict[str, int] = {}
    for slide in deck.slides:
        title = slide.title
        if title is None:
            yield Problem("title-missing", SlidePlace(file, slide.number))
            continue
        place = SlidePlace(file, slide.number, title.name)
        if not title.text:
            yield Problem("title-empty", place)
        elif first.setdefault(title.text.casefold(), slide.number) != slide.number:
            yield Problem("title-twice", place, {"value": title.text, "first": first[title.text.casefold()]})


def tips(deck: Deck, file: str) -> Iterator[Problem]:
    """Find what PowerPoint's checker would have looked at: merged cells, the order of reading, names of sections."""
    for slide in deck.slides:
        for shape in slide.shapes:
            merged = [cell for cell in shape.table.cells if cell.row_span * cell.column_span > 1] if shape.table else []
            if merged:
                yield Problem("cells-merged", SlidePlace(file, slide.number, shape.name), {"count": len(merged)})
        yield from _out_of_order(slide, file)
    yield from _unnamed_sections(deck, file)


def _out_of_order(slide: Slide, file: str) -> Iterator[Problem]:
    """Find the first shape that is read before another which stands above it, or before the title."""
    read = [shape for shape in slide.shapes if _is_read(shape)]
    for one, other in combinations(read, 2):
        if other.placeholder in TITLES or (one.placeholder not in TITLES and _is_above(other, one)):
            yield Problem("reading-order", SlidePlace(file, slide.number, one.name), {"other": other.name})
            return


def _is_read(shape: Shape) -> bool:
    shows = shape.text or shape.kind in (Kind.PICTURE, Kind.TABLE, Kind.GRAPHIC)
    return bool(shows) and not shape.is_decorative and shape.placeholder not in _UNPROMPTED


def _is_above(one: Shape, other: Shape) -> bool:
    """Tell whether a shape stands above another: wholly, and not beside it."""
    is_over = max(one.box.x, other.box.x) < min(one.box.right, other.box.right)
    return is_over and one.box.bottom <= other.box.y


def _unnamed_sections(deck: Deck, file: str) -> Iterator[Problem]:
    taken: set[str] = set()
    for section in deck.sections:
        place = SlidePlace(file, section.slide) if section.slide else FilePlace(file)
        if _DEFAULT_SECTION.fullmatch(section.name):
            yield Problem("section-unnamed", place, {"value": section.name})
        elif section.name.casefold() in taken:
            yield Problem("section-twice", place, {"value": section.name})
        taken.add(section.name.casefold())
