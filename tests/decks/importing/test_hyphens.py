"""Line ends are undone: by what the deck has whole, then by the dictionary."""

import pytest

from raportti.decks.importing.hyphens import Joiner
from raportti.decks.importing.pages import DIVIDED, WHOLE
from raportti.problems import FilePlace

PLACE = FilePlace("deck.txt")


def joined(text: str, *others: str, language: str = "fi") -> str:
    return Joiner(language, (text, *others), frozenset()).text(text, PLACE)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("kaksi\nsanaa", "kaksi sanaa"),
        ("saavu-\ntettu?", "saavutettu?"),
        ("ilmasto-\nohjelma", "ilmasto-ohjelma"),
        ("HUS-\nyhtymän", "HUS-yhtymän"),
        ("Länsi-\nUudenmaan", "Länsi-Uudenmaan"),
        ("make-\nor-buy", "make-or-buy"),
        ("make-or-\nbuy", "make-or-buy"),
        ("sosiaali-\nja terveyspalvelut", "sosiaali- ja terveyspalvelut"),
        ("sosiaali- \nja terveyspalvelut", "sosiaali- ja terveyspalvelut"),
        ("työvuoro-\nsuunnittelu-\njärjestelmistä", "työvuorosuunnittelujärjestelmistä"),
        ("Monituottajamallim\nme perustuu", "Monituottajamallimme perustuu"),
        (f"tasa{DIVIDED}\npaino", "tasapaino"),
        (f"2023–{WHOLE}\n2025", "2023–2025"),
        ("vuosina 2023-\n2025", "vuosina 2023-2025"),
        ("osoite@x.fi\n.", "osoite@x.fi."),
    ],
)
def test_line_ends_are_undone(text: str, whole: str) -> None:
    assert joined(text) == whole


def test_a_word_that_the_deck_has_whole_decides() -> None:
    assert joined("Tahti-\nraportointi") == "Tahtiraportointi"
    assert joined("Tahti-\nraportointi", "laaja Tahti-raportointi käsittää") == "Tahti-raportointi"


def test_swedish_goes_by_the_patterns_of_division() -> None:
    assert joined("välfärds-\nområde", language="sv") == "välfärdsområde"
    assert joined("social-\noch hälsovård", language="sv") == "social- och hälsovård"


def test_a_joined_word_is_told_and_a_header_is_not() -> None:
    joiner = Joiner("fi", (), frozenset({"tavoite saavutettu?"}))
    joiner.text("Tavoite saavu-\ntettu?", PLACE)
    assert joiner.remarks == []
    joiner.text("saavu-\ntettu", PLACE)
    assert [problem.values for problem in joiner.remarks] == [{"before": "saavu-tettu", "word": "saavutettu"}]
