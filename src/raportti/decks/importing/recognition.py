"""From texts and pages to what they are by the words of a layout: a status, a score, a summary's figures, a section.

Does not know file formats, nor how goals are read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from raportti.decks.importing.pages import Page, Row, text_of
from raportti.report.characters import words_of
from raportti.report.model import Achieved
from raportti.source.fields import DASHES, STATUSES

LayoutWords = Mapping[str, str]
HEADERS = ("goal", "subgoals", "achieved", "score", "assessment")
"""The keys of the columns' names in a layout's words."""
SCORE = re.compile(r"[1-5]")
PART = re.compile(r"\s+(\d+)\s*/\s*(\d+)$")
GRADE = re.compile(r"([1-5])\s*=\s*(.+)", re.DOTALL)
FIGURES = re.compile(r"(?:(.*?)\s+)?(\d+) (\d[.,]\d|[-–—]) (\d+) (\d+)", re.DOTALL)
"""A row of a summary on one line: guideline, goals, average, reached, partly reached."""
_GRADES = 5
_SHOWN, _ALL_STATUSES = 5, 7


def plain(text: str) -> str:
    r"""Return a short text as it is compared: without hyphens of layout, in one case.

    >>> plain("Tavoite saavu-\ntettu?")
    'tavoite saavutettu?'
    """
    return words_of(re.sub(r"-\s*\n", "", text)).casefold()


def status_of(text: str) -> Achieved | None:
    """Return the status that a text is."""
    return STATUSES.get(words_of(text).upper())


def score_of(text: str, words: LayoutWords) -> str:
    """Return what a score's cell says without what a deck that compares adds: how it moved, and the score before.

    >>> score_of("4 ▲ ennen 2", {"mark_risen": "▲", "mark_fallen": "▼", "was": "ennen {arvosana}"})
    '4'
    """
    marks = "|".join(re.escape(words[key]) for key in ("mark_risen", "mark_fallen"))
    before = r"\S+".join(map(re.escape, words["was"].split("{arvosana}")))
    return re.sub(rf"(?:\s+(?:{marks}))?(?:\s+{before})?$", "", text.rstrip())


def is_dash(text: str) -> bool:
    """Return whether a text stands for a score that is not given."""
    return words_of(text) in DASHES or not words_of(text)


def language_of(texts: Iterable[str], languages: Mapping[str, LayoutWords]) -> str:
    """Return the language whose statuses and headers most of the texts are, the first where none is."""
    keys = ("yes", "partly", "no", "not_assessed", "achieved", "score", "assessment", "continues")
    said = [plain(text) for text in texts]
    known = {language: {plain(words[key]) for key in keys} for language, words in languages.items()}
    return max(languages, key=lambda language: sum(text in known[language] for text in said))


class SectionKind(Enum):
    """What a page shows."""

    SCALE = "scale"
    SUMMARY = "summary"
    GOALS = "goals"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a strategy, each with its kind, and the corner tag that they share."""

    tag: str | None
    pages: tuple[tuple[SectionKind, Page], ...]

    def of(self, kind: SectionKind) -> tuple[Page, ...]:
        """Return the pages of a kind."""
        return tuple(page for own, page in self.pages if own is kind)

    def title(self, page: Page) -> str | None:
        """Return the title of a page: the first of its texts but the corner tag, where nothing marks it."""
        if page.title:
            return page.title
        return next((p.text for p in page.texts if p.text != self.tag), None)

    def texts(self, page: Page) -> tuple[str, ...]:
        """Return the texts of a page but its title and its corner tag."""
        title = self.title(page)
        return tuple(p.text for p in page.texts if p.text not in (title, self.tag))


def kind_of(page: Page, words: LayoutWords) -> SectionKind:
    """Return the kind of a page, from the contents of its table."""
    headers = {plain(words[key]) for key in ("achieved", "score", "assessment")}
    heads = {plain(text_of(cell)) for row in page.rows for cell in row.cells}
    if any(_is_goal(row) for row in page.rows) or len(headers & heads) > 1:
        return SectionKind.GOALS
    if any(figures_of_row(row) for row in page.rows):
        return SectionKind.SUMMARY
    grades = {found[1] for paragraph in page.texts if (found := GRADE.fullmatch(paragraph.text))}
    return SectionKind.SCALE if len(grades) == _GRADES else SectionKind.OTHER


def _is_goal(row: Row) -> bool:
    return len(row.cells) > 3 and status_of(text_of(row.cells[-3])) is not None


def figures_of_row(row: Row) -> tuple[str, ...] | None:
    """Return the guideline and the figures of a row of a summary; None where it is none."""
    texts = [words_of(text_of(cell)) for cell in row.cells]
    if len(texts) == _ALL_STATUSES and all(text.isdigit() for text in texts[_SHOWN:]):
        texts = texts[:_SHOWN]  # a summary of all statuses: what the original's has is read
    found = FIGURES.fullmatch(" ".join(texts[1:])) if len(texts) == _SHOWN else None
    return (texts[0], *texts[1:]) if found else None


def sections_of(pages: Sequence[Page], words: LayoutWords) -> tuple[Page | None, tuple[Section, ...]]:
    """Return the cover, where there is one, and the sections: a scale begins one, and so does another corner tag."""
    kinds = [kind_of(page, words) for page in pages]
    has_cover = bool(pages) and kinds[0] is SectionKind.OTHER
    cover = pages[0] if has_cover else None
    marks = _marks(pages, words)
    groups: list[list[tuple[SectionKind, Page]]] = []
    current: str | None = None
    for kind, page, mark in list(zip(kinds, pages, marks, strict=True))[has_cover:]:
        is_new = bool(current and mark and mark != current)
        begins = (
            kind is SectionKind.SCALE and bool(groups) and any(own is not SectionKind.SCALE for own, _ in groups[-1])
        )
        if not groups or is_new or begins:
            groups.append([])
            current = None
        groups[-1].append((kind, page))
        current = current or mark
    return cover, tuple(Section(_tag([page for _, page in group], cover, words), tuple(group)) for group in groups)


def _marks(pages: Sequence[Page], words: LayoutWords) -> list[str | None]:
    """Return of each page the text in capitals that stands on several pages: its corner tag."""
    counts = Counter(text for page in pages for text in {p.text for p in page.texts})
    return [
        next((p.text for p in page.texts if p.text.isupper() and counts[p.text] > 1 and not status_of(p.text)), None)
        for page in pages
    ]


def _tag(pages: Sequence[Page], cover: Page | None, words: LayoutWords) -> str | None:
    """Return the text that all pages of a section have, one in capitals before any other."""
    shared = _shared(pages) - (_shared([cover]) | {cover.title} if cover else frozenset())
    own = [text for text in shared if plain(text) != plain(words["continues"]) and not is_dash(text)]
    ordered = [p.text for p in pages[0].texts if p.text in own and not p.text.isdigit()]
    return next((text for text in ordered if text.isupper()), ordered[0] if ordered and len(pages) > 1 else None)


def _shared(pages: Iterable[Page]) -> frozenset[str]:
    texts = [frozenset(p.text for p in page.texts) for page in pages]
    return texts[0].intersection(*texts[1:]) if texts else frozenset()
