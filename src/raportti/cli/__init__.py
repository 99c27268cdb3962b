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
        "build": "Build the deck and the PDF of a report.",
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
    }
)
"""The commands in the order in which help lists them, with what each does; its module here has its name.

A word of Python cannot be one: its module has a line after it.
"""


class _Commands(click.Group):
    """Finds a command in the module of its name."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        let_click_speak()
        return super().main(*args, **kwargs)

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
@click.version_option(package_name="raportti", message="%(prog)s %(version)s", help=say("Show the version and exit."))
def main() -> None:
    """Run the command line."""
