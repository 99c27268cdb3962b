"""What a refresh does to a deck: the slides that change, and the finished file. Does not know how it comes about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from raportti.problems import FilePlace, Problem, ProblemsFound

NOTES = "notes"
"""The name of a slide's notes among its parts that change."""


class SlideFate(Enum):
    """What becomes of a slide."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"
    """Its page is gone, but it has something that was added by hand: it stays, without its table."""


@dataclass(frozen=True, slots=True)
class SlideChange:
    """A slide that changes: its number in the deck before, or after where it is added.

    ``parts`` name what changes on it: ids of goals, names of shapes, ``NOTES``.
    """

    fate: SlideFate
    number: int
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefreshedDeck:
    """A refresh that is ready to be written: a deck's backup and its new bytes, nothing where nothing changes."""

    files: Mapping[Path, bytes]
    slides: tuple[SlideChange, ...]
    remarks: tuple[Problem, ...]

    def require_unchanged(self) -> None:
        """Raise ``ProblemsFound`` where the deck is not as it was any more: somebody saved it meanwhile."""
        backup, *decks = self.files
        changed = [deck for deck in decks if backup.exists() or deck.read_bytes() != self.files[backup]]
        if changed:
            raise ProblemsFound(Problem("source-changed", FilePlace(str(deck))) for deck in changed)
