"""``raportti completion`` gives each shell what it completes commands with, and completing is quick."""

import shutil
import subprocess
from pathlib import Path

import pytest

from commands import environment, run, run_apart


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_calls_the_program(shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0, done.stderr
    assert f"_RAPORTTI_COMPLETE={shell}_complete" in done.stdout


def test_without_a_name_the_user_s_own_shell_is_meant() -> None:
    assert run("completion", SHELL="/usr/bin/fish").stdout == run("completion", "fish").stdout
    unknown = run("completion", SHELL="/bin/dash")
    assert unknown.returncode == 2
    assert 'name a shell: "bash", "zsh", "fish"' in unknown.stderr


def test_commands_and_what_options_may_be_are_completed() -> None:
    for words, expected in (("raportti che", "plain,check"), ("raportti build --columns a", "plain,auto")):
        done = run_apart(_RAPORTTI_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
        assert done.stdout.splitlines() == [expected]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not on this machine")
def test_bash_takes_its_script(tmp_path: Path) -> None:
    script = tmp_path / "raportti"
    script.write_text(run("completion", "bash").stdout, encoding="utf-8")
    command = ("bash", "-c", f'source "{script}" && complete -p raportti')
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.startswith("complete ")
