"""Built decks, edited at random → where what is read back is not what was edited, in any program's file.

Each deck is saved once by LibreOffice too, many in one run, which takes seconds to start.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from judges import libreoffice
from planning import LUVN
from random_edits import random_edit, with_goal
from raportti.api import build
from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import read_deck
from raportti.problems.messages import describe
from raportti.report.diff import changes_of
from raportti.report.model import Report, Subgoal
from stress.deck_edits import edit
from stress.generate import Kind, Recipe
from stress.sources import write_yaml


@dataclass(frozen=True)
class Miss:
    """A deck that does not say what it should: its number, the edits, who saved it, and what differs."""

    number: int
    edits: tuple[str, ...]
    program: str
    detail: str


@dataclass(frozen=True)
class Edited:
    """An edited deck, and the report that it should say."""

    number: int
    path: Path
    edits: tuple[str, ...]
    report: Report


def built(recipe: Recipe, numbers: Iterable[int], folder: Path) -> Iterator[Path]:
    """Build the decks of some reports."""
    for number in numbers:
        source = write_yaml(recipe.report(number), folder / f"source-{number}")
        yield from build(source, out=folder / f"built-{number}", formats=("pptx",), layout=LUVN).files


def built_tall(recipe: Recipe, numbers: Iterable[int], folder: Path) -> Iterator[Path]:
    """Build the decks of some realistic reports with goals that are cut over slides."""
    for number in numbers:
        report, rng = replace(recipe, kind=Kind.REALISTIC).report(number), Random(f"tall {number}")
        for goal in rng.sample(report.goals, min(2, len(report.goals))):
            words = tuple(f"{number}. {text}" for number in range(1, 9) for text in goal.assessment or (goal.text,))
            few = tuple(Subgoal(text) for text in words[: rng.choice((0, len(words)))])
            report = with_goal(report, goal, replace(goal, assessment=(*words, " ".join(words)), subgoals=few))
        source = write_yaml(report, folder / f"tall-source-{number}")
        yield from build(source, out=folder / f"tall-{number}", formats=("pptx",), layout=LUVN).files


def built_with_all(recipe: Recipe, numbers: Iterable[int], folder: Path) -> Iterator[Path]:
    """Build the decks of some reports as drafts with charts, and with what changed since other reports."""
    for number in numbers:
        report, rng = recipe.report(number), Random(f"before {number}")
        before = report
        for _ in range(6):
            before = random_edit(before, rng).report
        yield build_with_all(report, before, folder / f"all-{number}")


def build_with_all(report: Report, before: Report, folder: Path) -> Path:
    """Build the deck of a report as a draft with charts, and with what changed since another."""
    source, old = write_yaml(report, folder / "source"), write_yaml(before, folder / "old")
    (deck,) = build(
        source, out=folder / "built", formats=("pptx",), layout=LUVN, charts=True, draft=True, compare_to=old
    ).files
    return deck


def edited(decks: Sequence[Path], numbers: Iterable[int], folder: Path, seed: int) -> Iterator[Edited]:
    """Edit decks in turn: number N is edited the same each time."""
    for number in numbers:
        path = folder / f"edited-{number}.pptx"
        done = edit(decks[number % len(decks)], path, Random(f"{seed} {number}"))
        yield Edited(number, path, tuple(done.told), done.report)


def misses(decks: Sequence[Edited], folder: Path, *, in_libreoffice: bool) -> Iterator[Miss]:
    """Read decks back, as they were saved and, where that is asked for, as LibreOffice saves them."""
    yield from (miss for deck in decks for miss in _held(deck, deck.path, "PowerPoint"))
    if in_libreoffice:
        folder.mkdir(exist_ok=True)
        again = libreoffice.convert([deck.path for deck in decks], folder, folder, "pptx")
        yield from (miss for deck, path in zip(decks, again, strict=True) for miss in _held(deck, path, "LibreOffice"))


def _held(deck: Edited, path: Path, program: str) -> Iterator[Miss]:
    found = hand_edits(read_deck(path))
    wrong = [describe(problem, "en") for problem in found.problems]
    if found.report != deck.report:
        wrong.append(str(changes_of(deck.report, found.report)))
    if wrong:
        yield Miss(deck.number, deck.edits, program, "\n".join(wrong))
