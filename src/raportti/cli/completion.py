"""``raportti completion``: the script by which a shell completes commands, options and what they may be."""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from raportti.cli.language import say

SHELLS = ("bash", "zsh", "fish")


def _shell_of_user() -> str | None:
    """Return the shell that the user works in, where it is one of those that can be helped."""
    name = Path(os.environ.get("SHELL", "")).name
    return name if name in SHELLS else None


@click.command(
    "completion",
    help=say("Print the script by which a shell completes commands and options. Default: for the shell that you use."),
)
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.pass_context
def command(ctx: click.Context, shell: str | None) -> None:
    """Print the script."""
    chosen = shell or _shell_of_user()
    maker = get_completion_class(chosen) if chosen else None
    if maker is None:
        raise click.UsageError(say("name a shell: {keys}", keys=SHELLS))
    click.echo(maker(ctx.find_root().command, {}, "raportti", "_RAPORTTI_COMPLETE").source())
