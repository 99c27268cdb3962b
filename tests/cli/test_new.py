"""``raportti new``: what it asks, what options answer, and what it says at the end."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run
from raportti.source.loading import load
from raportti.source.options import DRAFT


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


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "raportti", "new", str(tmp_path / "uusi")]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        os.write(ours, b"fi\nOma alue\n\nOma strategia\nYksi; Kaksi\n\n")
        _, errors = child.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert child.returncode == 0, errors
    report = load(tmp_path / "uusi", DRAFT).report
    assert (report.organisation, report.title) == ("Oma alue", "Tavoitteiden arviointi")
    assert [[g.name for g in s.guidelines] for s in report.strategies] == [["Yksi", "Kaksi"]]
