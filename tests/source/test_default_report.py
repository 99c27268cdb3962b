"""The report that the repository carries, in each form that a source can have."""

from pathlib import Path

import openpyxl
import pytest

from raportti.problems.messages import describe
from raportti.report.model import Achieved, Goal, Report
from raportti.source.loading import load
from source.reports import HEADER, bytes_of, csv_of, write

FOLDER = Path(__file__).resolve().parents[2] / "source" / "arviointi-2024"
WORDS = {
    Achieved.YES: "KYLLÄ",
    Achieved.PARTLY: "OSITTAIN",
    Achieved.NO: "EI",
    Achieved.NOT_ASSESSED: "EI ARVIOITU",
}


def rows_of(report: Report) -> list[tuple[str, ...]]:
    return [
        (strategy.name, guideline.name, *cells_of(goal))
        for strategy in report.strategies
        for guideline in strategy.guidelines
        for goal in guideline.goals
    ]


def cells_of(goal: Goal) -> tuple[str, ...]:
    lines = [line for sub in goal.subgoals for line in (f"• {sub.text}", *(f"- {item}" for item in sub.items))]
    score = "" if goal.score is None else str(goal.score)
    return goal.id, goal.text, "\n".join(lines), WORDS[goal.achieved], score, "\n\n".join(goal.assessment)


def test_it_loads_with_the_one_remark_that_its_authors_know_of() -> None:
    source = load(FOLDER)
    assert [describe(problem, "en").removeprefix(str(FOLDER)) for problem in source.warnings] == [
        '/palvelustrategia.yaml:24:18: warning: the published "keskiarvo" is "3,4", but the goals give "3,2"; correct'
        ' one of them, or acknowledge the difference with "poikkeama_hyväksytty" and a reason'
    ]
    assert [len(strategy.goals) for strategy in source.report.strategies] == [22, 21]


@pytest.mark.parametrize("separator", [",", ";"])
def test_as_a_csv_it_has_the_same_goals(tmp_path: Path, separator: str) -> None:
    report = load(FOLDER).report
    file = write(tmp_path / "x.csv", csv_of(HEADER, *rows_of(report), separator=separator))
    same_groups(load(file).report, report)


def test_as_a_workbook_it_has_the_same_goals(tmp_path: Path) -> None:
    report = load(FOLDER).report
    book = openpyxl.Workbook()
    page = book.create_sheet("Tavoitteet")
    for cells in (HEADER, *rows_of(report)):
        page.append([int(cell) if cell.isdigit() else cell for cell in cells])
    same_groups(load(write(tmp_path / "x.xlsx", bytes_of(book))).report, report)


def same_groups(one: Report, other: Report) -> None:
    assert rows_of(one) == rows_of(other)
    assert one.goals == other.goals
