"""From a path to an open PDF, or to a problem that says why it is none; and from it to its snapshot.

Does not know pages. Nothing is unpacked before it is known that it does not unpack to more than a document needs.
"""

import re
import stat
import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.render.pdf.metadata import APPLICATION

# pdfplumber and pdfminer have types for some of their functions only.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false


MEGABYTE = 1024 * 1024
LARGEST_FILE = 100 * MEGABYTE
LARGEST = 200 * MEGABYTE
"""Bytes that all streams may unpack to together; a page of text has some ten thousand."""
MOST_PAGES = 2000
_STREAM = re.compile(rb"stream\r?\n")
_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024
_LAYERS = 3
"""So many times a stream may be packed into itself."""
UNREADABLE = (
    *(PDFException, PSException, PdfminerException, OSError, zlib.error, struct.error, RecursionError, OverflowError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, NotImplementedError),
)
"""What pdfminer raises where a file is not whole: it asks few questions before it uses what it reads."""


@contextmanager
def open_pdf(path: Path) -> Generator[Any]:
    """Open a PDF. Raises ``ProblemsFound`` with one problem where it is none, is encrypted, broken or does harm."""
    place = FilePlace(str(path))
    _check(_data(path, place), place)
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise ProblemsFound([Problem("import-too-large", place)])
            yield pdf
    except UNREADABLE as error:
        raise broken(place, error) from error


def broken(place: FilePlace, error: Exception) -> ProblemsFound:
    """Make the problem of a PDF that cannot be read."""
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return ProblemsFound([Problem("pdf-encrypted", place)])
    return ProblemsFound([Problem("pdf-broken", place, {"words": str(cause) or type(cause).__name__})])


def _data(path: Path, place: FilePlace) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device has no end
            raise ProblemsFound([Problem("not-a-file", place)])
        if status.st_size > LARGEST_FILE:
            raise ProblemsFound([Problem("import-too-large", place)])
        return path.read_bytes()
    except OSError as error:
        raise ProblemsFound([Problem("file-unreadable", place, {"words": error.strerror or str(error)})]) from error


def _check(data: bytes, place: FilePlace) -> None:
    if _HEAD not in data[:_HEAD_WITHIN]:
        raise ProblemsFound([Problem("pdf-not", place)])
    left = LARGEST
    for found in _STREAM.finditer(data):
        left -= _unpacked(memoryview(data)[found.end() :], left, _LAYERS)
        if left < 0:
            raise ProblemsFound([Problem("pdf-bomb", place, {"size": LARGEST // MEGABYTE})])


def _unpacked(data: bytes | memoryview, most: int, layers: int) -> int:
    """Return how many bytes a stream unpacks to, one more than ``most`` where it is more; 0 where it is not packed."""
    unpacker = zlib.decompressobj()
    try:
        inner = unpacker.decompress(data, max(most, 0) + 1)
    except zlib.error:
        return 0
    if len(inner) > most:
        return most + 1
    return len(inner) + (_unpacked(inner, most - len(inner), layers - 1) if layers > 1 else 0)


def snapshot_in_pdf(document: Any) -> str | None:
    """Return the text of the snapshot in the page-piece dictionary of an open PDF; None where it has none."""
    found: Any = document.catalog
    for key in ("PieceInfo", APPLICATION, "Private"):
        found = resolve1(resolve1(found).get(key) if found else None)
    return cast(bytes, found.get_data()).decode("ascii", "replace") if found else None
