"""What a layout broke is whole again; what people typed stays as they did."""

import pytest

from raportti.decks.readback.reading import KnownWords

WORDS = KnownWords(
    ["Sote-keskuksen riskienhallintajärjestelmä on sosiaali- ja terveyspalvelu, www.esimerkki.fi/sivu/toinen"]
)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("riskien-\nhallinta-\njärjestelmä on", "riskienhallintajärjestelmä on"),
        ("Sote-\nkeskuksen", "Sote-keskuksen"),
        ("(terveys-\npalvelu),", "(terveyspalvelu),"),
        ("on\u00a0terveys-\npalvelu", "on\u00a0terveyspalvelu"),
        ("www.esimerkki.fi/\nsivu/toinen", "www.esimerkki.fi/sivu/toinen"),
        # Edited words are no known ones: the hyphen, or a word like it, says that the break is the layout's.
        ("riskien-\nhallintajärjestelmän", "riskienhallintajärjestelmän"),
        ("www.esimerkki.fi/\nsivu/toinen2", "www.esimerkki.fi/sivu/toinen2"),
        ("uudis-\nsana", "uudissana"),
        # People break lines between words, after which there may be no space.
        ("sosiaali-\nja", "sosiaali- ja"),
        ("on\nsosiaali- ja", "on sosiaali- ja"),
        ("yksi\nkaksi \n kolme", "yksi kaksi kolme"),
        ("Etelä-\nSuomi", "Etelä-Suomi"),
        ("on\nriskien-\nhallintajärjestelmä", "on riskienhallintajärjestelmä"),
        ("-\n-", "- -"),
        ("\n", ""),
    ],
)
def test_breaks_within_words_are_undone_and_others_are_spaces(broken: str, whole: str) -> None:
    assert WORDS.unbroken(broken) == whole


def test_a_text_of_many_breaks_is_read_in_no_time() -> None:
    assert WORDS.unbroken("a\n" * 20_000 + "x" * 100_000).count(" ") == 20_000
