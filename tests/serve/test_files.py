"""What the app gives is what the command line writes, byte for byte; what cannot be made says why."""

import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest

from commands import run
from planning import BILINGUAL, DEFAULT
from raportti import api
from raportti.files import slug
from raportti.problems import MissingTool
from serve.asking import Answer, Served


@pytest.fixture(scope="module", params=[DEFAULT, BILINGUAL], ids=["default", "bilingual"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    source = tmp_path_factory.mktemp("served") / "source"
    shutil.copytree(request.param, source)
    with Served(source) as found:
        yield found


def built(served: Served, folder: Path, *options: str) -> dict[str, Path]:
    """Build on the command line."""
    done = run("build", served.source, "--out", folder, *options)
    assert done.returncode == 0, done.stderr
    return {Path(line).suffix: Path(line) for line in done.stdout.splitlines()}


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", ()),
        ("charts=1&draft=1", ("--charts", "--draft")),
        ("lang=fi", ("--lang", "fi")),
    ],
)
def test_deck_and_pdf_are_what_build_writes(
    served: Served, tmp_path: Path, query: str, options: tuple[str, ...]
) -> None:
    files = built(served, tmp_path, *options)
    for kind, suffix in (("deck", ".pptx"), ("pdf", ".pdf")):
        answer = served.get(f"/files/{kind}?{query}")
        assert (answer.status, answer.file_name) == (200, files[suffix].name)
        assert answer.body == files[suffix].read_bytes()
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_other_language_is_what_build_writes(tmp_path: Path) -> None:
    with Served(BILINGUAL) as served:
        files = built(served, tmp_path, "--lang", "sv")
        for kind, suffix in (("deck", ".pptx"), ("pdf", ".pdf")):
            answer = served.get(f"/files/{kind}?lang=sv")
            assert (answer.file_name, answer.body) == (files[suffix].name, files[suffix].read_bytes())


def test_changes_are_shown_as_build_shows_them(tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(DEFAULT, before)
    run("set", "H1.1", before, "--score", "2", "--yes")
    with Served(DEFAULT, compare_to=before) as served:
        files = built(served, tmp_path / "out", "--compare-to", str(before))
        answer = served.get("/files/deck?changes=1")
        assert answer.body == files[".pptx"].read_bytes()
        assert served.get("/files/deck?since=given").body == answer.body
        assert served.get("/files/deck").body == answer.body  # as the program was started
        assert served.get("/files/deck?since=none").body != answer.body
        run("set", "H1.1", before, "--score", "1", "--yes")  # what it is compared to is looked at each time
        assert served.get("/files/deck?since=given").body != answer.body


def test_workbooks_are_what_export_writes(served: Served, tmp_path: Path) -> None:
    to = tmp_path / "all.xlsx"
    api.export(served.source, to)
    answer = served.get("/files/workbook")
    assert answer.body == to.read_bytes()
    assert answer.file_name == f"{slug(served.workspace.title, otherwise='')}.xlsx"
    api.export(served.source, tmp_path / "units", unit="all")
    packed = zipfile.ZipFile(BytesIO(served.get("/files/workbook?unit=all").body))
    assert {name: packed.read(name) for name in packed.namelist()} == {
        file.name: file.read_bytes() for file in (tmp_path / "units").iterdir()
    }


def test_a_workbook_of_one_unit_has_its_goals_alone(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(BILINGUAL, source)
    run("set", api.read_report(source).goals[0].id, source, "--unit", "Tekniset palvelut", "--yes")
    api.export(source, tmp_path / "unit.xlsx", unit="Tekniset palvelut")
    with Served(source) as served:
        answer = served.get("/files/workbook?unit=Tekniset+palvelut")
        assert answer.body == (tmp_path / "unit.xlsx").read_bytes()
        assert answer.file_name.endswith("-tekniset-palvelut.xlsx")
        wrong = served.get("/files/workbook?unit=Hallinto")
        assert wrong.status == 422
        assert 'unit "Hallinto"' in wrong.text or "Hallinto" in wrong.text


def test_what_cannot_be_built_is_said_as_the_command_line_says_it(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(DEFAULT, source)
    text = (source / "palvelustrategia.yaml").read_text(encoding="utf-8")
    (source / "palvelustrategia.yaml").write_text(text.replace("arviointi: 4", "arviointi:", 1), encoding="utf-8")
    with Served(source) as served:
        said = run("build", source, "--out", tmp_path / "out").stderr.splitlines()
        answer = served.get("/files/deck")
        assert answer.status == 422
        assert all(line in answer.text for line in said if ": error: " in line)
        assert any(": error: " in line for line in said)
        told = served.get("/files/make/deck", accept="application/json")
        assert told.status == 422
        assert [line for line in said if ": error: " in line] == [
            one for one in told.json()["problems"] if ": error: " in one
        ]
        assert served.get("/files/deck?draft=1").status == 200


def test_without_pango_the_deck_is_there_and_the_pdf_says_what_is_missing(tmp_path: Path) -> None:
    with Served(BILINGUAL) as served:
        with patch(
            "raportti.render.pdf.process.PdfWriter.write", side_effect=MissingTool("pango-missing", words="no pango")
        ):
            assert served.get("/files/deck").status == 200
            answer = served.get("/files/pdf")
            assert answer.status == 422
            assert "pango" in answer.text.lower()
        assert served.get("/files/pdf").status == 200


def test_a_document_follows_the_source(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(BILINGUAL, source)
    with Served(source) as served:
        first = served.get("/files/deck")
        assert served.get("/files/deck").body == first.body
        goal = api.read_report(source).goals[0]
        run("set", goal.id, source, "--score", "1" if goal.score != 1 else "2", "--yes")
        assert served.get("/files/deck").body != first.body


def test_beside_a_deck_stands_what_inspect_finds(served: Served) -> None:
    made = served.get("/files/make/deck", accept="application/json").json()
    assert served.get(made["address"]).status == 200
    assert "Look for faults in it" in made["said"]
    said = served.get(made["inspection"], accept="application/json").json()["said"]
    assert "no fault" in said
    assert "no fault" in served.get("/files").text
    assert served.get(made["inspection"]).status == 200
    assert served.get("/files/inspection/" + "0" * 64).status == 404


@pytest.mark.parametrize("kind", ["html", "..", "%2e%2e", "source", "deck.pptx", "manifest"])
def test_nothing_else_is_given(served: Served, kind: str) -> None:
    assert served.get(f"/files/{kind}").status == 404


def test_no_path_comes_from_a_browser(served: Served) -> None:
    for query in ("since=/etc", "since=HEAD:source", "since=rev---output=x", "changes=1&since=../other"):
        answer = served.get(f"/files/deck?{query}")
        assert answer.status == 404
    assert served.get("/files/workbook?unit=../../x").status == 422
    assert served.get("/files/deck?lang=../../x").body == served.get("/files/deck").body


def test_the_page_names_every_document_and_works_without_script(served: Served) -> None:
    page: Answer = served.get("/files")
    assert page.status == 200
    for name in ("deck", "pdf"):
        assert f'formaction="/files/{name}"' in page.html
    assert 'action="/files/workbook"' in page.html
    assert 'enctype="multipart/form-data"' in page.html
    assert page.html.count("<h1>") == 1
