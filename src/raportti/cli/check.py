"""``raportti check``: all problems of a report, at once."""

import json
from collections import Counter
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import count, language, say
from raportti.cli.options import (
    draft_option,
    languages_option,
    layout_option,
    located_layout,
    located_source,
    source_argument,
)
from raportti.cli.terminal import PROBLEMS, Progress, ending_well, show
from raportti.cli.unfinished import tell_unfinished, unfinished_values
from raportti.problems import Problem, Severity, shortened
from raportti.problems.messages import as_json, severity_of


@click.command("check", help=say("Tell all problems of a report, each with its place and its remedy; write nothing."))
@source_argument
@layout_option
@languages_option
@draft_option
@click.option("--json", "as_values", is_flag=True, help=say("Print the problems as JSON."))
@click.option("--strict", is_flag=True, help=say("Let warnings count as errors."))
def command(
    source: Path | None, layout: str | None, languages: tuple[str, ...], draft: bool, as_values: bool, strict: bool
) -> None:
    """Check a report."""
    with ending_well():
        with Progress() as progress:
            found = located_source(source)
            problems = api.check(
                found, layout=located_layout(layout), languages=languages, draft=draft, on_stage=progress
            )
        numbers = Counter(severity_of(problem) for problem in problems)
        # Only a report that could be read shows what is missing in it.
        report = api.read_report(found, draft=True) if draft and not numbers[Severity.ERROR] else None
        if as_values:
            values = _values(problems, numbers) | ({"unfinished": unfinished_values(report)} if report else {})
            click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        else:
            show(problems, err=False)
        if report:
            tell_unfinished(report)
        if not numbers[Severity.ERROR]:
            _tell_hidden(api.not_in_summaries(found, layout=located_layout(layout)))
        click.echo(_closing(numbers), err=True)
        if numbers[Severity.ERROR] or (strict and problems):
            raise click.exceptions.Exit(PROBLEMS)


def _values(problems: tuple[Problem, ...], numbers: Counter[Severity]) -> dict[str, object]:
    return {
        "errors": numbers[Severity.ERROR],
        "warnings": numbers[Severity.WARNING],
        "problems": [as_json(problem, language()) for problem in problems],
    }


def _tell_hidden(goals: tuple[str, ...]) -> None:
    """Say which goals no column of a summary counts: a remark, since the original's summaries are so too."""
    if goals:
        what = count(
            "{n} goal that was not reached is in no column of the summaries",
            "{n} goals that were not reached are in no column of the summaries",
            len(goals),
        )
        named = ", ".join(shortened(goals))
        click.echo(f"{what}: {named}; {say('--summary-columns all shows every status')}", err=True)


def _closing(numbers: Counter[Severity]) -> str:
    errors = count("{n} error", "{n} errors", numbers[Severity.ERROR])
    warnings = count("{n} warning", "{n} warnings", numbers[Severity.WARNING])
    return f"{errors}, {warnings}"
