"""From an edited deck and its source to one report and the conflicts between them, for `pull` and `refresh` alike.

A conflict is what both changed since the deck was generated, and not to the same. It is a problem with three values:
base, deck and source. Here, and nowhere else, ours and theirs of a merge become deck and source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from raportti.decks.readback.reading import DeckReading
from raportti.problems import Problem, SlidePlace
from raportti.report.merge import Conflict, Keep, Side, merge
from raportti.report.model import Report
from raportti.source.conflicts import conflict_problem, name_of

Decisions: TypeAlias = Keep | Mapping[str, Keep]
"""Whose value stays in every conflict, or in each by its name (``name_of``)."""


@dataclass(frozen=True, slots=True)
class DeckMerge:
    """A report with the changes of deck and source, and the conflicts that are to be decided."""

    report: Report
    conflicts: tuple[Problem, ...]


def _decision(decisions: Decisions | None, conflict: Problem) -> Keep | None:
    return decisions.get(name_of(conflict)) if isinstance(decisions, Mapping) else decisions


def merge_deck(reading: DeckReading, *, deck: Report, source: Report, into: Keep, keep: Decisions | None) -> DeckMerge:
    """Merge the reports of a deck and its source; ``into`` names the one that is written, and gives the order.

    Conflicts that ``keep`` does not decide are returned, and the report has the value of ``into``.
    """
    other = Keep.SOURCE if into is Keep.DECK else Keep.DECK
    ours, theirs = (deck, source) if into is Keep.DECK else (source, deck)
    undecided: list[Problem] = []

    def side_of(conflict: Conflict) -> Side:
        place = reading.place_of(conflict.names[0] if conflict.kind == "goal" else None)
        problem = conflict_problem(conflict, place, reading.language, ours=into, theirs=other)
        decision = _decision(keep, problem)
        if decision is None:
            undecided.append(problem)
        return Side.THEIRS if decision is other else Side.OURS

    merged = merge(reading.snapshot.report, ours, theirs, preferred=side_of)
    return DeckMerge(merged.report, tuple(undecided))


@dataclass(slots=True)
class ConflictResolver:
    """Decides conflicts of texts and figures on slides; those that ``keep`` does not decide are gathered.

    Until they are decided, the deck's text stays.
    """

    file: str
    keep: Decisions | None
    conflicts: list[Problem] = field(default_factory=list[Problem])

    def takes_source(self, slide: int, what: str, base: str, deck: str, source: str) -> bool:
        """Return whether the source's text comes in where both changed it."""
        values = {"what": what, "base": base, "deck": deck, "source": source}
        problem = Problem("deck-conflict", SlidePlace(self.file, slide), values)
        decision = _decision(self.keep, problem)
        if decision is None:
            self.conflicts.append(problem)
        return decision is Keep.SOURCE
