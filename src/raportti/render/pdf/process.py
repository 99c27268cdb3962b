"""From HTML to PDF by a child process, which loads WeasyPrint while its parent still plans; and how the two talk.

Does not know WeasyPrint. A message is its length and its bytes. The parent sends HTML and a snapshot; the child answers
with JSON (what was drawn, or what is missing) and the PDF.
"""

import contextlib
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

from raportti.files import scratch_folder
from raportti.problems.machine import PANGO_BY_PIP, missing
from raportti.render.pdf.check import DrawnLine, DrawnPage, DrawnRow

WORKER = "raportti.render.pdf.worker"
SOURCES = Path(__file__).absolute().parents[3]
"""The folder that the package is in, so that the child finds the same one whatever the working folder is."""
EPOCH = "315532800"
"""1980-01-01, the earliest time that every file format can hold: nothing in a PDF may come from the clock."""
SCRATCH = ("TMPDIR", "TEMP", "TMP")
"""The variables by which a program finds the folder for what is temporary: the child's is its own, and goes with it."""
PATIENCE = 5.0
"""Seconds for which a child may run on after its input has ended."""


class PdfFailed(Exception):
    """Raised when the child cannot make the PDF; the message is what the child wrote to stderr."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF, what was drawn on its pages, and the characters that no font of the page has (drawn as □)."""

    data: bytes = field(repr=False)
    drawn: tuple[DrawnPage, ...]
    undrawable: str = ""


class PdfWriter:
    """A child process that makes PDFs; it starts at once and ends with the ``with`` block or with its parent."""

    def __init__(self, processes: int = 1) -> None:
        """Start the child; at most ``processes`` of its kind draw the pages, where there are many of them."""
        # A file, not a pipe: a pipe that nobody reads would stop a child that has much to say.
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._opened = ExitStack()
        # WeasyPrint leaves its fonts there: it clears them when it is taken down, for which nobody waits.
        scratch = self._opened.enter_context(scratch_folder())
        self._child = subprocess.Popen(
            (sys.executable, "-P", "-m", WORKER, str(processes)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env={**_environment(os.environ), **dict.fromkeys(SCRATCH, str(scratch))},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(at_once=error is not None)
        self._stdout.close()
        self._stderr.close()
        self._opened.close()

    @property
    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._child.poll() is None

    def write(self, html: str, snapshot: str = "") -> PdfResult:
        """Make a PDF of a page; it carries ``snapshot`` (ASCII), where that is not empty.

        Raises ``MissingTool`` where Pango is not installed, ``PdfFailed`` where the child cannot make it.
        """
        try:
            with contextlib.suppress(BrokenPipeError):  # the child has ended: its last answer is read below
                write_message(self._stdin, html.encode("utf-8", "replace"))
                write_message(self._stdin, snapshot.encode("ascii"))
                self._stdin.flush()
            answer = json.loads(read_message(self._stdout))
            if "missing" in answer:
                raise missing("pango", words=answer["missing"])
            return PdfResult(read_message(self._stdout), _pages_from_json(answer["drawn"]), answer["undrawable"])
        except (EOFError, OSError) as error:
            self._end(at_once=False)
            raise PdfFailed(self._error_output()) from error

    def _end(self, *, at_once: bool) -> None:
        """End the child: close its input, and kill it if it does not end by itself."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        if at_once:
            self._child.kill()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _error_output(self) -> str:
        self._stderr.seek(0)
        output = self._stderr.read().decode("utf-8", "replace").strip()
        return output or f"the child ended with status {self._child.returncode}"

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._child.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast(BinaryIO, self._child.stdout)


def cores() -> int:
    """Return how many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the child's environment: no fonts of the machine, no clock, and the package where it is now."""
    paths = (str(SOURCES), outer.get("PYTHONPATH", ""))
    return {
        **libraries_of_windows(sys.platform),
        **outer,
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
        "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf")),
    }


def libraries_of_windows(platform: str) -> dict[str, str]:
    """Say where WeasyPrint finds Pango on Windows that pip installed; what the user says of that goes first."""
    spec = find_spec(PANGO_BY_PIP.replace("-", "_")) if platform == "win32" else None
    return {"WEASYPRINT_DLL_DIRECTORIES": str(Path(spec.origin).with_name("bin"))} if spec and spec.origin else {}


def require_pango() -> None:
    """Raise ``MissingTool`` where the child could not load Pango."""
    loading = (sys.executable, "-P", "-c", "import weasyprint")
    done = subprocess.run(loading, env=_environment(os.environ), capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise missing("pango", words=done.stderr.strip().rpartition("\n")[2])


_LENGTH = struct.Struct(">Q")


def write_message(stream: BinaryIO, data: bytes) -> None:
    """Write one message."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def read_message(stream: BinaryIO) -> bytes:
    """Read one message; raises ``EOFError`` where the stream ends before it does."""
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    return _read(stream, length)


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError(f"{len(data)} of {length} bytes")
    return data


def pages_as_json(pages: Iterable[DrawnPage]) -> list[list[list[Any]]]:
    """Return pages as plain lists."""
    return [[[astuple(row) for row in page.rows], [astuple(line) for line in page.lines]] for page in pages]


def _pages_from_json(pages: Sequence[Sequence[Sequence[Any]]]) -> tuple[DrawnPage, ...]:
    """Return the pages that ``pages_as_json`` wrote."""
    return tuple(
        DrawnPage(tuple(DrawnRow(*row) for row in rows), tuple(DrawnLine(*line) for line in lines))
        for rows, lines in pages
    )
