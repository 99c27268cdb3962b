"""``raportti build``: the deck, the PDF and their HTML."""

import time
from pathlib import Path

import click

from raportti import api
from raportti.cli.drafts import draft_option, tell_unfinished
from raportti.cli.shared import (
    Progress,
    charts_option,
    columns_option,
    ending_well,
    languages_option,
    layout_option,
    located,
    missing_option,
    pages_option,
    show,
    source_argument,
)
from raportti.cli.words import count, say
from raportti.config import DEFAULT_OUT, read_settings
from raportti.documents import DEFAULT_FORMATS, FORMATS, Built
from raportti.layout.choices import asked_in_words
from raportti.problems import Problem, distinct


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise click.BadParameter(say("the formats are {formats}", formats=FORMATS))
    return formats


@click.command("build", help=say("Build the deck and the PDF of a report."))
@source_argument
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help=say("The folder to write to. Default: output.")
)
@layout_option
@click.option(
    "--formats",
    default=",".join(DEFAULT_FORMATS),
    show_default=True,
    callback=_formats,
    help=say("What to write, with commas: pptx, pdf, html."),
)
@languages_option
@missing_option
@draft_option
@columns_option
@pages_option
@charts_option
@click.option("--embed-fonts", is_flag=True, help=say("Embed the fonts in the deck, for computers that lack them."))
def command(
    source: Path | None,
    out: Path | None,
    layout: str | None,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    allow_missing: bool,
    draft: bool,
    columns: str | None,
    pages: str | None,
    charts: bool,
    embed_fonts: bool,
) -> None:
    """Build the documents of a report."""
    with ending_well():
        start = time.perf_counter()
        found, folder = located(source, layout)
        target = out or Path(read_settings(Path()).out or DEFAULT_OUT)
        with Progress() as progress:
            asked = asked_in_words(columns=columns, pages=pages, charts=charts or None, embed_fonts=embed_fonts or None)
            built = api.build(
                found,
                out=target,
                layout=folder,
                formats=formats,
                asked=asked,
                languages=languages,
                allow_missing=allow_missing,
                draft=draft,
                on_stage=progress,
            )
        warnings = _warnings(built)
        show(warnings)
        tell_unfinished(built.planned.source.report)
        for path in built.files:
            click.echo(path)
        click.echo(_closing(built, warnings, time.perf_counter() - start), err=True)


def _warnings(built: Built) -> tuple[Problem, ...]:
    return distinct(problem for planned in built.plans.values() for problem in planned.warnings)


def _closing(built: Built, warnings: tuple[Problem, ...], seconds: float) -> str:
    words = (
        count("{n} page", "{n} pages", sum(len(planned.plan.pages) for planned in built.plans.values())),
        count("{n} goal", "{n} goals", len(built.planned.source.report.goals)),
        count("{n} warning", "{n} warnings", len(warnings)),
        f"{seconds:.1f} s",
    )
    return ", ".join(words)
