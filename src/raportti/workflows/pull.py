"""From an edited deck and the source that it was built from to the edit of the source that has its hand edits.

Does not know a terminal, and writes nothing: the deck is only read.
"""

from collections.abc import Iterator
from pathlib import Path

from raportti.decks.conflicts import merge_deck
from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import read_deck
from raportti.files import is_open
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.merge import Keep
from raportti.report.model import Report
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
    base = reading.snapshot.report
    ours = load(path, LoadOptions((base.language,), allow_missing=True, is_draft=True)).report
    if not _ids(base) & _ids(ours):
        raise ProblemsFound([Problem("deck-of-other-report", FilePlace(str(deck)), {"path": str(path)})])
    merged = merge_deck(reading, deck=found.report, source=ours, into=Keep.SOURCE, keep=keep)
    if merged.conflicts:
        raise ProblemsFound(merged.conflicts)
    return edit_of(path, (ours,), (merged.report,), remarks)


def _ids(report: Report) -> set[str]:
    return {goal.id for goal in report.goals}


def _open(deck: Path) -> Iterator[Problem]:
    """Warn of a deck that is open in another program, which may have edits that are not saved."""
    if is_open(deck):
        yield Problem("deck-open", FilePlace(str(deck)))
