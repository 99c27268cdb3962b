"""Every sentence for users: it is there in each language, and says what is wrong, where, and what to do."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from problems.catalogues import TRANSLATIONS, catalogue, folder_of
from raportti.problems import (
    CellPlace,
    FilePlace,
    Place,
    Problem,
    RowPlace,
    Severity,
    SlidePlace,
    TextPlace,
    near_names,
    nearest,
)
from raportti.problems.decks import IN_DECKS
from raportti.problems.messages import (
    KINDS,
    as_json,
    describe,
    place_text,
    severity_of,
    text,
    texts,
    user_language,
    what_and_how_much,
)

SOURCE = Path(__file__).resolve().parents[2] / "src" / "raportti"
SENTENCES = sorted({sentence for _, *both in KINDS.values() for sentence in both})


def places_in(sentence: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", sentence))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert compiled.getvalue() == (folder_of(language) / "raportti.mo").read_bytes(), (
        "pybabel compile -d src/raportti/locale -D raportti"
    )


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_of_a_problem_is_translated(language: str) -> None:
    missing = [sentence for sentence in SENTENCES if not getattr(catalogue(language).get(sentence), "string", "")]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_of_the_command_line_is_translated(language: str) -> None:
    keywords = {"say": None, "count": (1, 2), "text": None, "texts": (1, 2), "_word": None}
    found = extract_from_dir(
        SOURCE,
        [("**/messages.py", "python"), ("cli/**.py", "python"), ("source/workbook/**.py", "python")],
        keywords=keywords,
    )
    ids = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}
    assert sorted(msgid for msgid in ids if catalogue(language).get(msgid) is None) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_places_of_its_original(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert [places_in(string) for string in strings] == [places_in(original) for original in originals]
        assert all(strings), message.id
        assert not message.fuzzy


@pytest.mark.parametrize("kind", KINDS)
def test_a_problem_is_said_in_every_language_without_a_gap(kind: str) -> None:
    _, message, remedy = KINDS[kind]
    values = {name.strip("{}"): "arvo" for name in places_in(message + remedy)}
    for language in ("fi", "sv", "en"):
        sentence = describe(Problem(kind, FilePlace("x.yaml"), values), language)
        assert sentence.startswith("x.yaml: ")
        assert "{" not in sentence
        assert "?" not in sentence
        assert "  " not in sentence
        assert not sentence.endswith(".")


@pytest.mark.parametrize(
    ("place", "english", "finnish"),
    [
        (FilePlace("a.yaml"), "a.yaml", "a.yaml"),
        (TextPlace("a.yaml", 12, 5), "a.yaml:12:5", "a.yaml:12:5"),
        (RowPlace("a.csv", 4), "a.csv:row 4", "a.csv:rivi 4"),
        (RowPlace("a.csv", 4, "Tunnus"), "a.csv:row 4, column Tunnus", "a.csv:rivi 4, sarake Tunnus"),
        (CellPlace("a.xlsx", "Tavoitteet"), "a.xlsx:Tavoitteet", "a.xlsx:Tavoitteet"),
        (CellPlace("a.xlsx", "Tavoitteet", "G4"), "a.xlsx:Tavoitteet!G4", "a.xlsx:Tavoitteet!G4"),
        (SlidePlace("a.pptx", 4), "a.pptx: slide 4", "a.pptx: dia 4"),
        (SlidePlace("a.pptx", 4, "Taulukko"), "a.pptx: slide 4, Taulukko", "a.pptx: dia 4, Taulukko"),
    ],
)
def test_a_place_is_written_so_that_it_can_be_found(place: Place, english: str, finnish: str) -> None:
    assert (place_text(place, "en"), place_text(place, "fi")) == (english, finnish)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem("score-unknown", RowPlace("a.csv", 4, "Arviointi (1-5)"), {"value": "3,5"}, goal="H1.1")
    assert describe(problem, "en") == (
        'a.csv:row 4, column Arviointi (1-5): error: goal H1.1: the score is "3,5"; write a whole number from 1 to 5'
    )
    assert describe(problem, "fi") == (
        'a.csv:rivi 4, sarake Arviointi (1-5): virhe: tavoite H1.1: arviointi on "3,5"; kirjoita kokonaisluku 1–5'
    )
    assert describe(problem, "sv") == (
        'a.csv:rad 4, kolumn Arviointi (1-5): fel: mål H1.1: bedömningen är "3,5"; skriv ett heltal från 1 till 5'
    )


def test_a_problem_without_a_place_begins_with_its_severity() -> None:
    assert describe(Problem("voikko-missing", None), "en").startswith("error: Voikko")


def test_a_problem_as_json_has_its_place_as_values() -> None:
    problem = Problem(
        "id-twice", CellPlace("a.xlsx", "T", "C4"), {"value": "A", "first": CellPlace("a.xlsx", "T", "C2")}
    )
    assert as_json(problem, "en") == {
        "kind": "id-twice",
        "severity": "error",
        "goal": None,
        "place": {"file": "a.xlsx", "sheet": "T", "cell": "C4"},
        "message": 'the id "A" is in use; first: a.xlsx:T!C2',
        "remedy": "give each goal an id of its own",
        "text": 'a.xlsx:T!C4: error: the id "A" is in use; first: a.xlsx:T!C2; give each goal an id of its own',
    }


@pytest.mark.parametrize("kind", IN_DECKS)
def test_what_is_wrong_in_a_deck_and_how_much_are_apart_in_every_language(kind: str) -> None:
    values = {name.strip("{}"): 1.25 for name in places_in(IN_DECKS[kind][1])}
    parts = [what_and_how_much(Problem(kind, None, values), language) for language in ("en", "fi", "sv")]
    assert len({bool(much) for _, much in parts}) == 1
    assert all(what and ": " not in what for what, _ in parts)


def test_a_number_with_a_fraction_has_the_users_decimal_sign() -> None:
    problem = Problem("table-grew", SlidePlace("a.pptx", 4, "T"), {"points": 13.44})
    assert what_and_how_much(problem, "en") == ("the table is taller than the file says", "13.4 pt")
    assert what_and_how_much(problem, "fi") == ("taulukko on korkeampi kuin tiedosto sanoo", "13,4 pt")


def test_values_are_shown_short_and_safe() -> None:
    value = "a\n\x1b[31m\ud800" + "x" * 100
    sentence = describe(Problem("score-unknown", FilePlace("a\n\udcff.yaml"), {"value": value}), "en")
    assert sentence.startswith(r"a\n\udcff.yaml: error: the score is ")
    assert r'"a\n\x1b[31m\ud800xxx' in sentence
    assert "…" in sentence
    assert len(sentence) < 170


def test_lists_of_values_are_joined() -> None:
    problem = Problem("source-several", None, {"sources": ("a", "b")})
    assert describe(problem, "en").startswith('error: there are several reports: "a", "b"; ')


def test_a_value_that_was_forgotten_does_not_hide_the_problem() -> None:
    assert describe(Problem("score-unknown", None), "en").startswith("error: the score is ?; ")


def test_our_own_words_within_a_sentence_are_translated() -> None:
    problem = Problem("layout-key", None, {"key": "slide.width", "expected": "a number, 0 or more"})
    assert '"slide.width" ei ole oikein (odotettu: luku, vähintään 0)' in describe(problem, "fi")


def test_sentences_of_the_command_line_have_plural_forms() -> None:
    assert texts("{n} goal", "{n} goals", 1, "fi") == "1 tavoite"
    assert texts("{n} goal", "{n} goals", 43, "fi") == "43 tavoitetta"
    assert texts("{n} page", "{n} pages", 2, "sv") == "2 sidor"
    assert texts("{n} page", "{n} pages", 1, "en") == "1 page"
    assert text("there is no layout {name}", "sv", name="x") == 'layouten "x" finns inte'


def test_severity_is_that_of_the_kind() -> None:
    assert severity_of(Problem("score-low", None)) is Severity.WARNING
    assert severity_of(Problem("missing", None)) is Severity.ERROR


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI.UTF-8"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "fil_PH.UTF-8"}, "en"),
        ({"LANG": "fi_FI", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "sv"}, "sv"),
        ({"LANG": "fi_FI", "RAPORTTI_LANG": "en"}, "en"),
        ({"RAPORTTI_LANG": "SV"}, "sv"),
        ({"RAPORTTI_LANG": "xx", "LANG": "fi_FI"}, "fi"),
        ({"RAPORTTI_LANG": "", "LC_ALL": "", "LANG": "fi"}, "fi"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(environ: dict[str, str], language: str) -> None:
    assert user_language(environ) == language


def test_the_nearest_name_is_the_one_that_was_meant() -> None:
    assert nearest("kyl", ("KYLLÄ", "EI")) == "KYLLÄ"
    assert nearest("osittain", ("KYLLÄ", "OSITTAIN")) == "OSITTAIN"
    assert nearest("zzz", ("KYLLÄ", "EI")) is None
    assert near_names("H1.11", ("H1.1", "P2.2", "H1.12"), most=3) == ("H1.1", "H1.12")


def test_a_name_too_long_to_be_meant_has_no_nearest() -> None:
    assert nearest("x" * 101, ("x" * 101,)) is None
