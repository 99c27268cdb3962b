"""``raportti build``: the deck, the PDF and their HTML."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from raportti import api
from raportti.cli.drafts import draft_option, tell_unfinished
from raportti.cli.language import count, say
from raportti.cli.moves import moves_in_words
from raportti.cli.shared import (
    Progress,
    charts_option,
    columns_option,
    compare_option,
    ending_well,
    languages_option,
    layout_option,
    located,
    missing_option,
    pages_option,
    show,
    source_argument,
)
from raportti.config import DEFAULT_OUT, read_settings
from raportti.layout.choices import page_options
from raportti.workflows.build import DEFAULT_FORMATS, FORMATS, Builder, Built


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
@compare_option
@draft_option
@columns_option
@pages_option
@charts_option
@click.option("--embed-fonts", is_flag=True, help=say("Embed the fonts in the deck, for computers that lack them."))
def command(**options: Any) -> None:
    """Build the documents of a report."""
    with ending_well():
        start = time.perf_counter()
        with Progress() as progress:
            built = ordered(**options, on_stage=progress)
        show(built.warnings)
        tell_unfinished(built.planned.source.report)
        for path in built.files:
            click.echo(path)
        for line in what_moved(built):
            click.echo(line, err=True)
        click.echo(closing(built, time.perf_counter() - start), err=True)


def ordered(
    source: Path | None,
    out: Path | None,
    layout: str | None,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    allow_missing: bool,
    compare_to: str | None,
    draft: bool,
    columns: str | None,
    pages: str | None,
    charts: bool,
    embed_fonts: bool,
    on_stage: Progress,
    builder: Builder | None = None,
) -> Built:
    """Build what the options of a command line mean."""
    found, folder = located(source, layout)
    return api.build(
        found,
        out=out or Path(read_settings(Path()).out or DEFAULT_OUT),
        layout=folder,
        formats=formats,
        asked=page_options(columns=columns, pages=pages, charts=charts or None, embed_fonts=embed_fonts or None),
        languages=languages,
        allow_missing=allow_missing,
        draft=draft,
        compare_to=compare_to,
        on_stage=on_stage,
        builder=builder,
    )


def what_moved(built: Built) -> Iterator[str]:
    """Tell what differs from the build before, each thing once, whatever the languages."""
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
