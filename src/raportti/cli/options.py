"""The arguments and options that several commands have, and what they mean in the working folder.

Does not know what a command does with them.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from raportti.cli.language import say
from raportti.config import DEFAULT_OUT, find_layout, find_source, read_settings
from raportti.layout.choices import PageOptions, page_options
from raportti.report.merge import Keep
from raportti.report.model import LANGUAGES

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def read_languages(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read languages with commas between them; none is the report's own."""
    given = tuple(dict.fromkeys(part.strip().lower() for part in (value or "").split(",")))
    if value is not None and not set(given) <= set(LANGUAGES):
        raise click.BadParameter(say("the languages are {languages}", languages=LANGUAGES))
    return given if value is not None else ()


source_argument = click.argument("source", required=False, type=click.Path(path_type=Path))
layout_option = click.option(
    "--layout", metavar="NAME|DIR", help=say("The layout: a name in layouts/, or a folder. Default: luvn.")
)


def lang_option(words: str) -> Callable[[_Decorated], _Decorated]:
    """Return the option for one language or two, with its words of help."""
    return click.option("--lang", "languages", metavar="fi|sv|fi,sv", callback=read_languages, help=words)


languages_option = lang_option(say("The language of the report, or both with a comma. Default: the report's own."))
draft_option = click.option(
    "--draft",
    is_flag=True,
    help=say("Let statuses, scores and assessments be missing; each page says that it is a draft."),
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
yes_option = click.option("--yes", is_flag=True, help=say("Do not ask: make the changes that are shown."))


def keep_option(other: Keep) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command ``--keep``, which decides conflicts between a source and a deck or a file."""
    return click.option(
        "--keep",
        type=click.Choice([other.value, Keep.SOURCE.value]),
        help=say("Whose values to keep where both sides were changed apart."),
    )


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Which report is to become pages, and how: as it was typed."""

    source: Path | None
    layout: str | None
    languages: tuple[str, ...]
    allow_missing: bool
    compare_to: str | None
    draft: bool
    columns: str | None
    pages: str | None
    charts: bool
    summary_columns: str | None

    def page_options(self) -> PageOptions:
        """Return what is said of the pages; what is not said is left to the layout."""
        return page_options(
            columns=self.columns,
            pages=self.pages,
            charts=self.charts or None,
            summary_columns=self.summary_columns,
        )


_REPORT_OPTIONS = (
    source_argument,
    layout_option,
    languages_option,
    click.option(
        "--allow-missing",
        is_flag=True,
        help=say("Let texts without a translation stand in the report's own language."),
    ),
    click.option(
        "--compare-to",
        metavar="OLD",
        help=say("The report before, a path or REV:PATH of git: what changed since then gets pages and marks."),
    ),
    draft_option,
    columns_option,
    pages_option,
    click.option(
        "--summary-columns",
        type=click.Choice(["reached", "all"]),
        help=say("Summaries: goals that were reached, whole or in part; or all statuses."),
    ),
    click.option("--charts", is_flag=True, help=say("Let a page of charts follow each summary: averages and shares.")),
)


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of ``ReportOptions``, which come to it as one value, ``report``."""

    @wraps(command)
    def with_report(**values: Any) -> None:
        of_report = {field.name: values.pop(field.name) for field in fields(ReportOptions)}
        command(report=ReportOptions(**of_report), **values)

    for option in reversed(_REPORT_OPTIONS):
        with_report = option(with_report)
    return with_report


def located_source(source: Path | None) -> Path:
    """Return the source that a command line means."""
    return find_source(source, read_settings(Path()), Path())


def located_out(out: Path | None) -> Path:
    """Return the folder that a command line means to write to."""
    return out or Path(read_settings(Path()).out or DEFAULT_OUT)


def located_layout(layout: str | None) -> Path:
    """Return the folder of the layout that a command line means."""
    return find_layout(layout, read_settings(Path()), Path())
