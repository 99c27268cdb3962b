"""What a text in YAML becomes: everything is text, paragraphs are kept, white space is as it is printed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from raportti.problems import TextPlace
from raportti.report.fields import Ref
from raportti.report.model import Achieved, Goal, Report, Subgoal
from source.reports import changed, load_good

LONG = "Pitkä teksti, joka riittää."


def goal_with(folder: Path, old: str, new: str) -> Goal:
    return load_good(folder / "raportti.yaml", changed(old, new)).report.goals[0]


def report_with(folder: Path, lines: str) -> Report:
    return load_good(folder / "raportti.yaml", changed("otsikko: Arviointi", f"otsikko: Arviointi\n{lines}")).report


@pytest.mark.parametrize("word", ["no", "null", "~", "1e3", "2024-01-01", "0x1F", "true", "3,8", "=", "- a"])
def test_every_scalar_is_text(tmp_path: Path, word: str) -> None:
    quoted = f"'{word}'" if word == "- a" else word
    assert goal_with(tmp_path, "Ensimmäinen tavoite.", quoted).text == word


@pytest.mark.parametrize(
    "written",
    [
        ">-\n  Eka {long}\n  jatkuu.\n\n  Toka.",
        ">\n  Eka {long}\n  jatkuu.\n\n\n  Toka.\n\n",
        "|-\n  Eka {long}\n  jatkuu.\n\n  Toka.",
        "|\n  Eka {long}  \n  jatkuu.\n   \n  Toka.\n",
        "Eka {long}\n  jatkuu.\n\n  Toka.",
        "'Eka {long}\n  jatkuu.\n\n  Toka.'",
        '"Eka {long}\n  jatkuu.\n\n  Toka."',
        '"Eka {long} jatkuu.\\n\\nToka."',
        '"Eka {long}\\njatkuu.\\n \\n\\nToka."',
    ],
)
def test_an_empty_line_ends_a_paragraph_and_a_line_end_does_not(tmp_path: Path, written: str) -> None:
    indented = written.format(long=LONG).replace("\n  ", "\n              ")
    goal = goal_with(tmp_path, "Tämä on tarpeeksi pitkä arvio.", indented)
    assert goal.assessment == (f"Eka {LONG} jatkuu.", "Toka.")


def test_no_break_spaces_and_soft_hyphens_are_kept(tmp_path: Path) -> None:
    text = "\u00a05\u202f000\u00a0\u00a0€ hyvin\u00advointi"
    assert goal_with(tmp_path, "Ensimmäinen tavoite.", f"'{text}'").text == text


def test_doubled_spaces_become_one_and_those_at_ends_none(tmp_path: Path) -> None:
    assert goal_with(tmp_path, "Ensimmäinen tavoite.", "' yksi  kaksi\t kolme '").text == "yksi kaksi kolme"


def test_decomposed_letters_are_composed_in_keys_and_texts(tmp_path: Path) -> None:
    report = report_with(tmp_path, "pa\u0308iva\u0308ma\u0308a\u0308ra\u0308: 1.2.2025\nkokous: a\u0308")
    assert (report.date, report.meeting) == (date(2025, 2, 1), "ä")


def test_ligatures_are_taken_apart_to_their_letters(tmp_path: Path) -> None:
    text = "".join(map(chr, range(0xFB00, 0xFB07)))
    assert goal_with(tmp_path, "Ensimmäinen tavoite.", text).text == "fffiflffifflstst"


def test_a_line_of_which_nothing_is_seen_ends_a_paragraph(tmp_path: Path) -> None:
    indented = f"|-\n              {LONG}\n              \u00a0\n              Toka."
    assert goal_with(tmp_path, "Tämä on tarpeeksi pitkä arvio.", indented).assessment == (LONG, "Toka.")


@pytest.mark.parametrize("value", ["4\u200b", "\u00a04", "'4\u00ad '"])
def test_a_short_value_is_read_as_it_is_seen(tmp_path: Path, value: str) -> None:
    assert goal_with(tmp_path, "arviointi: 4", f"arviointi: {value}").score == 4


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    text = changed("Ensimmäinen tavoite.", ">-\r\n              a\r\n              b").replace("\n", "\r\n")
    source = load_good(tmp_path / "raportti.yaml", b"\xef\xbb\xbf" + text.replace("\r\r", "\r").encode())
    assert source.report.goals[0].text == "a b"


def test_a_report_carries_what_a_public_document_needs(tmp_path: Path) -> None:
    report = report_with(
        tmp_path,
        "organisaatio: Alue\nkieli: SV\nkokous: Hallitus\npäivämäärä: 2025-02-17\nasianumero: A/1\nliitenumero: 2\n"
        "arviointiasteikko: {5: a, 4: b, 3: c, 2: d, 1: e}",
    )
    assert (report.organisation, report.language, report.meeting) == ("Alue", "sv", "Hallitus")
    assert (report.date, report.case_number, report.attachment_number) == (date(2025, 2, 17), "A/1", "2")
    assert report.scale == ("a", "b", "c", "d", "e")


def test_what_a_report_does_not_say_is_none(tmp_path: Path) -> None:
    source = load_good(tmp_path / "raportti.yaml", changed("otsikko: Arviointi", "otsikko: Arviointi\nkokous:"))
    assert (source.report.meeting, source.report.scale, source.report.language) == (None, None, "fi")
    assert source.report.strategies[0].tag is None


@pytest.mark.parametrize("status", ["kyllä", " Kyllä ", "KYLLÄ", "ja", "'KYLLÄ '"])
def test_a_status_is_read_in_any_case_and_in_swedish(tmp_path: Path, status: str) -> None:
    assert goal_with(tmp_path, "KYLLÄ", status).achieved is Achieved.YES


@pytest.mark.parametrize("score", ["3", "3.0", "'3,0'", '"3"', "3.00"])
def test_a_whole_score_is_read_however_it_is_written(tmp_path: Path, score: str) -> None:
    assert goal_with(tmp_path, "arviointi: 4", f"arviointi: {score}").score == 3


@pytest.mark.parametrize("score", ["", "-", "–"])
def test_a_goal_that_is_not_assessed_needs_neither_score_nor_assessment(tmp_path: Path, score: str) -> None:
    text = changed("KYLLÄ", "Ei  arvioitu").replace("arviointi: 4", f"arviointi: '{score}'")
    text = text.replace("            sanallinen_arviointi: Tämä on tarpeeksi pitkä arvio.\n", "")
    source = load_good(tmp_path / "raportti.yaml", text)
    goal = source.report.goals[0]
    assert (goal.achieved, goal.score, goal.assessment) == (Achieved.NOT_ASSESSED, None, ())
    assert source.warnings == ()


def test_subgoals_are_texts_or_texts_with_items(tmp_path: Path) -> None:
    goal = goal_with(
        tmp_path,
        "arviointi: 4",
        "arviointi: 4\n            sivunvaihto_ennen: kyllä\n"
        "            alatavoitteet: [a, {teksti: b, kohdat: [c, d]}]",
    )
    assert goal.subgoals == (Subgoal("a"), Subgoal("b", ("c", "d")))
    assert goal.break_before


@pytest.mark.parametrize("average", ["3,4", "3.4"])
def test_published_figures_are_exact(tmp_path: Path, average: str) -> None:
    text = changed("nimi: Linjaus 1", f"nimi: Linjaus 1\n        julkaistu: {{keskiarvo: '{average}', kyllä: 1}}")
    published = load_good(tmp_path / "raportti.yaml", text).report.strategies[0].guidelines[0].published
    assert published is not None
    assert (published.average, published.yes, published.no) == (Decimal("3.4"), 1, None)


def test_places_tell_where_each_text_came_from(tmp_path: Path) -> None:
    file = tmp_path / "raportti.yaml"
    places = load_good(file, changed("arviointi: 4", "arviointi: 4\n            alatavoitteet: [a]")).places
    expected = {
        Ref("report", "title"): (1, 10),
        Ref("strategy:Strategia A", "name"): (3, 11),
        Ref("guideline:Strategia A/Linjaus 1", "name"): (5, 15),
        Ref("A1.1", "text"): (8, 22),
        Ref("A1.1", "assessment"): (12, 35),
        Ref("A1.1", "subgoals"): (11, 28),
    }
    assert {ref: places[ref] for ref in expected} == {ref: TextPlace(str(file), *at) for ref, at in expected.items()}
