"""``raportti plan``: the page plan, as a table or as JSON; and the cells that programs may draw otherwise."""

import json
from collections.abc import Iterator

import click

from raportti import api
from raportti.cli.language import count, say
from raportti.cli.options import ReportOptions, located_layout, located_source, report_options
from raportti.cli.terminal import Progress, ending_well, show
from raportti.cli.unfinished import tell_unfinished
from raportti.layout.checks import Borderline, borderline_cells
from raportti.plan import Page, Plan
from raportti.plan.json import plan_as_json
from raportti.units import as_pt

LONGEST_TITLE = 62


@click.command("plan", help=say("Show the page plan: which goals stand on which page, and how full each page is."))
@report_options
@click.option("--json", "as_values", is_flag=True, help=say("Print every page, row and line as JSON."))
@click.option(
    "--borderline", is_flag=True, help=say("List the cells that take more lines in some programs than in the plan.")
)
def command(report: ReportOptions, as_values: bool, borderline: bool) -> None:
    """Show the plan of a report."""
    if len(report.languages) > 1:
        raise click.UsageError(say("a plan is made in one language"))
    with ending_well():
        with Progress() as progress:
            planned = api.plan_pages(
                located_source(report.source),
                layout=located_layout(report.layout),
                language=next(iter(report.languages), None),
                columns=report.columns,
                pages=report.pages,
                charts=report.charts or None,
                summary_columns=report.summary_columns,
                allow_missing=report.allow_missing,
                compare_to=report.compare_to,
                draft=report.draft,
                on_stage=progress,
            )
        show(planned.warnings)
        tell_unfinished(planned.source.report)
        for line in _borderline_lines(planned.plan) if borderline else _lines(planned.plan, as_values=as_values):
            click.echo(line)


def _lines(plan: Plan, *, as_values: bool) -> Iterator[str]:
    if as_values:
        yield json.dumps(plan_as_json(plan), ensure_ascii=False, indent=1)
    else:
        yield from map(_row, plan.pages)


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


def _borderline_lines(plan: Plan) -> Iterator[str]:
    found = tuple(borderline_cells(plan))
    yield from map(_borderline_line, found)
    yield count("{n} borderline cell", "{n} borderline cells", len(found))


def _borderline_line(cell: Borderline) -> str:
    counts = ", ".join(f"{rule} {lines}" for rule, lines in cell.counts.items())
    return f"{cell.page:4}  {cell.goal or '':8}  {cell.key:12}  {counts}"
