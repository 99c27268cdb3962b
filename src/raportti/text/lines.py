"""From a paragraph's spans and a width to its lines. Knows nothing of columns or pages.

Lines are filled one after the other. They end where the Unicode line breaking rules allow it (UAX #14, by ICU); only a
word wider than the whole width, by any rule of drawing, is divided.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from icu4py.breakers import CharacterBreaker, LineBreaker, SentenceBreaker

from raportti.plan.typeset import Line, Span
from raportti.text.hyphenation import Divisions, divisions
from raportti.text.measure import Ruler, give_of
from raportti.text.spans import languages_of, slice_spans, without_soft_hyphens
from raportti.units import Emu

_RANGE = re.compile(r"(?<=\w-)(?=\d)")
"""Between a hyphen and a digit, as in 2024-2026."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A paragraph in lines, by the layout's own rule, and how many lines it takes by each rule of the ruler."""

    lines: tuple[Line, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece between places where a line may end: offsets of its start, its end, and its end without spaces."""

    start: int
    end: int
    drawn: int
    inner: tuple[int, ...] = ()
    """Where it may be divided without a hyphen if it is too wide: after the slashes of an address."""


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line ends, and what is drawn there."""

    at: int
    hyphen: bool = False
    in_word: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph laid out on one endless line, by each rule: what the steps below ask of it."""

    text: str
    words: tuple[_Word, ...]
    reaches: tuple[tuple[Emu, ...], ...]
    hyphens: tuple[Emu, ...]
    """The width of a hyphen, by each rule."""
    margins: tuple[Emu, ...]
    """How much of a line's width each rule leaves empty; negative where the program is given more than planned."""
    passages: tuple[tuple[int, str], ...]
    """Where each run of letters in one language ends, and the language."""
    soft: tuple[int, ...]
    """Where the author put soft hyphens."""

    def width(self, start: int, end: int) -> Emu:
        """Return the width between two offsets by the layout's own rule."""
        return self.reaches[0][end] - self.reaches[0][start]

    def room(self, start: int, end: int, *, hyphen: bool = False) -> Emu:
        """Return the width that a program may need between two offsets: by the rule that needs most."""
        widths = zip(self.reaches, self.hyphens, self.margins, strict=True)
        return max(reach[end] - reach[start] + hyphen * dash + margin for reach, dash, margin in widths)


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the lines of a paragraph at any width that is no narrower than its widest word."""

    pitch: Emu
    indent: Emu
    narrowest: Emu
    """The width below which a word has to be divided, the indent included."""
    starts: tuple[tuple[Emu, ...], ...]
    ends: tuple[tuple[Emu, ...], ...]
    """By each rule, where each word begins and ends on one endless line; its margin is in the ends."""

    def count(self, width: Emu) -> int:
        """Return the lines by the rule that takes most; programs that wrap by themselves have their ``give_of``."""
        given = (0, *[give_of(width)] * (len(self.starts) - 1))
        rules = zip(self.starts, self.ends, given, strict=True)
        return max(_count_at(starts, ends, width - self.indent + give) for starts, ends, give in rules)


def counter_of(spans: tuple[Span, ...], indent: Emu, *, ruler: Ruler, language: str) -> Counter:
    """Prepare to count the lines of a paragraph at many widths."""
    laid, spans = _lay(spans, ruler, language, 0)
    return Counter(
        pitch=max((span.style.pitch for span in spans), default=0),
        indent=indent,
        narrowest=indent + max((laid.room(word.start, word.drawn) for word in laid.words), default=0),
        starts=tuple(tuple(reach[word.start] for word in laid.words) for reach in laid.reaches),
        ends=tuple(
            tuple(reach[word.drawn] + margin for word in laid.words)
            for reach, margin in zip(laid.reaches, laid.margins, strict=True)
        ),
    )


def _count_at(starts: tuple[Emu, ...], ends: tuple[Emu, ...], width: Emu) -> int:
    count, word = 0, 0
    while word < len(starts):
        word = max(bisect_right(ends, starts[word] + width, word), word + 1)
        count += 1
    return max(count, 1)


@lru_cache(maxsize=4096)
def break_lines(spans: tuple[Span, ...], width: Emu, *, ruler: Ruler, language: str, give: Emu = 0) -> Broken:
    """Break a paragraph into lines of at most ``width``; an empty paragraph is one empty line.

    ``give`` is how much more width the programs that wrap by themselves have.

    A soft hyphen (U+00AD) allows a division of its word if it is wider than the line, and is not part of the lines.
    Remembered, since all but a few paragraphs are the same when a report is built again.
    """
    laid, spans = _lay(spans, ruler, language, give)
    ends = tuple(_fill(laid, width))
    starts = (0, *(end.at for end in ends[:-1]))
    lines = tuple(_line(laid, spans, start, end) for start, end in zip(starts, ends, strict=True))
    forced = {end.at: end for end in ends if end.in_word}
    counts = (len(lines), *(_count(laid, rule, forced, width) for rule in range(1, len(ruler.rules))))
    return Broken(lines, counts)


def _lay(spans: tuple[Span, ...], ruler: Ruler, language: str, give: Emu) -> tuple[_Text, tuple[Span, ...]]:
    soft, spans = without_soft_hyphens(spans)
    text = "".join(span.text for span in spans)
    laid = _Text(
        text=text,
        words=tuple(_words(text)),
        reaches=tuple(ruler.reach(spans, rule) for rule in ruler.rules),
        hyphens=tuple(ruler.width((replace(spans[-1], text="-"),), rule) if spans else 0 for rule in ruler.rules),
        margins=(0, *(rule.margin - give for rule in ruler.rules[1:])),
        passages=tuple(languages_of(spans, language)),
        soft=soft,
    )
    return laid, spans


def _words(text: str) -> Iterator[_Word]:
    """Yield the pieces between places where lines end.

    Two things are other than in UAX #14, since LibreOffice (7.4, measured) does so: no line ends after a slash, and one
    may end after a hyphen before a digit.
    """
    start = end = 0
    inner: tuple[int, ...] = ()
    for piece in (part for whole in LineBreaker(text, "root") for part in _RANGE.split(whole)):
        end += len(piece)
        if piece.endswith("/") and end < len(text):
            inner = (*inner, end)
            continue
        yield _Word(start, end, start + len(text[start:end].rstrip(" ")), inner)
        start, inner = end, ()


def _fill(laid: _Text, width: Emu) -> Iterator[_Break]:
    """Yield the end of each line, greedily."""
    start = 0
    for word in laid.words:
        if _is_whole(laid, start, word, width):
            continue
        for line_end in _before_overflow(laid, start, word, width):
            yield line_end
            start = line_end.at
    yield _Break(len(laid.text))


def _is_whole(laid: _Text, start: int, word: _Word, width: Emu) -> bool:
    """Tell whether a word stands undivided on the line that begins at ``start``; spaces at its end hang over."""
    if laid.width(start, word.drawn) > width:
        return False
    return word.start > start or laid.room(start, word.drawn) <= width


def _before_overflow(laid: _Text, start: int, word: _Word, width: Emu) -> Iterator[_Break]:
    """Yield the line ends that make room for a word that does not fit on the line that begins at ``start``.

    After the last of them the rest of the word fits on its line.
    """
    if laid.room(word.start, word.drawn) <= width:
        yield _Break(word.start)
        return
    # A division that fits on the line already begun is taken there: programs that wrap the deck would draw it there.
    begun = _division(laid, start, word, width, first_choice=True) or _early_piece(laid, start, word, width)
    if begun is None and word.start > start:
        yield _Break(word.start)
    rest = begun.at if begun else word.start
    if begun:
        yield begun
    while rest < word.drawn and laid.room(rest, word.drawn) > width:
        piece = replace(word, start=rest)
        end = _division(laid, rest, piece, width) or _cut(laid, piece, width)
        yield end
        rest = end.at


def _early_piece(laid: _Text, start: int, word: _Word, width: Emu) -> _Break | None:
    """Return the word's first piece where it fits on the line already begun, though it was chosen for an empty one."""
    piece = _division(laid, word.start, word, width) or _cut(laid, word, width)
    return piece if laid.room(start, piece.at, hyphen=piece.hyphen) <= width else None


def _division(laid: _Text, line_start: int, word: _Word, width: Emu, *, first_choice: bool = False) -> _Break | None:
    """Return the last division of the best kind that fits on the line; ``first_choice``: syllables are no choice."""
    for kind, hyphen in _divisions(laid, word, syllables=not first_choice):
        fitting = [at for at in kind if word.start < at and laid.room(line_start, at, hyphen=hyphen) <= width]
        if fitting:
            return _Break(fitting[-1], hyphen=hyphen, in_word=True)
    return None


def _divisions(laid: _Text, word: _Word, *, syllables: bool) -> Iterator[tuple[Iterable[int], bool]]:
    """Yield where a word may be divided, the best kind first, and whether a hyphen is drawn there."""
    yield (at for at in laid.soft if at < word.end), True
    yield word.inner, False
    found = tuple(_divisions_by_language(laid, word))
    yield (start + at for start, kinds in found for at in kinds.compounds), True
    if syllables:
        yield (start + at for start, kinds in found for at in kinds.syllables), True


def _divisions_by_language(laid: _Text, word: _Word) -> Iterator[tuple[int, Divisions]]:
    """Yield the offset of each part of a word that is in one language, and where it may be divided by that language."""
    start = word.start
    for end, language in laid.passages:
        if start < min(end, word.drawn):
            yield start, divisions(laid.text[start : min(end, word.drawn)], language)
            start = end


def _cut(laid: _Text, word: _Word, width: Emu) -> _Break:
    """Cut between characters as seen by a reader (UAX #29), without a hyphen; at least one stays on the line."""
    clusters = CharacterBreaker(laid.text[word.start : word.drawn], "root")
    offsets = [word.start + at for at in accumulate(len(cluster) for cluster in clusters)]
    fitting = [at for at in offsets if laid.room(word.start, at) <= width]
    return _Break(fitting[-1] if fitting else offsets[0], in_word=True)


def _count(laid: _Text, rule: int, forced: dict[int, _Break], width: Emu) -> int:
    """Count the lines of a program that wraps by itself, but for the ends of lines that are forced within words."""
    width -= laid.margins[rule]
    reach, count, start = laid.reaches[rule], 1, 0
    for word in _divided(laid.words, forced):
        end = forced.get(word.end)
        hyphen = laid.hyphens[rule] if end and end.hyphen else 0
        if word.start > start and reach[word.drawn] - reach[start] + hyphen > width:
            count, start = count + 1, word.start
        if end:
            count, start = count + 1, word.end
    return count


def _divided(words: Iterable[_Word], forced: dict[int, _Break]) -> Iterator[_Word]:
    """Yield words, in their pieces where they are divided."""
    for word in words:
        start = word.start
        for at in sorted(at for at in forced if word.start < at < word.end):
            yield _Word(start, at, at)
            start = at
        yield replace(word, start=start) if start != word.start else word


def _line(laid: _Text, spans: tuple[Span, ...], start: int, end: _Break) -> Line:
    drawn = start + len(laid.text[start : end.at].rstrip(" "))
    width = laid.width(start, drawn) + (laid.hyphens[0] if end.hyphen else 0)
    return Line(tuple(slice_spans(spans, start, end.at)), width, hyphen=end.hyphen, breaks_word=end.in_word)


def sentence_ends(text: str) -> tuple[int, ...]:
    """Return the offsets after each sentence and the spaces behind it, the last at the end of the text."""
    return tuple(accumulate(len(sentence) for sentence in SentenceBreaker(text, "root")))
