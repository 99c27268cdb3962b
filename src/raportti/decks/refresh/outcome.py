"""What a refresh does to a deck: the slides that change, and the finished file. Does not know how it comes about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from raportti.problems import Problem

NOTES = "notes"
"""The name of a slide's notes among its parts that change."""
LINKS = "links"
"""The name of a slide's links among them: they led to a slide that goes."""


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

    ``parts`` name what changes on it: ids of goals, names of shapes, ``NOTES``, ``LINKS``.
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

    @property
    def originals(self) -> Mapping[Path, bytes | None]:
        """What stands where the files go: the deck as it was read, and no backup."""
        if not self.files:
            return {}
        backup, deck = self.files
        return {backup: None, deck: self.files[backup]}
