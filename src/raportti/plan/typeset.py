"""The set text that a plan is made of: styles, spans, lines, paragraphs, and the box around them.

Does not know fonts, pages or documents. Lengths are EMU, colours ``RRGGBB``.
"""

from dataclasses import dataclass
from enum import Enum

from raportti.units import Emu


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks; ``leading`` is the exact distance between baselines."""

    family: str
    bold: bool
    size: Emu
    leading: Emu
    colour: str
    tracking: Emu = 0
    """Space added after each letter."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style and one language within a line."""

    text: str
    style: Style
    language: str | None = None
    """The BCP 47 tag of its language; None is that of the whole document."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. The texts of a paragraph's lines, joined, are the paragraph to the letter: spaces at breaks are kept.

    ``hyphen``: the layout broke a word here and draws a hyphen that is not in the text.
    """

    spans: tuple[Span, ...]
    width: Emu
    """The width as drawn: without the spaces at the end, with the hyphen."""
    hyphen: bool = False
    breaks_word: bool = False
    """Whether the line ends within a word, with or without a hyphen: a renderer has to break the line itself there."""

    @property
    def text(self) -> str:
        """The text of the line as content."""
        return "".join(span.text for span in self.spans)

    @property
    def drawn(self) -> str:
        """The text of the line as it is seen."""
        return self.text.rstrip(" ") + ("-" if self.hyphen else "")


@dataclass(frozen=True, slots=True)
class Bullet:
    """The mark of a list item: ``text`` stands ``hang`` before the paragraph's indent."""

    text: str
    style: Style
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, each beginning at ``indent`` from the left of its box; a bullet hangs before it."""

    lines: tuple[Line, ...]
    leading: Emu
    """The height of each line."""
    align: Align = Align.LEFT
    space_before: Emu = 0
    """Not drawn before the first paragraph of a box."""
    indent: Emu = 0
    hang: Emu = 0
    bullet: Bullet | None = None
    continued: bool = False
    """Whether this is the rest of a paragraph that began on an earlier page (it then has no bullet)."""
    counts: tuple[int, ...] = ()
    """How many lines it takes by each rule of drawing, the plan's own first; empty: as many as ``lines`` by all."""

    @property
    def text(self) -> str:
        """The paragraph as content, whole."""
        return "".join(line.text for line in self.lines)


def height_of(paragraphs: tuple[Paragraph, ...]) -> Emu:
    """Return the height of paragraphs set below each other, line for line as planned."""
    heights = sum(len(p.lines) * p.leading for p in paragraphs)
    return heights + sum(p.space_before for p in paragraphs[1:])


def room_of(paragraphs: tuple[Paragraph, ...]) -> Emu:
    """Return the height that paragraphs need by the rule of drawing that makes them tallest."""
    if len(paragraphs) == 1:  # most cells: the tallest rule is that of the most lines
        (only,) = paragraphs
        return max(only.counts, default=len(only.lines)) * only.leading
    rules = max((len(p.counts) for p in paragraphs), default=0)
    counts = ([p.counts[rule] if p.counts else len(p.lines) for p in paragraphs] for rule in range(rules))
    heights = (sum(n * p.leading for n, p in zip(count, paragraphs, strict=True)) for count in counts)
    gaps = sum(p.space_before for p in paragraphs[1:])
    return max((height + gaps for height in heights), default=height_of(paragraphs))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    x: Emu
    y: Emu
    w: Emu
    h: Emu

    @property
    def right(self) -> Emu:
        return self.x + self.w

    @property
    def bottom(self) -> Emu:
        return self.y + self.h
