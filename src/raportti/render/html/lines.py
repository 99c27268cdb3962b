"""From the lines of a paragraph to the text of an element, with every line end of the plan forced.

Does not know blocks, lists or tables.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from markupsafe import Markup

from raportti.plan.typeset import Align, Line, Paragraph, Span
from raportti.render.html.css import SPACE, CssClasses, base_style

HYPHEN = Markup('<span class="hy">-</span>')
"""A hyphen that is drawn and is not in the text: marked, so that it is not taken for one of the text."""
WORD, WORD_END = Markup('<span class="word">'), Markup("</span>")
"""The marks of a word that goes on in the next line, so that it can be read whole."""
_NOT_SPACES = re.compile("[^ ]+")


class LineWriter:
    """Writes the lines of paragraphs, and asks for the CSS classes that they need."""

    def __init__(self, css: CssClasses) -> None:
        self._css = css

    def lines(self, paragraph: Paragraph) -> Markup:
        """Write the lines of a paragraph; spaces at their ends are kept, so that words stay apart in what is read."""
        offsets = (0, *accumulate(len(line.text) for line in paragraph.lines))
        words = dict(_divided_words(paragraph, offsets[1:]))
        lines = zip(paragraph.lines, offsets, strict=False)
        return Markup("\n").join(self._line(line, at, words, paragraph) for line, at in lines)

    def _line(self, line: Line, at: int, words: Mapping[int, int], paragraph: Paragraph) -> Markup:
        """Write a line that begins at an offset of its paragraph; ``words`` go from offset to offset."""
        written, end = Markup(""), at + len(line.text)
        # What is not set from the left would be moved by the spaces at its end: they get a class without width.
        bare_end = end if paragraph.align is Align.LEFT else at + len(line.text.rstrip(" "))
        for span in _cut(line.spans, at, {*words, *words.values(), bare_end}):
            written += WORD if at in words else ""
            written += self._span(span, paragraph, is_bare=at >= bare_end)
            at += len(span.text)
            written += HYPHEN if line.hyphen and at == end else ""
            written += WORD_END if at in words.values() else ""
        return written

    def _span(self, span: Span, paragraph: Paragraph, *, is_bare: bool) -> Markup:
        is_base = span.style == base_style(paragraph) and span.style.size <= paragraph.leading
        css_class = SPACE if is_bare else None if is_base else self._css.span(span.style, paragraph)
        attributes = Markup("").join(
            Markup(' {}="{}"').format(name, value)
            for name, value in (("class", css_class), ("lang", span.language))
            if value
        )
        return Markup("<span{}>{}</span>" if attributes else "{}{}").format(attributes, span.text)


def _divided_words(paragraph: Paragraph, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Find the words that a line end divides, by their offsets: wherever a line ends without a space."""
    for word in _NOT_SPACES.finditer(paragraph.text):
        is_cut_off = word.end() == ends[-1] and paragraph.lines[-1].hyphen
        if is_cut_off or any(word.start() < end < word.end() for end in ends):
            yield word.span()


def _cut(spans: Iterable[Span], at: int, edges: Collection[int]) -> Iterator[Span]:
    """Cut spans, the first of which begins at an offset, at all edges within them."""
    for span in spans:
        end = at + len(span.text)
        for one, other in pairwise(sorted({at, end, *(edge for edge in edges if at < edge < end)})):
            yield replace(span, text=span.text[one - at : other - at])
        at = end
