"""A few random reports, held against what LibreOffice and WeasyPrint draw of them; ``make stress`` holds many."""

from pathlib import Path
from random import Random

import pytest

from random_edits import random_edit
from raportti.report.model import Report
from raportti.source.loading import load
from stress.generate import Kind as ReportKind
from stress.generate import Recipe
from stress.hold import Held, Kind, hold
from stress.sources import write_csv

REALISTIC = Recipe(kind=ReportKind.REALISTIC)
WILD = Recipe(kind=ReportKind.WILD)
REPORTS = {1: REALISTIC, 2: REALISTIC, 8: REALISTIC, 3: WILD, 37: WILD, 39: WILD}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    reports = {number: recipe.report(number) for number, recipe in REPORTS.items()}
    return hold(reports, tmp_path_factory.mktemp("stress"))


@pytest.mark.needs("libreoffice", "poppler")
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.HIGHER, Kind.LOWER)], ids=lambda k: k.name)
def test_what_is_drawn_is_as_planned(held: Held, kind: Kind) -> None:
    assert held.counts["decks"] == len(REPORTS)
    assert held.of(kind) == []


@pytest.mark.needs("libreoffice", "poppler")
def test_nearly_every_cell_has_as_many_lines_in_libreoffice_as_in_the_plan(held: Held) -> None:
    assert held.counts["cells with as many lines"] / held.counts["cells"] > 0.95


@pytest.mark.needs("libreoffice", "poppler")
def test_what_changed_is_drawn_as_planned(tmp_path: Path) -> None:
    before = {number: recipe.report(number) for number, recipe in REPORTS.items()}
    held = hold({number: _edited(report, number) for number, report in before.items()}, tmp_path, before)
    assert held.counts["decks"] == len(REPORTS)
    assert [miss for miss in held.misses if miss.kind not in (Kind.HIGHER, Kind.LOWER)] == []


def _edited(report: Report, number: int) -> Report:
    rng = Random(number)
    for _ in range(40):
        report = random_edit(report, rng).report
    return report


@pytest.mark.parametrize("recipe", [REALISTIC, WILD], ids=lambda recipe: recipe.kind.value)
def test_a_number_is_always_the_same_report(recipe: Recipe) -> None:
    assert recipe.report(3) == recipe.report(3)
    assert recipe.report(3) != recipe.report(4)


def test_a_report_is_the_same_from_a_table(tmp_path: Path) -> None:
    report = REALISTIC.report(5)
    read = load(write_csv(report, tmp_path / "arviointi.csv")).report
    goals = [(strategy.name, guideline.name) for strategy in report.strategies for guideline in strategy.guidelines]
    assert [(s.name, g.name) for s in read.strategies for g in s.guidelines] == goals
    assert [(goal.id, goal.subgoals, goal.assessment) for goal in read.goals] == [
        (goal.id, goal.subgoals, goal.assessment) for goal in report.goals
    ]
