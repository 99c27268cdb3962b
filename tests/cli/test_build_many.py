"""Many reports in one command: each is built as it would be alone, and what is wrong with one stops no other."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.test_commands import BAD, GOOD
from commands import run, run_apart
from planning import LUVN
from raportti.config import cache_folder, reports_in
from raportti.workflows.build import Builder, BuildRequest
from raportti.workflows.many import build_many


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "raportit"
    reports.mkdir()
    for name, text in (("espoo", GOOD), ("hanko", BAD), ("kirkkonummi", GOOD.replace("toteutuu", "etenee"))):
        (reports / f"{name}.csv").write_text(text, encoding="utf-8")
    return reports


def test_a_broken_report_stops_no_other_and_each_has_its_line(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_apart("build", folder, "--out", out, "--jobs", "2")
    assert done.returncode == 1, done.stderr
    lines = [line.removeprefix(f"{folder}{os.sep}").split(", ")[0] for line in done.stdout.splitlines()]
    assert lines == ["espoo.csv: 4 pages", "hanko.csv: not built", "kirkkonummi.csv: 4 pages"]
    assert '"KYLLA"' in done.stderr
    assert done.stderr.splitlines()[-1].startswith("2 reports, 8 pages, 2 goals, 1 report not built, ")
    alone = run_apart("build", folder / "espoo.csv", "--out", tmp_path / "alone")
    assert alone.returncode == 0
    assert contents(out / "espoo") == contents(tmp_path / "alone")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_reports_that_are_called_alike_have_folders_of_their_own(folder: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", folder / "espoo.csv"
    assert run("build", file, file, "--out", out, "--formats", "html").returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["espoo", "espoo-2"]


def test_a_number_that_makes_a_name_another_reports_is_passed_over(folder: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", folder / "espoo.csv"
    numbered = tmp_path / "espoo-2.csv"
    numbered.write_bytes(file.read_bytes())
    assert run("build", file, file, numbered, "--out", out, "--formats", "html").returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["espoo", "espoo-2", "espoo-2-2"]


@pytest.mark.parametrize("name", ["raportti.yaml", "raportti.yml"])
def test_a_folder_that_is_a_report_is_not_looked_into(tmp_path: Path, name: str) -> None:
    for file in (name, "arviointi.xlsx"):
        (tmp_path / file).touch()
    assert reports_in(tmp_path) == ()


def test_a_comparison_is_of_one_report(folder: Path) -> None:
    assert run("build", folder, "--compare-to", folder / "espoo.csv").returncode == 2


def test_a_process_that_is_ended_takes_its_own_report_with_it_only(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(_: Builder, request: BuildRequest, __: object) -> Iterator[None]:
        if request.source.stem == "hanko":
            os._exit(9)
        raise ValueError(request.source.stem)

    monkeypatch.setattr(Builder, "build", build)
    names = ("espoo", "hanko", "kirkkonummi")
    requests = [BuildRequest(folder / f"{name}.csv", LUVN, tmp_path, ("html",), cache_folder()) for name in names]
    faults = [outcome.fault or "" for outcome in build_many(requests, 2)]
    assert ["espoo" in faults[0], "terminated" in faults[1], "kirkkonummi" in faults[2]] == [True] * 3
