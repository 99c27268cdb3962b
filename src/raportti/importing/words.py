"""What the words of a deck in the original format say: statuses, scores, headers. Knows no pages."""

import re
from collections.abc import Iterable, Mapping

from raportti.model import Achieved
from raportti.source.letters import words_of
from raportti.source.values import DASHES, STATUSES

Words = Mapping[str, str]
HEADERS = ("goal", "subgoals", "achieved", "score", "assessment")
"""The keys of the columns' names in a layout's words."""
SCORE = re.compile(r"[1-5]")
PART = re.compile(r"\s+(\d+)\s*/\s*(\d+)$")
GRADE = re.compile(r"([1-5])\s*=\s*(.+)", re.DOTALL)
FIGURES = re.compile(r"(?:(.*?)\s+)?(\d+) (\d[.,]\d|[-–—]) (\d+) (\d+)", re.DOTALL)
"""A row of a summary on one line: guideline, goals, average, reached, partly reached."""


def plain(text: str) -> str:
    r"""Return a short text as it is compared: without hyphens of layout, in one case.

    >>> plain("Tavoite saavu-\ntettu?")
    'tavoite saavutettu?'
    """
    return words_of(re.sub(r"-\s*\n", "", text)).casefold()


def status_of(text: str) -> Achieved | None:
    """Return the status that a text is."""
    return STATUSES.get(words_of(text).upper())


def score_of(text: str, words: Words) -> str:
    """Return what a score's cell says without what a deck that compares adds: how it moved, and the score before.

    >>> score_of("4 ▲ ennen 2", {"mark_risen": "▲", "mark_fallen": "▼", "was": "ennen {arvosana}"})
    '4'
    """
    marks = "|".join(re.escape(words[key]) for key in ("mark_risen", "mark_fallen"))
    before = r"\S+".join(map(re.escape, words["was"].split("{arvosana}")))
    return re.sub(rf"(?:\s+(?:{marks}))?(?:\s+{before})?$", "", text.rstrip())


def is_dash(text: str) -> bool:
    """Tell whether a text stands for a score that is not given."""
    return words_of(text) in DASHES or not words_of(text)


def language_of(texts: Iterable[str], languages: Mapping[str, Words]) -> str:
    """Return the language whose statuses and headers most of the texts are, the first where none is."""
    keys = ("yes", "partly", "no", "not_assessed", "achieved", "score", "assessment", "continues")
    said = [plain(text) for text in texts]
    known = {language: {plain(words[key]) for key in keys} for language, words in languages.items()}
    return max(languages, key=lambda language: sum(text in known[language] for text in said))
