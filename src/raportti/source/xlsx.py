"""From the bytes of a workbook to problems: whether it is one, and whether it can be read without harm.

Does not know what a goal is. Raises ``FileUnreadable`` after reporting.
"""

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree import ElementTree

from raportti.problems import CellPlace, FilePlace
from raportti.source.collector import FileUnreadable, Problems
from raportti.source.files import words_of

LARGEST_UNPACKED_MB = 200
# A real workbook of goals packs to a tenth at best; this much is seen only in files made to do harm.
LARGEST_RATIO = 200
SMALL = 10 * 1024 * 1024
# What is read becomes a rectangle in memory, so one value in a far corner would need gigabytes.
MOST_ROWS = 20_000
MOST_COLUMNS = 500
LAST_ROW = 1_048_576
_OLE = b"\xd0\xcf\x11\xe0"
_CELL_WITH_VALUE = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,9})(\d{1,12})["'][^>]*(?<!/)>(?!</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{7,})["']""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMES = {
    "sheet": "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet",
    "id": "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
}


def check_package(data: bytes, file: str, problems: Problems) -> None:
    """Refuse what is no workbook, is encrypted, or would unpack to more than anyone's goals can need."""
    place = FilePlace(file)
    if data.startswith(_OLE):
        raise problems.fatal("workbook-encrypted", place)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package, len(data), place, problems)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        kind = "workbook-broken" if data.startswith(b"PK") else "workbook-not"
        raise problems.fatal(kind, place, words=words_of(error)) from error


def _check_parts(package: zipfile.ZipFile, packed: int, place: FilePlace, problems: Problems) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED_MB * 1024 * 1024 or (unpacked > SMALL and unpacked > LARGEST_RATIO * packed):
        raise problems.fatal("workbook-bomb", place, limit=LARGEST_UNPACKED_MB)
    if any(part.flag_bits & 1 for part in parts):
        raise problems.fatal("workbook-encrypted", place)
    if "xl/workbook.xml" not in package.namelist():
        raise problems.fatal("workbook-not", place)
    for part in parts:
        # No spreadsheet program writes one; entities are how a small file grows without end.
        if part.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(package.read(part)):
            raise problems.fatal("workbook-broken", place, words=f"DOCTYPE in {part.filename}")


def check_extent(data: bytes, sheet: str, file: str, problems: Problems) -> None:
    """Refuse a sheet that has values far outside any table of goals. Formatted cells without a value do no harm."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part_of(package, sheet))
    if any(int(row) > LAST_ROW for row in _ROW.findall(xml)):
        raise problems.fatal("workbook-broken", CellPlace(file, sheet), words="row number")
    cells = _CELL_WITH_VALUE.findall(xml)
    far = [(letters, row) for letters, row in cells if int(row) > MOST_ROWS or _column(letters) > MOST_COLUMNS]
    for letters, row in far[:10]:
        problems.add("cell-far", CellPlace(file, sheet, f"{letters.decode().upper()}{row.decode()}"))
    if far:
        raise FileUnreadable(sheet)


def part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """Find the part of a sheet; raise KeyError where the package does not say it."""
    workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
    ids = {entry.get("name"): entry.get(_NAMES["id"]) for entry in workbook.iter(_NAMES["sheet"])}
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    target = targets[ids[sheet]]
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
