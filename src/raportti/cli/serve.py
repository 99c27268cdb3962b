"""``raportti serve``: the report in a browser on this machine, until Ctrl-C."""

import os
import sys
from typing import NoReturn

import click

from raportti.cli.language import language, say
from raportti.cli.options import ReportOptions, located_layout, located_source, report_options
from raportti.cli.terminal import ending_well, show_fault
from raportti.config import cache_folder


@click.command(
    "serve", help=say("Show the report in a browser on this machine: edit goals, see the pages, take the files.")
)
@report_options
@click.option(
    "--port", type=click.IntRange(1024, 65535), help=say("The port. Default: the first free one from 8765 on.")
)
@click.option("--no-open", is_flag=True, help=say("Do not open a browser."))
def command(report: ReportOptions, port: int | None, no_open: bool) -> None:
    """Serve a report."""
    with ending_well():
        # Imported here: what serves takes 0.2 s, which help need not wait for.
        from raportti.serve.running import serve
        from raportti.serve.web.server import open_browser
        from raportti.serve.workspace import ServeRequest

        def started(link: str) -> None:
            click.echo(link)
            click.echo(say("Stop with Ctrl-C."), err=True)
            if not no_open:
                open_browser(link)

        request = ServeRequest(
            source=located_source(report.source),
            layout=located_layout(report.layout),
            cache=cache_folder(),
            language=language(),
            languages=report.languages,
            options=report.page_options(),
            is_draft=report.draft,
            compare_to=report.compare_to,
        )
        serve(request, port=port, on_start=started, on_fault=show_fault)
        _end()


def _end() -> NoReturn:
    """End at once: Python would wait for what is being drawn, which is of no use any more. All is saved by now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
