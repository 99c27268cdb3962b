"""``raportti watch``: builds, and builds again on each save, until it is stopped."""

import signal
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Event
from types import FrameType
from typing import Any

import click

from raportti.cli.build import build, build_options, closing, what_moved
from raportti.cli.language import say
from raportti.cli.options import ReportOptions, located_layout, located_source
from raportti.cli.terminal import ending_well, show
from raportti.problems import Problem, ProblemsFound
from raportti.workflows.build import Builder, Built
from raportti.workflows.watch import Watch

SECOND_LOOK = 0.3
"""Seconds after which a source with problems is looked at again: a program may be in the middle of saving it."""


@click.command("watch", help=say("Build a report, and build it again whenever its source or its layout is saved."))
@build_options
def command(report: ReportOptions, **options: Any) -> None:
    """Build on each save."""
    with ending_well(), _until_stopped() as stop, Builder() as builder:
        source, layout = located_source(report.source), located_layout(report.layout)
        watch = Watch(source, layout, stop)
        click.echo(say("Watching {path}; stop with Ctrl-C.", path=str(source)), err=True)
        # Located once: what is looked for is not there while a program saves it.
        located = replace(report, source=source, layout=str(layout))
        rounds = _Rounds(watch, partial(build, located, builder=builder, **options))
        while not stop.is_set():
            rounds.build(stop)
            watch.wait()


@contextmanager
def _until_stopped() -> Generator[Event]:
    """Give what is set by Ctrl-C and by SIGTERM: a build that is under way is finished, so that its files agree."""
    stop = Event()

    def end(_: int, __: FrameType | None) -> None:
        stop.set()

    before = {kind: signal.signal(kind, end) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


class _Rounds:
    """Builds, and shows what came of it, but no problem that was shown for the build before."""

    def __init__(self, watch: Watch, build: Callable[[], Built]) -> None:
        self._watch, self._build = watch, build
        self._told: tuple[Problem, ...] = ()
        self._is_first = True

    def build(self, stop: Event) -> None:
        """Build once; where there are problems, once more, since the files may not have been whole."""
        start = time.perf_counter()
        try:
            built = self._build()
        except ProblemsFound:
            self._watch.wait(SECOND_LOOK)
            if stop.is_set():
                return
            start = time.perf_counter()
            try:
                built = self._build()
            except ProblemsFound as found:
                self._tell(found.problems, again=True)
                return
        self._tell_built(built, time.perf_counter() - start)

    def _tell_built(self, built: Built, seconds: float) -> None:
        if self._is_first:
            for path in built.files:
                click.echo(path)
        self._is_first = False
        self._tell(built.warnings)
        for line in what_moved(built):
            click.echo(line, err=True)
        click.echo(f"{_now()} {closing(built, seconds)}", err=True)

    def _tell(self, problems: Sequence[Problem], *, again: bool = False) -> None:
        """Show problems that are new; ``again``: all of them, after the time of day."""
        if again:
            click.echo(_now(), err=True)
        show(problem for problem in problems if again or problem not in self._told)
        self._told = tuple(problems)


def _now() -> str:
    return f"{datetime.now():%H:%M:%S}"
