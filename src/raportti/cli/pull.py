"""``raportti pull``: what was changed by hand in a deck, back into its source."""

from pathlib import Path

import click

from raportti import api
from raportti.cli.language import say
from raportti.cli.options import keep_option, located_source, source_argument, yes_option
from raportti.cli.terminal import carry_out_edit, ending_well
from raportti.report.merge import Keep


@click.command(
    "pull",
    help=say("Bring what was changed by hand in a deck back into its source: show the changes, ask, write."),
)
@click.argument("deck", type=click.Path(path_type=Path))
@source_argument
@keep_option(Keep.DECK)
@yes_option
def command(deck: Path, source: Path | None, keep: str | None, yes: bool) -> None:
    """Pull a deck's edits."""
    with ending_well():
        carry_out_edit(api.pull(deck, located_source(source), keep=keep), yes=yes)
