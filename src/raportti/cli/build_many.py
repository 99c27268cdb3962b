"""From many reports on the command line to their documents: a line a report, and one of them all.

Does not know how they are built.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from raportti.cli.language import count, say
from raportti.cli.options import ReportOptions, located_layout, located_out
from raportti.cli.terminal import MISSING, PROBLEMS, show
from raportti.config import cache_folder, reports_in
from raportti.source.options import LoadOptions
from raportti.workflows.build import BuildRequest

if TYPE_CHECKING:
    from raportti.workflows.many import Outcome


def sources_of(given: Sequence[Path]) -> tuple[Path, ...]:
    """Return the reports that are meant; a folder that is none, but holds some, means these."""
    return tuple(report for path in given for report in reports_in(path) or (path,))


def build_all(
    sources: Sequence[Path],
    report: ReportOptions,
    *,
    out: Path | None,
    formats: tuple[str, ...],
    embed_fonts: bool,
    jobs: int | None,
) -> None:
    """Build reports, each into a folder of its own name, and tell what came of each."""
    # Imported here: what shares work among processes takes 0.04 s, for which the build of one report need not wait.
    from raportti.workflows.many import build_many

    if report.compare_to:
        raise click.UsageError(say("--compare-to is for one report at a time"))
    folder = located_out(out)
    layout, begin = located_layout(report.layout), time.perf_counter()
    options = LoadOptions(report.languages, allow_missing=report.allow_missing, is_draft=report.draft)
    requests = [
        BuildRequest(
            source,
            layout,
            folder / name,
            formats,
            cache_folder(),
            page_options=replace(report.page_options(), embed_fonts=embed_fonts or None),
            load_options=options,
        )
        for source, name in zip(sources, _names_of(sources), strict=True)
    ]
    outcomes: list[Outcome] = []
    for outcome in build_many(requests, jobs):
        _tell(outcome)
        outcomes.append(outcome)
    click.echo(_closing(outcomes, time.perf_counter() - begin), err=True)
    failed = [outcome for outcome in outcomes if not outcome.is_built]
    if failed:
        raise click.exceptions.Exit(MISSING if all(outcome.lacks_tool for outcome in failed) else PROBLEMS)


def _names_of(sources: Sequence[Path]) -> Iterator[str]:
    """Name the folder of each report by its source; where two are called alike, the second gets a number."""
    taken: set[str] = set()
    for source in sources:
        name = source.absolute().stem if source.is_file() else source.absolute().name
        free = next(one for one in (name, *(f"{name}-{n}" for n in range(2, len(sources) + 2))) if one not in taken)
        taken.add(free)
        yield free


def _tell(outcome: "Outcome") -> None:
    """Print the line of a report, and its problems."""
    if outcome.is_built:
        warnings = count("{n} warning", "{n} warnings", len(outcome.problems))
        words = ", ".join((*_amount(outcome.pages, outcome.goals), warnings, f"{outcome.seconds:.1f} s"))
    else:
        words = say("not built")
    click.echo(f"{outcome.source}: {words}")
    show(outcome.problems)
    if outcome.fault:
        fault = say("error: the program has a fault, {fault}; report it, with the source", fault=outcome.fault)
        click.echo(fault, err=True)


def _amount(pages: int, goals: int) -> Iterator[str]:
    yield count("{n} page", "{n} pages", pages)
    yield count("{n} goal", "{n} goals", goals)


def _closing(outcomes: "Sequence[Outcome]", seconds: float) -> str:
    failed = sum(not outcome.is_built for outcome in outcomes)
    words = [
        count("{n} report", "{n} reports", len(outcomes) - failed),
        *_amount(sum(outcome.pages for outcome in outcomes), sum(outcome.goals for outcome in outcomes)),
        *([count("{n} report not built", "{n} reports not built", failed)] if failed else ()),
        f"{seconds:.1f} s",
    ]
    return ", ".join(words)
