"""From pages to a report, and to what could not be read of them: nothing is guessed in silence.

Does not know file formats.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from raportti.content.wording import fill_in
from raportti.decks.importing.goals import GoalReader, guidelines_of
from raportti.decks.importing.hyphens import Joiner
from raportti.decks.importing.pages import Page, texts_of
from raportti.decks.importing.recognition import (
    GRADE,
    HEADERS,
    PART,
    LayoutWords,
    Section,
    SectionKind,
    language_of,
    plain,
    sections_of,
)
from raportti.problems import Place, Problem, ProblemsFound
from raportti.report.model import SCORES, Report, Strategy

_SEPARATOR = " · "
_PLACES = re.compile(r"\\\{(\w+)\\\}")
_GUESSED = ("organisation", "meeting")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report, and what a person has to look at."""

    report: Report
    problems: tuple[Problem, ...]


def assemble(pages: Sequence[Page], languages: Mapping[str, LayoutWords], whole: Place) -> Assembled:
    """Make a report of a deck's pages; raises ``ProblemsFound`` where there is no table of goals among them."""
    language = language_of(texts_of(pages), languages)
    words = languages[language]
    joiner = Joiner(language, texts_of(pages), frozenset(plain(words[key]) for key in HEADERS))
    pages = tuple(_without_mark(joiner.page(page), words["draft"]) for page in pages)
    cover, sections = sections_of(pages, words)
    sections = tuple(section for section in sections if section.of(SectionKind.GOALS))
    if not sections:
        raise ProblemsFound([Problem("import-no-goals", whole)])
    reader = GoalReader(words, joiner)
    made = _Strategies(words, reader, _names(cover, sections), cover)
    strategies = tuple(made.strategy(section, number) for number, section in enumerate(sections))
    scale = _scale(sections, words)
    report = Report(title=_cover_title(cover, strategies), strategies=strategies, language=language, scale=scale)
    report, about = _with_colophon(report, cover, words)
    unread = _unread(sections, pages, cover)
    problems = (*joiner.remarks, *made.problems, *reader.problems, *about, *unread)
    return Assembled(report, problems)


def _without_mark(page: Page, mark: str) -> Page:
    """Leave out the mark of a draft: what is missing in a draft says that it is one."""
    return replace(page, texts=tuple(paragraph for paragraph in page.texts if paragraph.text != mark))


def _names(cover: Page | None, sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the names of the strategies: those that the cover lists, else the corner tags in small letters."""
    listed = tuple(p.text for p in cover.texts if p.level) if cover else ()
    if len(listed) == len(sections):
        return listed
    return tuple((section.tag or str(number)).capitalize() for number, section in enumerate(sections, 1))


def _cover_title(cover: Page | None, strategies: Sequence[Strategy]) -> str:
    if cover is None:
        return strategies[0].name
    return cover.title or next((p.text for p in cover.texts if not p.level), strategies[0].name)


def _scale(sections: Sequence[Section], words: LayoutWords) -> tuple[str, ...] | None:
    """Return what the grades mean, where that is not what the layout says."""
    pages = [
        page for section in sections for kind in (SectionKind.SCALE, SectionKind.SUMMARY) for page in section.of(kind)
    ]
    found = (GRADE.fullmatch(paragraph.text) for page in pages for paragraph in page.texts)
    grades: dict[int, str] = {}
    for grade in found:
        if grade:
            grades.setdefault(int(grade[1]), grade[2].strip())
    texts = tuple(grades.get(score, words[f"scale_{score}"]) for score in SCORES)
    return None if texts == tuple(words[f"scale_{score}"] for score in SCORES) else texts


def _unread(sections: Sequence[Section], pages: Sequence[Page], cover: Page | None) -> Iterator[Problem]:
    """Report the pages that are neither the cover nor of a known kind."""
    known = {id(page) for section in sections for kind, page in section.pages if kind is not SectionKind.OTHER}
    for page in pages:
        if page is not cover and id(page) not in known:
            title = page.title or next((p.text for p in page.texts), "")
            yield Problem("import-page-unread", page.place, {"value": title})


def _with_colophon(report: Report, cover: Page | None, words: LayoutWords) -> tuple[Report, tuple[Problem, ...]]:
    """Add to a report what its cover says. Texts that nothing tells apart go by their order, each with a problem."""
    if cover is None:
        return report, ()
    problems: list[Problem] = []
    free = list(_GUESSED)
    found: dict[str, object] = {}
    for text in (p.text for p in cover.texts if not p.level and p.text != report.title):
        for part in text.split(_SEPARATOR):
            known = dict(_known(part, words))
            if not known and free:
                field = "meeting" if "meeting" in free and text != part else free[0]
                free.remove(field)
                known = {field: part}
                problems.append(Problem("import-cover-taken", cover.place, {"value": part, "what": field}))
            elif not known:
                problems.append(Problem("import-cover-unread", cover.place, {"value": part}))
            found |= known
    return replace(report, **found), tuple(problems)  # pyright: ignore[reportArgumentType] - fields by their names


def _known(text: str, words: LayoutWords) -> Iterator[tuple[str, object]]:
    """Yield the field that a text is by the layout's words."""
    when = _values(words["date"], text)
    if when:
        try:
            yield "date", date(int(when["vuosi"]), int(when["kuukausi"]), int(when["päivä"]))
        except ValueError:
            return
    for field, place in (("case_number", "asianumero"), ("attachment_number", "liitenumero")):
        if given := _values(words[field], text):
            yield field, given[place]


def _values(pattern: str, text: str) -> dict[str, str] | None:
    """Return the values that a pattern with names in braces has in a text."""
    found = re.fullmatch(_PLACES.sub(r"(?P<\1>.+?)", re.escape(pattern)), text)
    return found.groupdict() if found else None


class _Strategies:
    """Makes strategies in the words of one language."""

    def __init__(self, words: LayoutWords, reader: GoalReader, names: Sequence[str], cover: Page | None) -> None:
        self.words, self.reader, self.names, self.cover = words, reader, names, cover
        self.letters = _letters(names)
        self.problems: list[Problem] = []

    def strategy(self, section: Section, number: int) -> Strategy:
        name = self.names[number]
        listed = {p.text for p in self.cover.texts if p.level} if self.cover else set[str]()
        if name not in listed:
            self.problems.append(Problem("import-name-taken", section.pages[0][1].place, {"value": name}))
        letter = self.letters[number]
        read = guidelines_of(section, self.reader, lambda group, goal: f"{letter}{group}.{goal}", name)
        self.problems += read.problems
        strategy = Strategy(
            name=name,
            guidelines=read.guidelines,
            tag=None if section.tag in (None, name.upper()) else section.tag,
            table_title=None if read.table_title == self.words["table_title"] else read.table_title,
        )
        return replace(strategy, **dict(self._texts(section, strategy)))

    def _texts(self, section: Section, strategy: Strategy) -> Iterator[tuple[str, str]]:
        """Yield the strategy's own texts: those that differ from the layout's words."""
        for kind, field in ((SectionKind.SCALE, "scale_title"), (SectionKind.SUMMARY, "summary_title")):
            title = next((section.title(page) for page in section.of(kind)), None)
            own = PART.sub("", title or "").removesuffix(f" ({strategy.name})")
            if own and own != fill_in(self.words[field], strategia=strategy.name):
                yield field, own
        sentence = next((text for page in section.of(SectionKind.SUMMARY) for text in section.texts(page)), None)
        own = self._sentence(sentence, len(strategy.goals)) if sentence else None
        if own and own != self.words["summary_sentence"]:
            yield "summary_sentence", own

    def _sentence(self, text: str, goals: int) -> str | None:
        """Put the place of a number into a summary's sentence; what says how many are not assessed is left out."""
        if GRADE.fullmatch(text):
            return None
        before, _, after = self.words["not_assessed_sentence"].partition("{arvioimatta}")
        text = re.sub(rf"\s*{re.escape(before)}\d+{re.escape(after)}$", "", text)
        return re.sub(rf"(?<!\d){goals}(?!\d)", "{tavoitteita}", text, count=1)


def _letters(names: Sequence[str]) -> tuple[str, ...]:
    """Return the letters with which ids begin: a name's first one, or as many as it takes to tell it apart."""
    for length in range(1, max(map(len, names)) + 1):
        letters = tuple(name[:length].upper() for name in names)
        if len(set(letters)) == len(names):
            return letters
    return tuple(f"{name[:1].upper()}{number}." for number, name in enumerate(names, 1))
