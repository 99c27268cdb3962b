"""``raportti set``: what it shows, asks and writes, and with which exit status it ends."""

import os
import pty
import subprocess
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

import raportti
from commands import COMMAND, environment, run
from edited_sources import copied
from planning import DEFAULT
from raportti.source.loading import load


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_set_shows_the_change_writes_it_and_says_which_file(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    done = run("set", "p1.1", folder, "--score", "5", "--achieved", "kyllä", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].split(maxsplit=1) == ["P1.1", "OSITTAIN → KYLLÄ  3 → 5"]
    assert "palvelustrategia.yaml" in done.stderr
    assert "KYLLÄ" in done.stdout and "2,8" not in done.stderr
    again = run("set", "P1.1", folder, "--score", "5")
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing to change" in again.stderr


def test_without_a_terminal_and_without_yes_nothing_is_changed(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    before = bytes_of(folder)
    done = run("set", "P1.1", folder, "--score", "5")
    assert done.returncode == 2
    assert "3 → 5" in done.stdout and "--yes" in done.stderr
    assert bytes_of(folder) == before


@pytest.mark.parametrize(("answer", "language", "is_made"), [
    ("k", "fi", True), ("kyllä", "fi", True), ("y", "sv", True), ("j", "sv", True), ("yes", "en", True),
    ("e", "fi", False), ("", "fi", False), ("nej", "sv", False),
])  # fmt: skip
def test_on_a_terminal_the_answer_decides(answer: str, language: str, is_made: bool, tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    before = bytes_of(folder)
    ours, theirs = pty.openpty()
    command, variables = [*COMMAND, "set", "P1.1", folder, "--score", "5"], environment(RAPORTTI_LANG=language)
    process = subprocess.Popen(command, env=variables, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.write(ours, f"{answer}\n".encode())
    _, told = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, told
    assert (bytes_of(folder) != before) is is_made


def test_wrong_values_and_unknown_goals_are_wrong_usage_with_a_remedy(tmp_path: Path) -> None:
    done = run("set", "H1.1", DEFAULT, "--score", "7", "--achieved", "kylä")
    assert done.returncode == 2
    assert '"7"' in done.stderr and "1 to 5" in done.stderr and '"KYLLÄ"' in done.stderr
    unknown = run("set", "H1.111", DEFAULT, "--score", "3")
    assert unknown.returncode == 2 and '"H1.1"' in unknown.stderr
    assert run("set", "H1.1", DEFAULT, "--assessment-file", tmp_path / "x.txt").returncode == 2


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfEka kappale on t\xc3\xa4ss\xc3\xa4.\r\n\r\nToka.\r\n"])
def test_an_assessment_comes_from_a_file_or_is_piped_in(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "arvio.txt"
    file.write_bytes(data)
    for name in (str(file), "-"):
        folder = copied(DEFAULT, tmp_path / "source")
        command = [*COMMAND, "set", "H1.1", folder, "--assessment-file", name, "--yes"]
        subprocess.run(command, env=environment(), input=data, check=True)
        goal = next(goal for goal in load(folder).report.goals if goal.id == "H1.1")
        assert goal.assessment == ("Eka kappale on tässä.", "Toka.")


def parts_of(deck: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(deck) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_after_set_only_the_slides_of_the_goal_and_of_its_summary_differ(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path / "source")
    (before,) = raportti.build(folder, out=tmp_path / "a", formats=("pptx",)).files
    assert run("set", "P1.1", folder, "--score", "5", "--yes").returncode == 0
    (after,) = raportti.build(folder, out=tmp_path / "b", formats=("pptx",)).files
    old, new = parts_of(before), parts_of(after)
    slides = Presentation(str(before)).slides
    expected = {str(slides[number - 1].part.partname).lstrip("/") for number in (12, 13)}
    assert list(old) == list(new)
    # The stamp says what the deck was made of.
    assert {name for name in old if old[name] != new[name]} == {*expected, "customXml/item1.xml"}


def test_what_is_answered_beforehand_is_done_though_nobody_reads_what_is_told(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    command = [*COMMAND, "set", "P1.1", folder, "--score", "5", "--yes"]
    read, write = os.pipe()
    os.close(read)
    subprocess.run(command, env=environment(), stdout=write, check=False)
    os.close(write)
    assert next(goal for goal in load(folder).report.goals if goal.id == "P1.1").score == 5
