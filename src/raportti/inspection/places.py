"""From shapes as they are drawn to what lies where it should not: grown, off the slide, over something else.

Knows no texts. Lengths in findings are points.
"""

from collections.abc import Iterator
from itertools import combinations

from raportti.inspection.deck import Deck, Kind
from raportti.inspection.measure import Drawn, DrawnSlide
from raportti.plan import Box
from raportti.problems import Problem, SlidePlace
from raportti.units import Emu, as_pt, pt

TOLERANCE = pt(1)
"""What programs round away in a table or a box."""
FONT_TOLERANCE = 0.02
"""The share that a height may be off by where it follows from a font: single spacing is known from measurements."""
OVERLAP_TOLERANCE = pt(2)
LEADING = 0.15
"""How far a text may stand into something else, in its own size: a line is higher than its letters."""


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
        if over > _tolerance(below, above) and _matters(below, above):
            place = SlidePlace(file, slide.slide.number, above.shape.name)
            yield Problem("overlap", place, {"other": below.shape.name, "points": as_pt(over)})


def _shows(drawn: Drawn) -> bool:
    """Tell whether a shape is there to be seen; an empty placeholder is not, when the slides are shown, nor a group."""
    shape = drawn.shape
    if shape.kind is Kind.GROUP:
        return False
    if shape.kind is not Kind.SHAPE:
        return True
    return bool(shape.text) or (shape.is_drawn and shape.placeholder is None)


def _is_grown(drawn: Drawn) -> bool:
    share = 0 if drawn.is_exact else FONT_TOLERANCE
    return drawn.grown > TOLERANCE + round(share * drawn.box.h)


def _whole(drawn: Drawn) -> Box:
    """Return what a shape and its text cover together; a shape that only holds text is what its text is."""
    if drawn.shape.kind is not Kind.SHAPE or not drawn.shape.text:
        return drawn.box
    if not drawn.shape.is_drawn:
        return drawn.box
    box, text = drawn.shape.box, drawn.box
    left, top = min(box.x, text.x), min(box.y, text.y)
    return Box(left, top, max(box.right, text.right) - left, max(box.bottom, text.bottom) - top)


def _excess(box: Box, page: Box) -> Emu:
    return max(page.x - box.x, page.y - box.y, box.right - page.right, box.bottom - page.bottom)


def _overlap(one: Box, other: Box) -> Emu:
    """Return the smaller side of what two boxes share; none or less where they share nothing."""
    width = min(one.right, other.right) - max(one.x, other.x)
    return min(width, min(one.bottom, other.bottom) - max(one.y, other.y))


def _tolerance(*pair: Drawn) -> Emu:
    sizes = (run.size for drawn in pair if drawn.shape.frame for run in drawn.shape.frame.runs)
    return max(OVERLAP_TOLERANCE, round(LEADING * max(sizes, default=0)))


def _matters(below: Drawn, above: Drawn) -> bool:
    """Tell whether the one may not lie over the other.

    A table may lie over no text, picture or table, a text over no other text. A text on a picture is as it was drawn,
    unless it has grown onto it. What lies wholly on a picture has it for its background.
    """
    kinds = {_sort(below), _sort(above)}
    if below.shape.kind is Kind.PICTURE and _excess(above.box, below.box) <= TOLERANCE:
        return False
    if None in kinds:
        return False
    if Kind.TABLE in kinds or kinds == {Kind.SHAPE}:
        return True
    grown = any(_is_grown(one) and _sort(one) is Kind.SHAPE for one in (below, above))
    return grown and _overlap(below.shape.box, above.shape.box) <= OVERLAP_TOLERANCE


def _sort(drawn: Drawn) -> Kind | None:
    """Return what a shape counts as where two lie over each other: drawings without text count for nothing."""
    shape = drawn.shape
    if shape.is_decorative and shape.kind is Kind.PICTURE:
        return None
    if shape.kind is Kind.LINE or (shape.kind is Kind.SHAPE and not shape.text):
        return None
    return shape.kind
