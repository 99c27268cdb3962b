"""From a source that is a table and a new report to the bytes of its files that change. Writes none of them."""

import re
from collections.abc import Mapping
from pathlib import Path

from raportti.report.model import Report
from raportti.source.csv import outside_quotes, without_hint
from raportti.source.loading import Source, read_table, tables_of
from raportti.source.table import Table
from raportti.source.table_plan import Plan, RowEdit, goal_plan, rest_plan
from raportti.source.xlsx_edit import edited_workbook

_BOM = "\ufeff"


def edited_csv(data: bytes, plan: Plan) -> bytes:
    """Write the rows of a plan; the table is one that could be read."""
    whole = data.decode("utf-8")
    body = without_hint(whole.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n"))
    head, text = _split_off(whole, body)
    csv = _Csv(text)
    rows = {number: csv.row(number) for number in range(len(csv.lines))}
    new = [csv.with_cells(edit) for edit in plan.rows]
    slots = iter(new)
    for slot in plan.slots:
        rows[slot] = next(slots, "")
    last = plan.slots[-1] if plan.slots else 0
    rows[last] += "".join(slots)
    written = "".join(rows.values())
    is_open = not csv.lines[-1][1]
    return (head + (written.removesuffix(csv.end) if is_open else written)).encode("utf-8")


def _split_off(whole: str, body: str) -> tuple[str, str]:
    """Part the byte order mark and the line that tells the separator from the rows."""
    skipped = len(whole.replace("\r\n", "\n").replace("\r", "\n")) - len(body)
    at = 0
    for _ in range(skipped):
        at += 2 if whole.startswith("\r\n", at) else 1
    return whole[:at], whole[at:]


class _Csv:
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


def edited_tables(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of a table that have to change for it to say a new report; formats and other sheets stay."""
    files: dict[Path, bytes] = {}
    for file in tables_of(path):
        table = read_table(file)
        is_beside = file != path
        plan = goal_plan(table, source.report, new, own=source.own_language, is_beside=is_beside)
        rest = rest_plan(table.rest, source.report, new) if table.rest else None
        if not plan.changes_nothing or (rest and not rest.changes_nothing):
            files[file] = _edited_table(file, table, plan, rest)
    return files


def _edited_table(file: Path, table: Table, plan: Plan, rest: Plan | None) -> bytes:
    data = file.read_bytes()
    if table.sheet is None:
        return edited_csv(data, plan)
    plans = {table.sheet: plan}
    if rest and table.rest and table.rest.sheet:
        plans[table.rest.sheet] = rest
    return edited_workbook(data, str(file), plans)
