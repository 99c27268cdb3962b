"""From the picture of an empty slide to where text can stand on it, in which colours, and on what.

Does not know slide layouts. Lengths here are points from the top left; contrast is WCAG's (``text.legibility``).
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from raportti.layout.making.drawing import SCALE, Pixels
from raportti.text.legibility import contrast, luminance

CELL = 2
"""Points to a cell of the grid on which places are looked for."""
ENOUGH = 4.6
"""A little more than the 4.5:1 that text needs: a colour is rounded where it is written."""
CALM = 0.10
"""The most that luminance may change within a cell: edges and textures of pictures change it more."""
Mask = npt.NDArray[np.bool_]


class Place(NamedTuple):
    """A rectangle on a slide, in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def area(self) -> float:
        return self.w * self.h

    def inset(self, by: float) -> "Place":
        """Return the place with a margin on each side."""
        return Place(self.x + by, self.y + by, max(0, self.w - 2 * by), max(0, self.h - 2 * by))


class Ground:
    """What a slide layout draws below what stands on its slides."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.height, self.width = pixels.shape[0] / SCALE, pixels.shape[1] / SCALE

    @cached_property
    def luminance(self) -> npt.NDArray[np.float32]:
        """The relative luminance of each pixel."""
        shares = np.arange(256) / 255
        linear = np.where(shares <= 0.03928, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4).astype(np.float32)
        weights = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
        return linear[self.pixels] @ weights

    @cached_property
    def _least_and_most(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """The least and the most luminance in each cell."""
        side = CELL * SCALE
        rows, columns = (size // side for size in self.luminance.shape)
        cells = self.luminance[: rows * side, : columns * side].reshape(rows, side, columns, side)
        return cells.min(axis=(1, 3)), cells.max(axis=(1, 3))

    @cached_property
    def one_colour(self) -> str | None:
        """The colour of a ground that has only one."""
        first = self.pixels[0, 0]
        return _hexadecimal(first) if bool((self.pixels == first).all()) else None

    def extremes(self, place: Place) -> tuple[str, ...]:
        """Return the darkest and the lightest colour below a place; one where they are the same."""
        left, top = max(0, int(place.x * SCALE)), max(0, int(place.y * SCALE))
        right, bottom = int(np.ceil(place.right * SCALE)), int(np.ceil(place.bottom * SCALE))
        part = self.luminance[top:bottom, left:right]
        if not part.size:
            return ("FFFFFF",)
        at = [np.unravel_index(int(n), part.shape) for n in (part.argmin(), part.argmax())]
        colours = (_hexadecimal(self.pixels[top + int(y), left + int(x)]) for y, x in at)
        return tuple(dict.fromkeys(colours))

    def readable(self, colour: str, *, calm: bool = True) -> Mask:
        """Return the cells on which a colour can be read; ``calm``: only those without an edge or a texture."""
        least, most = self._least_and_most
        own = luminance(colour)
        lighter, darker = (most + 0.05) * ENOUGH <= own + 0.05, (own + 0.05) * ENOUGH <= least + 0.05
        mask = lighter | darker
        return mask & (most - least <= CALM) if calm else mask

    def fits(self, place: Place, colour: str) -> bool:
        """Return whether a colour can be read on all of a place."""
        return min(contrast(colour, ground) for ground in self.extremes(place)) >= ENOUGH


def _hexadecimal(pixel: Iterable[np.uint8]) -> str:
    return "".join(f"{int(channel):02X}" for channel in pixel)


def largest(mask: Mask, within: Place, blocked: Sequence[Place] = ()) -> Place:
    """Return the largest rectangle of a mask in a place, clear of some others; of no size where there is none."""
    free = np.zeros_like(mask)
    top, left = int(np.ceil(within.y / CELL)), int(np.ceil(within.x / CELL))
    bottom, right = int(within.bottom // CELL), int(within.right // CELL)
    if top < bottom and left < right:
        free[max(0, top) : bottom, max(0, left) : right] = mask[max(0, top) : bottom, max(0, left) : right]
    for one in blocked:
        rows = slice(max(0, int(one.y // CELL)), max(0, int(np.ceil(one.bottom / CELL))))
        free[rows, max(0, int(one.x // CELL)) : max(0, int(np.ceil(one.right / CELL)))] = False
    x, y, w, h = _largest_rectangle(free)
    return Place(x * CELL, y * CELL, w * CELL, h * CELL)


def _largest_rectangle(mask: Mask) -> tuple[int, int, int, int]:
    """Return the largest rectangle of true cells: for each row, the largest in the histogram of columns above it."""
    best, best_area = (0, 0, 0, 0), 0
    heights = np.zeros(mask.shape[1], dtype=int)
    for row in range(mask.shape[0]):
        heights = np.where(mask[row], heights + 1, 0)
        stack: list[tuple[int, int]] = []
        for column, height in enumerate([*heights.tolist(), 0]):
            start = column
            while stack and stack[-1][1] >= height:
                start, tall = stack.pop()
                if tall * (column - start) > best_area:
                    best_area = tall * (column - start)
                    best = (start, row - tall + 1, column - start, tall)
            stack.append((start, height))
    return best
