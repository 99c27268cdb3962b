"""A deck as a frozen value: its slides, shapes, tables and texts, with all that they inherit resolved.

Does not know file formats. Lengths are EMU from the top left of the slide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from raportti.ooxml.palette import UNKNOWN
from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Align, Box
from raportti.units import Emu

BREAK = "\n"
"""The text of a run that is a line break."""
TITLES = ("title", "ctrTitle")
"""The types of placeholders that are titles."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font as a deck names it."""

    family: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``language`` is the run's own, None where it has none."""

    text: str
    face: Face
    size: Emu
    tracking: Emu = 0
    language: str | None = None
    colour: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Exact:
    """A distance that does not depend on the text."""

    length: Emu


@dataclass(frozen=True, slots=True)
class Relative:
    """A share of the height of a line."""

    share: float


Spacing: TypeAlias = Exact | Relative


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks are runs of their own. ``indent`` is the first line's, counted from ``left``.

    ``end`` has the look of a paragraph without text, ``bullet`` that of the mark of a list item.
    """

    runs: tuple[Run, ...]
    end: Run
    line: Spacing
    before: Spacing
    after: Spacing
    left: Emu
    right: Emu
    indent: Emu
    align: Align
    bullet: Run | None
    tabs: tuple[Emu, ...]
    tab: Emu
    """The distance between the tab stops that no paragraph names."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Frame:
    """The text of a shape or a cell, and how it stands there."""

    paragraphs: tuple[Paragraph, ...]
    insets: Margins
    anchor: Anchor
    wraps: bool = True
    columns: int = 1
    gap: Emu = 0
    """The distance between columns of text."""
    is_vertical: bool = False

    @property
    def runs(self) -> Iterator[Run]:
        """All runs that are text: no line breaks, no white space alone."""
        return (run for paragraph in self.paragraphs for run in paragraph.runs if run.text.strip())

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(" ".join(paragraph.text for paragraph in self.paragraphs).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; row and column are counted from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    frame: Frame
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the file; ``rows`` are the least heights."""

    columns: tuple[Emu, ...]
    rows: tuple[Emu, ...]
    cells: tuple[Cell, ...]
    has_header: bool


class ShapeKind(Enum):
    """What a shape is, as far as the checks differ."""

    SHAPE = "shape"
    PICTURE = "picture"
    TABLE = "table"
    GRAPHIC = "graphic"
    """A chart, a diagram or an embedded object."""
    GROUP = "group"
    """A group by itself; its shapes stand after it."""
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape on a slide; those of a group stand by themselves, where the group puts them.

    ``text_box`` is where its text may be, insets not yet taken off. ``placeholder`` is the type of its placeholder.
    """

    name: str
    kind: ShapeKind
    box: Box
    text_box: Box
    frame: Frame | None = None
    table: Table | None = None
    placeholder: str | None = None
    description: str = ""
    is_decorative: bool = False
    is_grouped: bool = False
    is_drawn: bool = True
    """Whether it shows even without text."""
    fill: str | None = None

    @property
    def text(self) -> str:
        return self.frame.text if self.frame else ""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Its text, and that of its cells."""
        cells = tuple(cell.frame for cell in self.table.cells) if self.table else ()
        return (self.frame, *cells) if self.frame else cells


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide, counted from 1; its shapes stand in the order in which they are drawn.

    ``beneath`` are the shapes of its master and its slide layout, ``ground`` is the colour of its background.
    """

    number: int
    shapes: tuple[Shape, ...]
    beneath: tuple[Shape, ...] = ()
    ground: str = UNKNOWN

    @property
    def title(self) -> Shape | None:
        return next((shape for shape in self.shapes if shape.placeholder in TITLES), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A section, and the slide (from 1) with which it begins; None where it has no slide."""

    name: str
    slide: int | None


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole deck. ``title`` and ``language`` are those of its core properties, empty where it has none."""

    width: Emu
    height: Emu
    slides: tuple[Slide, ...]
    title: str = ""
    language: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def frames(self) -> Iterator[Frame]:
        """All texts of the deck."""
        return (frame for slide in self.slides for shape in slide.shapes for frame in shape.frames)
