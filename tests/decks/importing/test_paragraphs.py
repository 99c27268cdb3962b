"""Where a paragraph begins in the lines of a cell."""

import pytest

from raportti.decks.importing.pages import Line, as_cell


def texts(*lines: tuple[str, bool | None]) -> list[tuple[str, int]]:
    cell = as_cell([Line(text, begins, 10.0, 2.0) for text, begins in lines])
    return [(paragraph.text.replace("\n", " "), paragraph.level) for paragraph in cell]


def test_a_dash_at_the_beginning_of_a_line_within_a_paragraph_is_one_of_its_text() -> None:
    assert texts(("Tämä jatkuu", True), ("– kuten ennenkin – näin.", False)) == [
        ("Tämä jatkuu – kuten ennenkin – näin.", 0)
    ]


@pytest.mark.parametrize("begins", [True, None])
def test_a_dash_that_may_begin_a_paragraph_begins_an_item(begins: bool | None) -> None:
    assert texts(("• Kohta", True), ("– alakohta", begins)) == [("Kohta", 1), ("alakohta", 2)]
