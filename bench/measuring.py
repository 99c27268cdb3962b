"""From a command to what it took: wall-clock seconds, seconds of all cores together, and memory."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KIB_PER_MIB = 1024


class Failed(Exception):
    """Raised by a command that did not work; says how it failed, in a line."""


@dataclass(frozen=True)
class Measured:
    """What one run of a command took: wall-clock seconds, those of all cores, and MiB."""

    seconds: float
    work: float
    """User and system time of the command and of all processes that it has waited for."""
    memory: float
    output: str


@dataclass(frozen=True)
class Row:
    """A line of the table; ``note`` stands where there is nothing to measure."""

    name: str
    seconds: float | None = None
    work: float | None = None
    memory: float | None = None
    note: str = ""


def measure(command: Sequence[str]) -> Measured:
    """Run a command once."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if process.returncode:
        last = printed.strip().splitlines()[-1:] or ["it printed nothing"]
        raise Failed(f"exit status {process.returncode}: {last[0][:80]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB_PER_MIB, printed)


def median(name: str, command: Sequence[str], runs: int) -> Row:
    """Run a command several times; a failure becomes the row's note."""
    try:
        return _row(name, [measure(command) for _ in range(runs)])
    except (Failed, OSError) as failure:
        return Row(name, note=str(failure))


def paired(commands: Mapping[str, Sequence[str]], runs: int) -> list[Row]:
    """Run commands in turn, several times; each but the first says how many times its time the first took."""
    try:
        rounds = [{name: measure(command) for name, command in commands.items()} for _ in range(runs)]
    except (Failed, OSError) as failure:
        return [Row(next(iter(commands)), note=str(failure))]
    first, *others = commands
    rows = [_row(first, [taken[first] for taken in rounds])]
    for name in others:
        seconds = statistics.median(taken[first].seconds / taken[name].seconds for taken in rounds)
        work = statistics.median(taken[first].work / taken[name].work for taken in rounds)
        row = _row(name, [taken[name] for taken in rounds])
        rows.append(Row(name, row.seconds, row.work, row.memory, f"{seconds:.2f} times its time, {work:.2f} its work"))
    return rows


def _row(name: str, measured: Sequence[Measured]) -> Row:
    return Row(
        name,
        statistics.median(one.seconds for one in measured),
        statistics.median(one.work for one in measured),
        statistics.median(one.memory for one in measured),
    )


def line(row: Row) -> str:
    """Write a row of the table."""
    seconds = "" if row.seconds is None else f"{row.seconds:.2f} s"
    work = "" if row.work is None else f"{row.work:.2f} s"
    memory = "" if row.memory is None else f"{row.memory:.0f} MiB"
    return f"{row.name:<38}{seconds:>10}{work:>10}{memory:>11}  {row.note}".rstrip()
