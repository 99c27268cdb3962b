"""From a TOML file to checked values: each wrong key becomes a problem with its path. Knows nothing of layouts."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from raportti.problems import FilePlace, Problem, ProblemsFound

T = TypeVar("T")


def read_toml(path: Path) -> Mapping[str, object]:
    """Read a TOML file. Raises ``ProblemsFound`` where it is missing, not UTF-8 or not TOML."""
    place = FilePlace(str(path))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProblemsFound([Problem("layout-file-missing", place, {"name": path.name})]) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProblemsFound([Problem("layout-not-toml", place, {"words": str(error)})]) from error


class _Wrong(Exception):
    """Says what a value should have been."""


@dataclass(slots=True)
class Reader:
    """Reads values of a table one by one and collects what is wrong, so that all of it is told at once.

    A value that is missing or wrong is a problem and reads as the given stand-in, which is never used: the caller stops
    at the end if there are problems.
    """

    file: str
    problems: list[Problem] = field(default_factory=list[Problem])

    def read(self, table: object, key: str, convert: Callable[[object], T], stand_in: T, *, path: str = "") -> T:
        """Convert the value of a key of a table."""
        where = f"{path}.{key}" if path else key
        if not isinstance(table, Mapping) or key not in table:
            return self._wrong(where, "", "missing", stand_in)
        value = cast("Mapping[str, object]", table)[key]
        try:
            return convert(value)
        except _Wrong as error:
            return self._wrong(where, value, str(error), stand_in)

    def each(self, table: object, path: str) -> Iterator[tuple[str, object]]:
        """Yield the entries of a table; what is no table is a problem."""
        if isinstance(table, Mapping):
            yield from cast("Mapping[str, object]", table).items()
        else:
            self._wrong(path, table, "a table", None)

    def _wrong(self, where: str, value: object, expected: str, stand_in: T) -> T:
        values = {"key": where, "value": value, "expected": expected}
        self.problems.append(Problem("layout-key", FilePlace(self.file), values))
        return stand_in


def as_number(value: object) -> float:
    """Accept a number of at least zero."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 100_000:
        raise _Wrong("a number, 0 or more")
    return value


def as_numbers(count: int) -> Callable[[object], tuple[float, ...]]:
    """Accept a list of so many numbers."""

    def convert(value: object) -> tuple[float, ...]:
        if not isinstance(value, list) or len(cast("list[object]", value)) != count:
            raise _Wrong(f"a list of {count} numbers")
        return tuple(as_number(number) for number in cast("list[object]", value))

    return convert


def as_text(value: object) -> str:
    """Accept a text."""
    if not isinstance(value, str):
        raise _Wrong("a text")
    return value


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
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise _Wrong("a list of tables")
    return tuple(as_table(entry) for entry in cast("Sequence[object]", value))


def as_one_of(choices: Mapping[str, T]) -> Callable[[object], T]:
    """Accept one of some words, and return what it stands for."""

    def convert(value: object) -> T:
        if not isinstance(value, str) or value not in choices:
            raise _Wrong("one of " + ", ".join(choices))
        return choices[value]

    return convert
