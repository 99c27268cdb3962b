"""The command line: called within this process, or started in one of its own as people start it."""

import gettext
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from click.testing import CliRunner

from planning import ROOT
from raportti.cli import main
from raportti.cli.language import language

COMMAND = (sys.executable, "-m", "raportti")


def run(*arguments: str | Path, cwd: Path = ROOT, **variables: str) -> CompletedProcess[str]:
    """Call a command in this process, which has all its packages loaded; what no command expects is raised."""
    with _as_if_started(cwd, variables):
        done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    return CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run_apart(*arguments: str | Path, cwd: Path = ROOT, **variables: str) -> CompletedProcess[str]:
    """Start a command in a process of its own: for what depends on its start, its streams or its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment(**variables), capture_output=True, text=True, encoding="utf-8"
    )


def environment(**variables: str) -> dict[str, str]:
    """Return the variables with which a command is started; its texts are English where nothing else is said."""
    return {**os.environ, "RAPORTTI_LANG": "en", "PYTHONPATH": str(ROOT / "src"), **variables}


@contextmanager
def _as_if_started(cwd: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """Give a command its working folder, its variables and its language, and take back what it changes of them."""
    domain = gettext.textdomain()
    language.cache_clear()
    # Without pytest's own handlers a log line goes to stderr, as it does where people would see it.
    with chdir(cwd), patch.dict(os.environ, environment(**variables)), patch.object(logging.root, "handlers", []):
        yield
    language.cache_clear()
    gettext.textdomain(domain)
