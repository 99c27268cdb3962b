"""From a source that is a table and a new report to the bytes of its files that change. Writes none of them."""

from collections.abc import Mapping
from pathlib import Path

from raportti.edits.csv_table import edited_csv
from raportti.edits.table_plan import Plan, goal_plan, rest_plan
from raportti.edits.xlsx_package import edited_workbook
from raportti.model import Report
from raportti.source import Source, read_table, tables_of
from raportti.source.table import Table


def edited_tables(path: Path, source: Source, new: Report) -> Mapping[Path, bytes]:
    """Return the files of a table that have to change for it to say a new report; formats and other sheets stay."""
    files: dict[Path, bytes] = {}
    for file in tables_of(path):
        table = read_table(file)
        is_beside = file != path
        plan = goal_plan(table, source.report, new, own=source.own_language, is_beside=is_beside)
        rest = rest_plan(table.rest, source.report, new) if table.rest else None
        if not plan.changes_nothing or (rest and not rest.changes_nothing):
            files[file] = _edited(file, table, plan, rest)
    return files


def _edited(file: Path, table: Table, plan: Plan, rest: Plan | None) -> bytes:
    data = file.read_bytes()
    if table.sheet is None:
        return edited_csv(data, plan)
    plans = {table.sheet: plan}
    if rest and table.rest and table.rest.sheet:
        plans[table.rest.sheet] = rest
    return edited_workbook(data, plans)
