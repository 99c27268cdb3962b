"""From a path to the text or the bytes of a file, or to problems that say why not.

Does not know what the texts mean.
"""

import codecs
import re
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from raportti.problems import FilePlace, Place
from raportti.report.characters import code_of
from raportti.source.collector import Problems

MEGABYTE = 1024 * 1024
LARGEST_MB = 20
# C0 but for tab and line ends, C1, non-characters, lone surrogates, and U+2028/2029, which YAML takes for line ends.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# A text with a larger share of control characters is none.
CONTROL_SHARE_OF_TEXT = 0.02
# To find the place of one takes as long as the text before it is.
MOST_CONTROLS = 100

_SIGNATURES = (
    (b"PK\x03\x04", "a workbook or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# ÄÅÖäåö as they are in each of the old encodings.
_WINDOWS_LETTERS = b"\xc4\xc5\xd6\xe4\xe5\xf6"
_MAC_LETTERS = b"\x80\x81\x85\x8a\x8c\x9a"

PlaceOf: TypeAlias = Callable[[str], Place]
"""Gives the place that follows a text, the beginning of a file."""


def read_bytes(path: Path, problems: Problems) -> bytes:
    """Read a file, once for all that is read with these problems; raise ``FileUnreadable`` where it cannot be read."""
    place = FilePlace(str(path))
    problems.opened(place.file)
    if path in problems.contents:
        return problems.contents[path]
    try:
        # A pipe or a device has no end, and opening it may never return.
        if not stat.S_ISREG(path.stat().st_mode):
            raise problems.fatal("not-a-file", place)
        with path.open("rb") as file:
            data = file.read(LARGEST_MB * MEGABYTE + 1)
    except (OSError, ValueError) as error:
        raise problems.fatal("file-unreadable", place, words=words_of(error)) from error
    if len(data) > LARGEST_MB * MEGABYTE:
        raise problems.fatal("file-too-large", place, limit=LARGEST_MB)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise problems.fatal("file-empty", place)
    problems.contents[path] = data
    return data


def words_of(error: Exception) -> str:
    """Return what an error says, without the number and the path of the system's errors."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def read_text(path: Path, problems: Problems, place_of: PlaceOf) -> str:
    """Read a file as UTF-8, with the line ends of Unix, and control characters reported and made spaces."""
    return text_of(read_bytes(path, problems), FilePlace(str(path)), problems, place_of)


def text_of(data: bytes, file: FilePlace, problems: Problems, place_of: PlaceOf) -> str:
    """Read what a file holds; all else is as in ``read_text``."""
    data = data.removeprefix(codecs.BOM_UTF8)
    _refuse_what_is_no_text(data, file, problems)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_plain_ends(data[: error.start].decode("utf-8"))
        values = {"byte": f"0x{data[error.start]:02X}", "looks": _old_encoding(data)}
        raise problems.fatal("file-encoding", place_of(before), **values) from error
    text = _with_plain_ends(text)
    if len(CONTROL.findall(text)) > max(20, CONTROL_SHARE_OF_TEXT * len(text)):
        raise problems.fatal("file-binary", file, looks="binary data")
    return without_controls(text, problems, lambda start: place_of(text[:start]))


def without_controls(text: str, problems: Problems, place_at: Callable[[int], Place], goal: str | None = None) -> str:
    """Report control characters, the first ones, and put spaces in their place so that reading can go on."""
    for found in islice(CONTROL.finditer(text), MOST_CONTROLS):
        problems.add("character-control", place_at(found.start()), goal, code=code_of(found.group()))
    return CONTROL.sub(" ", text)


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_what_is_no_text(data: bytes, place: FilePlace, problems: Problems) -> None:
    for signature, looks in _SIGNATURES:
        if data.startswith(signature):
            raise problems.fatal("file-binary", place, looks=looks)
    if _is_utf16(data):
        raise problems.fatal("file-utf16", place, looks="UTF-16")
    if b"\x00" in data and not _is_utf8(data):
        raise problems.fatal("file-binary", place, looks="binary data")


def _is_utf16(data: bytes) -> bool:
    """Recognize UTF-16 by its mark, or by every second byte of a text in Latin letters being zero."""
    half = max(1, len(data[:1000]) // 2)
    zeros = max(data[:1000:2].count(0), data[1:1000:2].count(0))
    return data.startswith(_UTF16_MARKS) or (2 * zeros > half and data[:1000].count(0) <= half + 1 and len(data) > 3)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(data: bytes) -> str:
    windows = sum(data.count(bytes([letter])) for letter in _WINDOWS_LETTERS)
    mac = sum(data.count(bytes([letter])) for letter in _MAC_LETTERS)
    return "Mac Roman" if mac > windows else "Windows-1252 (Latin-1)"
