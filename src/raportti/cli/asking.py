"""Shows what a source will be changed to, asks, and has it written. Knows not what was wished."""

import sys
from collections.abc import Callable
from typing import Any

import click

from raportti import api
from raportti.cli.change_tables import change_lines
from raportti.cli.language import say
from raportti.cli.shared import USAGE, show
from raportti.problems import Problem
from raportti.workflows.edit import Edit

yes_option = click.option("--yes", is_flag=True, help=say("Do not ask: make the changes that are shown."))
_theirs = click.option(
    "--theirs", "prefer", flag_value="theirs", help=say("Where both sides changed the same: take the file's.")
)
_ours = click.option(
    "--ours", "prefer", flag_value="ours", help=say("Where both sides changed the same: keep the source's.")
)


def side_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--ours`` and ``--theirs``, one of which is its ``prefer``."""
    return _ours(_theirs(command))


def carry_out(edit: Edit, *, yes: bool) -> None:
    """Show an edit and write it, where that is the answer. Without anyone to ask nothing is changed: exit status 2."""
    show(edit.warnings)
    if not edit.files:
        click.echo(say("There is nothing to change."), err=True)
        return
    if yes:
        api.apply(edit)  # before it is told: whoever reads that may stop reading
    for language, changes in edit.changes.items():
        for line in change_lines(changes, language):
            click.echo(line)
    if not yes:
        if not is_wanted():
            click.echo(say("Nothing was changed."), err=True)
            return
        api.apply(edit)
    for path in edit.files:
        click.echo(say("changed: {path}", path=str(path)), err=True)


def is_wanted() -> bool:
    """Ask whether what was shown is to be done. Without anyone to ask: exit status 2."""
    if not sys.stdin.isatty():
        show([Problem("answer-missing", None)])
        raise click.exceptions.Exit(USAGE)
    yes = say("yes")
    answer = click.prompt(
        f"{say('Make these changes?')} [{yes[0]}/{say('no')[0].upper()}]", "", show_default=False, err=True
    )
    return answer.strip().lower() in {yes, yes[0], "yes", "y"}
