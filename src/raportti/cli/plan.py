"""``raportti plan``: the page plan, as a table or as JSON."""

import json
from pathlib import Path

import click

from raportti import api
from raportti.cli.shared import Progress, ending_well, layout_option, located, show, source_argument
from raportti.cli.words import say
from raportti.plan import Page
from raportti.plan_json import plan_as_json
from raportti.units import as_pt

LONGEST_TITLE = 62


@click.command("plan", help=say("Show the page plan: which goals stand on which page, and how full each page is."))
@source_argument
@layout_option
@click.option("--json", "as_values", is_flag=True, help=say("Print every page, row and line as JSON."))
def command(source: Path | None, layout: str | None, as_values: bool) -> None:
    """Show the plan of a report."""
    with ending_well():
        with Progress() as progress:
            found, folder = located(source, layout)
            planned = api.plan_pages(found, layout=folder, on_stage=progress)
        show(planned.warnings)
        if as_values:
            click.echo(json.dumps(plan_as_json(planned.plan), ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(_row(page) for page in planned.plan.pages))


def _row(page: Page) -> str:
    title = page.title if len(page.title) <= LONGEST_TITLE else page.title[: LONGEST_TITLE - 1] + "…"
    return f"{page.number:4}  {title:{LONGEST_TITLE}}  {_fullness(page):>5}  {_goals(page)}".rstrip()


def _fullness(page: Page) -> str:
    if page.table is None:
        return ""
    return f"{as_pt(page.table.box.h) / as_pt(page.body.h):.0%}"


def _goals(page: Page) -> str:
    """Name the goals of a page; a row that is cut says which of its parts this is."""
    rows = page.table.rows if page.table else ()
    return " ".join(
        row.goal + (f"({row.split[0]}/{row.split[1]})" if row.split else "") for row in rows if row.goal is not None
    )
