"""From a text to the ends of its sentences (UAX #29, by ICU). Knows nothing of lines."""

from itertools import accumulate

from icu4py.breakers import SentenceBreaker


def sentence_ends(text: str) -> tuple[int, ...]:
    """Return the offsets after each sentence and the spaces behind it, the last at the end of the text."""
    return tuple(accumulate(len(sentence) for sentence in SentenceBreaker(text, "root")))
