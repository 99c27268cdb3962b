"""From a paragraph's spans and a width to its lines. Knows nothing of columns or pages.

Lines are filled one after the other. They end where the Unicode line breaking rules allow it (UAX #14, by ICU); only a
word wider than the whole width is divided.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from icu4py.breakers import CharacterBreaker, LineBreaker

from raportti.plan import Line, Span
from raportti.text.advances import Ruler
from raportti.text.hyphenation import divisions
from raportti.units import Emu

SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line ends, and what is drawn there."""

    at: int
    hyphen: bool = False
    in_word: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph laid out on one endless line: what the steps below ask of it."""

    text: str
    reach: tuple[Emu, ...]
    hyphen: Emu
    language: str
    soft: tuple[int, ...]
    """Where the author put soft hyphens."""

    def width(self, start: int, end: int) -> Emu:
        """Return the width of a line from ``start`` to ``end``; spaces at its end hang over and do not count."""
        drawn = len(self.text[start:end].rstrip(" "))
        return self.reach[start + drawn] - self.reach[start]


def break_lines(spans: tuple[Span, ...], width: Emu, *, ruler: Ruler, language: str) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most ``width``; an empty paragraph is one empty line.

    A soft hyphen (U+00AD) allows a division of its word if it is wider than the line, and is not part of the lines.
    """
    soft, spans = _without_soft_hyphens(spans)
    laid = _Text(
        text="".join(span.text for span in spans),
        reach=ruler.reach(spans),
        hyphen=ruler.width((replace(spans[-1], text="-"),)) if spans else 0,
        language=language,
        soft=soft,
    )
    ends = tuple(_fill(laid, width))
    starts = (0, *(end.at for end in ends[:-1]))
    return tuple(_line(laid, spans, start, end) for start, end in zip(starts, ends, strict=True))


def _without_soft_hyphens(spans: tuple[Span, ...]) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """Take the soft hyphens out; return the offsets where they stood, and the spans without them."""
    pieces = "".join(span.text for span in spans).split(SOFT_HYPHEN)
    offsets = tuple(accumulate(len(piece) for piece in pieces[:-1]))
    return offsets, tuple(replace(span, text=span.text.replace(SOFT_HYPHEN, "")) for span in spans)


def _fill(laid: _Text, width: Emu) -> Iterator[_Break]:
    """Yield the end of each line, greedily."""
    start = end = 0
    for word_start, word_end in _words(laid.text):
        if laid.width(start, word_end) <= width:
            end = word_end
            continue
        for line_end in _before_overflow(laid, start, word_start, word_end, width):
            yield line_end
            start = line_end.at
        end = word_end
    yield _Break(max(end, len(laid.text)))


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each piece between places where a line may end, trailing spaces included."""
    start = 0
    for piece in LineBreaker(text, "root"):
        yield start, start + len(piece)
        start += len(piece)


def _before_overflow(laid: _Text, start: int, word_start: int, word_end: int, width: Emu) -> Iterator[_Break]:
    """Yield the line ends that make room for a word that does not fit on the line that begins at ``start``.

    After the last of them the rest of the word fits on its line.
    """
    if laid.width(word_start, word_end) <= width:
        yield _Break(word_start)
        return
    # A division that fits on the line already begun is taken there: programs that wrap the deck would draw it there.
    begun = _division(laid, start, word_start, word_end, width, first_choice=True) or _early_piece(
        laid, start, word_start, word_end, width
    )
    if begun is None and word_start > start:
        yield _Break(word_start)
    rest = begun.at if begun else word_start
    if begun:
        yield begun
    while laid.width(rest, word_end) > width:
        end = _division(laid, rest, rest, word_end, width) or _cut(laid, rest, word_end, width)
        yield end
        rest = end.at


def _early_piece(laid: _Text, start: int, word_start: int, word_end: int, width: Emu) -> _Break | None:
    """Return the word's first piece where it fits on the line already begun, though it was chosen for an empty one."""
    piece = _division(laid, word_start, word_start, word_end, width) or _cut(laid, word_start, word_end, width)
    used = laid.width(start, piece.at) + (laid.hyphen if piece.hyphen else 0)
    return piece if used <= width else None


def _division(
    laid: _Text, line_start: int, word_start: int, word_end: int, width: Emu, *, first_choice: bool = False
) -> _Break | None:
    """Return the last division of the best kind that fits on the line; ``first_choice``: syllables are no choice."""
    soft = tuple(at for at in laid.soft if word_start < at < word_end)
    found = divisions(laid.text[word_start:word_end].rstrip(" "), laid.language)
    kinds: Iterable[tuple[int, ...]] = (soft, tuple(word_start + at for at in found.compounds))
    if not first_choice:
        kinds = (*kinds, tuple(word_start + at for at in found.syllables))
    for kind in kinds:
        fitting = [at for at in kind if laid.width(line_start, at) + laid.hyphen <= width]
        if fitting:
            return _Break(fitting[-1], hyphen=True, in_word=True)
    return None


def _cut(laid: _Text, start: int, end: int, width: Emu) -> _Break:
    """Cut between characters as seen by a reader (UAX #29), without a hyphen; at least one stays on the line."""
    offsets = [
        start + at for at in accumulate(len(cluster) for cluster in CharacterBreaker(laid.text[start:end], "root"))
    ]
    fitting = [at for at in offsets if laid.width(start, at) <= width]
    return _Break(fitting[-1] if fitting else offsets[0], in_word=True)


def _line(laid: _Text, spans: tuple[Span, ...], start: int, end: _Break) -> Line:
    width = laid.width(start, end.at) + (laid.hyphen if end.hyphen else 0)
    return Line(tuple(_slice(spans, start, end.at)), width, hyphen=end.hyphen, breaks_word=end.in_word)


def _slice(spans: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    """Yield the parts of spans between two offsets of the paragraph."""
    begins = 0
    for span in spans:
        text = span.text[max(start - begins, 0) : max(end - begins, 0)]
        if text:
            yield replace(span, text=text)
        begins += len(span.text)
