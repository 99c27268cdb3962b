"""``raportti import``: a workbook that came back, or another source, into a source; it or a deck as a new source."""

from pathlib import Path

import click

from raportti import api
from raportti.cli.language import count, say
from raportti.cli.options import keep_option, layout_option, located_layout, yes_option
from raportti.cli.terminal import carry_out_edit, ending_well, show
from raportti.cli.unfinished import tell_unfinished
from raportti.files import is_deck
from raportti.report.merge import Keep


@click.command(
    "import",
    help=say(
        "Bring the changes of a workbook into its source: show them, ask, write. Or make a new source of a workbook, "
        "or of a deck: a .pptx, a .pdf, or the text of a PDF as .txt."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), metavar="SOURCE", help=say("The source that is to change."))
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help=say("An empty folder for a new source."))
@layout_option
@keep_option(Keep.FILE)
@yes_option
def command(file: Path, into: Path | None, to: Path | None, layout: str | None, keep: str | None, yes: bool) -> None:
    """Import a file."""
    if (into is None) == (to is None):
        raise click.UsageError(say("give either --into SOURCE or --to DIR"))
    with ending_well():
        if to is not None and is_deck(file):
            _import_deck(file, to, layout)
        elif to is not None:
            for path in api.new_source(file, to):
                click.echo(path)
        elif into is not None:
            carry_out_edit(api.import_file(file, into, keep=keep), yes=yes)


def _import_deck(deck: Path, to: Path, layout: str | None) -> None:
    """Make a new source of a deck, and say what a person has to look at."""
    imported = api.import_deck(deck, to, layout=located_layout(layout))
    show(imported.remarks)
    tell_unfinished(imported.report)
    for path in imported.files:
        click.echo(path)
    goals = count("{n} goal", "{n} goals", len(imported.report.goals))
    warnings = count("{n} warning", "{n} warnings", len(imported.remarks))
    click.echo(f"{goals}, {warnings}", err=True)
