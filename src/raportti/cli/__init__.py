"""The command line: from arguments to calls of the Python API, and from results to texts and an exit status.

Does not know how a pass works. A command's module is imported when the command is used, so that ``--help`` is quick.
"""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from types import MappingProxyType
from typing import Any

import click

from raportti.cli.language import let_click_speak, say

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "new": "Begin a report: a folder or a workbook, from a few answers or from the report before.",
        "build": "Build the deck and the PDF of a report, or of many.",
        "watch": "Build a report, and build it again whenever its source or its layout is saved.",
        "serve": "Show the report in a browser on this machine: edit goals, see the pages, take the files.",
        "check": "Tell all problems of a report, and write nothing.",
        "plan": "Show the page plan of a report.",
        "layout": "Make a layout of a brand's template, check one, or show one.",
        "export": "Write a report as an Excel workbook to fill in.",
        "inspect": "Judge any deck: what runs over, what does not add up, what keeps a reader from it.",
        "set": "Change one goal in the source.",
        "diff": "Tell what changed between two sources.",
        "import": "Bring the changes of a workbook into its source, or make a new source of it.",
        "pull": "Bring what was changed by hand in a deck back into its source.",
        "refresh": "Bring new data into a deck that was edited, and keep what was edited.",
        "doctor": "Look for all that a report needs of this machine, and tell how to get what is missing.",
        "completion": "Print the script by which a shell completes commands and options.",
    }
)
"""The commands in the order in which help lists them, with what each does; its module here has its name.

A word of Python cannot be one: its module has a line after it.
"""


_DECIDE_THE_PAGES = ("weasyprint", "fontpkg-inter", "uharfbuzz", "python-pptx")
"""Packages without whose versions nobody can tell why pages differ between two machines."""


def _show_versions(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        for package in ("raportti", *_DECIDE_THE_PAGES):
            click.echo(f"{package} {version(package)}")
        ctx.exit()


class _Commands(click.Group):
    """Finds a command in the module of its name."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        let_click_speak()
        # Named here, as in the scripts of ``completion``: ``python -m raportti`` would have another name.
        return super().main(*args, complete_var="_RAPORTTI_COMPLETE", **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # Imports what the command needs, and only that: each takes up to half a second.
        return import_module(f"raportti.cli.{cmd_name}{'_' * iskeyword(cmd_name)}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(what)) for name, what in COMMANDS.items()])


@click.group(
    cls=_Commands,
    help=say("From assessed goals to the board's deck and the council's PDF."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_versions,
    help=say("Show the version, and those of the fonts and of what draws, and exit."),
)
def main() -> None:
    """Run the command line."""
