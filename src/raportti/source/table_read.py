"""From a CSV or a workbook to a table of texts.

Does not know what a goal is. The one room of pandas for reading, and of openpyxl behind it. Both are imported where
they are used: pandas takes half a second, and only tables need it.
"""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol, TypeVar

from raportti.problems import CellPlace, FilePlace, RowPlace, nearest
from raportti.source import names
from raportti.source import origin as origin_sheet
from raportti.source.collector import Problems
from raportti.source.csv import Shape, row_after, shape_of, without_hint
from raportti.source.files import read_bytes, read_text, without_controls
from raportti.source.names import REST_HEADINGS
from raportti.source.plain import finnish_date
from raportti.source.table import Table, letters_of
from raportti.source.xlsx import check_extent, check_package

# What stands in a number format as it is: quoted texts, characters after a backslash, the width of one, and brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DECIMALS = re.compile(r"\.([0#?]+)")


def shown(value: object, number_format: str) -> str:
    """Write a value as a Finnish spreadsheet shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "TOSI" if value else "EPÄTOSI"
        case int() | float():
            return _number(value, _LITERAL.sub("", number_format).split(";")[0])
        case datetime() if value.time() != time():
            return f"{finnish_date(value)} {_clock(_since_midnight(value.time()))}"
        case date():
            return finnish_date(value)
        case time():
            return _clock(_since_midnight(value))
        case timedelta():
            return _clock(value)
        case _:
            return str(value)


def _number(value: float, number_format: str) -> str:
    if "%" not in number_format:
        return f"{value:.15g}".replace(".", ",")
    decimals = _DECIMALS.search(number_format)
    unit = Decimal(1).scaleb(-len(decimals.group(1)) if decimals else 0)
    share = (Decimal(repr(value)) * 100).quantize(unit, ROUND_HALF_UP)
    return f"{share} %".replace(".", ",")


def _since_midnight(value: time) -> timedelta:
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)


def _clock(value: timedelta) -> str:
    """Write a time with colons: 4.00 would be a number."""
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


T = TypeVar("T")
# How a workbook writes characters that XML cannot hold (ECMA-376-1, 22.4.2.4): here the control characters, and the
# low line, which is written so where it would seem to begin such a code.
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f]|5[Ff]|7[Ff]|[89][0-9A-Fa-f])_")


def _pandas() -> Any:
    # Here for the reason that the module's docstring gives; pandas has no types of its own.
    import pandas  # pyright: ignore[reportMissingTypeStubs]

    return pandas


def read_csv(path: Path, problems: Problems) -> Table:
    """Read a CSV in UTF-8 with commas or semicolons; raise ``FileUnreadable`` where that cannot be done."""
    pandas = _pandas()
    file = str(path)
    text = without_hint(read_text(path, problems, lambda before: RowPlace(file, row_after(before))))
    shape = shape_of(text, file, problems)
    try:
        frame = pandas.read_csv(
            io.StringIO(text), sep=shape.separator, header=None, names=range(shape.widest), index_col=False,
            dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False,
        )  # fmt: skip
    except pandas.errors.ParserError as error:
        raise problems.fatal("reading-failed", FilePlace(file), words=str(error)) from error
    rows = enumerate(zip(frame.values.tolist(), shape.counts, strict=True))
    return Table(file, None, tuple(_cells(row, count, shape, number, file, problems) for number, (row, count) in rows))


def _cells(
    row: list[str], count: int, shape: Shape, number: int, file: str, problems: Problems
) -> tuple[str | None, ...] | None:
    if number in shape.misquoted:
        return None
    if count in (0, shape.expected):
        return tuple(row[: shape.expected])
    kind = "row-short" if count < shape.expected else "row-long"
    problems.add(kind, RowPlace(file, number + 1), found=count, columns=shape.expected, separator=shape.separator)
    return None


def read_workbook(path: Path, problems: Problems) -> Table:
    """Read the sheet of the goals as texts; raise ``FileUnreadable`` where that cannot be done."""
    file = str(path)
    data = read_bytes(path, problems)
    check_package(data, file, problems)
    try:
        # openpyxl warns of parts that it leaves out (pictures, drop-down lists); none of them is of use here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _workbook_table(data, file, problems)
    except (KeyError, ValueError, TypeError, SyntaxError, IndexError, AttributeError, OSError, OverflowError) as error:
        # What openpyxl and the XML parser are seen to raise where parts are missing or damaged.
        raise problems.fatal("workbook-broken", FilePlace(file), words=f"{type(error).__name__}: {error}") from error


def _workbook_table(data: bytes, file: str, problems: Problems) -> Table:
    pandas = _pandas()
    with pandas.ExcelFile(io.BytesIO(data), engine="openpyxl") as book:
        sheets = [str(name) for name in book.sheet_names]
        ours = [_sheet_of(sheets, file, problems), *filter(_is_rest, sheets)]
        for sheet in ours:
            check_extent(data, sheet, file, problems)
        cells = {sheet: _filled(book.book[sheet]) for sheet in ours}
        origin = _first_column(book.book[origin_sheet.SHEET]) if origin_sheet.SHEET in sheets else ()
    # Read again as it is written: a formula whose value was never saved reads as an empty cell.
    with pandas.ExcelFile(io.BytesIO(data), engine="openpyxl", engine_kwargs={"data_only": False}) as book:
        written = {sheet: _values(pandas, book, sheet) for sheet in ours if _is_ours(sheet, cells[sheet])}
    goals, *rest = (_table(file, sheet, cells[sheet], formulas, problems) for sheet, formulas in written.items())
    return replace(goals, rest=rest[0] if rest else None, origin=origin)


def _first_column(sheet: Any) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True) if row and row[0])


def _is_rest(sheet: str) -> bool:
    return names.same_form(sheet).casefold() == names.REST_SHEET.casefold()


def _is_ours(sheet: str, cells: Sequence[tuple["_Cell", ...]]) -> bool:
    """Return whether a sheet is to be read: another of the same name, without the headings, is the author's own."""
    header = tuple(str(cell.value) for cell in (cells[0] if cells else ())[: len(REST_HEADINGS)])
    return not _is_rest(sheet) or header == REST_HEADINGS


def _table(
    file: str,
    sheet: str,
    cells: Sequence[tuple["_Cell", ...]],
    written: Sequence[Sequence[object]],
    problems: Problems,
) -> Table:
    rows: list[tuple[str | None, ...]] = []
    for row, both in enumerate(zip_longest(cells, written, fillvalue=())):
        place_of = _places_of_row(file, sheet, row)
        pairs = enumerate(zip_longest(*both, fillvalue=None))
        rows.append(tuple(_text(cell, formula, place_of(column), problems) for column, (cell, formula) in pairs))
    return Table(file, sheet, tuple(rows))


class _Cell(Protocol):
    """What is used of a cell of openpyxl: pandas gives neither the text of an error nor how a number is shown."""

    value: object
    data_type: str
    number_format: str | None


def _filled(sheet: Any) -> list[tuple[_Cell, ...]]:
    """Return the cells of a sheet, without the empty rows and cells at its ends."""
    # The extent that the file declares may be wrong.
    sheet.reset_dimensions()
    rows = [_up_to_last(row, lambda cell: cell.value is not None) for row in sheet.rows]
    return list(_up_to_last(rows, bool))


def _up_to_last(items: Sequence[T], is_filled: Callable[[T], bool]) -> tuple[T, ...]:
    end = next((end for end in range(len(items), 0, -1) if is_filled(items[end - 1])), 0)
    return tuple(items[:end])


def _places_of_row(file: str, sheet: str, row: int) -> Callable[[int], CellPlace]:
    return lambda column: CellPlace(file, sheet, f"{letters_of(column)}{row + 1}")


def _values(pandas: Any, book: object, sheet: str) -> list[Sequence[object]]:
    frame = pandas.read_excel(
        book, sheet_name=sheet, header=None, dtype=object, keep_default_na=False, na_filter=False
    )  # fmt: skip
    return frame.values.tolist()


def _sheet_of(sheets: list[str], file: str, problems: Problems) -> str:
    for sheet in sheets:
        if names.same_form(sheet).casefold() == names.SHEET.casefold():
            return sheet
    if not sheets:
        raise ValueError("no sheets")
    suggestion = nearest(names.SHEET, sheets)
    if suggestion is None:
        raise problems.fatal("sheet-missing", FilePlace(file), sheet=names.SHEET, sheets=sheets)
    raise problems.fatal("sheet-misspelt", FilePlace(file), sheet=names.SHEET, suggestion=suggestion)


def _text(cell: _Cell | None, written: object, place: CellPlace, problems: Problems) -> str | None:
    """Show a cell's value as the sheet does; None where it has none because of its formula, which is then reported."""
    value = cell.value if cell else None
    if cell and cell.data_type == "e":
        problems.add("cell-error", place, value=str(value))
        return None
    # A formula that gives an empty text has a type and no value.
    if value is None and written not in (None, "") and not (cell and cell.data_type == "str"):
        problems.add("cell-formula", place, value=str(getattr(written, "text", written)))
        return None
    if isinstance(value, str):
        unescaped = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)
        return without_controls(unescaped.replace("\r\n", "\n").replace("\r", "\n"), problems, lambda _: place)
    return shown(value, (cell.number_format if cell else None) or "")
