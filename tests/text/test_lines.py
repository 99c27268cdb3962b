"""Where lines end, in a font whose letters are all 1 em wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from em import EM, em_ruler, em_span, em_style
from raportti.plan.typeset import Line, Span
from raportti.text.lines import break_lines


def lines(text: str, ems: float, language: str = "fi") -> tuple[Line, ...]:
    return break_lines((em_span(text),), round(ems * EM), ruler=em_ruler(), language=language).lines


def drawn(text: str, ems: float, language: str = "fi") -> list[str]:
    return [line.drawn for line in lines(text, ems, language)]


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("aaa bbb ccc", 7, ["aaa bbb", "ccc"]),
        ("aaa bbb ccc", 6.9, ["aaa", "bbb", "ccc"]),
        ("aaa   bbb", 3, ["aaa", "bbb"]),
        ("", 5, [""]),
        ("HUS-yhtymän asia", 5, ["HUS-", "yhty-", "män", "asia"]),
        ("yli- tai ali", 4, ["yli-", "tai", "ali"]),
        ("ja -kulttuuri", 10, ["ja", "-kulttuuri"]),
        ("2024–2026 on", 9, ["2024–2026", "on"]),
        ("vuosi 5 %", 7, ["vuosi 5", "%"]),
        ("vuosi 5\u00a0%", 7, ["vuosi", "5\u00a0%"]),
        ("aa bb/cc", 6, ["aa", "bb/cc"]),
        ("bb/cc", 4, ["bb/", "cc"]),
        ("vuosi 2024-2026", 12, ["vuosi 2024-", "2026"]),
        ("a -92 b", 2, ["a", "-9", "2", "b"]),
    ],
)
def test_lines_are_filled_and_end_where_unicode_allows(text: str, ems: float, expected: list[str]) -> None:
    assert drawn(text, ems) == expected


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("hyvinvointialuestrategia", 16, ["hyvinvointialue-", "strategia"]),
        ("hyvinvointialuestrategia", 12, ["hyvinvointi-", "alue-", "strategia"]),
        ("hyvinvointialuestrategia", 8, ["hyvin-", "vointi-", "alue-", "strate-", "gia"]),
        ("xqzwrtpsdfghjk", 5, ["xqzwr", "tpsdf", "ghjk"]),
        ("saavu\u00adtettu?", 8, ["saavu-", "tettu?"]),
        ("saavu\u00adtettu?", 11, ["saavutettu?"]),
    ],
)
def test_a_word_wider_than_its_column_is_divided_at_the_best_place_that_fits(
    text: str, ems: float, expected: list[str]
) -> None:
    assert drawn(text, ems) == expected


def test_a_swedish_word_is_divided_by_swedish_patterns() -> None:
    assert drawn("välfärdsområdesstrategi", 12, "sv") == ["välfärdsom-", "rådesstrate-", "gi"]


def test_a_word_that_fits_on_a_line_of_its_own_is_never_divided() -> None:
    assert drawn("aaaa hyvinvointialue", 15) == ["aaaa", "hyvinvointialue"]


def test_a_divided_word_begins_on_the_line_before_where_its_first_part_fits_there() -> None:
    """A program that wraps the deck by itself would draw it there."""
    assert drawn("aa hyvinvointialuestrategia", 16) == ["aa hyvinvointi-", "aluestrategia"]


def test_a_hyphen_is_drawn_but_is_no_part_of_the_text() -> None:
    first, second = lines("hyvinvointialuestrategia", 16)
    assert (first.text, first.hyphen, first.breaks_word) == ("hyvinvointialue", True, True)
    assert (second.text, second.hyphen, second.breaks_word) == ("strategia", False, False)
    assert first.width == 16 * EM


def test_a_cut_takes_no_hyphen_and_divides_no_character_that_a_reader_sees_as_one() -> None:
    family = "👨‍👩‍👧"
    assert "".join(drawn(family * 3, 1)) == family * 3
    assert all(line.text in (family, family * 2) or len(line.text) % len(family) == 0 for line in lines(family * 3, 1))


def test_spaces_at_the_end_of_a_line_hang_over_and_stay_in_its_text() -> None:
    first, _ = lines("aaa bbb", 3)
    assert (first.text, first.width) == ("aaa ", 3 * EM)


def test_spans_of_one_paragraph_share_lines() -> None:
    spans = (em_span("Otsikko "), Span("1/2", em_style(bold=True)))
    found = break_lines(spans, 8 * EM, ruler=em_ruler(), language="fi").lines
    assert [[span.text for span in line.spans] for line in found] == [["Otsikko "], ["1/2"]]


TEXTS = st.text(st.sampled_from("aeioukltnsäö-–/.,% \u00a0\u00ad\u200b(”)1234漢😀é\u0301"), max_size=120)


@given(text=TEXTS, ems=st.floats(1, 30))
def test_lines_joined_are_the_text_to_the_letter(text: str, ems: float) -> None:
    assert "".join(line.text for line in lines(text, ems)) == text.replace("\u00ad", "")


@given(text=TEXTS, ems=st.floats(3, 30))
def test_no_line_is_wider_than_its_column(text: str, ems: float) -> None:
    """But for a cluster of characters, seen as one, that is wider by itself."""
    for line in lines(text, ems):
        assert line.width <= round(ems * EM) or len(line.text.rstrip(" ")) <= 12
