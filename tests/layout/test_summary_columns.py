"""A summary counts the goals that were reached, or all statuses: the layout or the user says which."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands import run
from planning import DEFAULT, fonts, goal, lines_of, luvn, report
from raportti import api
from raportti.content.content import make_content
from raportti.layout.choices import PageOptions, Statuses, page_options, page_options_from
from raportti.layout.planning import make_plan
from raportti.plan import Page, PageKind
from raportti.report.figures import figures_of
from raportti.report.model import Achieved, Report
from source.reports import GOOD, changed, write

FAILED = report(
    goal(1, achieved=Achieved.NO, score=1),
    goal(2, achieved=Achieved.NOT_ASSESSED, score=None),
    goal(3, achieved=Achieved.YES, score=5),
)


def summary_of(one: Report, options: PageOptions, language: str = "fi") -> Page:
    content = make_content(replace(one, language=language), luvn().theme.words[language], None)
    plan = make_plan(content, luvn().theme, fonts(), options)
    (page,) = (page for page in plan.pages if page.kind is PageKind.SUMMARY)
    return page


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("fi", ["Kyllä", "Osittain", "Ei", "Ei arvioitu"]),
        ("sv", ["Ja", "Delvis", "Nej", "Inte bedömt"]),
    ],
)
def test_all_statuses_have_a_column_under_one_head(language: str, heads: list[str]) -> None:
    table = summary_of(FAILED, PageOptions(statuses=Statuses.ALL), language).table
    assert table is not None
    above, below = table.header
    (row,) = table.rows
    assert [" ".join(lines_of(cell)) for cell in below.cells] == heads
    assert above.cells[-1].column_span == len(heads)
    head = " ".join(lines_of(above.cells[-1]))
    assert head == luvn().theme.words[language].achieved.replace("\u00ad", "")
    assert [lines_of(cell) for cell in row.cells[3:]] == [["1"], ["0"], ["1"], ["1"]]


def test_the_table_is_as_wide_as_the_originals() -> None:
    tables = [summary_of(FAILED, PageOptions(statuses=statuses)).table for statuses in Statuses]
    widths = [sum(table.columns) for table in tables if table]
    assert len(set(widths)) == 1


def test_what_the_user_says_goes_before_the_layout_and_stays_with_the_deck() -> None:
    chosen = page_options(summary_columns="all")
    assert chosen.over(luvn().theme.choices).statuses is Statuses.ALL
    assert page_options_from(chosen.in_words()) == chosen
    assert PageOptions().over(replace(luvn().theme.choices, statuses=Statuses.ALL)).statuses is Statuses.ALL


def test_check_names_goals_with_ei_that_no_summary_shows(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", changed("KYLLÄ", "EI"))
    done = run("check", source, "--strict")
    assert done.returncode == 0 and "A1.1" in done.stderr and "--summary-columns" in done.stderr
    assert "--summary-columns" not in run("check", write(tmp_path / "y.yaml", GOOD)).stderr
    assert api.not_in_summaries(DEFAULT) == ("P4.4",)


def test_a_draft_counts_each_score_that_is_printed_in_the_average() -> None:
    goals = (goal(1, achieved=Achieved.MISSING, score=5), goal(2, achieved=Achieved.YES, score=4))
    figures = figures_of(goals)
    assert (str(figures.average), figures.not_assessed, figures.yes) == ("4.5", 1, 1)
    rows = make_content(report(*goals), luvn().theme.words["fi"], None).strategies[0].tables[0].rows
    assert [row.cells["score"][0].parts[0].text for row in rows] == ["5", "4"]


def test_both_documents_are_drawn_with_all_columns(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", changed("KYLLÄ", "EI"))
    built = api.build(source, out=tmp_path, summary_columns="all")
    assert [path.suffix for path in built.files] == [".pptx", ".pdf"]
