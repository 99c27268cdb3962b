"""Lengths: integers in EMU (English Metric Units), with named makers and readers.

Does not know pages or files. 1 pt is 12,700 EMU and 1 mm is 36,000 EMU exactly (ECMA-376-1, 20.1.2.1).
"""

from typing import TypeAlias

Emu: TypeAlias = int
"""A length in EMU; always a whole number, so that sums of lengths are exact."""

EMU_PER_PT = 12_700
EMU_PER_MM = 36_000


def pt(points: float) -> Emu:
    """Make a length from points, rounded to the nearest EMU."""
    return round(points * EMU_PER_PT)


def mm(millimetres: float) -> Emu:
    """Make a length from millimetres, rounded to the nearest EMU."""
    return round(millimetres * EMU_PER_MM)


def as_pt(length: Emu) -> float:
    """Read a length in points."""
    return length / EMU_PER_PT
