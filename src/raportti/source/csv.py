"""From the text of a CSV to its shape, and from a plan of its rows to its new bytes.

Does not know what the cells hold. The shape is needed beside pandas, which fills short rows without a word and drops
double quotes that stand where they should not.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from raportti.problems import FilePlace, RowPlace
from raportti.report.characters import is_blank, words_of
from raportti.source.collector import FileUnreadable, Problems
from raportti.source.table_plan import Plan, RowEdit

# What is read becomes a rectangle in memory, so one long row above a million empty ones would need gigabytes.
MOST_CELLS = 10_000_000
# A line that tells Excel the separator. No spreadsheet shows it, so it counts as no row.
_HINT = re.compile(r'"?sep=[^\n]?"?[ \t,;]*(?:\n|\Z)', re.IGNORECASE)
_BOM = "\ufeff"
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')


@dataclass(frozen=True, slots=True)
class Shape:
    """The separator of a CSV and, for each row, how many cells it has: 0 where all are empty.

    Empty cells at the end of the header do not count, nor those of a row that are beyond it, except in ``widest``.
    ``misquoted`` are the rows, counted from 0, whose double quotes were reported.
    """

    separator: str
    counts: tuple[int, ...]
    widest: int
    misquoted: frozenset[int]

    @property
    def expected(self) -> int:
        """The number of cells that each row should have: that of the header."""
        return self.counts[0]


def without_hint(text: str) -> str:
    """Leave out the line ``sep=;`` at the beginning of a CSV."""
    found = _HINT.match(text)
    return text[found.end() :] if found else text


def shape_of(text: str, file: str, problems: Problems) -> Shape:
    """Find the shape of a CSV without a hint; raise ``FileUnreadable`` where it has none."""
    separator = _separator_of(text, file, problems)
    counts: list[int] = []
    widest = 0
    misquoted: frozenset[int] = frozenset()
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header = next(rows)
        misquoted = _report_quotes(text, separator, header, file, problems)
        if all(map(is_blank, header)):
            raise problems.fatal("header-empty", RowPlace(file, 1))
        for row in chain([header], rows):
            widest = max(widest, len(row))
            counts.append(_count(row, counts[0] if counts else 0))
    except csv.Error as error:
        raise problems.fatal("csv-cell-long", RowPlace(file, len(counts) + 1), words=str(error)) from error
    if widest * len(counts) > MOST_CELLS:
        raise problems.fatal("table-too-large", FilePlace(file), rows=len(counts), columns=widest)
    return Shape(separator, tuple(counts), widest, misquoted)


def _count(row: list[str], expected: int) -> int:
    if all(map(is_blank, row)):
        return 0
    width = len(row)
    while width > expected and is_blank(row[width - 1]):
        width -= 1
    return width


def _separator_of(text: str, file: str, problems: Problems) -> str:
    """Find out by the header whether commas or semicolons divide; text in quotes does not count."""
    header = outside_quotes(text).split("\n", 1)[0]
    counts = {separator: header.count(separator) for separator in ",;"}
    if not any(counts.values()):
        kind = "header-empty" if is_blank(text.split("\n", 1)[0]) else "csv-separator"
        raise problems.fatal(kind, RowPlace(file, 1))
    return max(counts, key=lambda separator: counts[separator])


def outside_quotes(text: str) -> str:
    """Return what of a CSV stands outside quotes."""
    return "".join(text.split('"')[::2])


def row_after(text: str) -> int:
    """Return the number of the row that a text, the beginning of a CSV, leads to; the header is 1."""
    return outside_quotes(without_hint(text)).count("\n") + 1


@dataclass(frozen=True, slots=True)
class _Fault:
    """A cell whose double quotes are not right, by its row and column, counted from 0. ``cell`` is None: no end."""

    row: int
    column: int
    cell: str | None


def _report_quotes(text: str, separator: str, header: list[str], file: str, problems: Problems) -> frozenset[int]:
    """Report cells whose double quotes are not right, and return their rows.

    Raises ``FileUnreadable`` where nobody can say where a row ends.
    """
    rows: set[int] = set()
    names = [words_of(cell) for cell in header]
    for fault in _faults_of(text, separator):
        name = names[fault.column] if fault.row and fault.column < len(names) else None
        place = RowPlace(file, fault.row + 1, name or None)
        if fault.cell is None:
            raise problems.fatal("csv-quote", place)
        problems.add("csv-quote-stray", place, value=fault.cell)
        rows.add(fault.row)
    if 0 in rows:
        raise FileUnreadable("csv-quote-stray")
    return frozenset(rows)


def _faults_of(text: str, separator: str) -> Iterator[_Fault]:
    """Go from one double quote outside of quoted cells to the next (RFC 4180, 2.5 to 2.7).

    A reader that is not strict takes the rest of such a cell, to its separator, as it is; so the rows are those of
    ``csv`` and pandas.
    """
    edge = re.compile(rf"[{separator}\n]|\Z")
    row = column = at = 0
    while (quote := text.find('"', at)) >= 0:
        lines = text.count("\n", at, quote)
        row += lines
        start = max(text.rfind("\n", at, quote), text.rfind(separator, at, quote), at - 1) + 1
        column = text.count(separator, text.rfind("\n", at, quote) if lines else at, quote) + (0 if lines else column)
        quoted = _QUOTED.match(text, quote) if start == quote else None
        if start == quote and not quoted:
            yield _Fault(row, column, None)
            return
        after = quoted.end() if quoted else quote
        at = _end(edge, text, after)
        if not quoted or at > after:
            yield _Fault(row, column, text[start:at])


def _end(edge: re.Pattern[str], text: str, after: int) -> int:
    found = edge.search(text, after)
    return found.start() if found else len(text)


def edited_csv(data: bytes, plan: Plan) -> bytes:
    """Write the rows of a plan; the table is one that could be read."""
    whole = data.decode("utf-8")
    body = without_hint(whole.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n"))
    head, text = _split_off(whole, body)
    old = _CsvRows(text)
    rows = {number: old.row(number) for number in range(len(old.lines))}
    new = [old.with_cells(edit) for edit in plan.rows]
    slots = iter(new)
    for slot in plan.slots:
        rows[slot] = next(slots, "")
    last = plan.slots[-1] if plan.slots else 0
    rows[last] += "".join(slots)
    written = "".join(rows.values())
    is_open = not old.lines[-1][1]
    return (head + (written.removesuffix(old.end) if is_open else written)).encode("utf-8")


def _split_off(whole: str, body: str) -> tuple[str, str]:
    """Part the byte order mark and the line that tells the separator from the rows."""
    skipped = len(whole.replace("\r\n", "\n").replace("\r", "\n")) - len(body)
    at = 0
    for _ in range(skipped):
        at += 2 if whole.startswith("\r\n", at) else 1
    return whole[:at], whole[at:]


class _CsvRows:
    """The rows of a CSV as they are written, each as its cells and its line end."""

    def __init__(self, text: str) -> None:
        self.separator = max(",;", key=outside_quotes(text).split("\n", 1)[0].count)
        cell = re.compile(rf'(?:"(?:[^"]|"")*"|[^"{self.separator}\r\n]*)')
        self.lines: list[tuple[list[str], str]] = []
        at, cells = 0, list[str]()
        while at < len(text) or cells:
            found = cell.match(text, at)
            cells.append(found.group() if found else "")
            at = found.end() if found else at
            if text.startswith(self.separator, at):
                at += 1
                continue
            end = "\r\n" if text.startswith("\r\n", at) else text[at : at + 1]
            at += len(end)
            self.lines.append((cells, end))
            cells = []
        self.end = self.lines[0][1] or "\n"

    def row(self, number: int) -> str:
        """Return a row as it is written."""
        cells, end = self.lines[number]
        return self.separator.join(cells) + end

    def with_cells(self, edit: RowEdit) -> str:
        """Return a row with its new cells, as the old ones are written."""
        blank = [""] * len(self.lines[0][0])
        cells, end = self.lines[edit.old] if edit.old is not None else (blank, self.end)
        return self.separator.join(self._changed(cells, edit.cells)) + (end or self.end)

    def _changed(self, cells: list[str], new: Mapping[int, str]) -> list[str]:
        return [self._written(new[n], cell) if n in new else cell for n, cell in enumerate(cells)]

    def _written(self, text: str, before: str) -> str:
        needs = before.startswith('"') or any(sign in text for sign in f'{self.separator}"\r\n')
        return '"' + text.replace('"', '""') + '"' if needs else text
