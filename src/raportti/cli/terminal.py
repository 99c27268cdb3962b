"""What commands show on the terminal, what they ask there, and how they end.

Does not know what a command does.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from raportti import api
from raportti.cli.change_tables import Row, change_lines, on_one_line, row_line
from raportti.cli.language import language, say
from raportti.config import WrongUsage
from raportti.problems import MissingTool, Problem, ProblemsFound, Severity
from raportti.problems.messages import describe, severity_of, what_is_wrong

if TYPE_CHECKING:
    from raportti.decks.refresh.outcome import RefreshedDeck
    from raportti.workflows.edit import Edit

PROBLEMS, USAGE, MISSING, DIFFERENT = 1, 2, 3, 4
"""Exit statuses beside 0 (good)."""
_ENDED_BY = 128
"""A shell adds the number of a signal to it for the status of a process that the signal ended."""

STAGES = {
    "load": "Reading the source …",
    "fonts": "Loading fonts …",
    "plan": "Measuring pages …",
    "html": "Writing the HTML …",
    "pptx": "Drawing the deck …",
    "pdf": "Drawing the PDF …",
    "write": "Writing files …",
}


@contextmanager
def ending_well() -> Generator[None]:
    """Turn what goes wrong in a command into sentences on stderr and an exit status."""
    try:
        with _ended_by_signals():
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
        show_fault(error)
        raise click.exceptions.Exit(PROBLEMS) from error


@contextmanager
def _ended_by_signals() -> Generator[None]:
    """Let the signals that end a process end it as Ctrl-C does, so that nothing unfinished stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {kind: signal.signal(kind, _end) for kind in kinds if signal.getsignal(kind) is signal.SIG_DFL}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _end(number: int, _: object) -> NoReturn:
    raise SystemExit(_ENDED_BY + number)


def _stop_printing() -> None:
    """Let nothing more be printed: Python would complain when it closes the streams at its end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show_fault(error: Exception) -> None:
    """Report a fault of the program itself: its place, in one sentence; with RAPORTTI_DEBUG the whole traceback."""
    if os.environ.get("RAPORTTI_DEBUG"):
        traceback.print_exc()
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    fault = f"{type(error).__name__}: {error}"
    sentence = say(
        "error: the program has a fault, {fault} ({where}); report it, with the source", fault=fault, where=where
    )
    click.echo(sentence, err=True)


_MANY = frozenset({"translation-missing"})
"""Kinds that come by the hundred: what to do is said with the first one."""


def show(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems, a line each, and below a conflict its values; errors are red on a terminal."""
    told = set[str]()
    for problem in problems:
        colour = "red" if severity_of(problem) is Severity.ERROR else "yellow"
        line = (what_is_wrong if problem.kind in told else describe)(problem, language())
        told |= {problem.kind} & _MANY
        click.echo(click.style(line, fg=colour) if _is_terminal(sys.stderr if err else sys.stdout) else line, err=err)
        for value in _conflict_lines(problem):
            click.echo(f"  {value}", err=err)


def _conflict_lines(problem: Problem) -> Iterator[str]:
    """Yield what stood there before both sides changed it, and what each side made of it."""
    for side, since, where in (
        ("deck", say("when the deck was built"), say("in the deck")),
        ("file", say("at the export"), say("in the file")),
    ):
        if problem.kind.startswith((f"{side}-conflict", f"{side}s-conflict")):
            base, other, source = (str(problem.values[key]) for key in ("base", side, "source"))
            yield f"{since}: {on_one_line(base)}"
            yield row_line(Row(where, base, other))
            yield row_line(Row(str(problem.values.get("first", say("in the source"))), base, source))


def _is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; one that was closed before the start is none at all."""
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


def carry_out_edit(edit: "Edit", *, yes: bool) -> None:
    """Show what changes in a source, ask, and write it."""
    show(edit.warnings)
    lines = (line for language, changes in edit.changes.items() for line in change_lines(changes, language))
    if carry_out(edit, lines, yes=yes):
        for path in edit.files:
            click.echo(say("changed: {path}", path=str(path)), err=True)


def carry_out(change: "Edit | RefreshedDeck", lines: Iterable[str], *, yes: bool) -> bool:
    """Show a change, ask, and write its files; tell whether they were written.

    Without anyone to ask nothing is changed: exit status 2.
    """
    if not change.files:
        click.echo(say("There is nothing to change."), err=True)
        return False
    if yes:
        api.apply(change)  # before it is shown: whoever reads that may stop reading
    for line in lines:
        click.echo(line)
    if yes:
        return True
    if not _is_confirmed():
        click.echo(say("Nothing was changed."), err=True)
        return False
    api.apply(change)
    return True


def _is_confirmed() -> bool:
    """Ask whether what was shown is to be done. Without anyone to ask: exit status 2."""
    if not sys.stdin.isatty():
        show([Problem("answer-missing", None)])
        raise click.exceptions.Exit(USAGE)
    return is_agreed(say("Make these changes?"))


def is_agreed(question: str) -> bool:
    """Ask for a yes in the user's language; anything else is a no."""
    yes = say("yes")
    answer = click.prompt(f"{question} [{yes[0]}/{say('no')[0].upper()}]", "", show_default=False, err=True)
    return answer.strip().lower() in {yes, yes[0], "yes", "y"}
