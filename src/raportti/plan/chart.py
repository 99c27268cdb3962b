"""A chart of a plan: its data, and every rectangle and text of its drawing, placed.

Does not know reports or document formats.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from raportti.plan.typeset import Box, Style
from raportti.units import Emu


class ChartKind(Enum):
    BARS = "bars"
    """A bar for each value, on a scale from 0."""
    SHARES = "shares"
    """A bar for each category, of one length, which its values share."""


class Label(Enum):
    """What stands at a bar: as much as there is room for."""

    NOTHING = "nothing"
    VALUE = "value"
    NAME_AND_VALUE = "name_and_value"


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each category of a chart. A value of 0 in bars is none, and says so."""

    name: str
    values: tuple[Decimal, ...]
    labels: tuple[Label, ...]
    style: Style
    """That of its labels."""
    fill: str
    outline: str


@dataclass(frozen=True, slots=True)
class ChartRectangle:
    """A rectangle of a drawn chart: a bar, a line of the scale, or a swatch of the legend."""

    box: Box
    fill: str
    outline: str | None = None


@dataclass(frozen=True, slots=True)
class ChartText:
    """A line of text of a drawn chart; it begins at ``x``, and ``y`` is its baseline."""

    text: str
    style: Style
    x: Emu
    y: Emu


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with horizontal bars, twice: as data, for what draws charts by itself, and as a drawing of the same."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    limit: int
    """Where the scale of bars ends."""
    no_value: str
    box: Box
    plot: Box
    """Where the bars are; the categories are named on its left."""
    legend: Box | None
    bar: Emu
    """How thick a bar is."""
    style: Style
    """That of names, scale and legend."""
    rule_colour: str
    """The colour of the lines of the scale."""
    drawing: tuple[ChartRectangle | ChartText, ...]
    name: str
    description: str
    """The alternative text: all its figures."""
