"""The translator's workbook: each text beside its translation, what is missing coloured, and no other cell open."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import run
from planning import BILINGUAL
from raportti.problems import ProblemsFound
from raportti.source.workbook.export import exported, reports_of
from raportti.workflows.returned_file import reports_in
from source.reports import GOOD, write
from workflows.test_import_brings_all import PARTLY_SWEDISH


@pytest.fixture
def book(tmp_path: Path) -> Any:
    source, file = write(tmp_path / "x.yaml", PARTLY_SWEDISH), tmp_path / "x.xlsx"
    file.write_bytes(exported(source, file, None, ("sv", "fi"))[file])
    return openpyxl.load_workbook(file)


def test_each_text_stands_beside_its_translation(book: Any) -> None:
    assert [cell.value for cell in book["Tavoitteet"][1] if cell.value] == [
        "Tunnus", "Strategia", "Strategi", "Linjaus", "Riktlinje", "Tavoite", "Mål", "Alatavoitteet", "Delmål",
        "Tavoite saavutettu?", "Arviointi (1-5)", "Sanallinen arviointi (tiivistelmä)",
        "Skriftlig bedömning (sammanfattning)", "Vastuutaho",
    ]  # fmt: skip
    assert [cell.value for cell in book["Raportti"][1]] == ["Kohta", "Tieto", "Suomeksi", "Ruotsiksi"]
    assert [cell.value for cell in book["Tavoitteet"]["G"][1:4]] == ["Det första målet.", None, None]


def test_missing_translations_are_yellow_and_what_needs_none_is_closed(book: Any) -> None:
    for sheet, cells in (("Tavoitteet", "G2:G205"), ("Raportti", "D2")):
        rules = [
            rule.formula[0]
            for found in book[sheet].conditional_formatting
            if cells in str(found.sqref) and found.sqref.ranges
            for rule in found.rules
        ]
        assert any(formula.startswith("AND(TRIM($") and formula.endswith('="")') for formula in rules)
    rest = book["Raportti"]
    closed = {row[1].value for row in rest.iter_rows(min_row=2) if row[1].value and row[3].protection.locked}
    assert {"Kieli", "Päivämäärä", "Asianumero", "Tavoitteet"} <= closed
    assert not closed & {"Otsikko", "Kokous", "Nimi", "Yläkulma", "Arviointiasteikko: 5"}


@pytest.mark.parametrize("languages", [("fi", "sv"), ("fi",), ("sv",)])
def test_a_workbook_in_chosen_languages_says_what_its_source_says_in_them(
    languages: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(exported(BILINGUAL, file, None, languages)[file])
    assert dict(reports_in(file, languages)) == dict(reports_of(BILINGUAL, languages))


def test_without_the_sources_own_language_all_has_to_be_translated(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD)
    with pytest.raises(ProblemsFound) as found:
        exported(source, tmp_path / "x.xlsx", None, ("sv",))
    assert {problem.kind for problem in found.value.problems} == {"translation-missing"}


def test_the_command_writes_it(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD)
    assert run("export", source, "--to", tmp_path / "x.xlsx", "--lang", "fi,sv").returncode == 0
    assert openpyxl.load_workbook(tmp_path / "x.xlsx")["Tavoitteet"]["C1"].value == "Strategi"
    assert run("export", source, "--to", tmp_path / "y.xlsx", "--lang", "de").returncode == 2
