"""``raportti import``: a workbook that came back, or another source, into a source, or as a new one."""

from collections.abc import Iterator
from pathlib import Path

import click

from raportti import api
from raportti.changes.merge import Conflict
from raportti.cli.asking import carry_out, side_options, yes_option
from raportti.cli.shared import PROBLEMS, ending_well, show
from raportti.cli.telling import FIELDS, Row
from raportti.cli.telling_text import row_line
from raportti.cli.words import say
from raportti.editing import Conflicts
from raportti.messages import safe
from raportti.said import said


@click.command(
    "import",
    help=say("Bring the changes of a workbook into its source, or make a new source of it: show them, ask, write."),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), metavar="SOURCE", help=say("The source that is to change."))
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help=say("An empty folder for a new source."))
@side_options
@yes_option
def command(file: Path, into: Path | None, to: Path | None, prefer: str | None, yes: bool) -> None:
    """Import a file."""
    if (into is None) == (to is None):
        raise click.UsageError(say("give either --into SOURCE or --to DIR"))
    with ending_well():
        if to is not None:
            for path in api.new_source(file, to):
                click.echo(path)
        elif into is not None:
            try:
                edit = api.import_file(file, into, prefer=prefer)
            except Conflicts as found:
                show_conflicts(found)
                raise click.exceptions.Exit(PROBLEMS) from found
            carry_out(edit, yes=yes)


def show_conflicts(found: Conflicts) -> None:
    """List conflicts, each with its three values."""
    for problem, (language, conflict) in zip(found.problems, found.conflicts, strict=True):
        show([problem])
        for line in _lines(conflict, language) if conflict.field is not None else ():
            click.echo(f"  {line}", err=True)


def _lines(conflict: Conflict, language: str) -> Iterator[str]:
    field = "guideline" if conflict.field == "parent" else conflict.field or ""
    base, ours, theirs = (said(field, value, language) for value in (conflict.base, conflict.ours, conflict.theirs))
    yield f"{say(FIELDS[field])}: {safe(base)}"
    yield row_line(Row(say("in the source"), base, ours))
    yield row_line(Row(say("in the file"), base, theirs))
