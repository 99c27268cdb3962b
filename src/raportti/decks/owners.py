"""From the path of a deck to whether another program has it open. Knows not what is in it."""

from pathlib import Path

_OWNERS = ("~${name}", ".~lock.{name}#")
"""The files by which PowerPoint and LibreOffice say that a deck is open in them."""
_CUT = 2
"""PowerPoint leaves out so many letters of a name of eight letters or more."""


def is_open(deck: Path) -> bool:
    """Tell whether a program that has the deck open says so beside it."""
    names = (owner.format(name=name) for owner in _OWNERS for name in (deck.name, deck.name[_CUT:]))
    return any(deck.with_name(name).exists() for name in names)
