"""Every column of the goals' table is known wherever a deck is read back: else an edit in it is lost without a word."""

from raportti import snapshot
from raportti.decks.importing.recognition import HEADERS
from raportti.decks.readback.goals import FIELDS
from raportti.layout import goals
from raportti.layout.theme import WithSubgoals


def test_every_column_is_read_from_an_edited_deck() -> None:
    assert tuple(FIELDS) == WithSubgoals._fields


def test_every_column_is_known_in_a_foreign_deck() -> None:
    assert WithSubgoals._fields == HEADERS


def test_a_cell_that_is_cut_is_joined_again() -> None:
    assert snapshot.FLOWING == goals.FLOWING
