"""From the first row of a table to its columns. Knows nothing of the rows below but whether a column is empty."""

from collections.abc import Mapping

from raportti.problems import Place
from raportti.source import names
from raportti.source.collect import Problems
from raportti.source.letters import is_blank, words_of
from raportti.source.table import Table

MOST_UNKNOWN = 20
"""So many unknown columns are reported one by one: a table with more is another table."""


def read_header(table: Table, problems: Problems) -> Mapping[str, int | None]:
    """Find each known column, counted from 0; one that is missing is reported and None, unless it may be left out.

    Raises ``GiveUp`` where the first row is empty.
    """
    if all(is_blank(cell or "") for cell in _first_row(table)):
        raise problems.fatal("header-empty", table.place(0))
    found, unknown = _known(table, problems)
    missing = [name for name in names.COLUMNS if name not in found and name not in names.OPTIONAL_COLUMNS]
    columns: dict[str, int | None] = {**found}
    # A column that was probably meant is not reported as missing, and its values are checked as what it was meant for.
    for name, column in unknown[:MOST_UNKNOWN]:
        meant = _report_unknown(name, table.place(0, column, name), missing, problems)
        if meant:
            columns[meant] = column
            missing.remove(meant)
    if len(unknown) > MOST_UNKNOWN:
        problems.add("columns-more", table.place(0), count=len(unknown) - MOST_UNKNOWN)
    for name in missing:
        problems.add("column-missing", table.place(0), column=name)
    return columns | dict.fromkeys(missing)


def _first_row(table: Table) -> tuple[str | None, ...]:
    return (table.rows[0] or ()) if table.rows else ()


def _known(table: Table, problems: Problems) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Sort the columns: the known ones by name, and the others."""
    by_case = {name.casefold(): name for name in names.COLUMNS}
    found: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    for column, cell in enumerate(_first_row(table)):
        given = words_of(cell or "")
        name = by_case.get(given.casefold())
        if not given:
            _report_unnamed(table, column, problems)
        elif name is None:
            unknown.append((given, column))
        elif name in found:
            problems.add("column-twice", table.place(0, column, name), column=name)
        else:
            found[name] = column
    return found, unknown


def _report_unnamed(table: Table, column: int, problems: Problems) -> None:
    """Report a column without a name, unless it is empty: formats and old exports leave such columns behind."""
    if any(not is_blank(row[column] or "") for row in table.rows if row is not None and column < len(row)):
        problems.add("column-unnamed", table.place(0, column))


def _report_unknown(name: str, place: Place, missing: list[str], problems: Problems) -> str | None:
    meant = names.nearest(name, missing)
    if meant is None:
        problems.add("column-unknown", place, column=name, columns=list(names.COLUMNS))
    else:
        problems.add("column-misspelt", place, column=name, suggestion=meant)
    return meant
