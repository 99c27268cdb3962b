"""From an edited deck and its source to one report and the conflicts between them, for `pull` and `refresh` alike.

A conflict is what both changed since the deck was generated, and not to the same. It has three values: base, deck and
source. Here, and nowhere else, ours and theirs of a merge become deck and source.
"""

from dataclasses import dataclass, field

from raportti.decks.readback.reading import DeckReading
from raportti.problems import Place, Problem, SlidePlace
from raportti.report.merge import Conflict, Keep, Side, merge
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Key
from raportti.source import names
from raportti.source.plain import NOTHING, in_plain_words


@dataclass(frozen=True, slots=True)
class DeckConflict:
    """What deck and source changed apart, by the name that a reader knows it by, and the three values as text."""

    place: Place
    what: str
    base: str
    deck: str
    source: str
    goal: str | None = None

    def problem(self) -> Problem:
        """Return the conflict as an error that the user has to decide."""
        values = {"what": self.what, "base": self.base, "deck": self.deck, "data": self.source}
        return Problem("refresh-conflict", self.place, values, self.goal)


@dataclass(frozen=True, slots=True)
class DeckMerge:
    """A report with the changes of deck and source, and the conflicts that are to be decided."""

    report: Report
    conflicts: tuple[DeckConflict, ...]


def merge_deck(reading: DeckReading, *, deck: Report, source: Report, into: Keep, keep: Keep | None) -> DeckMerge:
    """Merge the reports of a deck and its source; ``into`` names the one that is written, and gives the order.

    ``keep`` decides conflicts. Where it is None, they are returned, and the report has the value of ``into``.
    """
    ours, theirs = (deck, source) if into is Keep.DECK else (source, deck)
    preferred = Side.OURS if keep in (None, into) else Side.THEIRS
    merged = merge(reading.snapshot.report, ours, theirs, preferred=preferred)
    if keep is not None:
        return DeckMerge(merged.report, ())
    return DeckMerge(merged.report, tuple(_deck_conflict(one, into, reading) for one in merged.conflicts))


def _deck_conflict(conflict: Conflict, into: Keep, reading: DeckReading) -> DeckConflict:
    goal = conflict.names[0] if conflict.kind == "goal" else None
    ours, theirs = conflict.ours, conflict.theirs
    versions = (conflict.base, ours, theirs) if into is Keep.DECK else (conflict.base, theirs, ours)
    base, deck, source = (_text(value, conflict.field, reading.language) for value in versions)
    return DeckConflict(reading.place_of(goal), _what(conflict, reading.language), base, deck, source, goal)


def _what(conflict: Conflict, language: str) -> str:
    """Name a field of a goal as its column, any other field by its owner and its key, a whole part by its name."""
    field = "guideline" if conflict.field == "parent" else conflict.field
    if conflict.kind == "goal":
        return names.by_field(names.COLUMNS_IN[language]).get(field or "text", str(field))
    keys = names.by_field({**names.REPORT, **names.STRATEGY, **names.GUIDELINE})
    return " / ".join((*conflict.names, *([keys.get(field, field)] if field else ())))


def _text(value: object, field: str | None, language: str) -> str:
    """Write a value of a report in one line."""
    match value:
        case Key():
            return " / ".join(value.names)
        case Goal():
            return value.text
        case Strategy() | Guideline():
            return value.name
        case None:
            return NOTHING
        case _:
            lines = in_plain_words(field or "", value, language).splitlines()
            return " / ".join(line.strip() for line in lines if line.strip())


@dataclass(slots=True)
class ConflictResolver:
    """Decides conflicts of texts and figures on slides; those that ``keep`` does not decide are gathered.

    Until they are decided, the deck's text stays.
    """

    file: str
    keep: Keep | None
    conflicts: list[DeckConflict] = field(default_factory=list[DeckConflict])

    def takes_source(self, slide: int, what: str, base: str, deck: str, source: str) -> bool:
        """Tell whether the source's text comes in where both changed it."""
        if self.keep is None:
            self.conflicts.append(DeckConflict(SlidePlace(self.file, slide), what, base, deck, source))
        return self.keep is Keep.SOURCE
