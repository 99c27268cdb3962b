"""From an edited deck and its source to one report and the conflicts between them, for `pull` and `refresh` alike.

A conflict is what both changed since the deck was generated, and not to the same. It is a problem with three values:
base, deck and source. Here, and nowhere else, ours and theirs of a merge become deck and source.
"""

from dataclasses import dataclass, field

from raportti.decks.readback.reading import DeckReading
from raportti.problems import Problem, SlidePlace
from raportti.report.merge import Conflict, Keep, Side, merge
from raportti.report.model import Report
from raportti.source.conflicts import conflict_problem


@dataclass(frozen=True, slots=True)
class DeckMerge:
    """A report with the changes of deck and source, and the conflicts that are to be decided."""

    report: Report
    conflicts: tuple[Problem, ...]


def merge_deck(reading: DeckReading, *, deck: Report, source: Report, into: Keep, keep: Keep | None) -> DeckMerge:
    """Merge the reports of a deck and its source; ``into`` names the one that is written, and gives the order.

    ``keep`` decides conflicts. Where it is None, they are returned, and the report has the value of ``into``.
    """
    other = Keep.SOURCE if into is Keep.DECK else Keep.DECK
    ours, theirs = (deck, source) if into is Keep.DECK else (source, deck)
    preferred = Side.THEIRS if keep is other else Side.OURS
    merged = merge(reading.snapshot.report, ours, theirs, preferred=preferred)

    def problem(conflict: Conflict) -> Problem:
        place = reading.place_of(conflict.names[0] if conflict.kind == "goal" else None)
        return conflict_problem(conflict, place, reading.language, ours=into, theirs=other)

    return DeckMerge(merged.report, tuple(map(problem, merged.conflicts)) if keep is None else ())


@dataclass(slots=True)
class ConflictResolver:
    """Decides conflicts of texts and figures on slides; those that ``keep`` does not decide are gathered.

    Until they are decided, the deck's text stays.
    """

    file: str
    keep: Keep | None
    conflicts: list[Problem] = field(default_factory=list[Problem])

    def takes_source(self, slide: int, what: str, base: str, deck: str, source: str) -> bool:
        """Return whether the source's text comes in where both changed it."""
        if self.keep is None:
            values = {"what": what, "base": base, "deck": deck, "source": source}
            self.conflicts.append(Problem("deck-conflict", SlidePlace(self.file, slide), values))
        return self.keep is Keep.SOURCE
