"""A layout as data: what its folder says, resolved. Lengths are EMU, colours ``RRGGBB``.

Knows nothing of reports. ``read_theme`` makes it; what the keys of the mappings are is said in ``docs/layouts.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Align, Box, Style
from raportti.text.fonts import FontSource
from raportti.units import Emu, pt

FILE = "layout.toml"
SMALLEST_BODY = pt(120)
"""What a page needs for its table: with less, a header and one row do not fit."""


@dataclass(frozen=True, slots=True)
class TableTheme:
    """How one kind of table looks."""

    margins: Margins
    rule: str
    rule_width: Emu
    head_anchor: Anchor
    aligned: Mapping[str, Align]
    columns: Mapping[str, Mapping[str, Emu]]
    """For each set of columns, key → preferred width, in the order of the table."""
    ranges: Mapping[str, Mapping[str, tuple[Emu, Emu]]]
    """For each set of columns, key → least and greatest width; where the width is fixed both are that."""


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """The template's file, and the names in it: page kind → slide layout, role → placeholder."""

    file: str
    layouts: Mapping[str, str]
    placeholders: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that a layout's folder says but the template itself."""

    name: str
    folder: Path
    width: Emu
    height: Emu
    fonts: tuple[FontSource, ...]
    colours: Mapping[str, str]
    styles: Mapping[str, tuple[Style, ...]]
    """Each style in its sizes, largest first: the first in which the text fits is taken."""
    fills: Mapping[str, str]
    boxes: Mapping[str, Box]
    gaps: Mapping[str, Emu]
    tables: Mapping[str, TableTheme]
    template: TemplateNames
    words: Mapping[str, Mapping[str, str]]
    """Language → key → text."""
    embed_fonts: bool
    """Whether fonts travel with the deck."""
    charts: bool
    """Whether a page of charts follows each summary."""
    pages: str
    """``filled``: rows as far as they go; ``balanced``: parts of about the same height."""
    columns: str
    """``fixed``: the preferred widths; ``auto``: widths by the text, within their ranges."""

    @property
    def has_ranges(self) -> bool:
        """Whether the layout leaves the width of a column to the text."""
        widths = (
            width for table in self.tables.values() for of_set in table.ranges.values() for width in of_set.values()
        )
        return any(least < most for least, most in widths)

    def style(self, key: str) -> Style:
        """Return the first (largest) size of a style."""
        return self.styles[key][0]
