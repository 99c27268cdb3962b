"""What the parts of a row say together; what is printed beside a value is no part of it."""

import pytest

from raportti.decks.readback.join import RowPart, cell_edits
from raportti.decks.readback.reading import ReadCell, ReadParagraph, ReadRow, ReadSlide
from raportti.snapshot import CellSnapshot, ParagraphSnapshot, RowSnapshot


def part(key: str, said: list[ParagraphSnapshot], read: list[str], number: int = 1, of: int = 1) -> RowPart:
    """Make a part of a row with one cell."""
    snapshot = RowSnapshot("S1.1", (number, of) if of > 1 else None, (CellSnapshot(key, tuple(said)),))
    is_edited = read != [paragraph.text.strip() for paragraph in said]
    row = ReadRow(snapshot, 1, (ReadCell(key, tuple(map(ReadParagraph, read)), is_edited),))
    return RowPart(snapshot, ReadSlide(number, f"slide{number}.xml", None, None, None, ""), row)


def lines(key: str, *parts: RowPart, printed: str = "") -> list[list[str]]:
    return [[paragraph.text for paragraph in edit.paragraphs] for edit in cell_edits(key, parts, printed)]


SAID = ParagraphSnapshot


@pytest.mark.parametrize(("read", "value"), [("3 ▲", "3"), ("3", "3"), ("3▲", "3"), ("▲", "")])
def test_the_mark_of_a_score_that_moved_is_not_its_value(read: str, value: str) -> None:
    assert lines("score", part("score", [SAID("4 ▲")], [read]), printed="4") == [[value]]


def test_a_score_with_its_mark_is_no_edit() -> None:
    assert lines("score", part("score", [SAID("4 ▲")], ["4 ▲"]), printed="4") == []


CUT = [SAID("Yksi. ", continued=False)], [SAID("Kaksi.", continued=True), SAID("Kolme.")]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (["Yksi!"], ["Kaksi.", "Kolme."], ["Yksi! Kaksi.", "Kolme."]),
        (["Yksi."], ["Kaksi!", "Kolme."], ["Yksi. Kaksi!", "Kolme."]),
        (["Yksi."], ["Kolme."], ["Yksi.", "Kolme."]),
        ([], ["Kaksi.", "Kolme."], ["Kaksi.", "Kolme."]),
        (["Yksi.", "Uusi."], ["Kaksi.", "Kolme."], ["Yksi.", "Uusi.", "Kaksi.", "Kolme."]),
        (["Uusi.", "Yksi."], ["Kaksi.", "Kolme."], ["Uusi.", "Yksi. Kaksi.", "Kolme."]),
        (["Yksi."], [], ["Yksi."]),
    ],
)
def test_a_paragraph_that_was_cut_becomes_one_unless_an_end_is_gone(
    first: list[str], second: list[str], whole: list[str]
) -> None:
    parts = part("assessment", CUT[0], first, 1, 2), part("assessment", CUT[1], second, 2, 2)
    assert lines("assessment", *parts) == [whole]


def test_a_cut_within_a_word_is_joined_without_a_space() -> None:
    said = [SAID("hyvinvointi")], [SAID("alue toimii", continued=True)]
    parts = part("goal", said[0], ["hyvinvointi"], 1, 2), part("goal", said[1], ["alue toimii hyvin"], 2, 2)
    assert lines("goal", *parts) == [["hyvinvointialue toimii hyvin"]]


def test_a_part_of_which_no_words_are_known_goes_on_where_the_next_one_says_so() -> None:
    first, last = [SAID("Kaikki tiedoissa.")], [SAID(" ", continued=True)]
    parts = part("subgoals", first, ["Yksi."], 1, 3), part("subgoals", [], ["Kaksi"], 2, 3)
    assert lines("subgoals", *parts, part("subgoals", last, ["jatkuu."], 3, 3)) == [["Yksi.", "Kaksi jatkuu."]]
