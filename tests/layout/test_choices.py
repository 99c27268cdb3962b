"""What is chosen of the pages travels with a deck: a refresh makes the same pages again."""

from dataclasses import fields

import pytest

from raportti.layout.choices import Columns, Filling, PageOptions, Statuses, page_options_from

CHOSEN = PageOptions(Columns.AUTO, Filling.BALANCED, charts=False, embed_fonts=True, statuses=Statuses.ALL)
NOT_OF_PAGES = {"embed_fonts"}
"""What a refresh takes from the deck itself."""


def test_every_option_of_the_pages_is_chosen_here() -> None:
    assert not [field.name for field in fields(PageOptions) if getattr(CHOSEN, field.name) is None]


@pytest.mark.parametrize("option", [field.name for field in fields(PageOptions) if field.name not in NOT_OF_PAGES])
def test_a_choice_that_a_deck_carries_is_read_back(option: str) -> None:
    assert getattr(page_options_from(CHOSEN.in_words()), option) == getattr(CHOSEN, option)
