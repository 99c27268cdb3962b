"""A report and the one before, from sources to both documents, judged by programs that nobody here wrote."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import raportti
from commands import run
from judges import deck, ooxml, vera
from planning import goal, report
from raportti.plan import PageKind
from raportti.problems import ProblemsFound
from raportti.workflows.build import Built
from stress.sources import write_csv, write_yaml

OLD = report(goal(1, score=3), goal(2, score=4))
NEW = report(goal(1, score=4), goal(2, score=4))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sources")
    return write_yaml(NEW, folder / "new"), write_csv(OLD, folder / "old.csv")


@pytest.fixture(scope="module")
def built(sources: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    new, old = sources
    return raportti.build(new, out=tmp_path_factory.mktemp("out"), compare_to=old)


def test_the_report_before_may_be_of_any_form(built: Built) -> None:
    assert PageKind.CHANGES in [page.kind for page in built.planned.plan.pages]


def test_a_build_that_compares_is_the_same_each_time(built: Built, sources: tuple[Path, Path], tmp_path: Path) -> None:
    again = raportti.build(sources[0], out=tmp_path, compare_to=sources[1])
    assert [file.read_bytes() for file in again.files] == [file.read_bytes() for file in built.files]


def test_marks_beside_scores_make_no_row_higher(tmp_path: Path) -> None:
    scores = (1, 2, 3, 4) * 3
    old = write_yaml(report(*(goal(n, score=score) for n, score in enumerate(scores, 1))), tmp_path / "old")
    new = write_yaml(report(*(goal(n, score=5 - score) for n, score in enumerate(scores, 1))), tmp_path / "new")
    assert len(raportti.build(new, out=tmp_path, compare_to=old).files) == 2  # the PDF is as planned, line for line


def test_the_report_before_may_be_a_draft(sources: tuple[Path, Path], tmp_path: Path) -> None:
    old = tmp_path / "luonnos.csv"
    old.write_text(sources[1].read_text(encoding="utf-8").replace("OSITTAIN;3", ";"), encoding="utf-8")
    assert raportti.plan_pages(sources[0], compare_to=old).plan.pages[-1].notes == (
        "Arviointi muuttunut: A1.1 – → 4",
        "Tila muuttunut: A1.1 EI ARVIOITU → OSITTAIN",
    )


def test_a_report_before_in_one_language_serves_both(sources: tuple[Path, Path], tmp_path: Path) -> None:
    swedish = write_yaml(replace(NEW, language="sv"), tmp_path / "sv")
    assert raportti.plan_pages(swedish, compare_to=sources[1]).plan.pages[-1].notes == ("Ändrad bedömning: A1.1 3 → 4",)


def test_problems_of_the_report_before_are_told(sources: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        raportti.build(sources[0], out=tmp_path, compare_to=tmp_path / "none.yaml")
    assert [problem.kind for problem in found.value.problems] == ["source-not-found"]
    assert not list(tmp_path.iterdir())


def test_the_command_line_compares(sources: tuple[Path, Path], tmp_path: Path) -> None:
    new, old = sources
    done = run("plan", new, "--compare-to", old, "--json")
    pages = [page for page in json.loads(done.stdout)["pages"] if page["kind"] == "changes"]
    assert [row["goal"] for page in pages for row in page["rows"]] == [None, None, "A1.1"]
    built = run("build", new, "--compare-to", old, "--formats", "html", "--out", tmp_path)
    assert built.returncode == 0, built.stderr
    assert "nousi 1" in (tmp_path / "arviointi.html").read_text(encoding="utf-8")


def test_no_two_rows_of_the_page_have_one_id(built: Built, sources: tuple[Path, Path], tmp_path: Path) -> None:
    (page,) = raportti.build(sources[0], out=tmp_path, compare_to=sources[1], formats=("html",)).files
    ids = [part.split('"')[0] for part in page.read_text(encoding="utf-8").split('id="')[1:]]
    assert len(set(ids)) == len(ids)


def test_the_deck_breaks_no_rule(built: Built) -> None:
    assert deck.findings(built.files[0]) == []


@pytest.mark.needs("openxml")
def test_the_deck_is_valid(built: Built) -> None:
    assert ooxml.errors(built.files[0]) == []


@pytest.mark.needs("verapdf")
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_the_pdf_is_accessible_and_lasts(built: Built, flavour: str) -> None:
    assert vera.violations(built.files[1], flavour) == []
