"""From the shapes of a slide to what keeps a reader from it: titles, headers, alternatives, sizes, languages, order.

Does not know how anything is measured. The rules are those of PowerPoint's own checker, and WCAG 2.1's where it is
stricter. What the checker gives as a tip only (merged cells, the order of reading, names of sections) is not a fault.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from raportti.decks.inspect.deck import TITLES, Deck, Run, Shape, ShapeKind, Slide
from raportti.decks.inspect.measure import DrawnSlide
from raportti.ooxml.palette import UNKNOWN
from raportti.plan.typeset import Box
from raportti.problems import FilePlace, Problem, SlidePlace
from raportti.text.legibility import SMALLEST, contrast, contrast_needed
from raportti.units import as_pt

_FILE_NAME = re.compile(r"[\w .()-]+\.(png|jpe?g|gif|svg|emf|wmf|webp|bmp|tiff?)", re.IGNORECASE)
_NEED_ALTERNATIVE = (ShapeKind.PICTURE, ShapeKind.TABLE, ShapeKind.GRAPHIC, ShapeKind.GROUP)
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
    """Return whether a shape shows what no text says. A drawing in a group leaves it to the group."""
    is_drawing = (
        shape.kind is ShapeKind.SHAPE and shape.is_drawn and not (shape.text or shape.placeholder or shape.is_grouped)
    )
    return (shape.kind in _NEED_ALTERNATIVE or is_drawing) and not shape.is_decorative


def _is_empty_placeholder(shape: Shape) -> bool:
    is_title = shape.placeholder in TITLES
    is_asked_for = shape.placeholder is not None and shape.placeholder not in _UNPROMPTED and not is_title
    return shape.kind is ShapeKind.SHAPE and is_asked_for and not shape.text


def _without_language(slide: Slide, file: str) -> Iterator[Problem]:
    """Find runs without a language: one finding a slide, as all texts of a slide are marked in one go."""
    counts = {
        shape.name: sum(run.language is None for frame in shape.frames for run in frame.runs) for shape in slide.shapes
    }
    names = [name for name, count in counts.items() if count]
    if names:
        place = SlidePlace(file, slide.number, names[0] if len(names) == 1 else None)
        yield Problem("language-missing", place, {"count": sum(counts.values())})


def undescribed(deck: Deck, file: str) -> Iterator[Problem]:
    """Find which core properties a deck lacks: its title and its language."""
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
    """Find the first shape that is read before the title, or before another that stands above it."""
    read = [shape for shape in slide.shapes if _is_read(shape)]
    for one, other in combinations(read, 2):
        if other.placeholder in TITLES or (one.placeholder not in TITLES and _is_above(other, one)):
            yield Problem("reading-order", SlidePlace(file, slide.number, one.name), {"other": other.name})
            return


def _is_read(shape: Shape) -> bool:
    shows = shape.text or shape.kind in (ShapeKind.PICTURE, ShapeKind.TABLE, ShapeKind.GRAPHIC)
    return bool(shows) and not shape.is_decorative and shape.placeholder not in _UNPROMPTED


def _is_above(one: Shape, other: Shape) -> bool:
    """Return whether a shape stands above another: wholly, and not beside it."""
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


class _Pair(NamedTuple):
    """A text's colour and its ground's, and how much of the contrast that it needs it has."""

    share: float
    colour: str
    ground: str
    ratio: float
    needed: float


def illegible(slide: DrawnSlide, file: str) -> Iterator[Problem]:
    """Find texts of too little contrast, by WCAG 2.1, 1.4.3: for each shape the worst."""
    below = list(slide.slide.beneath)
    for drawn in slide.shapes:
        # Marks that hang before their text stand in the shape's own box, not in that of its lines.
        grounds = {_ground(box, below, slide.slide.ground) for box in (drawn.box, drawn.shape.text_box)}
        ground = grounds.pop() if len(grounds) == 1 else UNKNOWN
        worst = min(_pairs(_runs_on(drawn.shape, ground)), default=None)
        if worst and worst.share < 1:
            values = {"value": worst.colour, "other": worst.ground, "needed": worst.needed}
            # Rounded down: 4.48 is less than the 4.5 that is needed.
            values |= {"ratio": int(worst.ratio * 10) / 10}
            yield Problem("contrast-low", SlidePlace(file, slide.slide.number, drawn.shape.name), values)
        below.append(drawn.shape)


def _runs_on(shape: Shape, ground: str) -> Iterator[tuple[Run, str]]:
    """Give the runs of a shape and of its cells with what is right behind them."""
    if shape.frame:
        yield from ((run, shape.fill or ground) for run in shape.frame.runs)
    for cell in shape.table.cells if shape.table else ():
        yield from ((run, cell.fill or ground) for run in cell.frame.runs)


def _pairs(runs: Iterable[tuple[Run, str]]) -> Iterator[_Pair]:
    for run, ground in runs:
        if UNKNOWN not in (run.colour, ground):
            ratio, needed = contrast(run.colour, ground), contrast_needed(run.size, bold=run.face.bold)
            yield _Pair(ratio / needed, run.colour, ground, ratio, needed)


def _ground(box: Box, below: Iterable[Shape], background: str) -> str:
    """Return the colour under a text: that of the topmost shape with a fill that it lies on, else the background."""
    for shape in reversed(list(below)):
        if shape.fill is not None and _meet(shape.box, box):
            return shape.fill if _lies_within(box, shape.text_box) else UNKNOWN
    return background


def _meet(one: Box, other: Box) -> bool:
    wide = max(one.x, other.x) < min(one.right, other.right)
    return wide and max(one.y, other.y) < min(one.bottom, other.bottom)


def _lies_within(inner: Box, outer: Box) -> bool:
    is_wide = outer.x <= inner.x and inner.right <= outer.right
    return is_wide and outer.y <= inner.y and inner.bottom <= outer.bottom
