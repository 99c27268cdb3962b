"""Glyphs of a PDF page, as pdfplumber gives them → lines of text. Knows no document."""

from collections.abc import Iterable
from typing import Any

Glyph = dict[str, Any]

SAME_LINE = 2.0
"""Points that baselines on one line may differ: more than rounding, less than half the closest pitch in use."""
ASCENT, DESCENT = 0.8, 0.21
"""Parts of the font's size that ink takes above and below the baseline; brackets and accented capitals take more."""
GAP = 0.15
"""A gap of this part of the font's size is a space that the program moved over instead of drawing it."""


def baseline(glyph: Glyph) -> float:
    """Return how far the glyph's origin is from the foot of the page, in points."""
    return float(glyph["matrix"][5])


def with_ink(glyph: Glyph) -> Glyph:
    """Return the glyph with top and bottom where its ink may be.

    pdfplumber takes them from the font's descriptor, and what programs write there differs.
    """
    from_top = float(glyph["top"]) + float(glyph["y1"]) - baseline(glyph)
    return {**glyph, "top": from_top - ASCENT * glyph["size"], "bottom": from_top + DESCENT * glyph["size"]}


def lines_of(glyphs: Iterable[Glyph]) -> tuple[str, ...]:
    """Return the lines from the top, each read from left to right, without the spaces at their ends."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=baseline, reverse=True):
        if lines and baseline(lines[-1][0]) - baseline(glyph) < SAME_LINE:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    texts = (_text_of(line) for line in lines)
    return tuple(text for text in texts if text)


def _text_of(line: list[Glyph]) -> str:
    text, end = "", None
    for glyph in sorted(line, key=lambda glyph: glyph["x0"]):
        if end is not None and glyph["x0"] - end > GAP * glyph["size"] and not text.endswith(" "):
            text += " "
        text += glyph["text"]
        end = glyph["x1"]
    return text.strip()
