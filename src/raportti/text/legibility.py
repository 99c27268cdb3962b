"""From two colours to their contrast, and from a size to what its text needs.

Does not know layouts or decks.

By WCAG 2.1: contrast ratio and relative luminance (its definitions), and success criterion 1.4.3.
"""

from raportti.units import Emu, pt

LARGE, LARGE_BOLD = pt(18), pt(14)
"""The sizes from which on text is large, by the definition of large-scale text."""
SMALLEST = pt(9)
"""Smaller text is hard to read for many: a layout that has it is refused, and ``raportti inspect`` reports it."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``RRGGBB``, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``RRGGBB``, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4


def contrast_needed(size: Emu, *, bold: bool) -> float:
    """Return the least contrast ratio of a text on its ground."""
    return 3.0 if size >= (LARGE_BOLD if bold else LARGE) else 4.5
