"""Drafts: what may be missing, what every page then says, and who is told what is missing."""

import json
from pathlib import Path

import pytest
from pptx import Presentation

from commands import run
from judges.pdf_text import page_texts
from judges.structure import read_tags
from planning import fonts, goal, luvn, report
from raportti import api
from raportti.content.content import make_content
from raportti.layout.planning import make_plan
from raportti.plan import Page, Plan, Role, TextBox
from raportti.plan.typeset import Align
from raportti.problems import ProblemsFound
from raportti.report.figures import ASSESSMENT, SCORE, STATUS, Unfinished, unfinished_goals
from raportti.report.model import Achieved, Report

HEADER = "Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)"
TABLE = f"""{HEADER},Vastuutaho
S,L,A1.1,Tavoite toteutuu,KYLLÄ,,Työ on edennyt suunnitelman mukaisesti.,Hallintopalvelut
S,L,A1.2,Toinenkin toteutuu,,,,Terveyspalvelut
S,L,A1.3,Kolmaskin toteutuu,EI,1,,Hallintopalvelut
S,L,A1.4,Neljäs odottaa,EI ARVIOITU,,,Hallintopalvelut
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "arviointi.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def drafted(given: Report) -> Plan:
    words = luvn().theme.words[given.language]
    return make_plan(make_content(given, words, is_draft=True), luvn().theme, fonts())


def mark_of(page: Page) -> TextBox:
    (mark,) = (item for item in page.items if isinstance(item, TextBox) and item.role is Role.DRAFT)
    return mark


@pytest.mark.parametrize(("language", "word"), [("fi", "LUONNOS"), ("sv", "UTKAST")])
def test_every_page_of_a_draft_says_so_whatever_is_missing(language: str, word: str) -> None:
    pages = drafted(report(goal(), language=language)).pages
    assert [mark_of(page).paragraphs[0].text for page in pages] == [word] * len(pages)
    assert {mark_of(page).paragraphs[0].align for page in pages} == {Align.RIGHT}


def test_the_title_of_a_draft_says_so_where_a_reader_hears_it() -> None:
    assert drafted(report(goal())).properties.title == "Arviointi (luonnos)"


def test_what_is_missing_is_told_by_the_unit_in_charge() -> None:
    goals = (
        goal(1, score=None),
        goal(2, achieved=Achieved.MISSING, score=None, assessment=(), responsible="Hallintopalvelut"),
        goal(3, responsible="Hallintopalvelut"),
        goal(4, achieved=Achieved.NOT_ASSESSED, score=None, assessment=()),
        goal(5, assessment=(), responsible="Hallintopalvelut"),
    )
    found = unfinished_goals(report(*goals))
    assert list(found.items()) == [
        ("Hallintopalvelut", (Unfinished("A1.2", (STATUS, SCORE, ASSESSMENT)), Unfinished("A1.5", (ASSESSMENT,)))),
        (None, (Unfinished("A1.1", (SCORE,)),)),
    ]


def test_without_the_option_what_is_missing_is_an_error_whose_remedy_names_it(table: Path, tmp_path: Path) -> None:
    done = run("build", table, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr.count("--draft")) == (1, 4)
    assert not (tmp_path / "out").exists()
    with pytest.raises(ProblemsFound):
        api.read_report(table)


def test_a_draft_is_built_under_its_name_and_says_what_is_missing(table: Path, tmp_path: Path) -> None:
    done = run("build", table, "--draft", "--out", tmp_path / "out", RAPORTTI_LANG="fi")
    assert done.returncode == 0, done.stderr
    deck, pdf = (tmp_path / "out" / f"arviointi.{kind}" for kind in ("pptx", "pdf"))
    assert "3 tavoitetta on kesken:\n" in done.stderr
    assert "  Hallintopalvelut: A1.1 (arviointi), A1.3 (sanallinen arviointi)\n" in done.stderr
    assert "  Terveyspalvelut: A1.2 (tavoite saavutettu?, arviointi, sanallinen arviointi)\n" in done.stderr
    slides = Presentation(str(deck)).slides
    assert all("LUONNOS" in {shape.name for shape in slide.shapes} for slide in slides)
    assert all("LUONNOS" in text for text in page_texts(pdf))
    tags = read_tags(pdf)
    assert sum("LUONNOS" in text for _, text in tags.artifact_texts) == len(slides)
    assert "LUONNOS" not in repr(tags.document)
    assert [cell.text for cell in tags.document.walk("TD")].count("EI ARVIOITU") == 2


def test_check_and_plan_tell_what_is_missing_in_a_draft(table: Path) -> None:
    values = json.loads(run("check", table, "--draft", "--json").stdout)
    assert values["errors"] == 0
    assert values["unfinished"][1] == {
        "unit": "Terveyspalvelut",
        "goals": [{"goal": "A1.2", "missing": ["status", "score", "assessment"]}],
    }
    assert "unfinished" not in json.loads(run("check", table, "--json").stdout)
    assert "A1.1 (score)" in run("plan", table, "--draft").stderr
