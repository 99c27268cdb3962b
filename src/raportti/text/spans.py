"""From the spans of a paragraph to other spans of the same text: joined, cut, without soft hyphens.

Does not know widths or lines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, groupby

from raportti.plan.typeset import Span

SOFT_HYPHEN = "\u00ad"


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Join neighbouring spans of one style and language, as a paragraph had them before it was broken into lines."""
    for _, group in groupby(spans, key=lambda span: (span.style, span.language)):
        same = tuple(group)
        yield replace(same[0], text="".join(span.text for span in same))


def slice_spans(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """Yield the parts of spans between two offsets of their whole text."""
    begins = 0
    for span in spans:
        text = span.text[max(start - begins, 0) : max(end - begins, 0)]
        if text:
            yield replace(span, text=text)
        begins += len(span.text)


def undivided(text: str) -> str:
    """Return a text without soft hyphens: for names and titles that are never set in lines."""
    return text.replace(SOFT_HYPHEN, "")


def without_soft_hyphens(spans: tuple[Span, ...]) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """Take the soft hyphens out; return the offsets where they stood, and the spans without them."""
    pieces = "".join(span.text for span in spans).split(SOFT_HYPHEN)
    offsets = tuple(accumulate(len(piece) for piece in pieces[:-1]))
    return offsets, tuple(replace(span, text=undivided(span.text)) for span in spans)


def languages_of(spans: Iterable[Span], language: str) -> Iterator[tuple[int, str]]:
    """Yield the end of each passage and its language, which is ``language`` unless its spans name another."""
    end = 0
    for spoken, group in groupby(spans, key=lambda span: span.language or language):
        end += sum(len(span.text) for span in group)
        yield end, spoken
