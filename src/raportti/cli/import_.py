"""``raportti import``: workbooks that came back, or other sources, into a source; one or a deck as a new source."""

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
        "Bring the changes of workbooks into their source: show them, ask, write. Or make a new source of a workbook, "
        "or of a deck: a .pptx, a .pdf, or the text of a PDF as .txt."
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), metavar="SOURCE", help=say("The source that is to change."))
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help=say("An empty folder for a new source."))
@layout_option
@keep_option(Keep.FILE)
@click.option(
    "--remove-missing",
    is_flag=True,
    help=say("Remove the goals of the source that are not in the file. Without it they stay."),
)
@yes_option
def command(
    files: tuple[Path, ...],
    into: Path | None,
    to: Path | None,
    layout: str | None,
    keep: str | None,
    remove_missing: bool,
    yes: bool,
) -> None:
    """Import files."""
    if (into is None) == (to is None):
        raise click.UsageError(say("give either --into SOURCE or --to DIR"))
    first, *more = files
    if more and (to is not None or remove_missing):
        raise click.UsageError(say("give one file with --to and with --remove-missing"))
    with ending_well():
        if into is not None:
            carry_out_edit(api.import_file(files, into, keep=keep, remove_missing=remove_missing), yes=yes)
        elif to is not None:
            _make_source(first, to, layout)


def _make_source(file: Path, to: Path, layout: str | None) -> None:
    """Make a new source of a file, and print the paths of its files."""
    if is_deck(file):
        _import_deck(file, to, layout)
    else:
        for path in api.new_source(file, to):
            click.echo(path)


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
