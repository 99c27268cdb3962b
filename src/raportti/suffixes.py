"""From the name of a file to what it may be: a table, or a deck. Knows not what is in it, nor how it is read."""

from pathlib import Path

TABLES = (".csv", ".xlsx")
DECKS = (".pptx", ".pdf", ".txt")
"""Decks that can be read; a ``.txt`` is the text of one."""
_OTHER_DECKS = (".ppt", ".pptm", ".pps", ".ppsx", ".potx", ".odp", ".key")


def is_table(file: Path) -> bool:
    """Tell whether a file is a table of goals."""
    return file.suffix.lower() in TABLES


def is_deck(file: Path) -> bool:
    """Tell whether a file is a deck, of a kind that can be read or of another."""
    return file.suffix.lower() in (*DECKS, *_OTHER_DECKS)
