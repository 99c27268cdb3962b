"""``raportti export``: a report as a workbook to fill in."""

import sys
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import count, say
from raportti.cli.options import lang_option, located_source, source_argument
from raportti.cli.terminal import Progress, ending_well
from raportti.config import WrongUsage
from raportti.problems import FilePlace, Problem


@click.command("export", help=say("Write a report as an Excel workbook to fill in."))
@source_argument
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help=say("The workbook to write; with --unit all, the folder to write to."),
)
@click.option("--unit", help=say("Only the goals of this unit in charge; all: a workbook for each unit."))
@lang_option(say("The language of its texts; fi,sv: for a translator, each text beside its translation."))
@click.option("--yes", is_flag=True, help=say("Replace files that are there, without asking."))
def command(source: Path | None, target: Path, unit: str | None, languages: tuple[str, ...], yes: bool) -> None:
    """Write a report as one workbook, or as one for each unit."""
    if unit != "all" and target.suffix.lower() != ".xlsx":
        raise click.UsageError(say("the name of a workbook ends in .xlsx"))
    with ending_well():
        found = located_source(source)
        with Progress() as progress:
            progress("load")
            files = api.export(
                found, target, unit=unit, languages=languages, may_replace=lambda path: yes or _asked(path)
            )
        for path in files:
            click.echo(path)
        click.echo(count("{n} workbook", "{n} workbooks", len(files)), err=True)


def _asked(path: Path) -> bool:
    """Ask whether a file may be replaced; raise ``WrongUsage`` where nobody can answer."""
    if not sys.stdin.isatty():
        raise WrongUsage(Problem("output-exists", FilePlace(str(path))))
    return click.confirm(say("Replace {path}?", path=str(path)), err=True)
