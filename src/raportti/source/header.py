"""From the first row of a table to its columns. Knows nothing of the rows below but whether a column is empty."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from raportti.model import LANGUAGES
from raportti.problems import Place
from raportti.source import names
from raportti.source.collect import Problems
from raportti.source.letters import is_blank, words_of
from raportti.source.table import Table

MOST_UNKNOWN = 20
"""So many unknown columns are reported one by one: a table with more is another table."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table by name, counted from 0, for each language; ``own`` is that which it has to have.

    A column of its own language that is missing was reported and is None, unless it may be left out.
    """

    own: str
    columns: Mapping[str, Mapping[str, int | None]]


def read_header(
    table: Table, problems: Problems, needed: Collection[str] = names.NEEDED_COLUMNS, preferred: str = "fi"
) -> Header:
    """Find each known column, and report those of the fields ``needed`` that are missing.

    ``preferred`` is the table's own language where it has texts in both.
    Raises ``GiveUp`` where the first row is empty.
    """
    if all(is_blank(cell or "") for cell in _first_row(table)):
        raise problems.fatal("header-empty", table.place(0))
    found, unknown = _known(table, problems)
    own, *others = sorted(LANGUAGES, key=lambda language: (not _has_texts(found, language), language != preferred))
    missing = [name for name, key in names.COLUMNS_IN[own].items() if key in needed and not _is_given(key, own, found)]
    also = [name for other in others if _has_texts(found, other) for name in names.COLUMNS_IN[other]]
    meant = _columns_meant(table, unknown, missing, [name for name in also if name not in found], problems)
    for name in missing:
        if name not in meant:
            problems.add("column-missing", table.place(0), column=name)
    columns: dict[str, int | None] = {**dict.fromkeys(missing), **found, **meant}
    return Header(
        own,
        {
            language: {name: columns[name] for name in names.COLUMNS_IN[language] if name in columns}
            for language in LANGUAGES
        },
    )


def _has_texts(found: Mapping[str, int], language: str) -> bool:
    """Tell whether a table has texts in a language: other columns are one for both."""
    return any(key in names.TEXT_COLUMNS and name in found for name, key in names.COLUMNS_IN[language].items())


def _is_given(key: str, own: str, found: Mapping[str, int]) -> bool:
    languages = (own,) if key in names.TEXT_COLUMNS else LANGUAGES
    return any(names.by_field(names.COLUMNS_IN[language])[key] in found for language in languages)


def _columns_meant(
    table: Table, unknown: list[tuple[str, int]], missing: list[str], also: list[str], problems: Problems
) -> dict[str, int]:
    """Report unknown columns. One that was probably meant is not missing, and its values are checked as that."""
    candidates = [*missing, *also]
    columns: dict[str, int] = {}
    for name, column in unknown[:MOST_UNKNOWN]:
        meant = _report_unknown(name, table.place(0, column, name), candidates, problems)
        if meant:
            columns[meant] = column
            candidates.remove(meant)
    if len(unknown) > MOST_UNKNOWN:
        problems.add("columns-more", table.place(0), count=len(unknown) - MOST_UNKNOWN)
    return columns


def _first_row(table: Table) -> tuple[str | None, ...]:
    return (table.rows[0] or ()) if table.rows else ()


def _known(table: Table, problems: Problems) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Sort the columns: the known ones by name, and the others."""
    by_case = {name.casefold(): name for columns in names.COLUMNS_IN.values() for name in columns}
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
