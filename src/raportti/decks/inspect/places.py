"""From shapes as they are drawn to what lies where it should not: grown, off the slide, over something else.

Does not know how anything is measured. Lengths in findings are points.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from raportti.decks.inspect.deck import Deck, ShapeKind, Slide
from raportti.decks.inspect.measure import Drawn, DrawnSlide
from raportti.plan.typeset import Box
from raportti.problems import Problem, SlidePlace
from raportti.units import Emu, as_pt, pt

TOLERANCE = pt(1)
"""What programs round away in a table or a box."""
FONT_TOLERANCE = 0.02
"""The share that a height may be off by where it follows from a font: single spacing is known from measurements."""
OVERLAP_TOLERANCE = pt(2)
BLANK_OF_LINE = 0.15
"""The share of its size by which a text may stand into something else: a line is higher than its letters."""


def misplaced(slide: DrawnSlide, deck: Deck, file: str) -> Iterator[Problem]:
    """Find what is taller than it says, off the slide, or over something else."""
    page = Box(0, 0, deck.width, deck.height)
    shapes = [shape for shape in slide.shapes if _shows(shape)]
    for shape in shapes:
        place = SlidePlace(file, slide.slide.number, shape.shape.name)
        if _is_grown(shape):
            kind = "table-grew" if shape.shape.table else "text-too-high"
            yield Problem(kind, place, {"points": as_pt(shape.grown)})
        if (out := _excess(_whole(shape), page)) > TOLERANCE and not shape.shape.is_decorative:
            yield Problem("off-slide", place, {"points": as_pt(out)})
    for below, above in combinations(shapes, 2):
        over = _overlap(below.box, above.box)
        if over > _tolerance(below, above) and _is_fault(below, above):
            place = SlidePlace(file, slide.slide.number, above.shape.name)
            yield Problem("overlap", place, {"other": below.shape.name, "points": as_pt(over)})


def _shows(drawn: Drawn) -> bool:
    """Return whether a shape can be seen: in a show no empty placeholder can, and a group has no look of its own."""
    shape = drawn.shape
    if shape.kind is ShapeKind.GROUP:
        return False
    if shape.kind is not ShapeKind.SHAPE:
        return True
    return bool(shape.text) or (shape.is_drawn and shape.placeholder is None)


def _is_grown(drawn: Drawn) -> bool:
    share = 0 if drawn.is_exact else FONT_TOLERANCE
    return drawn.grown > TOLERANCE + round(share * drawn.box.h)


def _whole(drawn: Drawn) -> Box:
    """Return what a shape and its text cover together; a shape that only holds text is what its text is."""
    if drawn.shape.kind is not ShapeKind.SHAPE or not drawn.shape.text:
        return drawn.box
    if not drawn.shape.is_drawn:
        return drawn.box
    box, text = drawn.shape.box, drawn.box
    left, top = min(box.x, text.x), min(box.y, text.y)
    return Box(left, top, max(box.right, text.right) - left, max(box.bottom, text.bottom) - top)


def _excess(box: Box, page: Box) -> Emu:
    return max(page.x - box.x, page.y - box.y, box.right - page.right, box.bottom - page.bottom)


def _overlap(one: Box, other: Box) -> Emu:
    """Return the smaller side of the area that two boxes share; zero or less where they share none."""
    width = min(one.right, other.right) - max(one.x, other.x)
    return min(width, min(one.bottom, other.bottom) - max(one.y, other.y))


def _tolerance(*pair: Drawn) -> Emu:
    sizes = (run.size for drawn in pair if drawn.shape.frame for run in drawn.shape.frame.runs)
    return max(OVERLAP_TOLERANCE, round(BLANK_OF_LINE * max(sizes, default=0)))


def _is_fault(below: Drawn, above: Drawn) -> bool:
    """Return whether the one must not lie over the other.

    A table may lie over no text, picture or table, a text over no other text. A text on a picture is as it was drawn,
    unless it has grown onto it. What lies wholly on a picture has it for its background.
    """
    kinds = {_counted_as(below), _counted_as(above)}
    if below.shape.kind is ShapeKind.PICTURE and _excess(above.box, below.box) <= TOLERANCE:
        return False
    if None in kinds:
        return False
    if ShapeKind.TABLE in kinds or kinds == {ShapeKind.SHAPE}:
        return True
    grown = any(_is_grown(one) and _counted_as(one) is ShapeKind.SHAPE for one in (below, above))
    return grown and _overlap(below.shape.box, above.shape.box) <= OVERLAP_TOLERANCE


def _counted_as(drawn: Drawn) -> ShapeKind | None:
    """Return what a shape counts as where two lie over each other: drawings without text count for nothing."""
    shape = drawn.shape
    if shape.is_decorative and shape.kind is ShapeKind.PICTURE:
        return None
    if shape.kind is ShapeKind.LINE or (shape.kind is ShapeKind.SHAPE and not shape.text):
        return None
    return shape.kind


_PART = re.compile(r"(?P<name>.*\S)\s*[ (]\s*(?P<x>[0-9]{1,2})\s*/\s*(?P<n>[0-9]{1,2})\)?")


@dataclass(frozen=True, slots=True)
class _Part:
    """A slide whose title says that it is part x of n."""

    slide: Slide
    x: int
    n: int


def unfinished(deck: Deck, words: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Find series of titles that do not add up; ``words`` say that a table continues, by language."""
    parts = {part.slide.number: (name, part) for slide in deck.slides for name, part in _parts(slide)}
    for series in _series(parts):
        yield from _wrong_parts(series, file)
    for slide in deck.slides:
        part = parts[slide.number][1] if slide.number in parts else None
        yield from _wrong_marks(slide, part, words, file)


def _parts(slide: Slide) -> Iterator[tuple[str, _Part]]:
    found = _PART.fullmatch(slide.title.text) if slide.title else None
    if found and int(found["x"]) and int(found["n"]):
        yield found["name"].casefold(), _Part(slide, int(found["x"]), int(found["n"]))


def _series(parts: Mapping[int, tuple[str, _Part]]) -> Iterator[list[_Part]]:
    """Bring the parts of a name together; where the same part comes again, another series begins."""
    series: dict[str, list[_Part]] = {}
    for name, part in parts.values():
        known = series.setdefault(name, [])
        if any((part.x, part.n) == (other.x, other.n) for other in known):
            yield known
            known = series[name] = []
        known.append(part)
    yield from series.values()


def _wrong_parts(series: list[_Part], file: str) -> Iterator[Problem]:
    """Find the parts that a series lacks, or else those that are not what they should be by their place."""
    n = series[0].n
    numbers = {part.x for part in series}
    if all(part.n == n for part in series) and len(numbers) == len(series) < n and max(numbers) <= n:
        missing = tuple(x for x in range(1, n + 1) if x not in numbers)
        yield Problem("part-missing", _place(series[0], file), {"missing": missing, "n": n})
        return
    for wanted, part in enumerate(series, 1):
        if (part.x, part.n) != (wanted, len(series)):
            values = {"x": part.x, "n": part.n, "wanted": wanted, "count": len(series)}
            yield Problem("part-wrong", _place(part, file), values)
    for before, part in pairwise(series):
        between = part.slide.number - before.slide.number - 1
        if between:
            yield Problem("part-apart", _place(part, file), {"count": between})


def _place(part: _Part, file: str) -> SlidePlace:
    return SlidePlace(file, part.slide.number, part.slide.title.name if part.slide.title else None)


def _wrong_marks(slide: Slide, part: _Part | None, words: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Find a mark that is missing on a part before the last, or is there although nothing follows."""
    marks = [shape for shape in slide.shapes if not shape.table and _says(shape.text, words)]
    goes_on = part is not None and part.x < part.n
    if part and goes_on and not marks:
        yield Problem("mark-missing", SlidePlace(file, slide.number), {"words": _words_for(slide, words)})
    if not goes_on:
        yield from (Problem("mark-extra", SlidePlace(file, slide.number, shape.name)) for shape in marks)


def _says(text: str, words: Mapping[str, str]) -> bool:
    return any(word.casefold() in text.casefold() for word in words.values())


def _words_for(slide: Slide, words: Mapping[str, str]) -> str:
    """Choose the words in the language of the title, else the first there are."""
    runs = slide.title.frame.runs if slide.title and slide.title.frame else ()
    languages = ((run.language or "")[:2].lower() for run in runs)
    return next((words[language] for language in languages if language in words), next(iter(words.values()), ""))
