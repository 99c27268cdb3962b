"""What is found wrong in a theme's values, as data. Knows neither files nor which values are wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from raportti.units import Emu, as_pt

WRONG_BY_ITSELF = "layout-value"
"""The kind of a value that is wrong whatever the others are: what follows from it is not told."""


class Finding(NamedTuple):
    """A problem, and the paths of the values that it follows from; the first is the key at fault."""

    kind: str
    paths: tuple[str, ...]
    values: Mapping[str, object]


def wrong(path: str, value: str, expected: str, *others: str) -> Finding:
    """Find a value that is wrong by itself."""
    return Finding(WRONG_BY_ITSELF, (path, *others), {"value": value, "expected": expected})


def no_room(path: str, room: Emu, needed: Emu, *others: str) -> Finding:
    """Find too little room for what has to go there."""
    return Finding("layout-room", (path, *others), {"room": as_pt(max(room, 0)), "needed": as_pt(needed)})


def points(length: Emu) -> str:
    """Write a length in points, without zeros that say nothing."""
    return f"{as_pt(length):g}"
