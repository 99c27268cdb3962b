"""``raportti import``: a workbook that came back, or another source, into a source; it or a deck as a new source."""

from collections.abc import Iterator
from pathlib import Path

import click

from raportti import api
from raportti.cli.asking import carry_out, side_options, yes_option
from raportti.cli.change_tables import FIELDS, Row, row_line
from raportti.cli.drafts import tell_unfinished
from raportti.cli.language import count, say
from raportti.cli.shared import PROBLEMS, ending_well, layout_option, show
from raportti.config import find_layout, read_settings
from raportti.files import is_deck
from raportti.problems.messages import safe
from raportti.report.merge import Conflict
from raportti.source.plain import in_plain_words
from raportti.workflows.edit import Conflicts


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
@side_options
@yes_option
def command(file: Path, into: Path | None, to: Path | None, layout: str | None, prefer: str | None, yes: bool) -> None:
    """Import a file."""
    if (into is None) == (to is None):
        raise click.UsageError(say("give either --into SOURCE or --to DIR"))
    with ending_well():
        if to is not None and is_deck(file):
            _bring(file, to, layout)
        elif to is not None:
            for path in api.new_source(file, to):
                click.echo(path)
        elif into is not None:
            try:
                edit = api.import_file(file, into, prefer=prefer)
            except Conflicts as found:
                show_conflicts(found)
                raise click.exceptions.Exit(PROBLEMS) from found
            carry_out(edit, yes=yes)


def _bring(deck: Path, to: Path, layout: str | None) -> None:
    """Make a new source of a deck, and say what a person has to look at."""
    here = Path()
    brought = api.import_deck(deck, to, layout=find_layout(layout, read_settings(here), here))
    show(brought.remarks)
    tell_unfinished(brought.report)
    for path in brought.files:
        click.echo(path)
    goals = count("{n} goal", "{n} goals", len(brought.report.goals))
    warnings = count("{n} warning", "{n} warnings", len(brought.remarks))
    click.echo(f"{goals}, {warnings}", err=True)


def show_conflicts(found: Conflicts) -> None:
    """List conflicts, each with its three values."""
    for problem, (language, conflict) in zip(found.problems, found.conflicts, strict=True):
        show([problem])
        for line in _lines(conflict, language) if conflict.field is not None else ():
            click.echo(f"  {line}", err=True)


def _lines(conflict: Conflict, language: str) -> Iterator[str]:
    field = "guideline" if conflict.field == "parent" else conflict.field or ""
    base, ours, theirs = (
        in_plain_words(field, value, language) for value in (conflict.base, conflict.ours, conflict.theirs)
    )
    yield f"{say(FIELDS[field])}: {safe(base)}"
    yield row_line(Row(say("in the source"), base, ours))
    yield row_line(Row(say("in the file"), base, theirs))
