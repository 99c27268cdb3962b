"""``raportti new``: from a few answers, or from the report before, to a new report."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import language, say
from raportti.cli.options import lang_option, yes_option
from raportti.cli.terminal import ending_well, show
from raportti.config import WrongUsage
from raportti.problems import Problem
from raportti.report.model import LANGUAGES
from raportti.workflows.new_report import NewReport, sample_text


@click.command(
    "new",
    help=say(
        "Begin a report: a FOLDER of YAML files, or a workbook FILE.xlsx, with a first goal for each guideline. "
        "Asks for what no option says. Nothing that is there is written over."
    ),
)
@click.argument("target", metavar="FOLDER|FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help=say("The title of the report. In two languages: fi|sv."))
@click.option("--organisation", metavar="TEXT", help=say("Whose report it is. In two languages: fi|sv."))
@click.option(
    "--strategy",
    "strategies",
    metavar='"NAME: GUIDELINE; …"',
    multiple=True,
    help=say("A strategy and its guidelines; give it for each strategy. In two languages: fi|sv: fi|sv; …"),
)
@lang_option(say("The language of the report, or both with a comma, its own first."))
@click.option(
    "--from",
    "based_on",
    metavar="SOURCE",
    type=click.Path(path_type=Path),
    help=say("The report before: its goals and all its texts, with nothing assessed."),
)
@yes_option
def command(
    target: Path,
    title: str | None,
    organisation: str | None,
    strategies: tuple[str, ...],
    languages: tuple[str, ...],
    based_on: Path | None,
    yes: bool,
) -> None:
    """Make a new report."""
    if based_on and (strategies or languages):
        raise click.UsageError(say("--from brings its strategies and languages: leave out --strategy and --lang"))
    with ending_well():
        given = NewReport(languages, organisation, title, strategies, based_on)
        asked = given if yes or based_on else _answered(given)
        files = api.new_report(target, replace(asked, languages=asked.languages or _own()), words=language())
        for path in files:
            click.echo(path)
        click.echo(say("Next: fill it in, then raportti check --draft {path}", path=str(target)), err=True)
        if based_on and title is None:
            show([Problem("new-title", None, {"value": api.read_report(target, draft=True).title})])


def _answered(given: NewReport) -> NewReport:
    """Ask for what no option says. Without anyone to ask: exit status 2."""
    if given.title and given.organisation and given.strategies and given.languages:
        return given
    if not sys.stdin.isatty():
        raise WrongUsage(Problem("new-unanswered", None))
    languages = given.languages or _languages()
    if len(languages) > 1:
        click.echo(say("Write each name in both languages, with | between them."), err=True)
    return NewReport(
        languages,
        given.organisation or _ask("Organisation", sample_text("organisation", languages)),
        given.title or _ask("Title", sample_text("title", languages)),
        given.strategies or tuple(_strategies(languages)),
    )


def _own() -> tuple[str, ...]:
    """Return the user's language, if a report can be in it, else the first that it can be in."""
    return (language() if language() in LANGUAGES else LANGUAGES[0],)


def _languages() -> tuple[str, ...]:
    (own,) = _own()
    choice = click.Choice([*LANGUAGES, ",".join(LANGUAGES), ",".join(reversed(LANGUAGES))])
    answer: str = click.prompt(say("Languages, its own first"), own, type=choice, err=True)
    return tuple(answer.split(","))


def _strategies(languages: tuple[str, ...]) -> Iterator[str]:
    """Ask for strategies until none is named, and for the guidelines of each."""
    name = _ask("The first strategy", sample_text("strategy", languages))
    while name:
        guidelines = _ask("Its guidelines, with ; between them", sample_text("guideline", languages))
        yield f"{name}: {guidelines}"
        name = _ask("Another strategy (Enter: no more)", "")


def _ask(msgid: str, default: str) -> str:
    answer: str = click.prompt(say(msgid), default, show_default=bool(default), err=True)
    return answer.strip()
