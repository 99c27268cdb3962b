"""From the bytes of a workbook to problems that keep it from being read, and from a plan of its rows to new bytes.

Does not know what the cells mean. Every part that does not change keeps its bytes.
"""

import copy
import io
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager

from raportti.ooxml.package import MEGABYTE, DocumentKind, Package, Parts, open_package
from raportti.ooxml.xml import Element, R, S, parsed, require_no_entities, written
from raportti.problems import CellPlace, FilePlace, ProblemsFound
from raportti.source.collector import FileUnreadable, Problems
from raportti.source.table import letters_of
from raportti.source.table_plan import Plan, RowEdit

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


_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\sfullCalcOnLoad="[^"]*"')
# What may stand before calcPr (ECMA-376-1, 18.2.27); after the last of these it has to be put where there is none.
_BEFORE_CALC = re.compile(rb"</(\w+:)?(?:sheets|functionGroups|externalReferences|definedNames)>")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LETTERS = re.compile(r"[A-Z]+")
_PLAIN_NUMBER = re.compile(r"\d+")
# What a reader would take for a character written by its code (ECMA-376-1, 22.4.2.4).
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def edited_workbook(data: bytes, file: str, plans: Mapping[str, Plan]) -> bytes:
    """Write the rows of the plans on their sheets; formulas are computed anew when the workbook is opened."""
    with open_package(io.BytesIO(data), WORKBOOK, FilePlace(file)) as package:
        parts = Parts(package)
    for sheet, plan in plans.items():
        if not plan.changes_nothing:
            part = sheet_part(parts, sheet)
            parts.put(part, _edited_sheet(parts.data(part), plan))
    _drop_results(parts)
    return parts.packed()


def _drop_results(parts: Parts) -> None:
    """Let nothing in the package rely on results of formulas: neither their order nor their values."""
    book = parts.main
    parts.put(book, _computing(parts.data(book)))
    for relationship in parts.relationships(book).values():
        if relationship.type == "calcChain":
            parts.unrelate(book, relationship.id)
    parts.drop_unused()


def _computing(book: bytes) -> bytes:
    found = _CALC.search(book)
    if found:
        prefix, attributes, end = found.group(1), _FULL.sub(b"", found.group(2)), found.group(3)
        calc = b"<" + prefix + b"calcPr" + attributes.rstrip() + b' fullCalcOnLoad="1"' + end + b">"
        return book[: found.start()] + calc + book[found.end() :]
    *_, last = _BEFORE_CALC.finditer(book)
    calc = b"<" + (last.group(1) or b"") + b'calcPr fullCalcOnLoad="1"/>'
    return book[: last.end()] + calc + book[last.end() :]


def _edited_sheet(xml: bytes, plan: Plan) -> bytes:
    """Write the rows of a plan into the XML of a sheet."""
    root = parsed(xml)
    sheet = _Rows(root.find(f"{S}sheetData"), plan.numbers)
    sheet.write(plan)
    dimension = root.find(f"{S}dimension")
    if dimension is not None:
        # Only a hint, which new rows would make wrong.
        root.remove(dimension)
    return written(root)


class _Rows:
    """The rows of a sheet by their numbers, counted from 0."""

    def __init__(self, data: Element, numbers: frozenset[int]) -> None:
        self._data = data
        self._numbers = numbers
        self._rows = dict(_numbered(data))

    def write(self, plan: Plan) -> None:
        """Write each row of a plan in its place: those that there are, then the ones below them."""
        before = {number: copy.deepcopy(row) for number, row in self._rows.items() if number in plan.slots}
        last = max(plan.slots, default=0)
        places = (*plan.slots, *range(last + 1, last + 1 + len(plan.rows)))
        for place, edit in zip(places, plan.rows, strict=False):
            self._write(place, edit, before, last)
        for place in plan.slots[len(plan.rows) :]:
            for cell in self._rows[place].findall(f"{S}c"):
                _empty(cell)

    def _write(self, place: int, edit: RowEdit, before: Mapping[int, Element], last: int) -> None:
        if edit.old is None:
            self._put(place, _emptied(self._rows.get(place) if place > last else before[last], before.get(last)))
        elif edit.old != place:
            self._put(place, copy.deepcopy(before[edit.old]))
        row = self._rows[place]
        for column, text in sorted(edit.cells.items()):
            self._set(_cell_of(row, place, column), text, is_number=column in self._numbers)

    def _put(self, place: int, row: Element) -> None:
        """Put a row in a place, with the numbers that belong there."""
        row.set("r", str(place + 1))
        for cell in row.findall(f"{S}c"):
            cell.set("r", f"{_letters(cell)}{place + 1}")
        old = self._rows.get(place)
        if old is not None:
            self._data.replace(old, row)
        else:
            later = [other for number, other in self._rows.items() if number > place]
            self._data.insert(self._data.index(later[0]) if later else len(self._data), row)
        self._rows = dict(_numbered(self._data))

    def _set(self, cell: Element, text: str, *, is_number: bool) -> None:
        """Give a cell a text, also one that looks like a formula, or a number."""
        _empty(cell)
        if is_number and _PLAIN_NUMBER.fullmatch(text):
            _new_child(cell, "v").text = text
        elif text:
            cell.set("t", "inlineStr")
            inline = _new_child(_new_child(cell, "is"), "t")
            inline.text = _ESCAPE.sub("_x005F_", text)
            inline.set(_SPACE, "preserve")


def _new_child(element: Element, name: str) -> Element:
    child = element.makeelement(f"{S}{name}")
    element.append(child)
    return child


def _numbered(data: Element) -> Iterator[tuple[int, Element]]:
    """Yield the rows with their numbers, which a file need not say, and let them and their cells say it."""
    number = -1
    for row in data.findall(f"{S}row"):
        number = int(row.get("r", number + 2)) - 1
        row.set("r", str(number + 1))
        for column, cell in enumerate(row.findall(f"{S}c")):
            cell.set("r", cell.get("r") or f"{letters_of(column)}{number + 1}")
        yield number, row


def _letters(cell: Element) -> str:
    found = _LETTERS.match(cell.get("r"))
    return found.group() if found else ""


def _cell_of(row: Element, place: int, column: int) -> Element:
    """Return the cell of a column, which is made where there is none."""
    letters = letters_of(column)
    key = (len(letters), letters)
    at = 0
    for cell in row.findall(f"{S}c"):
        own = _letters(cell)
        if own == letters:
            return cell
        if (len(own), own) < key:
            at = row.index(cell) + 1
    made = row.makeelement(f"{S}c", {"r": f"{letters}{place + 1}"})
    row.insert(at, made)
    return made


def _emptied(row: Element, like: Element) -> Element:
    """Return a row without values, formatted as it is, or else as another."""
    has_cells = row is not None and row.find(f"{S}c") is not None
    made: Element = copy.deepcopy(row if has_cells else like)
    made.attrib.pop("hidden", None)
    for cell in made.findall(f"{S}c"):
        _empty(cell)
    return made


def _empty(cell: Element) -> None:
    """Take a value or a formula out of a cell; its format stays."""
    cell.attrib.pop("t", None)
    for child in list(cell):
        cell.remove(child)
