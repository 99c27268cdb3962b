"""What has changed since something is what ``raportti diff`` tells, and what was done here can be taken back."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from commands import run
from planning import BILINGUAL, DEFAULT, LUVN
from raportti import api
from raportti.serve.saving.versions import Change
from raportti.workflows.git import name_at, revisions_of
from serve.asking import Served


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Maija Meikäläinen", "-c", "user.email=maija@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a report as it was, and then with another score; returns the source."""
    source = tmp_path / "repo" / "source" / "arviointi"
    shutil.copytree(DEFAULT, source)
    git(tmp_path, "init", "-q", "repo")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-qm", "Ensimmäinen <b>luonnos</b>")
    (tmp_path / "repo" / "muu.txt").write_text("muuta", encoding="utf-8")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-qm", "Ei koske raporttia")
    return source


@pytest.fixture
def served(repository: Path) -> Iterator[Served]:
    with Served(repository) as found:
        yield found


def save(served: Served, goal: str, field: str, value: str) -> None:
    """Change a field as a form does."""
    form = served.workspace.opened.goals[goal]
    old = getattr(form, field) if isinstance(getattr(form, field), str) else ""
    served.workspace.store.save(goal, {field: Change(old, value)}, base=form.version, who="tester")


def since_of(served: Served, words: str) -> str:
    """Return the address that compares with what a choice is called."""
    page = served.get("/changes")
    found = re.search(rf'<option value="([^"]+)"[^>]*>[^<]*{re.escape(words)}', page.html)
    assert found, page.html
    return f"/changes?since={found[1]}"


def test_revisions_are_those_that_touched_the_source(repository: Path) -> None:
    [only] = revisions_of(repository, 10)
    assert (only.subject, only.author) == ("Ensimmäinen <b>luonnos</b>", "Maija Meikäläinen")
    assert name_at(repository, only.id) == f"{only.id}:source/arviointi/"
    file = repository / "raportti.yaml"
    assert name_at(file, "x") == "x:source/arviointi/raportti.yaml"
    assert [one.id for one in revisions_of(file, 10)] == [only.id]


def test_what_changed_since_a_revision_is_what_diff_tells(served: Served, repository: Path) -> None:
    save(served, "H1.1", "score", "2")
    save(served, "H1.2", "achieved", "no")
    page = served.get(since_of(served, "Ensimmäinen"))
    assert "&lt;b&gt;luonnos" in page.html and "<b>luonnos" not in page.html
    assert re.search(r"H1\.1 .*? before: 4 → now: 2 ▼ fell", page.text)
    assert re.search(r"H1\.2 .*? before: YES → now: NO", page.text)
    assert "before: 3," in page.text
    [one, *_] = served.desk.since.references(b"")
    told = served.desk.since.differences(one)
    before = repository.parent / "before"
    shutil.copytree(DEFAULT, before)
    found = api.diff(before, repository, layout=LUVN)
    assert [each.changes for each in told] == [each.changes for each in found]
    for each in found:
        assert served.desk.since.pages(one, each.language) == each.pages


def test_pages_that_change_are_links(served: Served) -> None:
    save(served, "H1.1", "score", "2")
    place = since_of(served, "Ensimmäinen")
    page = served.get(place.replace("/changes?", "/changes/pages?"))
    assert page.html.count("<h1>") == 1
    numbers = re.findall(r'href="/pages\?lang=fi#page-(\d+)"', page.html)
    assert numbers == sorted(numbers, key=int) and numbers
    part = served.get(place.replace("/changes?", "/changes/pages?") + "&part=1")
    assert "<html" not in part.html
    assert f"#page-{numbers[0]}" in part.html


def test_texts_are_told_word_by_word(served: Served) -> None:
    old = served.workspace.opened.goals["H1.1"].assessment["fi"]
    form = served.workspace.opened.goals["H1.1"]
    new = old.replace("Palvelujen", "Lähipalvelujen", 1)
    served.workspace.store.save("H1.1", {"assessment.fi": Change(old, new)}, base=form.version, who="tester")
    page = served.get(since_of(served, "Ensimmäinen"))
    assert re.search(r"<del><span class=\"hidden\">removed: </span>Palvelujen</del>", page.html)
    assert re.search(r"<ins><span class=\"hidden\">added: </span>Lähipalvelujen</ins>", page.html)
    journal = served.get("/changes")
    assert "<ins>" in journal.html


def test_another_source_in_the_folder_is_offered_and_no_path(served: Served, repository: Path) -> None:
    other = repository.parent / "arviointi-2023"
    shutil.copytree(DEFAULT, other)
    run("set", "H1.1", other, "--score", "1", "--yes")
    page = served.get(since_of(served, "arviointi-2023"))
    assert re.search(r"H1\.1 .*? before: 1 → now: 4 ▲ rose", page.text)
    for name in (
        str(other),
        "arviointi-2023",
        "../arviointi-2023",
        "beside-x",
        "rev-HEAD",
        "rev---help",
        "HEAD:source",
    ):
        assert served.get(f"/changes?since={name}").status == 404


def test_what_was_given_at_the_start_is_compared_to_first(tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(BILINGUAL, before)
    names = [goal.id for goal in api.read_report(before).goals]
    run("set", names[0], before, "--assessment", "Aivan toinen teksti tässä.", "--lang", "fi", "--yes")
    with Served(BILINGUAL, compare_to=before) as served:
        page = served.get("/changes")
        assert "given when the program was started" in page.text
        assert names[0] in page.text
        assert "Aivan toinen" in page.text
        page = served.get("/changes?since=")
        assert "Aivan toinen" not in page.text


def test_a_file_that_comes_in_is_compared_to_and_changes_nothing(served: Served, repository: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(served.get("/files/workbook").body))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Arviointi (1-5)") + 1).value = 1
    data = io.BytesIO()
    book.save(data)
    files = {file: file.read_bytes() for file in repository.iterdir() if file.is_file()}
    answer = served.bring(("../viime vuosi.xlsx", data.getvalue()), path="/changes/file")
    assert answer.status == 303
    page = served.get(answer.place)
    assert "viime vuosi.xlsx, brought here" in page.text
    assert re.search(r"H1\.1 .*? before: 1 → now: 4", page.text)
    assert served.get(answer.place, cookie=served.browser()).status == 404
    changed = served.get("/files/deck?" + answer.place.partition("?")[2])
    assert changed.status == 200
    assert changed.body != served.get("/files/deck").body
    assert all(file.read_bytes() == old for file, old in files.items())
    assert served.bring(("a.exe", b"MZ"), path="/changes/file").status == 422


def test_a_deck_is_compared_to_as_well(served: Served, tmp_path: Path) -> None:
    [deck] = api.build(DEFAULT, out=tmp_path, formats=("pptx",)).files
    save(served, "H1.1", "score", "2")
    answer = served.bring(("a.pptx", deck.read_bytes()), path="/changes/file")
    assert re.search(r"H1\.1 .*? before: 4 → now: 2", served.get(answer.place).text)


def test_without_a_repository_there_are_no_revisions(tmp_path: Path) -> None:
    shutil.copytree(DEFAULT, tmp_path / "s")
    with Served(tmp_path / "s") as served:
        page = served.get("/changes")
        assert page.status == 200
        assert "Earlier versions" not in page.text
        assert "Nothing was changed here yet." in page.text


def test_the_journal_says_what_was_done_and_takes_it_back(served: Served) -> None:
    save(served, "H1.1", "score", "2")
    save(served, "H1.2", "score", "1")
    page = served.get("/changes")
    assert re.search(r"H1\.2 edited in a form, tester.*H1\.1 edited in a form, tester", page.text)
    assert re.search(r"Score \(1-5\) before: 4 → now: 2", page.text)
    undo = re.findall(r'action="(/undo/\w+)"', page.html)
    assert len(undo) == 2
    assert served.post(undo[1]).status == 303
    assert api.read_report(served.source).goals[0].score == 4
    page = served.get("/changes/journal")
    assert "taken back later" in page.text and "taken back, tester" in page.text
    assert len(re.findall(r'action="(/undo/\w+)"', page.html)) == 2


def test_git_is_asked_with_arguments_of_ours_only(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    real = subprocess.run

    def noted(command: list[str], **options: object) -> object:
        asked.append(command)
        return real(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noted)
    for name in ("rev-HEAD", "rev-$(id)", "rev-; rm -rf", "rev-" + "0" * 40, "--upload-pack=x"):
        assert served.get(f"/changes?since={name}").status == 404
        assert served.get(f"/files/deck?since={name}").status == 404
    assert asked and all(name not in " ".join(command) for command in asked for name in ("$(id)", "rm -rf", "upload"))
