"""``raportti doctor`` tries what a build uses, and tells for each system how to get what is missing."""

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from commands import run
from raportti.problems import machine
from raportti.problems.machine import DEBIAN, INSTALLED_BY, MACOS, OTHER, WINDOWS, missing, with_package
from raportti.problems.messages import KINDS, describe
from raportti.render.pdf.process import libraries_of_windows


def on(system: str):
    return patch.object(machine, "this_system", lambda: system)


def test_a_machine_that_has_everything_is_told_so() -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Python", "Python packages", "fonts", "Pango", "Voikko", "git"]
    assert all(" found " in line for line in lines)
    assert "Inter" in lines[2]
    assert done.stderr == "All that a report needs is here.\n"


def test_what_is_missing_is_told_with_its_remedy_and_ends_with_the_status_for_it() -> None:
    with patch("raportti.workflows.doctor.require_pango", side_effect=missing("pango")):
        done = run("doctor")
    assert done.returncode == 3
    assert "Pango             missing  draws the PDF\n" in done.stdout
    assert "Voikko            found " in done.stdout
    assert done.stderr.startswith("error: Pango, which the PDF needs, is not installed; install it: ")


def test_git_may_be_missing() -> None:
    with patch("raportti.workflows.doctor.shutil.which", return_value=None):
        done = run("doctor")
    assert done.returncode == 0
    assert "error: git, " in done.stderr


def test_a_package_that_is_missing_is_named() -> None:
    with patch(
        "raportti.workflows.doctor.requires",
        return_value=["click>=8.1", "no-such-package>=1; extra == 'x'", "nothing-of-this-name"],
    ):
        done = run("doctor")
    assert done.returncode == 3
    assert 'the Python package "nothing-of-this-name" is not installed' in done.stderr
    assert "no-such-package" not in done.stderr


@pytest.mark.parametrize("system", [DEBIAN, MACOS, WINDOWS, OTHER])
@pytest.mark.parametrize("tool", INSTALLED_BY)
def test_every_message_of_a_missing_tool_has_a_command_or_says_what_to_do_by_hand(tool: str, system: str) -> None:
    with on(system):
        problem = missing(tool).problem
    assert problem.kind in KINDS
    words = describe(problem, "en")
    assert "?" not in words and "{" not in words
    commands = {DEBIAN: "apt-get install", MACOS: "brew install"}
    assert commands.get(system, "") in words


def test_on_windows_pango_comes_by_the_installer_that_the_program_came_by() -> None:
    with on(WINDOWS):
        assert machine.command_for("pango") == with_package("gstreamer-libs")
    assert with_package("x", "/home/a/.local/pipx/venvs/raportti") == "pipx inject raportti x"
    assert (
        with_package("x", "/home/a/.local/share/uv/tools/raportti") == f'uv pip install --python "{sys.executable}" x'
    )
    assert with_package("x", "/home/a/.venv") == f'"{sys.executable}" -m pip install x'


def test_weasyprint_finds_the_libraries_that_pip_installed_on_windows_and_there_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert libraries_of_windows("win32") == {}
    (tmp_path / "gstreamer_libs").mkdir()
    (tmp_path / "gstreamer_libs" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    folder = str(tmp_path / "gstreamer_libs" / "bin")
    assert libraries_of_windows("win32") == {"WEASYPRINT_DLL_DIRECTORIES": folder}
    assert libraries_of_windows("linux") == {}
