"""``raportti set``: new values for one goal of a source."""

import sys
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import say
from raportti.cli.options import languages_option, located_source, source_argument, yes_option
from raportti.cli.terminal import USAGE, carry_out_edit, ending_well, show
from raportti.workflows.edit import EditRefused, GoalEdit, text_in


@click.command("set", help=say("Change one goal in the source: show the change, ask, and write only what differs."))
@click.argument("goal")
@source_argument
@click.option("--score", metavar="1-5", help=say("The new score."))
@click.option("--achieved", metavar="KYLLÄ|OSITTAIN|EI|EI ARVIOITU", help=say("The new status, in any case."))
@click.option("--assessment", metavar="TEXT", help=say("The new assessment, if it is short."))
@click.option(
    "--assessment-file",
    metavar="FILE|-",
    help=say(
        "A text file with the new assessment, paragraphs apart by an empty line; - reads what is typed or piped in."
    ),
)
@click.option("--unit", metavar="NAME", help=say("The unit in charge; empty takes it away."))
@languages_option
@yes_option
def command(
    goal: str,
    source: Path | None,
    score: str | None,
    achieved: str | None,
    assessment: str | None,
    assessment_file: str | None,
    unit: str | None,
    languages: tuple[str, ...],
    yes: bool,
) -> None:
    """Set values of a goal."""
    if len(languages) > 1:
        raise click.UsageError(say("an assessment is given in one language"))
    if assessment is not None and assessment_file is not None:
        raise click.UsageError(say("give either --assessment or --assessment-file"))
    with ending_well():
        found = located_source(source)
        try:
            if assessment_file is not None:
                assessment = _read(assessment_file)
            values = GoalEdit(goal, achieved=achieved, score=score, assessment=assessment, responsible=unit)
            edit = api.set_goal(found, values, language=next(iter(languages), None))
        except EditRefused as refused:
            show(refused.problems)
            raise click.exceptions.Exit(USAGE) from refused
        carry_out_edit(edit, yes=yes)


def _read(name: str) -> str:
    return text_in("-", sys.stdin.buffer.read()) if name == "-" else text_in(name)
