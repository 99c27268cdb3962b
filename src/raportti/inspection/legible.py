"""From shapes as they are drawn to texts that can hardly be read on their ground. Knows nothing of sizes or places.

Only what is certain is judged: a text on a picture, on a gradient, or half on one ground and half on another is not.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from raportti.inspection.deck import UNKNOWN, Run, Shape
from raportti.inspection.measure import DrawnSlide
from raportti.legibility import contrast, contrast_needed
from raportti.plan import Box
from raportti.problems import Problem, SlidePlace


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
            # Rounded down: 4.48 is not the 4.5 that is asked for.
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
