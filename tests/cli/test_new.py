"""``raportti new``: what it asks, what options answer, and what it says at the end."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from commands import environment, run
from raportti import api
from raportti.source.loading import load
from raportti.source.options import DRAFT
from raportti.workflows.new_report import NewReport
from workflows.test_new_report import with_own_goal


def test_without_questions_it_makes_a_sample(tmp_path: Path) -> None:
    done = run("new", tmp_path / "uusi", "--yes")
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == ["raportti.yaml", "strategia-1.yaml"]
    assert run("new", tmp_path / "uusi", "--yes").returncode == 1
    assert run("check", "--draft", tmp_path / "uusi").returncode == 0


def test_options_answer_all_questions_and_without_anyone_to_ask_none_is_asked(tmp_path: Path) -> None:
    answers = ("--organisation", "Alue", "--title", "Arvio", "--strategy", "A: B; C", "--lang", "fi")
    assert run("new", tmp_path / "a.xlsx", *answers).returncode == 0
    report = load(tmp_path / "a.xlsx", DRAFT).report
    assert (report.title, report.organisation, [goal.id for goal in report.goals]) == (
        "Arvio",
        "Alue",
        ["A1.1", "A2.1"],
    )
    assert run("new", tmp_path / "b", *answers[2:]).returncode == 2
    assert run("new", tmp_path / "c", "--from", tmp_path / "a.xlsx", "--lang", "sv").returncode == 2


def test_the_report_before_gives_its_frame_and_its_title_is_told(tmp_path: Path) -> None:
    assert run("new", tmp_path / "a", "--yes").returncode == 0
    done = run("new", tmp_path / "b", "--from", tmp_path / "a")
    assert done.returncode == 0 and "Tavoitteiden arviointi" in done.stderr
    assert load(tmp_path / "b", DRAFT).report == load(tmp_path / "a", DRAFT).report


def asked(typed: str, *arguments: str | Path) -> tuple[int, str]:
    """Call a command on a terminal, with what somebody types there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "raportti", *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=theirs, stdout=pipe, stderr=pipe, env=environment()) as child:
        os.write(ours, typed.encode())
        _, errors = child.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    return child.returncode, errors.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    status, errors = asked("fi\nOma alue\n\nOma strategia\nYksi; Kaksi\n\n", "new", tmp_path / "uusi")
    assert status == 0, errors
    report = load(tmp_path / "uusi", DRAFT).report
    assert (report.organisation, report.title) == ("Oma alue", "Tavoitteiden arviointi")
    assert [[g.name for g in s.guidelines] for s in report.strategies] == [["Yksi", "Kaksi"]]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
def test_on_a_terminal_a_build_asks_about_what_is_left_of_the_sample(answer: str, status: int, tmp_path: Path) -> None:
    (file,) = api.new_report(tmp_path / "uusi.xlsx", NewReport())
    with_own_goal(file)
    build = ("build", file, "--draft", "--out", tmp_path / "out", "--formats", "pptx")
    assert asked(f"{answer}\n", *build)[0] == status
    assert (tmp_path / "out").exists() is (status == 0)
