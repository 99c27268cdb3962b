"""From a TOML file to checked values: each wrong key becomes a problem with its path.

Does not know layouts.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from raportti.problems import FilePlace, Place, Problem, ProblemsFound, TextPlace, nearest

T = TypeVar("T")

NO_TABLE: Mapping[str, object] = MappingProxyType({})
"""Stands for a table that is missing: that is reported once, and its keys are not reported as missing too."""
TOO_MUCH = 100_000
LONGEST_NUMBER = 10**12
_NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Control characters, separators of lines and paragraphs, and what XML (1.0, 2.2) leaves out past these: PowerPoint
refuses a deck that has one."""
_AT = re.compile(r"at line (\d+), column (\d+)")


def read_toml(path: Path) -> Mapping[str, object]:
    """Read a TOML file. Raises ``ProblemsFound`` where it is missing, not UTF-8 or not TOML."""
    text = read_utf8(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProblemsFound([Problem("layout-not-toml", _place_of(error, path), {"words": str(error)})]) from error


def read_utf8(path: Path) -> str:
    """Read a text file; a byte order mark is left out. Raises ``ProblemsFound`` where it cannot be read as UTF-8."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = {"byte": error.start + 1}
        raise ProblemsFound([Problem("layout-file-encoding", FilePlace(str(path)), values)]) from error


def read_bytes(path: Path) -> bytes:
    """Read a file. Raises ``ProblemsFound`` where it is missing or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        values = {"name": path.name}
        raise ProblemsFound([Problem("layout-file-missing", FilePlace(str(path.parent)), values)]) from error
    except OSError as error:
        values = {"words": error.strerror or str(error)}
        raise ProblemsFound([Problem("file-unreadable", FilePlace(str(path)), values)]) from error


def _place_of(error: Exception, path: Path) -> Place:
    """Find the line in the words of the error: before Python 3.14 it stands nowhere else."""
    found = _AT.search(str(error))
    return TextPlace(str(path), int(found[1]), int(found[2])) if found else FilePlace(str(path))


class _Wrong(Exception):
    """Says what a value should have been; ``choices``: the words that it could have been."""

    def __init__(self, expected: str, choices: Collection[str] = ()) -> None:
        self.choices = choices
        super().__init__(expected)


@dataclass(slots=True)
class Reader:
    """Reads values of a table one by one and collects what is wrong, so that all of it is reported at once.

    A value that is missing or wrong is a problem and reads as the given stand-in, which is never used: the caller stops
    at the end if there are problems. ``reported`` are the paths of such values.
    """

    file: str
    problems: list[Problem] = field(default_factory=list[Problem])
    reported: set[str] = field(default_factory=set[str])

    def read(
        self, table: Mapping[str, object], key: str, convert: Callable[[object], T], stand_in: T, *, path: str = ""
    ) -> T:
        """Convert the value of a key of a table."""
        where = join(path, key)
        if table is NO_TABLE or (key not in table and where in self.reported):
            return stand_in
        value = table.get(key, _NOTHING)
        try:
            return convert(value)
        except _Wrong as wrong:
            self._report(where, value, wrong)
            return stand_in

    def optional(
        self, table: Mapping[str, object], key: str, convert: Callable[[object], T], default: T, *, path: str = ""
    ) -> T:
        """Convert the value of a key that may be left out."""
        return self.read(table, key, convert, default, path=path) if key in table else default

    def section(
        self, table: Mapping[str, object], key: str, keys: Collection[str] = (), *, path: str = ""
    ) -> Mapping[str, object]:
        """Return a table of a table, in which nothing but ``keys`` may stand; where none are given, anything may."""
        found = self.read(table, key, as_table, NO_TABLE, path=path)
        if keys:
            self.know(found, keys, path=join(path, key))
        return found

    def know(self, table: Mapping[str, object], keys: Collection[str], *, path: str = "") -> None:
        """Report the keys of a table that are not known; the one that was meant is then not reported as missing."""
        for key in table:
            if key in keys:
                continue
            meant = nearest(key, (known for known in keys if known not in table))
            where = join(path, key)
            if meant:
                self.refuse("key-misspelt", where, suggestion=meant)
                self.reported.add(join(path, meant))
            else:
                self.refuse("key-unknown", where, keys=list(keys))

    def refuse(self, kind: str, where: str, **values: object) -> None:
        """Report what is wrong with a key."""
        self.reported.add(where)
        self.problems.append(Problem(kind, FilePlace(self.file), {"key": where, **values}))

    def _report(self, where: str, value: object, wrong: _Wrong) -> None:
        words, expected = in_toml(value), str(wrong)
        if value is _NOTHING:
            self.refuse("layout-key-missing", where, expected=expected)
        elif words is None:
            self.refuse("layout-key", where, expected=expected)
        elif not wrong.choices:
            self.refuse("layout-value", where, value=words, expected=expected)
        elif meant := nearest(words, wrong.choices):
            self.refuse("layout-value-misspelt", where, value=words, suggestion=meant)
        else:
            self.refuse("layout-value-unknown", where, value=words, keys=list(wrong.choices))


_NOTHING = object()
"""The value of a key that is missing: converted like any other, so that the problem says what is expected."""


def join(path: str, key: str) -> str:
    """Say where a key stands, such as ``styles.title``."""
    return f"{path}.{key}" if path else key


def in_toml(value: object) -> str | None:
    """Write a value as it stands in the file, a text without its quotes; None where that would be long."""
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case int():
            return str(value) if abs(value) < LONGEST_NUMBER else "…"
        case list():
            items = [in_toml(item) for item in cast("list[object]", value)]
            return f"[{', '.join(item or '…' for item in items)}]"
        case _:
            return None


def as_number(value: object) -> float:
    """Accept a number of at least zero."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise _Wrong("a number, 0 or more")
    if value >= TOO_MUCH:
        raise _Wrong("a number below 100000")
    return value


def as_signed(value: object) -> float:
    """Accept any number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < TOO_MUCH:
        raise _Wrong("a number")
    return value


def as_box(value: object) -> tuple[float, float, float, float]:
    """Accept a list of four numbers."""
    a, b, c, d = _as_numbers(value, (4,), "a list of 4 numbers, each 0 or more")
    return a, b, c, d


def as_sizes(value: object) -> tuple[tuple[float, float], ...]:
    """Accept a list of pairs of size and leading."""
    expected = "a list of sizes, each [size, leading]"
    if not isinstance(value, list) or not value:
        raise _Wrong(expected)
    pairs = (_as_numbers(pair, (2,), expected) for pair in cast("list[object]", value))
    return tuple((size, leading) for size, leading in pairs)


def as_width(value: object) -> tuple[float, float, float]:
    """Accept a width, or its bounds, or its bounds and what is preferred between them; return least, preferred, most.

    Of bounds alone, the middle is preferred.
    """
    expected = "a width, [least, most] or [least, preferred, most]"
    bounds = cast("list[object]", value) if isinstance(value, list) else [value]
    widths = _as_numbers(bounds, (2, 3) if isinstance(value, list) else (1,), expected)
    if list(widths) != sorted(widths):
        raise _Wrong(expected)
    least, most = widths[0], widths[-1]
    return least, widths[1] if len(widths) == 3 else (least + most) / 2, most


def _as_numbers(value: object, counts: tuple[int, ...], expected: str) -> tuple[float, ...]:
    if not isinstance(value, list) or len(cast("list[object]", value)) not in counts:
        raise _Wrong(expected)
    try:
        return tuple(as_number(number) for number in cast("list[object]", value))
    except _Wrong:
        raise _Wrong(expected) from None


def as_text(value: object) -> str:
    """Accept a text that says something."""
    text = as_any_text(value)
    if all(c.isspace() or unicodedata.category(c) == "Cf" for c in text):
        raise _Wrong("a text that is not empty")
    return text


def as_any_text(value: object) -> str:
    """Accept a text on one line, which may be empty."""
    if not isinstance(value, str):
        raise _Wrong("a text")
    if _NOT_ON_A_LINE.search(value):
        raise _Wrong("a text on one line, without control characters")
    return value


def as_matching(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    """Accept a text of some form, whole."""

    def convert(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _Wrong(expected)
        return value

    return convert


def as_flag(value: object) -> bool:
    """Accept true or false."""
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def as_table(value: object) -> Mapping[str, object]:
    """Accept a table."""
    if not isinstance(value, Mapping):
        raise _Wrong("a table")
    return cast("Mapping[str, object]", value)


def as_tables(value: object) -> tuple[Mapping[str, object], ...]:
    """Accept a list of at least one table."""
    if not isinstance(value, list) or not value:
        raise _Wrong("a list of tables")
    return tuple(as_table(entry) for entry in cast("list[object]", value))


def as_texts(convert: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """Accept a list, each of whose values ``convert`` accepts."""

    def convert_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise _Wrong("a list")
        return tuple(convert(one) for one in cast("list[object]", value))

    return convert_all


def as_one_of(choices: Mapping[str, T], expected: str = "a text") -> Callable[[object], T]:
    """Accept one of some words, and return what it stands for."""

    def convert(value: object) -> T:
        if not isinstance(value, str):
            raise _Wrong(expected)
        if value not in choices:
            raise _Wrong(expected, choices)
        return choices[value]

    return convert
