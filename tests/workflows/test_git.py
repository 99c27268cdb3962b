"""What names a source is a path, or what a revision of git has there."""

import os
import subprocess
from pathlib import Path

import pytest

from planning import DEFAULT, LUVN, default_report
from raportti.api import plan_pages
from raportti.plan import PageKind
from raportti.problems import MissingTool, ProblemsFound
from raportti.source.loading import load
from raportti.workflows.git import opened
from source.reports import GOOD, write


def git(folder: Path, *arguments: str) -> None:
    author = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of two commits: the default report, then one with another title; and work in it."""
    folder = tmp_path / "työ kansio"
    report = folder / "source" / "r"
    report.mkdir(parents=True)
    for file in DEFAULT.glob("*.yaml"):
        (report / file.name).write_bytes(file.read_bytes())
    write(folder / "pieni.yaml", GOOD)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "ensin")
    text = (report / "raportti.yaml").read_text(encoding="utf-8")
    (report / "raportti.yaml").write_text(f"# Uusi.\n{text}", encoding="utf-8")
    write(folder / "pieni.yaml", GOOD.replace("Arviointi", "Uusi arviointi"))
    git(folder, "commit", "-qam", "sitten")
    monkeypatch.chdir(folder)
    return folder


def kinds_of(name: str) -> list[str]:
    with pytest.raises(ProblemsFound) as found, opened(name):
        pass
    return [problem.kind for problem in found.value.problems]


def test_a_folder_of_a_revision_is_read(repository: Path) -> None:
    with opened("HEAD~1:source/r") as path:
        assert load(path).report == default_report()
        assert not (path / "raportti.yaml").read_text(encoding="utf-8").startswith("# Uusi.")
    assert not path.exists()


def test_a_file_of_a_revision_is_read_with_the_files_that_it_names(repository: Path) -> None:
    with opened("HEAD~1:source/r/raportti.yaml") as path:
        assert load(path).report == default_report()
    with opened("HEAD~1:pieni.yaml") as path:
        assert load(path).report.title == "Arviointi"


def test_a_path_begins_at_the_repository_or_at_the_working_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "source")
    for name in ("HEAD:./r", "HEAD:source/r/"):
        with opened(name) as path:
            assert load(path).report == default_report()


@pytest.mark.parametrize("name", ["C:/raportit/2024", "C:\\raportit\\2024", "source/r", ":x", "-x:y"])
def test_what_is_no_revision_is_a_path(name: str) -> None:
    with opened(name) as path:
        assert path == Path(name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_path_that_exists_wins(repository: Path) -> None:
    named = Path("HEAD:pieni.yaml")
    write(named, GOOD)
    with opened(str(named)) as path:
        assert path == named


def test_what_git_does_not_have_is_a_sentence(repository: Path) -> None:
    assert kinds_of("HEAD~9:source/r") == ["revision-unknown"]
    assert kinds_of("HEAD:source/x") == ["revision-path"]


def test_outside_a_repository_nothing_is_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert kinds_of("HEAD:source/x") == ["repository-none"]


def test_without_git_it_is_said_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool), opened("HEAD:source/x"):
        pass


def test_a_problem_in_a_revision_names_it_and_not_its_copy(repository: Path) -> None:
    write(repository / "source" / "r" / "palvelustrategia.yaml", "nimi: {")
    git(repository, "commit", "-qam", "rikki")
    with pytest.raises(ProblemsFound) as found, opened("HEAD:source/r") as path:
        load(path)
    files = {problem.place.file for problem in found.value.problems if problem.place}
    assert files == {f"HEAD:source/r{os.sep}palvelustrategia.yaml"}


def test_a_report_may_be_compared_with_one_of_a_revision(repository: Path) -> None:
    planned = plan_pages(repository / "pieni.yaml", layout=LUVN, compare_to="HEAD~1:pieni.yaml")
    assert PageKind.CHANGES in {page.kind for page in planned.plan.pages}
