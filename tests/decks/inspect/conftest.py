"""A deck with a slide of its own, for the tests that put shapes on it."""

from typing import Any

import pytest

from decks.inspect.made_decks import add_slide, new_deck


@pytest.fixture
def deck() -> Any:
    return new_deck()


@pytest.fixture
def slide(deck: Any) -> Any:
    return add_slide(deck)
