"""From problems as they are found to problems in the order of their places.

Does not know what the problems are about.
"""

from collections.abc import Generator, Hashable
from contextlib import contextmanager
from pathlib import Path

from raportti.problems import CellPlace, FilePlace, Place, Problem, RowPlace, Severity, TextPlace
from raportti.problems.messages import severity_of
from raportti.source.names import COLUMNS_IN

MOST_PROBLEMS = 1000
"""More than this are counted but not kept: no one reads them, and a broken file of 20 MB can have millions."""

_COLUMN_ORDER = {name: number for columns in COLUMNS_IN.values() for number, name in enumerate(columns, 1)}


class FileUnreadable(Exception):
    """Raised where the rest of a file cannot be read, after the problem was added that says why."""


class Problems:
    """The problems found so far, and the files they are in, in the order of reading.

    ``is_draft``: what is missing of an assessment is no problem. ``contents`` are files that need not be read, since
    it is known what they hold or should hold; each file that is read is added. ``added`` counts all problems, also
    those that were there already.
    """

    def __init__(self, *, is_draft: bool = False, contents: dict[Path, bytes] | None = None) -> None:
        self.is_draft = is_draft
        self.contents = {} if contents is None else contents
        self.errors = self.added = 0
        self._found: list[Problem] = []
        self._kept: set[Hashable] = set()
        self._beyond = 0
        self._files: dict[str, int] = {}

    def opened(self, file: str) -> None:
        """Note that a file is read now: its problems come after those of earlier files."""
        self._files.setdefault(file, len(self._files))

    def add(self, kind: str, place: Place, goal: str | None = None, **values: object) -> None:
        """Add a problem."""
        self.put(Problem(kind, place, values, goal or None))

    def put(self, problem: Problem) -> None:
        """Add a problem as it is; one that was found already, in another language of the report, is kept once."""
        self.added += 1
        self.errors += severity_of(problem) is Severity.ERROR
        if problem.key in self._kept:
            return
        if len(self._found) < MOST_PROBLEMS:
            self._kept.add(problem.key)
            self._found.append(problem)
        else:
            self._beyond += 1

    def fatal(self, kind: str, place: Place, **values: object) -> FileUnreadable:
        """Add a problem, and give the exception to raise where the rest of the file cannot be read."""
        self.add(kind, place, None, **values)
        return FileUnreadable(kind)

    @contextmanager
    def guard(self, file: str) -> Generator[None, None, None]:
        """Turn whatever goes wrong while a file is read into a problem of that file."""
        try:
            yield
        except FileUnreadable:
            pass
        except Exception as error:
            # Parsers of damaged files raise nearly anything; their words are all that is known.
            self.add("reading-failed", FilePlace(file), words=f"{type(error).__name__}: {error}")

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their places."""
        found = sorted(self._found, key=self._order)
        if self._beyond:
            found.append(Problem("more-problems", None, {"count": self._beyond}))
        return tuple(found)

    def _order(self, problem: Problem) -> tuple[int, int, int]:
        place = problem.place
        number = self._files.get(place.file, len(self._files)) if place else len(self._files)
        match place:
            case TextPlace(_, line, column):
                return number, line, column
            case RowPlace(_, row, column):
                return number, row, _COLUMN_ORDER.get(column or "", 0)
            case CellPlace(_, _, str(cell)):
                return number, *_row_and_column(cell)
            case _:
                return number, 0, 0


def _row_and_column(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]), column
