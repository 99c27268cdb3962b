"""An edited table says the new report, and everything that was not edited stands as it stood."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from random_edits import random_edit, with_goal
from raportti.problems import ProblemsFound
from raportti.report.model import Goal, Report
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.rewriting import rewrite, rewrite_all
from raportti.source.workbook.export import reports_of, workbook_of
from source.reports import HEADER, ROW, bytes_of, csv_of, row, write
from source.reports import workbook_of as plain_workbook
from stress.generate import Kind, Recipe
from stress.sources import write_csv

SOURCES = Path(__file__).resolve().parents[2] / "source"
GOAL_FIELDS = frozenset(
    {"score", "achieved", "assessment", "text", "subgoals", "added", "removed", "place", "guideline", "id"}
)
ROWS = (HEADER, ROW, row(c2="A1.2", c6="3"), row(c1="Linjaus 2", c2="A2.1"))


def edited(report: Report, rng: Random, *, wanted: Callable[[str], bool] = lambda _: True) -> Report:
    """Make one to five random edits of the fields that are wanted."""
    for _ in range(rng.choice((1, 1, 2, 5))):
        edit = random_edit(report, rng)
        report = edit.report if wanted(edit.field) else report
    return report


def rewritten(path: Path, new: Report) -> Path:
    source = load(path, LoadOptions((new.language,), is_draft=True))
    for file, data in rewrite(path, source, new).items():
        file.write_bytes(data)
    return path


def exported(folder: Path, name: str = "arviointi-2024") -> Path:
    return write(folder / "arviointi.xlsx", workbook(name))


@cache
def workbook(name: str) -> bytes:
    return workbook_of(reports(name))


@cache
def reports(name: str) -> dict[str, Report]:
    return dict(reports_of(SOURCES / name))


def goal_of(report: Report, goal_id: str) -> Goal:
    return next(goal for goal in report.goals if goal.id == goal_id)


@pytest.mark.parametrize("number", range(30))
def test_a_csv_says_random_edits_of_goals(number: int, tmp_path: Path) -> None:
    rng = Random(number)
    report = Recipe(seed=37, kind=rng.choice(list(Kind)), pages=(2, 4)).report(number)
    path = write_csv(report, tmp_path / "arviointi.csv")
    new = edited(load(path).report, rng, wanted=lambda field: field in GOAL_FIELDS)
    assert load(rewritten(path, new)).report == new


@pytest.mark.parametrize("number", range(10))
def test_an_exported_workbook_says_random_edits(number: int, tmp_path: Path) -> None:
    path, rng = exported(tmp_path), Random(number)
    new = edited(reports("arviointi-2024")["fi"], rng)
    assert load(rewritten(path, new)).report == new


@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_edit_in_one_language_leaves_the_other(number: int, language: str, tmp_path: Path) -> None:
    path, rng = exported(tmp_path, "esimerkki-kaksikielinen"), Random(number)
    before = reports("esimerkki-kaksikielinen")
    new = edited(
        before[language], rng, wanted=lambda field: field in {"assessment", "text", "title", "meeting", "name"}
    )
    rewritten(path, new)
    after = {source.report.language: source.report for source in load_all(path, LoadOptions(("fi", "sv")))}
    assert after == {**before, language: new}


def test_a_new_score_changes_one_cell_of_a_csv(tmp_path: Path) -> None:
    text = "\ufeffsep=;\r\n" + csv_of(*ROWS).replace("Tavoite.", '"Tavoite."', 1)
    path = write(tmp_path / "x.csv", text)
    report = load(path).report
    goal = goal_of(report, "A1.2")
    rewritten(path, with_goal(report, goal, replace(goal, score=5)))
    assert path.read_bytes().decode() == text.replace("KYLLÄ;3;", "KYLLÄ;5;")


def test_a_last_row_without_a_line_end_stays_without_one(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", csv_of(*ROWS).rstrip())
    report = load(path).report
    rewritten(path, with_goal(report, goal_of(report, "A1.2")))
    assert path.read_bytes().decode() == csv_of(*ROWS[:2], ROWS[3]).rstrip()


def test_a_table_refuses_what_it_cannot_say(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", csv_of(*ROWS))
    with pytest.raises(ProblemsFound) as found:
        rewritten(path, replace(load(path).report, title="Toinen"))
    assert [problem.kind for problem in found.value.problems] == ["edit-not-possible"]


def test_a_workbook_keeps_formats_sheets_and_comments(tmp_path: Path) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(plain_workbook(*ROWS)))
    sheet = book.active
    sheet["G3"].fill = PatternFill("solid", start_color="FFFF00")
    sheet["D2"].comment = Comment("Kysy vielä.", "Maria")
    book.create_sheet("Muistiinpanot")["A1"] = "=1+1"
    book.calculation.fullCalcOnLoad = False
    path = write(tmp_path / "x.xlsx", bytes_of(book))
    before = path.read_bytes()
    report = load(path).report
    goal = goal_of(report, "A1.2")
    rewritten(path, with_goal(report, goal, replace(goal, score=5)))
    assert changed_parts(before, path.read_bytes()) == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    after: Any = openpyxl.load_workbook(path)
    assert after["Tavoitteet"]["G3"].value == 5
    assert after["Tavoitteet"]["G3"].fill.start_color.rgb == "00FFFF00"
    assert after["Tavoitteet"]["D2"].comment.text == "Kysy vielä."
    assert after.calculation.fullCalcOnLoad


def changed_parts(before: bytes, after: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        return {name for name in old.namelist() if old.read(name) != new.read(name)}


@pytest.mark.parametrize("text", ["=1+1", "-x", "@a", "+3", "_x0041_"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str, suffix: str, tmp_path: Path) -> None:
    data = csv_of(*ROWS) if suffix == ".csv" else plain_workbook(*ROWS)
    path = write(tmp_path / f"x{suffix}", data)
    report = load(path).report
    goal = goal_of(report, "A1.2")
    new = with_goal(report, goal, replace(goal, text=text))
    assert load(rewritten(path, new)).report == new


def test_a_table_beside_another_has_the_texts_of_its_language(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", csv_of(*ROWS))
    heading = ("Beteckning", "Strategi", "Riktlinje", "Mål", "Skriftlig bedömning (sammanfattning)")
    text = "Denna bedömning är lång nog."
    goals = ((cells[2], "Strategi", cells[1].replace("Linjaus", "Riktlinje"), "Mål.", text) for cells in ROWS[1:])
    beside = write(tmp_path / "x.sv.csv", csv_of(heading, *goals))
    before = path.read_bytes()
    report = load(path, LoadOptions(("sv",))).report
    goal = goal_of(report, "A1.2")
    rewritten(path, with_goal(report, goal, replace(goal, text="Ett annat mål.")))
    assert path.read_bytes() == before
    assert "A1.2;Strategi;Riktlinje 1;Ett annat mål.;" in beside.read_text(encoding="utf-8")
    finnish = load(path).report
    rewritten(path, with_goal(finnish, goal_of(finnish, "A1.2")))
    assert "A1.2" not in beside.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_text_of_one_language_never_gets_into_the_table_of_another(suffix: str, tmp_path: Path) -> None:
    path, beside = two_tables(tmp_path, suffix)
    before = beside.read_bytes()
    finnish = load(path, DRAFT).report
    new = with_goal(finnish, finnish.goals[0], replace(finnish.goals[0], assessment=("Aivan uusi teksti.",)))
    changed = rewrite(path, load(path, DRAFT), new)
    assert list(changed) == [path]
    assert beside.read_bytes() == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_goal_gets_its_row_in_the_table_beside_with_its_first_translation(suffix: str, tmp_path: Path) -> None:
    path, _ = two_tables(tmp_path, suffix)
    options = LoadOptions(("fi", "sv"), allow_missing=True, is_draft=True)
    finnish, swedish = (source.report for source in load_all(path, options))
    goal = swedish.goals[1]
    for file, data in rewrite_all(path, (with_goal(swedish, goal, replace(goal, text="Det andra målet.")),)).items():
        file.write_bytes(data)
    again = load_all(path, options)
    assert (again[0].report, again[1].report.goals[1].text) == (finnish, "Det andra målet.")
    assert again[1].report.goals[1].assessment == goal.assessment  # what was not translated still stands in


def two_tables(folder: Path, suffix: str) -> tuple[Path, Path]:
    """Write two goals in Finnish, and the first of them in Swedish beside."""
    make: Callable[..., str | bytes] = csv_of if suffix == ".csv" else plain_workbook
    heading = ("Beteckning", "Mål", "Skriftlig bedömning (sammanfattning)")
    path = write(folder / f"x{suffix}", make(HEADER, ROW, row(c2="A1.2", c6="3")))
    return path, write(folder / f"x.sv{suffix}", make(heading, ("A1.1", "Mål.", "Bedömningen är lång nog här.")))


def test_a_workbook_that_is_open_elsewhere_is_not_written(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", plain_workbook(*ROWS))
    write(tmp_path / ".~lock.x.xlsx#", "Maria")
    report = load(path, DRAFT).report
    with pytest.raises(ProblemsFound) as found:
        rewritten(path, with_goal(report, goal_of(report, "A1.2")))
    assert [problem.kind for problem in found.value.problems] == ["source-open"]
