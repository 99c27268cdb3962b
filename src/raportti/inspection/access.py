"""From the shapes of a slide to what keeps a reader from it: titles, headers, alternatives, sizes, languages.

Knows only the sizes of letters. The rules are those of PowerPoint's own checker, and WCAG 2.1's where it is stricter.
"""

import re
from collections.abc import Iterator

from raportti.inspection.deck import Deck, Kind, Shape, Slide
from raportti.problems import Problem, SlidePlace
from raportti.units import as_pt, pt

SMALLEST = pt(9)
_FILE_NAME = re.compile(r"[\w .()-]+\.(png|jpe?g|gif|svg|emf|wmf|webp|bmp|tiff?)", re.IGNORECASE)
_NEED_ALTERNATIVE = (Kind.PICTURE, Kind.TABLE, Kind.GRAPHIC)
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
    if shape.kind in _NEED_ALTERNATIVE and not shape.is_decorative:
        if not shape.description:
            yield "alternative-missing", {}
        elif _FILE_NAME.fullmatch(shape.description):
            yield "alternative-file-name", {"value": shape.description}
    if _is_empty_placeholder(shape):
        yield "placeholder-empty", {}
    sizes = [run.size for frame in shape.frames for run in frame.runs]
    if sizes and min(sizes) < SMALLEST:
        yield "text-small", {"points": as_pt(min(sizes))}


def _is_empty_placeholder(shape: Shape) -> bool:
    is_title = shape.placeholder in ("title", "ctrTitle")
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
