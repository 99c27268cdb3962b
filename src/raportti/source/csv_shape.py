"""From the text of a CSV to its shape: which separator it has, and how many cells each row.

Knows nothing of what the cells hold. Needed beside pandas, which fills short rows without a word.
"""

import csv
import io
from dataclasses import dataclass

from raportti.problems import FilePlace, RowPlace
from raportti.source.collect import Problems

# What is read becomes a rectangle in memory, so one long row above a million empty ones would need gigabytes.
MOST_CELLS = 10_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """The separator of a CSV and, for each row, how many cells it has: 0 where all are empty.

    Empty cells at the end of the header do not count, nor those of a row that are beyond it, except in ``widest``.
    """

    separator: str
    counts: tuple[int, ...]
    widest: int

    @property
    def expected(self) -> int:
        """The number of cells that each row should have: that of the header."""
        return self.counts[0]


def shape_of(text: str, file: str, problems: Problems) -> Shape:
    """Find the shape of a CSV; raise ``GiveUp`` where it has none."""
    separator = _separator_of(text, file, problems)
    counts: list[int] = []
    widest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            widest = max(widest, len(row))
            counts.append(_count(row, counts[0] if counts else 0))
    except csv.Error as error:
        raise problems.fatal("csv-cell-long", RowPlace(file, len(counts) + 1), words=str(error)) from error
    if widest * len(counts) > MOST_CELLS:
        raise problems.fatal("table-too-large", FilePlace(file), rows=len(counts), columns=widest)
    return Shape(separator, tuple(counts), widest)


def _count(row: list[str], expected: int) -> int:
    if not any(cell.strip() for cell in row):
        return 0
    width = len(row)
    while width > expected and not row[width - 1].strip():
        width -= 1
    return width


def _separator_of(text: str, file: str, problems: Problems) -> str:
    """Tell comma from semicolon by the header; what stands in quotes does not count."""
    header = _outside_quotes(text).split("\n", 1)[0]
    if not header.strip(" \t,;"):
        raise problems.fatal("header-empty", RowPlace(file, 1))
    counts = {separator: header.count(separator) for separator in ",;"}
    if not any(counts.values()):
        raise problems.fatal("csv-separator", RowPlace(file, 1))
    return max(counts, key=lambda separator: counts[separator])


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def row_after(text: str) -> int:
    """Return the number of the row that a text, the beginning of a CSV, leads to; the header is 1."""
    return _outside_quotes(text).count("\n") + 1
