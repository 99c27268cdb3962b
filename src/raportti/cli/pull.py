"""``raportti pull``: what was changed by hand in a deck, back into its source."""

from pathlib import Path

import click

from raportti import api
from raportti.cli.asking import carry_out, yes_option
from raportti.cli.conflicts import refused, side_options
from raportti.cli.shared import ending_well, located, source_argument
from raportti.cli.words import say


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
    with ending_well(), refused():
        found, _ = located(source, None)
        carry_out(api.pull(deck, found, prefer=prefer), yes=yes)
