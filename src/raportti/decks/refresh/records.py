"""What a refresh does to a deck: the slides that change, what could not be decided, and the finished file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from raportti.files import require_unchanged
from raportti.problems import FilePlace, Problem, ProblemsFound, SlidePlace
from raportti.report.merge import Side


class Fate(Enum):
    """What becomes of a slide."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"
    """Its page is gone, but it has something that was added by hand: it stays, without its table."""


@dataclass(frozen=True, slots=True)
class SlideChange:
    """A slide that changes: its number in the deck before, or after where it is added.

    ``parts`` name what changes on it: ids of goals, names of shapes.
    """

    fate: Fate
    number: int
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refreshing:
    """A refresh that is ready to be written: a deck's backup and its new bytes, nothing where nothing changes."""

    files: Mapping[Path, bytes]
    slides: tuple[SlideChange, ...]
    remarks: tuple[Problem, ...]

    def require_unchanged(self) -> None:
        """Raise ``ProblemsFound`` where the deck is not as it was any more: somebody saved it meanwhile."""
        backup, *decks = self.files
        if backup.exists():
            raise ProblemsFound(Problem("source-changed", FilePlace(str(deck))) for deck in decks)
        require_unchanged(dict.fromkeys(decks, self.files[backup]))


@dataclass(slots=True)
class Disputes:
    """Decides for one side, where the user chose one; else the deck's text stays and the dispute is told."""

    file: str
    side: Side | None
    found: list[Problem] = field(default_factory=list[Problem])

    def takes_data(self, slide: int, what: str, base: str, deck: str, data: str, *, goal: str | None = None) -> bool:
        """Tell whether the data's text comes in where both changed it."""
        if self.side is None:
            values = {"what": what, "base": base, "deck": deck, "data": data}
            self.found.append(Problem("refresh-conflict", SlidePlace(self.file, slide), values, goal))
        return self.side is Side.THEIRS
