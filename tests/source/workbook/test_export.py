"""A workbook builds exactly what its source does, also after LibreOffice saved it, and remembers its source."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from commands import run, run_apart
from judges.libreoffice import convert
from planning import BILINGUAL
from raportti import api
from raportti.problems import ProblemsFound
from raportti.report.figures import figures_of
from raportti.report.model import Report
from raportti.source.loading import load, load_all
from raportti.source.names import COLUMNS
from raportti.source.options import LoadOptions
from raportti.source.workbook.export import base_of, part_of, reports_of, units_of, workbook_of
from raportti.source.yaml_files import new_source
from source.reports import GOOD, told, write
from stress.generate import Kind, Recipe

SOURCES = Path(__file__).resolve().parents[3] / "source"
REPORTS = ("arviointi-2024", "esimerkki-kaksikielinen")
ID = list(COLUMNS).index("Tunnus")


@cache
def workbook(name: str) -> bytes:
    return workbook_of(reports_of(SOURCES / name))


def exported(folder: Path, name: str) -> Path:
    return write(folder / "arviointi.xlsx", workbook(name))


def read(path: Path) -> dict[str, Report]:
    options = LoadOptions(("fi", "sv"), allow_missing=True, is_draft=True)
    return {source.report.language: source.report for source in load_all(path, options)}


def book_at(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def shuffled(path: Path, seed: int) -> None:
    """Sort the rows of goals in any order, as people do."""
    book = book_at(path)
    sheet = book["Tavoitteet"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[ID].value]
    Random(seed).shuffle(rows)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


@pytest.mark.parametrize("name", REPORTS)
def test_a_workbook_says_what_its_source_says(name: str, tmp_path: Path) -> None:
    assert read(exported(tmp_path, name)) == dict(reports_of(SOURCES / name))


@pytest.mark.parametrize("name", REPORTS)
def test_a_workbook_remembers_its_source(name: str, tmp_path: Path) -> None:
    assert base_of(exported(tmp_path, name)) == reports_of(SOURCES / name)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_does_not_matter(seed: int, tmp_path: Path) -> None:
    path = exported(tmp_path, "arviointi-2024")
    shuffled(path, seed)
    assert read(path) == dict(reports_of(SOURCES / "arviointi-2024"))


@pytest.mark.parametrize("number", range(12))
def test_any_report_comes_back_from_its_workbook(number: int, tmp_path: Path) -> None:
    rng = Random(number)
    report = Recipe(seed=41, kind=rng.choice(list(Kind)), pages=(2, 4)).report(number)
    for name, text in new_source(report).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(tmp_path)))
    assert load(path).report == report
    assert base_of(path) == {report.language: report}


def test_a_workbook_builds_the_files_of_its_source_byte_for_byte(
    sample_documents: tuple[Path, ...], tmp_path: Path
) -> None:
    path = exported(tmp_path, BILINGUAL.name)
    shuffled(path, 1)
    built = api.build(path, out=tmp_path / "out", languages=("fi", "sv")).files
    assert {file.name: file.read_bytes() for file in built} == {
        file.name: file.read_bytes() for file in sample_documents
    }


def test_the_same_report_gives_the_same_bytes() -> None:
    reports = reports_of(SOURCES / "arviointi-2024")
    assert workbook_of(reports) == workbook_of(reports)


def test_a_new_row_comes_after_the_last_goal_of_its_guideline(tmp_path: Path) -> None:
    path = exported(tmp_path, "esimerkki-kaksikielinen")
    report = load(path).report
    first = report.strategies[0].guidelines[0]
    book = book_at(path)
    sheet = book["Tavoitteet"]
    row = [cell.value for cell in next(row for row in sheet.iter_rows(min_row=2) if row[ID].value == first.goals[0].id)]
    row[ID] = "U1.1"
    for column, value in enumerate(row, 1):
        sheet.cell(len(report.goals) + 2, column).value = value
    book.save(path)
    new = load(path).report.strategies[0].guidelines[0]
    assert [goal.id for goal in new.goals] == [*(goal.id for goal in first.goals), "U1.1"]


def test_a_guideline_renamed_in_the_rows_keeps_its_place_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "x.yaml", GOOD)
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(path)))
    book = book_at(path)
    book["Tavoitteet"]["B2"].value = "Linjaus 2"
    book.save(path)
    assert load(path).report.strategies[0].guidelines[0].name == "Linjaus 2"
    assert [line.split(" ")[0] for line in told(path)] == ["rest-name"]


def test_a_sheet_of_the_same_name_without_the_headings_is_the_authors_own(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(write(tmp_path / "x.yaml", GOOD))))
    book = book_at(path)
    book["Raportti"]["A1"].value = "Muistio"
    book.save(path)
    assert load(path).report.title == "X"


def test_what_the_sheet_does_not_know_is_told_with_its_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(write(tmp_path / "x.yaml", GOOD))))
    book = book_at(path)
    book["Raportti"]["B2"].value = "Otsiko"
    book.save(path)
    assert told(path) == ["key-misspelt Raportti!B2"]


def test_units_share_the_goals_among_them(tmp_path: Path) -> None:
    text = GOOD.replace("            saavutettu", "            vastuutaho: Sote Länsi\n            saavutettu")
    second = text[text.index("          - tunnus") :].replace("A1.1", "A1.2").replace("Sote Länsi", "Pelastus")
    third = GOOD[GOOD.index("          - tunnus") :].replace("A1.1", "A1.3")
    path = write(tmp_path / "x.yaml", text + second + third)
    files = api.export(path, tmp_path / "units", unit="all")
    assert [file.name for file in files] == ["sote-lansi.xlsx", "pelastus.xlsx", "ilman-vastuutahoa.xlsx"]
    report = load(path).report
    for file, unit in zip(files, units_of(report), strict=True):
        assert load(file).report == part_of(report, unit) == (base_of(file) or {})["fi"]
    with pytest.raises(ProblemsFound):
        api.export(path, tmp_path / "y.xlsx", unit="Tuntematon")


def test_a_file_that_is_there_is_replaced_only_on_request(tmp_path: Path) -> None:
    source, path = write(tmp_path / "x.yaml", GOOD), write(tmp_path / "x.xlsx", "vanha")
    arguments = ("export", source, "--to", path)
    assert run_apart(*arguments).returncode == 2
    assert path.read_text() == "vanha"
    assert run(*arguments, "--yes").returncode == 0
    assert load(path).report.title == "Arviointi"


def test_a_draft_leaves_cells_empty(tmp_path: Path) -> None:
    text = GOOD.replace("            arviointi: 4\n", "").replace("saavutettu: KYLLÄ", "saavutettu:")
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(write(tmp_path / "x.yaml", text))))
    sheet = book_at(path)["Tavoitteet"]
    assert (sheet["F2"].value, sheet["G2"].value) == (None, None)


@pytest.mark.parametrize("text", ["=1+1", "-x", "@a", "+3", "_x0041_"])
def test_a_text_that_looks_like_a_formula_is_a_text_in_the_workbook(text: str, tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD.replace("Ensimmäinen tavoite.", f"'{text}'"))
    path = write(tmp_path / "x.xlsx", workbook_of(reports_of(source)))
    assert load(path).report.goals[0].text == text
    assert book_at(path)["Tavoitteet"]["D2"].data_type == "s"


def test_a_text_that_no_cell_can_hold_is_told(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD.replace("Tämä on", f"Tämä {'on ' * 11_000}"))
    with pytest.raises(ProblemsFound) as found:
        workbook_of(reports_of(source))
    assert [problem.kind for problem in found.value.problems] == ["cell-long"]


@pytest.mark.needs("calc")
def test_what_libreoffice_saves_says_the_same_and_computes_the_figures(tmp_path: Path) -> None:
    (path,) = convert([exported(tmp_path, "arviointi-2024")], tmp_path / "saved", tmp_path, "xlsx")
    reports = reports_of(SOURCES / "arviointi-2024")
    assert read(path) == dict(reports)
    assert base_of(path) == reports
    choices = {rule.formula1 for rule in book_at(path)["Tavoitteet"].data_validations.dataValidation}
    assert {'"KYLLÄ,OSITTAIN,EI,EI ARVIOITU"', '"5,4,3,2,1"'} <= choices
    computed = openpyxl.load_workbook(path, data_only=True)["Yhteenveto"].iter_rows(min_row=2, values_only=True)
    rows = {(row[0], row[1]): row[2:8] for row in computed}
    for strategy in reports["fi"].strategies:
        for name, goals in (("Yhteensä", strategy.goals), *((g.name, g.goals) for g in strategy.guidelines)):
            f = figures_of(goals)
            assert rows[strategy.name, name] == (
                f.goals, pytest.approx(float(f.average or 0)), f.yes, f.partly, f.no, f.not_assessed,
            )  # fmt: skip


def test_ids_on_the_sheet_may_be_in_another_case_and_have_commas_between_them(tmp_path: Path) -> None:
    path = exported(tmp_path, "arviointi-2024")
    before = [goal.id for goal in load(path).report.goals]
    book = book_at(path)
    book["Tavoitteet"].cell(2, ID + 1).value = before[0].lower()
    for row in book["Raportti"].iter_rows(min_row=2):
        if row[1].value == "Tavoitteet":
            row[2].value = row[2].value.replace(" ", ", ")
    book.save(path)
    assert [goal.id for goal in load(path).report.goals] == [before[0].lower(), *before[1:]]


def test_a_new_row_needs_no_translation_of_names_that_have_one(tmp_path: Path) -> None:
    path = exported(tmp_path, "arviointi-2024")
    book = book_at(path)
    sheet = book["Tavoitteet"]
    own = len(COLUMNS)
    for column, value in enumerate([cell.value for cell in sheet[2]][:own], 1):
        sheet.cell(len(load(path).report.goals) + 2, column).value = "H1.9" if column == ID + 1 else value
    book.save(path)
    assert [goal.id for goal in load(path, LoadOptions(("sv",), allow_missing=True)).report.goals].count("H1.9") == 1


@pytest.mark.parametrize("name", ["arviointi-2024", "esimerkki-kaksikielinen"])
def test_without_the_sheet_of_the_rest_an_import_takes_nothing_away(name: str, tmp_path: Path) -> None:
    path = exported(tmp_path, name)
    book = book_at(path)
    del book["Raportti"]
    book.save(path)
    assert not api.import_file(path, SOURCES / name).files


def test_a_workbook_of_another_report_is_told_before_it_comes_in(tmp_path: Path) -> None:
    path = exported(tmp_path, "arviointi-2024")
    kinds = [
        [problem.kind for problem in api.import_file(path, SOURCES / name).warnings]
        for name in ("arviointi-2024", "esimerkki-kaksikielinen")
    ]
    assert kinds == [[], ["base-other"]]


@pytest.mark.parametrize("name", ["arviointi.csv", "arviointi", "arviointi.xls"])
def test_a_workbook_is_not_written_under_the_name_of_anything_else(name: str, tmp_path: Path) -> None:
    source, path = write(tmp_path / "x.yaml", GOOD), tmp_path / name
    assert run("export", source, "--to", path).returncode == 2
    assert not path.exists()
