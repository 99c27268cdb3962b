"""From a paragraph's spans and a width to its lines, and to the number of lines that other programs will make of it.

Does not know columns or pages. Lines are filled greedily, one after the other. They end where the Unicode line breaking
rules allow it (UAX #14, by ICU). A word is divided only if it is wider than the whole width by any rule of drawing.
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
from raportti.text.measure import Ruler, slack_of
from raportti.text.spans import languages_of, slice_spans, without_soft_hyphens
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class BrokenParagraph:
    """A paragraph in lines by the layout's own rule, and the number of its lines by each rule of the ruler."""

    lines: tuple[Line, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """Text between two places where a line may end: offsets of its start, its end, and its end without spaces."""

    start: int
    end: int
    drawn: int
    inner: tuple[int, ...] = ()
    """Where a word that is too wide may be divided without a hyphen: after the slashes of an address."""


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line ends, and what is drawn there."""

    at: int
    hyphen: bool = False
    in_word: bool = False


@dataclass(frozen=True, slots=True)
class _MeasuredText:
    """A paragraph measured on one endless line, by each rule."""

    content: str
    words: tuple[_Word, ...]
    advances: tuple[tuple[Emu, ...], ...]
    """Cumulative, to each character boundary, by each rule."""
    hyphens: tuple[Emu, ...]
    """The width of a hyphen, by each rule."""
    margins: tuple[Emu, ...]
    """The part of a line's width that each rule leaves empty; negative where a program has more width than planned."""
    passages: tuple[tuple[int, str], ...]
    """The end of each passage in one language, and the language."""
    soft_hyphens: tuple[int, ...]
    """Where the author put them."""

    def width(self, start: int, end: int) -> Emu:
        """Return the width between two offsets by the layout's own rule."""
        return self.advances[0][end] - self.advances[0][start]

    def widest(self, start: int, end: int, *, hyphen: bool = False) -> Emu:
        """Return the width between two offsets by the rule that needs most, its margin included."""
        rules = zip(self.advances, self.hyphens, self.margins, strict=True)
        return max(advances[end] - advances[start] + hyphen * dash + margin for advances, dash, margin in rules)


@lru_cache(maxsize=4096)
def break_lines(spans: tuple[Span, ...], width: Emu, *, ruler: Ruler, language: str, slack: Emu = 0) -> BrokenParagraph:
    """Break a paragraph into lines of at most ``width``; an empty paragraph is one empty line.

    ``slack`` is the width beyond ``width`` of programs that wrap by themselves. At a soft hyphen (U+00AD) a word that
    is wider than the line may be divided; the lines do not contain it. Results are remembered, since all but a few
    paragraphs are the same when a report is built again.
    """
    text, spans = _measure(spans, ruler, language, slack)
    ends = tuple(_fill(text, width))
    starts = (0, *(end.at for end in ends[:-1]))
    lines = tuple(_line(text, spans, start, end) for start, end in zip(starts, ends, strict=True))
    forced = {end.at: end for end in ends if end.in_word}
    counts = (len(lines), *(_count(text, rule, forced, width) for rule in range(1, len(ruler.rules))))
    return BrokenParagraph(lines, counts)


def _measure(
    spans: tuple[Span, ...], ruler: Ruler, language: str, slack: Emu
) -> tuple[_MeasuredText, tuple[Span, ...]]:
    """Measure a paragraph; return with it the spans without soft hyphens, to which all offsets belong."""
    soft_hyphens, spans = without_soft_hyphens(spans)
    content = "".join(span.text for span in spans)
    measured = _MeasuredText(
        content=content,
        words=tuple(_words(content)),
        advances=tuple(ruler.cumulative_advances(spans, rule) for rule in ruler.rules),
        hyphens=tuple(ruler.width((replace(spans[-1], text="-"),), rule) if spans else 0 for rule in ruler.rules),
        margins=(0, *(rule.margin - slack for rule in ruler.rules[1:])),
        passages=tuple(languages_of(spans, language)),
        soft_hyphens=soft_hyphens,
    )
    return measured, spans


_RANGE = re.compile(r"(?<=\w-)(?=\d)")
"""The place between a hyphen and a digit, as in 2024-2026."""


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of a text, by the places where lines may end.

    Two rules are not those of UAX #14 but of LibreOffice (7.4, measured): no line ends after a slash, and a line may
    end between a hyphen and a digit.
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


def _fill(text: _MeasuredText, width: Emu) -> Iterator[_Break]:
    """Yield the end of each line, greedily."""
    start = 0
    for word in text.words:
        if _is_whole(text, start, word, width):
            continue
        for line_end in _before_overflow(text, start, word, width):
            yield line_end
            start = line_end.at
    yield _Break(len(text.content))


def _is_whole(text: _MeasuredText, start: int, word: _Word, width: Emu) -> bool:
    """Return whether a word stands undivided on the line that begins at ``start``; spaces at its end hang over."""
    if text.width(start, word.drawn) > width:
        return False
    return word.start > start or text.widest(start, word.drawn) <= width


def _before_overflow(text: _MeasuredText, start: int, word: _Word, width: Emu) -> Iterator[_Break]:
    """Yield the line ends that make room for a word that does not fit on the line that begins at ``start``.

    After the last of them the rest of the word fits on its line.
    """
    if text.widest(word.start, word.drawn) <= width:
        yield _Break(word.start)
        return
    # A piece that fits on the line already begun stays there: programs that wrap the deck would draw it there.
    begun = _division(text, start, word, width, first_choice=True) or _early_piece(text, start, word, width)
    if begun is None and word.start > start:
        yield _Break(word.start)
    rest = begun.at if begun else word.start
    if begun:
        yield begun
    while rest < word.drawn and text.widest(rest, word.drawn) > width:
        piece = replace(word, start=rest)
        end = _division(text, rest, piece, width) or _cut(text, piece, width)
        yield end
        rest = end.at


def _early_piece(text: _MeasuredText, start: int, word: _Word, width: Emu) -> _Break | None:
    """Return the word's first piece where it fits on the line already begun, though it was chosen for an empty one."""
    piece = _division(text, word.start, word, width) or _cut(text, word, width)
    return piece if text.widest(start, piece.at, hyphen=piece.hyphen) <= width else None


def _division(
    text: _MeasuredText, line_start: int, word: _Word, width: Emu, *, first_choice: bool = False
) -> _Break | None:
    """Return the last division of the best kind that fits on the line; with ``first_choice`` syllables do not count."""
    for kind, hyphen in _divisions(text, word, syllables=not first_choice):
        fitting = [at for at in kind if word.start < at and text.widest(line_start, at, hyphen=hyphen) <= width]
        if fitting:
            return _Break(fitting[-1], hyphen=hyphen, in_word=True)
    return None


def _divisions(text: _MeasuredText, word: _Word, *, syllables: bool) -> Iterator[tuple[Iterable[int], bool]]:
    """Yield where a word may be divided, the best kind first, and whether a hyphen is drawn there."""
    yield (at for at in text.soft_hyphens if at < word.end), True
    yield word.inner, False
    found = tuple(_divisions_by_language(text, word))
    yield (start + at for start, kinds in found for at in kinds.compounds), True
    if syllables:
        yield (start + at for start, kinds in found for at in kinds.syllables), True


def _divisions_by_language(text: _MeasuredText, word: _Word) -> Iterator[tuple[int, Divisions]]:
    """Yield the offset of each part of a word that is in one language, and where it may be divided by that language."""
    start = word.start
    for end, language in text.passages:
        if start < min(end, word.drawn):
            yield start, divisions(text.content[start : min(end, word.drawn)], language)
            start = end


def _cut(text: _MeasuredText, word: _Word, width: Emu) -> _Break:
    """Cut between characters as seen by a reader (UAX #29), without a hyphen; at least one stays on the line."""
    clusters = CharacterBreaker(text.content[word.start : word.drawn], "root")
    offsets = [word.start + at for at in accumulate(len(cluster) for cluster in clusters)]
    fitting = [at for at in offsets if text.widest(word.start, at) <= width]
    return _Break(fitting[-1] if fitting else offsets[0], in_word=True)


def _count(text: _MeasuredText, rule: int, forced: dict[int, _Break], width: Emu) -> int:
    """Count the lines of a program that wraps by itself, except where the plan forces line ends within words."""
    width -= text.margins[rule]
    advances, count, start = text.advances[rule], 1, 0
    for word in _divided(text.words, forced):
        end = forced.get(word.end)
        hyphen = text.hyphens[rule] if end and end.hyphen else 0
        if word.start > start and advances[word.drawn] - advances[start] + hyphen > width:
            count, start = count + 1, word.start
        if end:
            count, start = count + 1, word.end
    return count


def _divided(words: Iterable[_Word], forced: dict[int, _Break]) -> Iterator[_Word]:
    """Yield words, those that are divided piece by piece."""
    for word in words:
        start = word.start
        for at in sorted(at for at in forced if word.start < at < word.end):
            yield _Word(start, at, at)
            start = at
        yield replace(word, start=start) if start != word.start else word


def _line(text: _MeasuredText, spans: tuple[Span, ...], start: int, end: _Break) -> Line:
    drawn = start + len(text.content[start : end.at].rstrip(" "))
    width = text.width(start, drawn) + (text.hyphens[0] if end.hyphen else 0)
    return Line(tuple(slice_spans(spans, start, end.at)), width, hyphen=end.hyphen, breaks_word=end.in_word)


@dataclass(frozen=True, slots=True)
class LineCounter:
    """Counts the lines of a paragraph at any width that is no narrower than its widest word."""

    leading: Emu
    indent: Emu
    narrowest: Emu
    """The least width at which no word is divided, the indent included."""
    starts: tuple[tuple[Emu, ...], ...]
    ends: tuple[tuple[Emu, ...], ...]
    """By each rule, where each word begins and ends on one endless line; its margin is in the ends."""

    def count(self, width: Emu) -> int:
        """Return the lines by the rule that takes most; programs that wrap by themselves have their slack."""
        slacks = (0, *[slack_of(width)] * (len(self.starts) - 1))
        rules = zip(self.starts, self.ends, slacks, strict=True)
        return max(_count_at(starts, ends, width - self.indent + slack) for starts, ends, slack in rules)


def line_counter(spans: tuple[Span, ...], indent: Emu, *, ruler: Ruler, language: str) -> LineCounter:
    """Prepare to count the lines of a paragraph at many widths."""
    text, spans = _measure(spans, ruler, language, 0)
    return LineCounter(
        leading=max((span.style.leading for span in spans), default=0),
        indent=indent,
        narrowest=indent + max((text.widest(word.start, word.drawn) for word in text.words), default=0),
        starts=tuple(tuple(advances[word.start] for word in text.words) for advances in text.advances),
        ends=tuple(
            tuple(advances[word.drawn] + margin for word in text.words)
            for advances, margin in zip(text.advances, text.margins, strict=True)
        ),
    )


def _count_at(starts: tuple[Emu, ...], ends: tuple[Emu, ...], width: Emu) -> int:
    count, word = 0, 0
    while word < len(starts):
        word = max(bisect_right(ends, starts[word] + width, word), word + 1)
        count += 1
    return max(count, 1)


def sentence_ends(text: str) -> tuple[int, ...]:
    """Return the offsets after each sentence and the spaces behind it, the last at the end of the text."""
    return tuple(accumulate(len(sentence) for sentence in SentenceBreaker(text, "root")))
