"""``raportti pull``: what was changed by hand in a deck, back into its source."""

from pathlib import Path

import click

from raportti import api
from raportti.cli.asking import carry_out, side_options, yes_option
from raportti.cli.import_ import show_conflicts
from raportti.cli.language import say
from raportti.cli.shared import PROBLEMS, ending_well, located, source_argument
from raportti.workflows.edit import Conflicts


@click.command(
    "pull",
    help=say("Bring what was changed by hand in a deck back into its source: show the changes, ask, write."),
)
@click.argument("deck", type=click.Path(path_type=Path))
@source_argument
@side_options
@yes_option
def command(deck: Path, source: Path | None, prefer: str | None, yes: bool) -> None:
    """Pull a deck's edits."""
    with ending_well():
        found, _ = located(source, None)
        try:
            edit = api.pull(deck, found, prefer=prefer)
        except Conflicts as conflicts:
            show_conflicts(conflicts)
            raise click.exceptions.Exit(PROBLEMS) from conflicts
        carry_out(edit, yes=yes)
