"""An edited source says the new report, and everything that was not edited stands as it stood."""

import difflib
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from planning import DEFAULT, default_report
from random_edits import random_edit, with_goal
from raportti.report.model import Achieved, Report
from raportti.report.pairs import placed_goals
from raportti.source.loading import load
from raportti.source.yaml_edit import edited_files
from raportti.source.yaml_files import new_source
from stress.generate import Kind as ReportKind
from stress.generate import Recipe
from stress.sources import write_yaml


def copied(folder: Path) -> Path:
    """Copy the default report, so that it can be edited."""
    for file in DEFAULT.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def written(folder: Path, report: Report) -> Path:
    """Write a report as the program does."""
    for name, text in new_source(report).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def edit(folder: Path, new: Report) -> dict[str, str]:
    """Edit a source, and return the lines that changed by file, with - and + before them."""
    before = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
    for path, data in edited_files(folder, load(folder).report, new, new.language).items():
        path.write_bytes(data)
    after = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
    return {name: changed_lines(before[name], after[name]) for name in after if before[name] != after[name]}


def changed_lines(before: str, after: str) -> str:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return "\n".join(line for line in lines if line[0] in "+-")


@pytest.mark.parametrize("number", range(25))
def test_the_default_report_says_random_edits(number: int, tmp_path: Path) -> None:
    folder, rng = copied(tmp_path), Random(number)
    new = default_report()
    for _ in range(rng.choice((1, 1, 2, 5))):
        new = random_edit(new, rng).report
    edit(folder, new)
    assert load(folder).report == new


@pytest.mark.parametrize("number", range(50))
def test_any_report_in_any_style_says_random_edits(number: int, tmp_path: Path) -> None:
    rng = Random(number)
    new = Recipe(seed=31, kind=rng.choice(list(ReportKind)), pages=(2, 4)).report(number)
    folder = rng.choice((written, lambda to, report: write_yaml(report, to)))(tmp_path, new)
    assert load(folder).report == new
    for _ in range(rng.choice((1, 1, 2, 5))):
        new = random_edit(new, rng).report
    edit(folder, new)
    assert load(folder).report == new


def test_a_new_score_changes_one_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    report = load(folder).report
    goal = next(goal for goal in report.goals if goal.id == "P1.1")
    lines = edit(folder, with_goal(report, goal, replace(goal, score=4)))
    assert lines == {"palvelustrategia.yaml": "-         arviointi: 3\n+         arviointi: 4"}


def test_what_becomes_not_assessed_loses_the_line_of_its_score(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    report = load(folder).report
    goal = next(goal for goal in report.goals if goal.id == "P1.1")
    new = replace(goal, achieved=Achieved.NOT_ASSESSED, score=None)
    lines = "-         saavutettu: OSITTAIN\n+         saavutettu: EI ARVIOITU\n-         arviointi: 3"
    assert edit(folder, with_goal(report, goal, new)) == {"palvelustrategia.yaml": lines}


def test_a_key_that_a_mac_wrote_is_edited_where_it_stands(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "raportti.yaml"
    key = unicodedata.normalize("NFD", "päivämäärä")
    file.write_text(f"{key}: 17.2.2025\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    lines = edit(folder, replace(load(folder).report, date=date(2026, 3, 1)))
    assert lines == {"raportti.yaml": f"- {key}: 17.2.2025\n+ {key}: 2026-03-01"}


def test_comments_stay_where_they_are(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "palvelustrategia.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("      - tunnus: P1.2\n", "      # Kysy vielä Marialta.\n      - tunnus: P1.2 # varmistettu\n")
    file.write_text(text, encoding="utf-8")
    report = load(folder).report
    first, second = (next(goal for goal in report.goals if goal.id == name) for name in ("P1.1", "P1.2"))
    new = with_goal(with_goal(report, first), second, replace(second, score=5))
    edit(folder, new)
    assert load(folder).report == new
    assert "# Kysy vielä Marialta.\n      - tunnus: P1.2 # varmistettu\n" in file.read_text(encoding="utf-8")


def test_a_moved_goal_takes_its_comments_with_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "palvelustrategia.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("      - tunnus: P1.2\n", "      # Oma huomio.\n      - tunnus: P1.2\n"), encoding="utf-8"
    )
    report = load(folder).report
    goal = next(goal for goal in report.goals if goal.id == "P1.2")
    last = [placed.goal for placed in placed_goals(report) if placed.guideline == "Asiakastavoitteet"][-1]
    new = with_goal(with_goal(report, goal), last, last, goal)
    edit(folder, new)
    assert load(folder).report == new
    assert "      # Oma huomio.\n      - tunnus: P1.2\n" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("line_end", "mark"), [("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_line_ends_and_byte_order_mark_stay(line_end: str, mark: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for file in folder.glob("*.yaml"):
        file.write_bytes((mark + file.read_text(encoding="utf-8").replace("\n", line_end)).encode())
    before = (folder / "palvelustrategia.yaml").read_bytes()
    report = load(folder).report
    goal = next(goal for goal in report.goals if goal.id == "P1.1")
    edit(folder, with_goal(report, goal, replace(goal, score=4)))
    after = (folder / "palvelustrategia.yaml").read_bytes()
    assert len(after) == len(before)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
