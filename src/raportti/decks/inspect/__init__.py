"""From a deck, ours or a foreign one, to what is wrong in it: the passes in their order.

Does not know reports, and starts neither PowerPoint nor LibreOffice. The deck is only read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from raportti.decks.inspect.access import illegible, tips, undescribed, unreadable, untitled
from raportti.decks.inspect.deck import Deck, Face
from raportti.decks.inspect.fonts import Substitute, Supply, choose_fonts
from raportti.decks.inspect.measure import DrawnSlide, measure_deck, vertical_texts
from raportti.decks.inspect.places import misplaced, unfinished
from raportti.decks.inspect.read import read_deck
from raportti.plan.typeset import Box
from raportti.problems import FilePlace, Problem, SlidePlace
from raportti.units import Emu

__all__ = ["Inspection", "MeasuredTable", "Supply", "inspect"]


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table as it is drawn; ``declared`` are the heights of its rows in the file, ``rows`` the true ones."""

    slide: int
    name: str
    box: Box
    declared: tuple[Emu, ...]
    rows: tuple[Emu, ...]

    @property
    def grown(self) -> Emu:
        """How much taller the table is than the file says."""
        return sum(self.rows) - sum(self.declared)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a deck, slide by slide.

    ``remarks`` are no faults: how far the deck could be looked at, and what a person should look at.
    """

    file: str
    slides: int
    findings: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    tables: tuple[MeasuredTable, ...]


def inspect(path: Path, *, words: Mapping[str, str], supply: Supply) -> Inspection:
    """Judge a deck; ``words`` say that a table continues on the next slide, by language (``fi``).

    Raises ``ProblemsFound`` with one problem where the file cannot be read as a deck.
    """
    file = str(path)
    deck = read_deck(path)
    fonts, substitutes = choose_fonts(_faces(deck), supply)
    slides = measure_deck(deck, fonts)
    return Inspection(
        file=file,
        slides=len(deck.slides),
        findings=tuple(sorted(_findings(deck, slides, words, file), key=_by_slide)),
        remarks=tuple(_remarks(deck, substitutes, file)),
        tables=tuple(_tables(slides)),
    )


def _faces(deck: Deck) -> Counter[Face]:
    """Count the runs of text of each face; those that only give empty lines their height count for nothing."""
    faces: Counter[Face] = Counter()
    for frame in deck.frames:
        faces.update(run.face for run in frame.runs)
        for paragraph in frame.paragraphs:
            others = (*paragraph.runs, paragraph.end, *((paragraph.bullet,) if paragraph.bullet else ()))
            faces.update({run.face: 0 for run in others})
    return faces


def _findings(deck: Deck, slides: tuple[DrawnSlide, ...], words: Mapping[str, str], file: str) -> Iterator[Problem]:
    yield from undescribed(deck, file)
    yield from untitled(deck, file)
    yield from unfinished(deck, words, file)
    for slide in slides:
        yield from misplaced(slide, deck, file)
        yield from unreadable(slide.slide, file)
        yield from illegible(slide, file)


def _by_slide(problem: Problem) -> int:
    return problem.place.slide if isinstance(problem.place, SlidePlace) else 0


def _remarks(deck: Deck, substitutes: tuple[Substitute, ...], file: str) -> Iterator[Problem]:
    for found in substitutes:
        values = {"family": found.family, "measured_as": found.measured_as, "count": found.runs}
        yield Problem("font-substituted", FilePlace(file), values)
    vertical = len(list(vertical_texts(deck)))
    if vertical:
        yield Problem("text-vertical", FilePlace(file), {"count": vertical})
    yield from tips(deck, file)


def _tables(slides: tuple[DrawnSlide, ...]) -> Iterator[MeasuredTable]:
    for slide in slides:
        for drawn in slide.shapes:
            if drawn.shape.table:
                declared = drawn.shape.table.rows
                yield MeasuredTable(slide.slide.number, drawn.shape.name, drawn.box, declared, drawn.rows)
