"""From an edited deck and the source that it was built from to the edit of the source that has its hand edits.

Does not know a terminal, and writes nothing: the deck is only read.
"""

from collections.abc import Iterator
from pathlib import Path

from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import read_deck
from raportti.decks.readback.slides import DeckReading
from raportti.files import is_open
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.merge import Conflict, Keep, Side, merge
from raportti.report.model import Report
from raportti.source.conflicts import conflict_problem
from raportti.source.loading import load
from raportti.source.options import LoadOptions
from raportti.workflows.edit import Edit, edit_of


def pull(path: Path, deck: Path, keep: Keep | None = None) -> Edit:
    """Bring into a source what was changed by hand in a deck since it was built, in the deck's language.

    ``keep`` decides conflicts. Raises ``ProblemsFound`` where there are any and nothing decides them, where a value is
    not valid, or the deck is not one of the source's.
    """
    reading = read_deck(deck)
    found = hand_edits(reading)
    remarks = (*found.remarks, *_open(deck))
    if found.problems:
        raise ProblemsFound((*found.problems, *remarks))
    base = reading.stamp.report
    ours = load(path, LoadOptions((base.language,), allow_missing=True, is_draft=True)).report
    if not _ids(base) & _ids(ours):
        raise ProblemsFound([Problem("deck-of-other-report", FilePlace(str(deck)), {"path": str(path)})])
    merged = merge(base, ours, found.report, preferred=Side.THEIRS if keep is Keep.DECK else Side.OURS)
    if keep is None and merged.conflicts:
        raise ProblemsFound(_problem(conflict, reading) for conflict in merged.conflicts)
    return edit_of(path, (ours,), (merged.report,), remarks)


def _problem(conflict: Conflict, reading: DeckReading) -> Problem:
    place = reading.place_of(conflict.names[0] if conflict.kind == "goal" else None)
    return conflict_problem(conflict, place, reading.language, ours=Keep.SOURCE, theirs=Keep.DECK)


def _ids(report: Report) -> set[str]:
    return {goal.id for goal in report.goals}


def _open(deck: Path) -> Iterator[Problem]:
    """Warn of a deck that is open in another program, which may have edits that are not saved."""
    if is_open(deck):
        yield Problem("deck-open", FilePlace(str(deck)))
