"""From the bytes of a file from elsewhere to what it says, read by a child process with limits of time and memory.

Does not know browsers or proposals. What the child answers is checked: it may be whatever the file made of it.
"""

import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO, TypeAlias, cast

from raportti.problems import Problem, ProblemsFound
from raportti.problems.messages import KINDS
from raportti.report.json import report_from_json
from raportti.report.model import LANGUAGES, Report
from raportti.serve.files.reading_process import LARGEST_ANSWER, OUT_OF_MEMORY, problem_from_json

SECONDS = 10
"""Seconds of work that reading a file may take; a report of a thousand pages takes a third of it."""
SECONDS_TO_REFRESH = 60
"""Seconds of work that a deck may take to get new data: all of its pages are drawn, before and after."""
BY_THE_CLOCK = 4
"""So many times longer it may take by the clock, on a machine that does other things too."""
MOST_AT_ONCE = 2
"""Files that are read at the same time; others wait."""
COMMAND = (sys.executable, "-P", "-m", "raportti.serve.files.reading_process")
_PACKAGES = Path(__file__).absolute().parents[3]
_places = BoundedSemaphore(MOST_AT_ONCE)

Json: TypeAlias = Mapping[str, Any]


class NotRead(Exception):
    """Raised where a file could not be read within the limits; ``why`` is ``time``, ``memory`` or ``end``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Around:
    """What a file is read beside: the source that is served, its layout, and where instances of fonts are kept."""

    source: Path
    layout: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file from elsewhere. ``label`` is what its user calls it, and nothing else; ``suffix`` is its kind (``.xlsx``).

    ``command`` starts the child that reads it.
    """

    label: str
    suffix: str
    data: bytes = field(repr=False)
    command: Sequence[str] = COMMAND


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """What a file says (``theirs``) beside what it was made from, by language; ``is_deck``: it can get new data."""

    base: Mapping[str, Report]
    theirs: Mapping[str, Report]
    remarks: tuple[Problem, ...]
    is_deck: bool


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A new source that was made of a deck: the texts of its files by their names, and what has to be looked at."""

    files: Mapping[str, str] = field(repr=False)
    report: Report
    remarks: tuple[Problem, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class SlideFate:
    """A slide that changes: ``changed``, ``added``, ``removed`` or ``kept``; ``parts`` name what changes on it."""

    fate: str
    number: int
    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck with what the source says now."""

    data: bytes = field(repr=False)
    slides: tuple[SlideFate, ...]
    remarks: tuple[Problem, ...]


def read_changes(file: Incoming, around: Around) -> ReadChanges | ReadSource:
    """Read what a file changes; of a deck of another report, what source it makes.

    Raises ``ProblemsFound`` with what is wrong with it, ``NotRead`` where it takes too much.
    """
    answer = _asked({"job": "changes"}, file, around, SECONDS)
    with _Checked():
        if answer["kind"] == "source":
            return _source(answer)
        base, theirs = _reports(answer["base"]), _reports(answer["theirs"])
        if not theirs or not set(theirs) <= set(base):
            raise ValueError(set(theirs))
        return ReadChanges(base, theirs, _problems(answer["remarks"]), bool(answer["isDeck"]))


def read_reports(
    file: Incoming, around: Around, languages: Sequence[str]
) -> tuple[Mapping[str, Report], tuple[Problem, ...]]:
    """Read what a file says, by language, with what is to be noticed; all else is as in ``read_changes``."""
    answer = _asked({"job": "report", "languages": list(languages)}, file, around, SECONDS)
    with _Checked():
        return _reports(answer["reports"]), _problems(answer["remarks"])


Kept: TypeAlias = str | tuple[tuple[str, str], ...] | None
"""Whose value stays where both changed the same: ``deck`` or ``source``, for all or for each by its name."""


def read_refreshed(file: Incoming, around: Around, keep: Kept) -> ReadDeck:
    """Bring the source into a deck; raises ``ProblemsFound`` for what ``keep`` does not decide.

    All else is as in ``read_changes``.
    """
    decided = dict(keep) if isinstance(keep, tuple) else keep
    answer = _asked({"job": "refresh", "keep": decided}, file, around, SECONDS_TO_REFRESH)
    with _Checked():
        slides = tuple(
            SlideFate(str(one["fate"]), int(one["number"]), str(one["title"]), tuple(map(str, one["parts"])))
            for one in answer["slides"]
        )
        return ReadDeck(base64.b64decode(answer["data"], validate=True), slides, _problems(answer["remarks"]))


def _asked(job: Json, file: Incoming, around: Around, seconds: int) -> Json:
    """Let a child do a job with a file that lies in a folder of its own, under a name that nobody can foresee."""
    with _places, tempfile.TemporaryDirectory(prefix="raportti-") as scratch:
        path = Path(scratch) / f"{secrets.token_hex(8)}{file.suffix}"
        path.write_bytes(file.data)
        paths = {name: str(getattr(around, name).absolute()) for name in ("source", "layout", "cache")}
        task = {**job, "file": str(path), "label": file.label, **paths}
        answer = _answer_of(json.dumps(task).encode(), (*file.command, str(seconds)), scratch, seconds)
    with _Checked():
        if answer["kind"] == "problems":
            raise ProblemsFound(_problems(answer["problems"]))
        return answer


def _answer_of(task: bytes, command: Sequence[str], folder: str, seconds: int) -> Json:
    # Files, not pipes: a child that writes without end fills no memory of this process.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as words:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=words, cwd=folder, env=_environment()
        )
        try:
            child.communicate(task, timeout=seconds * BY_THE_CLOCK)
        except subprocess.TimeoutExpired as error:
            raise NotRead("time") from error
        finally:
            child.kill()
            child.wait()
        return _read(out, child.returncode)


def _environment() -> dict[str, str]:
    """Return the child's environment: the package where it is now, and no threads that would each take memory."""
    paths = (str(_PACKAGES), os.environ.get("PYTHONPATH", ""))
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}


def _read(out: BinaryIO, status: int) -> Json:
    """Read an answer; without one, the way in which the child ended says why."""
    size = out.seek(0, os.SEEK_END)
    if status == OUT_OF_MEMORY:
        raise NotRead("memory")
    if sys.platform != "win32" and -status in _OUT_OF_TIME:
        raise NotRead("time")
    if status != 0 or not 0 < size <= LARGEST_ANSWER:
        raise NotRead("end")
    out.seek(0)
    with _Checked():
        return cast("Json", json.loads(out.read()))


if sys.platform == "win32":
    _OUT_OF_TIME = frozenset[int]()
else:
    import signal

    _OUT_OF_TIME = frozenset({signal.SIGXCPU, signal.SIGKILL})


class _Checked:
    """Turns what no answer of ours can hold into ``NotRead``."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (ValueError, KeyError, TypeError, AttributeError, RecursionError)):
            raise NotRead("end") from error


def _source(answer: Json) -> ReadSource:
    [report] = _reports(answer["report"]).values()
    files = {str(name): str(text) for name, text in answer["files"].items()}
    if not all(_is_plain(name) for name in files):
        raise ValueError(list(files))
    return ReadSource(files, report, _problems(answer["remarks"]), bool(answer["isExact"]))


def _is_plain(name: str) -> bool:
    return name.isascii() and name.endswith(".yaml") and name.removesuffix(".yaml").replace("-", "").isalnum()


def _problems(values: Sequence[Json]) -> tuple[Problem, ...]:
    problems = tuple(problem_from_json(dict(one)) for one in values)
    if any(problem.kind not in KINDS for problem in problems):
        raise ValueError([problem.kind for problem in problems])
    return problems


def _reports(values: Json) -> Mapping[str, Report]:
    """Read reports in several languages, which all have the same parts."""
    reports = {language: report_from_json(dict(report)) for language, report in values.items()}
    if not reports or any(name not in LANGUAGES or name != report.language for name, report in reports.items()):
        raise ValueError(list(reports))
    if len({tuple(_shape(report)) for report in reports.values()}) > 1:
        raise ValueError("the languages differ")
    return reports


def _shape(report: Report) -> Sequence[tuple[int, ...]]:
    return [tuple(len(guideline.goals) for guideline in strategy.guidelines) for strategy in report.strategies]
