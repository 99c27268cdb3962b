"""Whose text stays where a deck was changed by hand and the data changed too."""

from enum import Enum


class Side(Enum):
    """Ours is the deck's, theirs the data's."""

    OURS = "ours"
    THEIRS = "theirs"
