"""``raportti doctor``: what a report needs of this machine, what of it is missing, and how it comes there."""

import click

from raportti.cli.language import say
from raportti.cli.options import layout_option, located_layout
from raportti.cli.terminal import MISSING, ending_well, show
from raportti.config import cache_folder
from raportti.problems.machine import WINDOWS, this_system

WIDTH = 17


@click.command(
    "doctor", help=say("Look for all that a report needs of this machine, and tell how to get what is missing.")
)
@layout_option
def command(layout: str | None) -> None:
    """Examine the machine."""
    with ending_well():
        # Imported here: it loads HarfBuzz and the layout's reader, which help need not wait for.
        from raportti.workflows.doctor import examine

        parts = tuple(examine(located_layout(layout), cache_folder()))
        for part in parts:
            state = say("missing") if part.problems else say("found")
            click.echo(f"{say(part.name):{WIDTH}} {state:8} {say(part.what_for)}  {part.found}".rstrip())
        show(problem for part in parts for problem in part.problems)
        if this_system() == WINDOWS:
            click.echo(say("On Windows this program was never tried."), err=True)
        if any(part.problems and part.is_needed for part in parts):
            raise click.exceptions.Exit(MISSING)
        click.echo(say("All that a report needs is here."), err=True)
