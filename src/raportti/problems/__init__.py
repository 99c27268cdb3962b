"""Problems as data: what kind, where, with which value.

Does not know how they are printed (``messages``). The kinds stand by where they come from: ``source``, ``layout``,
``decks``.
"""

import difflib
import os
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from importlib import import_module
from types import MappingProxyType
from typing import TypeAlias


class Severity(Enum):
    """An error stops a build; a warning travels beside its result."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class FilePlace:
    """A whole file or folder."""

    file: str


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """A line and a column of a text file, both counted from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class RowPlace:
    """A row of a CSV table, counted from 1 with its header, and the name of the column (None: the whole row)."""

    file: str
    row: int
    column: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class CellPlace:
    """A cell of a workbook, such as ``G4`` (None: the whole sheet)."""

    file: str
    sheet: str
    cell: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class SlidePlace:
    """A slide of a deck, counted from 1, and the name of a shape on it (None: the whole slide)."""

    file: str
    slide: int
    shape: str | None = None


Place: TypeAlias = FilePlace | TextPlace | RowPlace | CellPlace | SlidePlace

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``kind`` is a key of ``messages.KINDS``, which has severity, message and remedy; ``values`` fill the braces in them.
    """

    kind: str
    place: Place | None
    values: Mapping[str, object] = field(default_factory=lambda: _NO_VALUES)
    goal: str | None = None
    """The id of the goal that the problem is about."""

    @property
    def key(self) -> Hashable:
        """A value that is the same for problems that say the same."""
        return self.kind, self.place, self.goal, repr(self.values)

    def __str__(self) -> str:
        """Say it in the user's language, as the command line does."""
        messages = import_module("raportti.problems.messages")  # by its name: it imports this module
        return messages.describe(self, messages.user_language(os.environ))


def distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep one of each problem: those of a file come with the report in each language."""
    return tuple({problem.key: problem for problem in problems}.values())


def renamed(problem: Problem, copy: str, path: str) -> Problem:
    """Let a problem that was found in a copy of files name the files themselves."""

    def named(value: object) -> object:
        if isinstance(value, str):
            return value.replace(copy, path)
        return replace(value, file=value.file.replace(copy, path)) if isinstance(value, Place) else value

    place = problem.place and replace(problem.place, file=problem.place.file.replace(copy, path))
    return replace(problem, place=place, values={key: named(value) for key, value in problem.values.items()})


class ProblemsFound(Exception):
    """Raised by a pass that cannot go on: carries every problem found, errors and warnings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class MissingTool(Exception):
    """Raised when something that the machine should have is missing (exit status 3); says what and how to get it."""

    def __init__(self, kind: str, **values: object) -> None:
        self.problem = Problem(kind, None, values)
        super().__init__(kind)

    def __str__(self) -> str:
        return str(self.problem)


ProblemKind: TypeAlias = tuple[Severity, str, str]


def error(message: str, remedy: str) -> ProblemKind:
    """Make a kind that stops a build, or is a fault of a deck."""
    return Severity.ERROR, message, remedy


def warning(message: str, remedy: str) -> ProblemKind:
    """Make a kind that travels beside a result."""
    return Severity.WARNING, message, remedy


ADD_IT = "add it"
DID_YOU_MEAN = "write {suggestion}, if that is what was meant"
REMOVE_ONE = "remove one of them, or give it another name"
SEE_THE_LINE = "check this line and the one above it"
USE_ONE_OF_THESE = "use one of these: {keys}"
"""Remedies of several kinds."""


_LONGEST_NAME = 100
"""A longer name cannot be near a known one, and comparing it would take long."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant, or None; case does not count."""
    return next(iter(near_names(name, known, most=1)), None)


MOST_NAMES = 12
"""Names that a sentence lists."""


def shortened(names: Sequence[str]) -> tuple[str, ...]:
    """Return the first of some names, with a sign for the others where they are too many to be listed."""
    return (*names[:MOST_NAMES], *(("…",) if len(names) > MOST_NAMES else ()))


def near_names(name: str, known: Iterable[str], *, most: int) -> tuple[str, ...]:
    """Return the known names that may have been meant, the most likely first; case does not count."""
    cased = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), cased, n=most) if len(name) <= _LONGEST_NAME else []
    return tuple(cased[one] for one in found)
