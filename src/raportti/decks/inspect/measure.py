"""From a deck and fonts to the sizes that things have when they are drawn: grown tables, texts, what they cover.

Does not know which of them are faults.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from raportti.decks.inspect.deck import (
    BREAK,
    Cell,
    Deck,
    Exact,
    Frame,
    Paragraph,
    Relative,
    Run,
    Shape,
    Slide,
    Spacing,
    Table,
)
from raportti.decks.inspect.fonts import Fonts
from raportti.plan import Anchor
from raportti.plan.typeset import Align, Box, Line, Span
from raportti.text.lines import break_lines
from raportti.text.measure import HARFBUZZ, Ruler
from raportti.units import Emu

_WORD = re.compile(r"[^\s\-/\u200b]+[\-/]*|[\-/]+")
_TAB = re.compile("(\t)")
_CUT = "\u200b"
"""The zero width space: a line may end there (UAX #14, class ZW)."""
_FILLER = "\u00a0"
"""Stands for a distance within a line; its tracking makes it as wide as that."""
_NO_HYPHENATION = "sv"
"""``break_lines`` divides only words wider than the line, and gets none here; this language needs no Voikko."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How high a text is, and its left and right edges from the left of where it may be."""

    height: Emu = 0
    left: Emu = 0
    right: Emu = 0


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets text with the fonts of a deck."""

    fonts: Fonts

    @property
    def ruler(self) -> Ruler:
        return Ruler(self.fonts.book, (HARFBUZZ,))

    def set_frame(self, frame: Frame, width: Emu) -> Extent:
        """Set a text in a width, insets already taken off. Columns of text are taken to be filled evenly."""
        column = (width - frame.gap * (frame.columns - 1)) // frame.columns
        paragraphs = tuple(_set_paragraph(paragraph, column, frame.wraps, self) for paragraph in frame.paragraphs)
        gaps = tuple(self._gap(*pair) for pair in pairwise(frame.paragraphs))
        height = sum(extent.height for extent in paragraphs) + sum(gaps)
        if frame.columns > 1:
            return Extent(-(-height // frame.columns), 0, width)
        drawn = [extent for extent in paragraphs if extent.right > extent.left]
        return Extent(height, min((one.left for one in drawn), default=0), max((one.right for one in drawn), default=0))

    def _gap(self, above: Paragraph, below: Paragraph) -> Emu:
        """Return the distance between two paragraphs; neither counts at the edge of a text."""
        return self.spacing(above.after, above) + self.spacing(below.before, below)

    def spacing(self, spacing: Spacing, paragraph: Paragraph) -> Emu:
        """Return a distance before or after a paragraph."""
        if isinstance(spacing, Exact):
            return spacing.length
        first = paragraph.runs[0] if paragraph.runs else paragraph.end
        return round(spacing.share * self.fonts.leading(first.face, first.size))

    def span(self, run: Run) -> Span:
        return Span(run.text, self.fonts.style(run.face, run.size, run.tracking))

    def filler(self, run: Run, width: Emu) -> Span:
        """Make a distance, which may be negative, of a width within a line."""
        return self.stretched(replace(run, text=_FILLER, tracking=0), width)

    def stretched(self, run: Run, width: Emu) -> Span:
        """Make a character of a width."""
        span = self.span(run)
        rest = width - self.ruler.width((replace(span, style=replace(span.style, tracking=0)),))
        return replace(span, style=replace(span.style, tracking=rest))


def _set_paragraph(paragraph: Paragraph, width: Emu, wraps: bool, typesetter: Typesetter) -> Extent:
    room = max(1, width - paragraph.left - paragraph.right)
    height, edges = 0, list[tuple[Emu, Emu]]()
    for n, part in enumerate(_parts(paragraph)):
        runs, last = part
        spans = tuple(_spans(runs, paragraph, typesetter, is_first=n == 0))
        for line in _broken(spans, room, wraps, typesetter):
            height += _leading(line, last, paragraph, typesetter)
            if line.width > 0 and line.text.strip(f" {_FILLER}"):
                edges.append(_edges(line.width, paragraph, width))
    return Extent(height, min((a for a, _ in edges), default=0), max((b for _, b in edges), default=0))


def _parts(paragraph: Paragraph) -> Iterator[tuple[tuple[Run, ...], Run]]:
    """Give the runs between line breaks, each with the run that says how high it is where it is empty."""
    runs: list[Run] = []
    for run in paragraph.runs:
        if run.text == BREAK:
            yield tuple(runs), runs[-1] if runs else run
            runs = []
        else:
            runs.append(run)
    yield tuple(runs), runs[-1] if runs else paragraph.end


def _edges(line: Emu, paragraph: Paragraph, width: Emu) -> tuple[Emu, Emu]:
    """Return from where to where a line reaches."""
    left, right = paragraph.left, width - paragraph.right
    match paragraph.align:
        case Align.LEFT:
            return left, left + line
        case Align.CENTRE:
            start = left + (right - left - line) // 2
            return start, start + line
        case Align.RIGHT:
            return right - line, right


def _leading(line: Line, empty: Run, paragraph: Paragraph, typesetter: Typesetter) -> Emu:
    """Return the height of a line: exact, or a share of what its tallest run needs."""
    if isinstance(paragraph.line, Exact):
        return paragraph.line.length
    heights = typesetter.fonts.heights
    tallest = max(
        (round(span.style.size * heights[span.style.family]) for span in line.spans if span.text != _FILLER),
        default=typesetter.fonts.leading(empty.face, empty.size),
    )
    return round(paragraph.line.share * tallest)


def _spans(runs: tuple[Run, ...], paragraph: Paragraph, typesetter: Typesetter, *, is_first: bool) -> Iterator[Span]:
    """Give the spans of a line that never ends, with its indent and its tabs as distances."""
    x = _start(paragraph, typesetter) if is_first else 0
    if x and runs:
        yield typesetter.filler(runs[0], x)
    for run in runs:
        for piece in _TAB.split(run.text):
            span = typesetter.span(replace(run, text=piece))
            if piece == "\t":
                span = typesetter.stretched(replace(run, text=piece), _next_stop(x, paragraph) - x)
            if piece:
                x += typesetter.ruler.width((span,))
                yield span


def _start(paragraph: Paragraph, typesetter: Typesetter) -> Emu:
    """Return where the text of the first line begins, from the left of the others."""
    if paragraph.bullet is None or not paragraph.text.strip():
        return max(paragraph.indent, -paragraph.left)
    after = paragraph.indent + typesetter.ruler.width((typesetter.span(paragraph.bullet),))
    return 0 if after <= 0 and paragraph.indent < 0 else after


def _next_stop(x: Emu, paragraph: Paragraph) -> Emu:
    """Return where a tab at ``x`` leads: the indent of the other lines is a stop too."""
    stops = (0, *(stop - paragraph.left for stop in paragraph.tabs))
    later = [stop for stop in stops if stop > x]
    if later:
        return min(later)
    step = max(1, paragraph.tab)
    return ((x + paragraph.left) // step + 1) * step - paragraph.left


def _broken(spans: tuple[Span, ...], width: Emu, wraps: bool, typesetter: Typesetter) -> tuple[Line, ...]:
    """Break spans into lines; text that does not wrap is one line."""
    ruler = typesetter.ruler
    if not wraps:
        return (Line(spans, ruler.width(spans)),)
    whole = tuple(_with_cuts(spans, width, ruler))
    return break_lines(whole, width, ruler=ruler, language=_NO_HYPHENATION).lines


def _with_cuts(spans: tuple[Span, ...], width: Emu, ruler: Ruler) -> Iterator[Span]:
    """Put places where a line may end into words that are wider than the width."""
    for span in spans:
        if span.text in (_FILLER, "\t") or ruler.width((span,)) <= width:
            yield span
        else:
            yield replace(span, text=_WORD.sub(partial(_cut, span=span, width=width, ruler=ruler), span.text))


def _cut(found: re.Match[str], span: Span, width: Emu, ruler: Ruler) -> str:
    """Cut a word into pieces that fit, between characters as a reader sees them."""
    word, pieces = found[0], [""]
    for character in word if ruler.width((replace(span, text=word),)) > width else (word,):
        longer = pieces[-1] + character
        is_part = unicodedata.combining(character[0]) > 0
        if pieces[-1] and not is_part and ruler.width((replace(span, text=longer),)) > width:
            pieces.append(character)
        else:
            pieces[-1] = longer
    return _CUT.join(pieces)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as it is drawn. ``box`` is what it covers: a grown table, a picture, the text of a shape.

    ``grown``: how much taller it is than the file says (a table), or its text than its box.
    ``is_exact``: whether all its heights are said by the file and none follows from a font.
    """

    shape: Shape
    box: Box
    grown: Emu = 0
    rows: tuple[Emu, ...] = ()
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class DrawnSlide:
    """A slide with its shapes as they are drawn, in their order."""

    slide: Slide
    shapes: tuple[Drawn, ...]


def measure_deck(deck: Deck, fonts: Fonts) -> tuple[DrawnSlide, ...]:
    """Measure every shape of a deck."""
    typesetter = Typesetter(fonts)
    return tuple(DrawnSlide(slide, tuple(_drawn(shape, typesetter) for shape in slide.shapes)) for slide in deck.slides)


def _drawn(shape: Shape, typesetter: Typesetter) -> Drawn:
    is_exact = not any(isinstance(paragraph.line, Relative) for frame in shape.frames for paragraph in frame.paragraphs)
    if shape.table:
        rows = row_heights(shape.table, typesetter)
        grown = sum(rows) - sum(shape.table.rows)
        box = replace(shape.box, w=sum(shape.table.columns), h=sum(rows))
        return Drawn(shape, box, grown, rows, is_exact)
    if shape.frame and shape.text and not shape.frame.is_vertical:
        box, grown = _text(shape.frame, shape.text_box, typesetter)
        return Drawn(shape, box, grown, is_exact=is_exact)
    return Drawn(shape, shape.box)


def row_heights(table: Table, typesetter: Typesetter) -> tuple[Emu, ...]:
    """Return the true height of each row: that in the file, or what the tallest cell needs.

    What a cell of several rows needs beyond them goes to the last of them, as LibreOffice does it.
    """
    heights = list(table.rows)
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        last = cell.row + cell.row_span - 1
        above = sum(heights[cell.row : last])
        heights[last] = max(heights[last], _needed(cell, table, typesetter) - above)
    return tuple(heights)


def _needed(cell: Cell, table: Table, typesetter: Typesetter) -> Emu:
    if cell.frame.is_vertical:
        return 0
    insets = cell.frame.insets
    width = sum(table.columns[cell.column : cell.column + cell.column_span])
    text = typesetter.set_frame(cell.frame, max(1, width - insets.left - insets.right))
    return text.height + insets.top + insets.bottom


def _text(frame: Frame, box: Box, typesetter: Typesetter) -> tuple[Box, Emu]:
    """Return what the text of a shape covers, and how much taller it is than its shape; the insets count."""
    insets = frame.insets
    width = max(1, box.w - insets.left - insets.right)
    text = typesetter.set_frame(frame, width)
    room = box.h - insets.top - insets.bottom
    top = box.y + insets.top + _above(frame.anchor, room - text.height)
    covered = Box(box.x + insets.left + text.left, top, text.right - text.left, text.height)
    return covered, text.height - room


def _above(anchor: Anchor, rest: Emu) -> Emu:
    """Return how far below the top a text begins; one that is too tall for the middle stands out on both sides."""
    match anchor:
        case Anchor.TOP:
            return 0
        case Anchor.MIDDLE:
            return rest // 2
        case Anchor.BOTTOM:
            return rest


def vertical_texts(deck: Deck) -> Iterator[Frame]:
    """Give the texts that are not measured, as they are written upwards or downwards."""
    return (frame for frame in deck.frames if frame.is_vertical and frame.text)
