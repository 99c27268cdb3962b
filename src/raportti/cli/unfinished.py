"""From a draft to what is missing in it, and which unit is in charge of that: as lines, or as values for JSON.

Does not know why a report may be a draft.
"""

from collections.abc import Iterator, Mapping

import click

from raportti.cli.language import count, say
from raportti.problems.messages import safe
from raportti.report.figures import ASSESSMENT, SCORE, STATUS, Unfinished, unfinished_goals
from raportti.report.model import Report

_WORDS = {STATUS: "status", SCORE: "score", ASSESSMENT: "written assessment"}


def tell_unfinished(report: Report) -> None:
    """Print on stderr which goals are not finished, a line each unit in charge."""
    units = unfinished_goals(report)
    if units:
        total = sum(map(len, units.values()))
        click.echo(count("{n} goal is not finished:", "{n} goals are not finished:", total), err=True)
    for line in _lines(units):
        click.echo(line, err=True)


def _lines(units: Mapping[str | None, tuple[Unfinished, ...]]) -> Iterator[str]:
    for unit, goals in units.items():
        named = ", ".join(f"{goal.goal} ({', '.join(say(_WORDS[what]) for what in goal.missing)})" for goal in goals)
        yield safe(f"  {say('no unit in charge') if unit is None else unit}: {named}")


def unfinished_values(report: Report) -> list[dict[str, object]]:
    """Return the same as values for JSON."""
    return [
        {"unit": unit, "goals": [{"goal": goal.goal, "missing": list(goal.missing)} for goal in goals]}
        for unit, goals in unfinished_goals(report).items()
    ]
