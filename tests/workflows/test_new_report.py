"""A new report is a draft that can be built, explains itself, and takes over the frame of the one before."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planning import BILINGUAL, DEFAULT
from raportti import api
from raportti.problems import ProblemsFound
from raportti.report.model import Achieved, Report
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions
from raportti.workflows.new_report import NewReport
from source.reports import write

ASKED = NewReport(
    ("fi", "sv"),
    "Merenrannikon hyvinvointialue|Havskustens välfärdsområde",
    "Arviointi 2026|Bedömning 2026",
    ("Palvelustrategia|Servicestrategi: Apotti|Apotti; Hoitoon pääsy", "Piha: Puut|Träd"),
)


def read(target: Path, *languages: str) -> Report:
    return load(target, LoadOptions(languages, allow_missing=True, is_draft=True)).report


@pytest.mark.parametrize("name", ["uusi", "uusi.xlsx"])
@pytest.mark.parametrize("asked", [NewReport(), NewReport(("sv",)), ASKED])
def test_what_is_new_is_a_draft_without_a_problem(asked: NewReport, name: str, tmp_path: Path) -> None:
    api.new_report(tmp_path / name, asked)
    assert all(problem.kind == "translations-missing" for problem in api.check(tmp_path / name, draft=True))
    report = read(tmp_path / name)
    assert report.language == asked.languages[0]
    assert all(goal.achieved is Achieved.MISSING and not goal.assessment for goal in report.goals)


@pytest.mark.parametrize("name", ["uusi", "uusi.xlsx"])
def test_what_was_answered_stands_in_each_language(name: str, tmp_path: Path) -> None:
    api.new_report(tmp_path / name, ASKED)
    finnish, swedish = read(tmp_path / name, "fi"), read(tmp_path / name, "sv")
    assert (finnish.title, swedish.organisation) == ("Arviointi 2026", "Havskustens välfärdsområde")
    assert [[g.name for g in s.guidelines] for s in finnish.strategies] == [["Apotti", "Hoitoon pääsy"], ["Puut"]]
    assert [[g.name for g in s.guidelines] for s in swedish.strategies] == [["Apotti", "Hoitoon pääsy"], ["Träd"]]
    assert [goal.id for goal in finnish.goals] == ["P1.1", "P2.1", "I1.1"]


def test_a_draft_of_it_is_drawn(tmp_path: Path) -> None:
    api.new_report(tmp_path / "uusi", NewReport())
    built = api.build(tmp_path / "uusi", out=tmp_path, formats=("pptx",), draft=True)
    assert [path.name for path in built.files] == ["tavoitteiden-arviointi.pptx"]


@pytest.mark.parametrize("words", ["fi", "sv", "en"])
def test_comments_explain_in_the_users_language_and_keys_wait_for_the_assessment(words: str, tmp_path: Path) -> None:
    paths = api.new_report(tmp_path / "uusi", NewReport(), words=words)
    first = {"fi": ("# Raportti", "# Strategia"), "sv": ("# En",), "en": ("# A",)}[words]
    assert all(path.read_text(encoding="utf-8").startswith(first) for path in paths)
    path, text = paths[-1], paths[-1].read_text(encoding="utf-8")
    for line in ("        saavutettu:\n", "        arviointi:\n", "        sanallinen_arviointi:\n"):
        assert line in text
    filled = text.replace("saavutettu:\n", "saavutettu: EI\n").replace("arviointi:\n", "arviointi: 2\n", 1)
    filled = filled.replace(
        "sanallinen_arviointi:\n", "sanallinen_arviointi: >-\n          Tämä on riittävän pitkä arvio.\n"
    )
    write(path, filled)
    assert load(tmp_path / "uusi").report.goals[0].score == 2


@pytest.mark.parametrize("name", ["uusi", "uusi.xlsx"])
@pytest.mark.parametrize("source", [DEFAULT, BILINGUAL])
def test_the_next_period_has_the_frame_of_the_one_before_and_nothing_assessed(
    source: Path, name: str, tmp_path: Path
) -> None:
    api.new_report(tmp_path / name, NewReport(based_on=source, title="Arviointi 2099|Bedömning 2099"))
    languages = LoadOptions(("fi", "sv"), allow_missing=True, is_draft=True)
    for before, after in zip(load_all(source, languages), load_all(tmp_path / name, languages), strict=True):
        assert after.report.title == {"fi": "Arviointi 2099", "sv": "Bedömning 2099"}[after.report.language]
        assert (after.report.scale, after.report.organisation) == (before.report.scale, before.report.organisation)
        assert after.report.meeting is after.report.date is after.report.case_number is None
        for old, new in zip(before.report.strategies, after.report.strategies, strict=True):
            assert replace(old, guidelines=()) == replace(new, guidelines=())
        blank = {"achieved": Achieved.MISSING, "score": None, "assessment": (), "break_before": False}
        assert [replace(goal, **blank) for goal in before.report.goals] == list(after.report.goals)  # type: ignore[arg-type]


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", b"x")
    (tmp_path / "kansio").mkdir()
    write(tmp_path / "kansio" / "x", "x")
    for name, kind in {"a.xlsx": "new-exists", "kansio": "folder-not-empty", "b.csv": "new-kind"}.items():
        with pytest.raises(ProblemsFound) as found:
            api.new_report(tmp_path / name, NewReport())
        assert [problem.kind for problem in found.value.problems] == [kind]
    assert (tmp_path / "a.xlsx").read_bytes() == b"x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "kansio"]


@pytest.mark.parametrize("strategies", [("A: B; B",), ("A", "A"), (": B",)])
def test_names_that_are_empty_or_doubled_are_refused(strategies: tuple[str, ...], tmp_path: Path) -> None:
    for name in ("uusi", "uusi.xlsx"):
        with pytest.raises(ProblemsFound) as found:
            api.new_report(tmp_path / name, NewReport(strategies=strategies))
        assert {problem.kind for problem in found.value.problems} == {"new-name"}
    assert not list(tmp_path.iterdir())


def with_own_goal(file: Path, **cells: str) -> Path:
    """Replace the sample's goal in a workbook, and cells of the sheet of the rest."""
    book: Any = openpyxl.load_workbook(file)
    goals = book["Tavoitteet"]
    column = next(cell.column for cell in goals[1] if cell.value == "Tavoite")
    for row in range(2, goals.max_row + 1):
        if goals.cell(row, column).value:
            goals.cell(row, column).value = f"Oma tavoitteemme {row}."
    for cell, text in cells.items():
        book["Raportti"][cell] = text
    book.save(file)
    return file


def test_a_workbook_with_goals_of_ones_own_and_the_samples_title_is_told(tmp_path: Path) -> None:
    (file,) = api.new_report(tmp_path / "uusi.xlsx", NewReport())
    assert not api.left_of_sample(file)
    with_own_goal(file)
    left = api.left_of_sample(file)
    assert [problem.values["value"] for problem in left] == [
        "Tavoitteiden arviointi", "Hyvinvointialueen nimi", "Tavoite on saavutettu erinomaisesti",
    ]  # fmt: skip
    with_own_goal(file, C2="Oma otsikko", C3="Oma alue", C9="Oma viitonen")
    assert not api.left_of_sample(file)


def test_what_was_answered_is_no_sample(tmp_path: Path) -> None:
    (file,) = api.new_report(tmp_path / "uusi.xlsx", ASKED)
    with_own_goal(file)
    assert [problem.values["value"] for problem in api.left_of_sample(file)] == ["Tavoite on saavutettu erinomaisesti"]


def test_another_reports_workbook_with_goals_of_ones_own_is_told(tmp_path: Path) -> None:
    (file,) = api.export(BILINGUAL, tmp_path / "a.xlsx")
    assert not api.left_of_sample(file)
    with_own_goal(file)
    report = load(BILINGUAL, DRAFT).report
    assert [problem.values["value"] for problem in api.left_of_sample(file)][:2] == [report.title, report.organisation]


def test_the_samples_id_may_be_changed(tmp_path: Path) -> None:
    (file,) = api.new_report(tmp_path / "uusi.xlsx", NewReport())
    book: Any = openpyxl.load_workbook(file)
    custom = [rule for rule in book["Tavoitteet"].data_validations.dataValidation if rule.type == "custom"]
    assert [str(rule.sqref) for rule in custom] == ["C2:C202"]
