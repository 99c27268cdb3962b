"""``raportti build``: the deck, the PDF and their HTML."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from raportti import api
from raportti.cli.build_many import build_all, sources_of
from raportti.cli.language import count, say
from raportti.cli.options import ReportOptions, located_layout, located_out, located_source, report_options
from raportti.cli.since_last_build import moves_in_words
from raportti.cli.terminal import PROBLEMS, Progress, ending_well, is_agreed, show
from raportti.cli.unfinished import tell_unfinished
from raportti.problems import Problem
from raportti.workflows.build import DEFAULT_FORMATS, FORMATS, Builder, Built


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise click.BadParameter(say("the formats are {formats}", formats=FORMATS))
    return formats


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what can be said of a build: a report, and how and where its files are written."""
    options = (
        report_options,
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            help=say("The folder to write to. Default: output."),
        ),
        click.option(
            "--formats",
            default=",".join(DEFAULT_FORMATS),
            show_default=True,
            callback=_formats,
            help=say("What to write, with commas: pptx, pdf, html."),
        ),
        click.option(
            "--embed-fonts", is_flag=True, help=say("Embed the fonts in the deck, for computers that lack them.")
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("build", help=say("Build the deck and the PDF of a report, or of many."))
@build_options
@click.argument("others", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help=say("How many processes work at the same time. Default: one for each core."),
)
def command(report: ReportOptions, others: tuple[Path, ...], jobs: int | None, **options: Any) -> None:
    """Build the documents of a report, or of many."""
    with ending_well():
        sources = sources_of((report.source, *others)) if report.source else ()
        if sources not in ((), (report.source,)):
            build_all(sources, report, **options, jobs=jobs)
            return
        told = _ask_about_sample(report)
        start = time.perf_counter()
        built = build(report, **options, processes=jobs)
        show([warning for warning in built.warnings if warning not in told])
        tell_unfinished(built.planned.source.report)
        for path in built.files:
            click.echo(path)
        for line in what_moved(built):
            click.echo(line, err=True)
        click.echo(closing(built, time.perf_counter() - start), err=True)


def _ask_about_sample(report: ReportOptions) -> tuple[Problem, ...]:
    """Ask, on a terminal, whether a workbook is to be built with texts of the sample; return what was told of them."""
    source = located_source(report.source)
    if source.suffix.lower() != ".xlsx" or not sys.stdin.isatty():
        return ()
    left = api.left_of_sample(source)
    show(left)
    if left and not is_agreed(say("Build it all the same?")):
        raise click.exceptions.Exit(PROBLEMS)
    return left


def build(
    report: ReportOptions,
    *,
    out: Path | None,
    formats: tuple[str, ...],
    embed_fonts: bool,
    builder: Builder | None = None,
    processes: int | None = None,
) -> Built:
    """Build what the options of a command line mean, and show how far it is."""
    with Progress() as progress:
        return api.build(
            located_source(report.source),
            out=located_out(out),
            layout=located_layout(report.layout),
            formats=formats,
            languages=report.languages,
            columns=report.columns,
            pages=report.pages,
            charts=report.charts or None,
            summary_columns=report.summary_columns,
            embed_fonts=embed_fonts or None,
            allow_missing=report.allow_missing,
            draft=report.draft,
            compare_to=report.compare_to,
            on_stage=progress,
            builder=builder,
            processes=processes,
        )


def what_moved(built: Built) -> Iterator[str]:
    """Yield a line for all that differs from the build before, each once, whatever the languages."""
    yield from dict.fromkeys(line for moved in built.moved.values() for line in moves_in_words(moved))


def closing(built: Built, seconds: float) -> str:
    """Say how much was built, and how long it took."""
    words = (
        count("{n} page", "{n} pages", sum(len(planned.plan.pages) for planned in built.plans.values())),
        count("{n} goal", "{n} goals", len(built.planned.source.report.goals)),
        count("{n} warning", "{n} warnings", len(built.warnings)),
        f"{seconds:.1f} s",
    )
    return ", ".join(words)
