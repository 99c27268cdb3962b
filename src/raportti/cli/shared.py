"""What the commands have in common: where they look, how they end, and what they show meanwhile."""

import os
import sys
import traceback
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import click

from raportti.cli.language import language, say
from raportti.config import WrongUsage, find_layout, find_source, read_settings
from raportti.problems import MissingTool, Problem, ProblemsFound, Severity
from raportti.problems.messages import describe, severity_of
from raportti.report.model import LANGUAGES

PROBLEMS, USAGE, MISSING, DIFFERENT = 1, 2, 3, 4
"""Exit statuses beside 0 (good)."""

STAGES = {
    "load": "Reading the source …",
    "fonts": "Loading fonts …",
    "plan": "Measuring pages …",
    "html": "Writing the HTML …",
    "pptx": "Drawing the deck …",
    "pdf": "Drawing the PDF …",
    "write": "Writing files …",
}

source_argument = click.argument("source", required=False, type=click.Path(path_type=Path))
layout_option = click.option(
    "--layout", metavar="NAME|DIR", help=say("The layout: a name in layouts/, or a folder. Default: luvn.")
)


columns_option = click.option(
    "--columns",
    type=click.Choice(["fixed", "auto"]),
    help=say("Column widths: as the layout says, or chosen so that each table takes the fewest pages."),
)
pages_option = click.option(
    "--pages",
    type=click.Choice(["filled", "balanced"]),
    help=say("Pages: each filled, or all of a table filled alike."),
)

charts_option = click.option(
    "--charts", is_flag=True, help=say("Let a page of charts follow each summary: averages and shares.")
)


compare_option = click.option(
    "--compare-to",
    metavar="OLD",
    help=say("The report before, a path or REV:PATH of git: what changed since then gets pages and marks."),
)


def located(source: Path | None, layout: str | None) -> tuple[Path, Path]:
    """Return the source and the layout's folder that a command line means."""
    here = Path()
    settings = read_settings(here)
    return find_source(source, settings, here), find_layout(layout, settings, here)


def _languages(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read languages with commas between them; none is the report's own."""
    given = tuple(dict.fromkeys(part.strip().lower() for part in (value or "").split(",")))
    if value is not None and not set(given) <= set(LANGUAGES):
        raise click.BadParameter(say("the languages are {languages}", languages=LANGUAGES))
    return given if value is not None else ()


languages_option = click.option(
    "--lang",
    "languages",
    metavar="fi|sv|fi,sv",
    callback=_languages,
    help=say("The language of the report, or both with a comma. Default: the report's own."),
)
missing_option = click.option(
    "--allow-missing", is_flag=True, help=say("Let texts without a translation stand in the report's own language.")
)


@contextmanager
def ending_well() -> Generator[None]:
    """Turn what goes wrong in a command into sentences on stderr and an exit status."""
    try:
        yield
    except ProblemsFound as found:
        show(found.problems)
        raise click.exceptions.Exit(PROBLEMS) from found
    except WrongUsage as wrong:
        show([wrong.problem])
        raise click.exceptions.Exit(USAGE) from wrong
    except MissingTool as missing:
        show([missing.problem])
        raise click.exceptions.Exit(MISSING) from missing
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _stop_printing()  # whoever read the output, such as head, has read enough
    except Exception as error:
        _show_fault(error)
        raise click.exceptions.Exit(PROBLEMS) from error


def _stop_printing() -> None:
    """Let nothing more be printed: Python would complain when it closes the streams at its end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _show_fault(error: Exception) -> None:
    """Tell of a fault of the program itself: where it happened, in one sentence; with RAPORTTI_DEBUG all of it."""
    if os.environ.get("RAPORTTI_DEBUG"):
        traceback.print_exc()
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    fault = f"{type(error).__name__}: {error}"
    sentence = say(
        "error: the program has a fault, {fault} ({where}); report it, with the source", fault=fault, where=where
    )
    click.echo(sentence, err=True)


def show(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems, a line each; errors are red on a terminal."""
    for problem in problems:
        colour = "red" if severity_of(problem) is Severity.ERROR else "yellow"
        line = describe(problem, language())
        click.echo(click.style(line, fg=colour) if _is_terminal(sys.stderr if err else sys.stdout) else line, err=err)


def _is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; one that was closed before the start is none at all."""
    return stream is not None and stream.isatty()


class Progress:
    """Shows on a terminal which pass is at work; elsewhere it is silent."""

    def __init__(self) -> None:
        self._shows = _is_terminal(sys.stderr)

    def __call__(self, stage: str) -> None:
        if self._shows:
            click.echo(f"\r\x1b[K{say(STAGES[stage])}", nl=False, err=True)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shows:
            click.echo("\r\x1b[K", nl=False, err=True)
