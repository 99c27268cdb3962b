"""From HTML to PDF by a child process, which loads WeasyPrint while its parent still plans.

Knows nothing of WeasyPrint but how its absence is told.
"""

import contextlib
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from raportti.problems import MissingTool
from raportti.render.pdf.check import DrawnPage, from_json

_LENGTH = struct.Struct(">Q")


def write_part(stream: BinaryIO, data: bytes) -> None:
    """Write one part."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def read_part(stream: BinaryIO) -> bytes:
    """Read one part; raises ``EOFError`` where the stream ends before it does."""
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    return _read(stream, length)


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError(f"{len(data)} of {length} bytes")
    return data


WORKER = "raportti.render.pdf.worker"
SOURCES = Path(__file__).absolute().parents[3]
"""The folder that the package is in, so that the child finds the same one whatever the working folder is."""
EPOCH = "315532800"
"""1980-01-01, the earliest time that every file format can say: nothing in a PDF may come from the clock."""
PATIENCE = 5.0
"""Seconds that a child has to end by itself when its input ends."""


class PdfFailed(Exception):
    """Raised when the child cannot make the PDF; the message is what it wrote to its stderr."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF, what was drawn on its pages, and the characters that no font of the page has (drawn as □)."""

    data: bytes = field(repr=False)
    drawn: tuple[DrawnPage, ...]
    undrawable: str = ""


class PdfWriter:
    """A child process that makes PDFs; it starts at once and ends with the ``with`` block or with its parent."""

    def __init__(self) -> None:
        # A file, not a pipe: a pipe that nobody reads would stop a child that has much to say.
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._child = subprocess.Popen(
            (sys.executable, "-P", "-m", WORKER),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=_environment(os.environ),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(at_once=error is not None)
        self._stdout.close()
        self._stderr.close()

    @property
    def is_alive(self) -> bool:
        """Whether the child can still be asked."""
        return self._child.poll() is None

    def write(self, html: str, stamp: str = "") -> PdfResult:
        """Make a PDF of a page, which carries a stamp (ASCII; empty: none).

        Raises ``MissingTool`` where Pango is not installed, ``PdfFailed`` where the child cannot make it.
        """
        try:
            with contextlib.suppress(BrokenPipeError):  # the child has ended: what it said before that is read below
                write_part(self._stdin, html.encode("utf-8", "replace"))
                write_part(self._stdin, stamp.encode("ascii"))
                self._stdin.flush()
            answer = json.loads(read_part(self._stdout))
            if "missing" in answer:
                raise MissingTool("pango-missing", words=answer["missing"])
            return PdfResult(read_part(self._stdout), from_json(answer["drawn"]), answer["undrawable"])
        except (EOFError, OSError) as error:
            self._end(at_once=False)
            raise PdfFailed(self._said()) from error

    def _end(self, *, at_once: bool) -> None:
        """End the child: ask it to, and after a while make it."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        if at_once:
            self._child.kill()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _said(self) -> str:
        self._stderr.seek(0)
        words = self._stderr.read().decode("utf-8", "replace").strip()
        return words or f"the child ended with status {self._child.returncode}"

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._child.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast(BinaryIO, self._child.stdout)


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the child's environment: no fonts of the machine, no clock, and the package where it is now."""
    paths = (str(SOURCES), outer.get("PYTHONPATH", ""))
    return {
        **outer,
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
        "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf")),
    }
