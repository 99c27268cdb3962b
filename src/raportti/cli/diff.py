"""``raportti diff``: what changed between two sources, as tables, as JSON or as Markdown."""

import json
from collections.abc import Iterator

import click

from raportti import api
from raportti.cli.change_tables import change_lines, markdown_lines, page_lines
from raportti.cli.language import say
from raportti.cli.options import columns_option, languages_option, layout_option, located_layout, pages_option
from raportti.cli.terminal import DIFFERENT, Progress, ending_well
from raportti.workflows.diff import Comparison, comparisons_as_json


@click.command("diff", help=say("Tell what changed between two sources; each may be REV:PATH of git."))
@click.argument("old")
@click.argument("new")
@layout_option
@languages_option
@columns_option
@pages_option
@click.option("--json", "as_values", is_flag=True, help=say("Print the differences as JSON."))
@click.option("--markdown", is_flag=True, help=say("Print the differences as Markdown."))
def command(
    old: str,
    new: str,
    layout: str | None,
    languages: tuple[str, ...],
    columns: str | None,
    pages: str | None,
    as_values: bool,
    markdown: bool,
) -> None:
    """Compare two sources."""
    with ending_well():
        with Progress() as progress:
            found = api.diff(
                old,
                new,
                layout=located_layout(layout),
                columns=columns,
                pages=pages,
                languages=languages,
                on_stage=progress,
            )
        if as_values:
            click.echo(json.dumps(comparisons_as_json(old, new, found), ensure_ascii=False, indent=1))
        else:
            for line in _lines(found, markdown=markdown):
                click.echo(line)
        if any(found):
            raise click.exceptions.Exit(DIFFERENT)


def _lines(found: tuple[Comparison, ...], *, markdown: bool) -> Iterator[str]:
    """Print the differences language by language, with a heading where there are several."""
    different = [one for one in found if one]
    if not different:
        yield say("Nothing differs.")
    for one in different:
        if len(different) > 1:
            yield f"## {one.language}" if markdown else click.style(f"[{one.language}]", bold=True)
            yield ""
        yield from markdown_lines(one.changes, one.pages, one.language) if markdown else _terminal_lines(one)


def _terminal_lines(one: Comparison) -> Iterator[str]:
    yield from change_lines(one.changes, one.language)
    yield from ("", click.style(say("Pages of the deck that change"), bold=True), *page_lines(one.pages), "")
