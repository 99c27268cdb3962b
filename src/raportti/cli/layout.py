"""``raportti layout``: a layout of one's own made of a brand's template, checked, and shown."""

from pathlib import Path

import click

from raportti import api
from raportti.cli.language import count, say
from raportti.cli.options import located_layout, located_out
from raportti.cli.terminal import PROBLEMS, ending_well, show
from raportti.problems import Severity
from raportti.problems.messages import severity_of

_CHOSEN = {"cover": "cover", "pages": "all other pages"}


@click.group("layout", help=say("Make a layout of a brand's template, check one, or show one."))
def command() -> None:
    """Group what is done with layouts."""


@command.command("new", help=say("Make a layout of a brand's PowerPoint template, in layouts/NAME."))
@click.argument("name")
@click.option(
    "--from",
    "template",
    required=True,
    metavar="BRAND.pptx",
    type=click.Path(path_type=Path),
    help=say("The template: a .pptx or .potx, which is only read."),
)
@click.option(
    "--cover", metavar="NAME", help=say("The slide layout of the cover. Default: the template's title slide.")
)
@click.option(
    "--table", metavar="NAME", help=say("The slide layout of all other pages. Default: the one with most room.")
)
@click.option("--yes", is_flag=True, help=say("Replace a layout of this name."))
def new(name: str, template: Path, cover: str | None, table: str | None, yes: bool) -> None:
    """Make a layout."""
    with ending_well():
        made = api.new_layout(name, template, cover=cover, table=table, replace=yes)
        api.apply(made)
        for purpose, layout in made.names.items():
            values = {"what": say(_CHOSEN[purpose]), "name": layout, "reason": say(made.reasons[purpose])}
            click.echo(say("{what}: the slide layout {name}: {reason}", **values), err=True)
        show(made.warnings)
        click.echo(str(made.folder))
        click.echo(say("build with it: raportti build --layout {name}", name=name), err=True)


@command.command("check", help=say("Tell all that is wrong in a layout, at once; a trial report is built in it."))
@click.argument("name", required=False)
def check(name: str | None) -> None:
    """Check a layout."""
    with ending_well():
        problems = api.check_layout(located_layout(name))
        show(problems, err=False)
        errors = sum(severity_of(problem) is Severity.ERROR for problem in problems)
        click.echo(count("{n} error", "{n} errors", errors), err=True)
        if errors:
            raise click.exceptions.Exit(PROBLEMS)


@command.command("show", help=say("Write a PDF of every kind of page of a layout, with its boxes outlined."))
@click.argument("name", required=False)
@click.option("--out", type=click.Path(path_type=Path), help=say("The folder to write to. Default: output."))
def show_pages(name: str | None, out: Path | None) -> None:
    """Show a layout."""
    with ending_well():
        folder = located_out(out)
        click.echo(str(api.show_layout(located_layout(name), out=folder)))
