"""From the bytes of a workbook to problems: whether it is one, and whether it can be read without harm.

Does not know what a goal is. Raises ``FileUnreadable`` after reporting.
"""

import io
import re
from collections.abc import Generator
from contextlib import contextmanager

from raportti.ooxml.package import MEGABYTE, DocumentKind, Package, open_package
from raportti.ooxml.xml import R, S, require_no_entities
from raportti.problems import CellPlace, FilePlace, ProblemsFound
from raportti.source.collector import FileUnreadable, Problems

# A real workbook of goals packs to a tenth at best.
WORKBOOK = DocumentKind("workbook", 200 * MEGABYTE, 10 * MEGABYTE, 200 * MEGABYTE)
# What is read becomes a rectangle in memory, so one value in a far corner would need gigabytes.
MOST_ROWS = 20_000
MOST_COLUMNS = 500
LAST_ROW = 1_048_576
_CELL_WITH_VALUE = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,9})(\d{1,12})["'][^>]*(?<!/)>(?!</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{7,})["']""")


def check_package(data: bytes, file: str, problems: Problems) -> None:
    """Refuse what is no workbook, is encrypted, or would unpack to more than anyone's goals can need."""
    with _open_workbook(data, file, problems) as package:
        if "xl/workbook.xml" not in package:
            raise package.problem("not")
        for name in package.names:
            if name.endswith((".xml", ".rels")):
                _check_part(package, name)


def _check_part(package: Package, name: str) -> None:
    """Refuse entities: no spreadsheet program writes them, and openpyxl would resolve them."""
    data = package.data(name)
    try:
        require_no_entities(data)
    except ValueError as error:
        raise package.broken(f"{error} in {name}") from error


@contextmanager
def _open_workbook(data: bytes, file: str, problems: Problems) -> Generator[Package]:
    try:
        with open_package(io.BytesIO(data), WORKBOOK, FilePlace(file)) as package:
            yield package
    except ProblemsFound as found:
        for problem in found.problems:
            problems.put(problem)
        raise FileUnreadable(file) from found


def check_extent(data: bytes, sheet: str, file: str, problems: Problems) -> None:
    """Refuse a sheet that has values far outside any table of goals. Formatted cells without a value do no harm."""
    with _open_workbook(data, file, problems) as package:
        xml = package.data(sheet_part(package, sheet))
    if any(int(row) > LAST_ROW for row in _ROW.findall(xml)):
        raise problems.fatal("workbook-broken", CellPlace(file, sheet), words="row number")
    cells = _CELL_WITH_VALUE.findall(xml)
    far = [(letters, row) for letters, row in cells if int(row) > MOST_ROWS or _column(letters) > MOST_COLUMNS]
    for letters, row in far[:10]:
        problems.add("cell-far", CellPlace(file, sheet, f"{letters.decode().upper()}{row.decode()}"))
    if far:
        raise FileUnreadable(sheet)


def sheet_part(package: Package, sheet: str) -> str:
    """Find the part of a sheet. Raises ``KeyError`` where the package does not say it."""
    entries = package.root(package.main).iter(f"{S}sheet")
    ids = {entry.get("name"): entry.get(f"{R}id", "") for entry in entries}
    return package.relationships(package.main)[ids[sheet]].target


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
