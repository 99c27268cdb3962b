"""From the bytes of a workbook and a plan for each of its sheets to its new bytes.

Does not know what the cells mean. Every part that does not change keeps its bytes.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, cast

from lxml import etree  # pyright: ignore[reportMissingTypeStubs, reportAttributeAccessIssue, reportUnknownVariableType]

from raportti.source.table import letters_of
from raportti.source.table_plan import Plan, RowEdit
from raportti.source.xlsx import part_of

_etree = cast("Any", etree)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LETTERS = re.compile(r"[A-Z]+")
_PLAIN_NUMBER = re.compile(r"\d+")
# What a reader would take for a character written by its code (ECMA-376-1, 22.4.2.4).
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def edited_sheet(xml: bytes, plan: Plan) -> bytes:
    """Write the rows of a plan into the XML of a sheet."""
    root = _etree.fromstring(xml)
    sheet = _Rows(root.find(f"{_MAIN}sheetData"), plan.numbers)
    sheet.write(plan)
    dimension = root.find(f"{_MAIN}dimension")
    if dimension is not None:
        # Only a hint, which new rows would make wrong.
        root.remove(dimension)
    return _etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Rows:
    """The rows of a sheet by their numbers, counted from 0."""

    def __init__(self, data: Any, numbers: frozenset[int]) -> None:
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
            for cell in self._rows[place].findall(f"{_MAIN}c"):
                _empty(cell)

    def _write(self, place: int, edit: RowEdit, before: Mapping[int, Any], last: int) -> None:
        if edit.old is None:
            self._put(place, _emptied(self._rows.get(place) if place > last else before[last], before.get(last)))
        elif edit.old != place:
            self._put(place, copy.deepcopy(before[edit.old]))
        row = self._rows[place]
        for column, text in sorted(edit.cells.items()):
            self._set(_cell_of(row, place, column), text, is_number=column in self._numbers)

    def _put(self, place: int, row: Any) -> None:
        """Put a row in a place, with the numbers that belong there."""
        row.set("r", str(place + 1))
        for cell in row.findall(f"{_MAIN}c"):
            cell.set("r", f"{_letters(cell)}{place + 1}")
        old = self._rows.get(place)
        if old is not None:
            self._data.replace(old, row)
        else:
            later = [other for number, other in self._rows.items() if number > place]
            self._data.insert(self._data.index(later[0]) if later else len(self._data), row)
        self._rows = dict(_numbered(self._data))

    def _set(self, cell: Any, text: str, *, is_number: bool) -> None:
        """Give a cell a text, also one that looks like a formula, or a number."""
        _empty(cell)
        if is_number and _PLAIN_NUMBER.fullmatch(text):
            _etree.SubElement(cell, f"{_MAIN}v").text = text
        elif text:
            cell.set("t", "inlineStr")
            inline = _etree.SubElement(_etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
            inline.text = _ESCAPE.sub("_x005F_", text)
            inline.set(_SPACE, "preserve")


def _numbered(data: Any) -> Iterator[tuple[int, Any]]:
    """Yield the rows with their numbers, which a file need not say, and let them and their cells say it."""
    number = -1
    for row in data.findall(f"{_MAIN}row"):
        number = int(row.get("r", number + 2)) - 1
        row.set("r", str(number + 1))
        for column, cell in enumerate(row.findall(f"{_MAIN}c")):
            cell.set("r", cell.get("r") or f"{letters_of(column)}{number + 1}")
        yield number, row


def _letters(cell: Any) -> str:
    found = _LETTERS.match(cell.get("r"))
    return found.group() if found else ""


def _cell_of(row: Any, place: int, column: int) -> Any:
    """Return the cell of a column, which is made where there is none."""
    letters = letters_of(column)
    key = (len(letters), letters)
    at = 0
    for cell in row.findall(f"{_MAIN}c"):
        own = _letters(cell)
        if own == letters:
            return cell
        if (len(own), own) < key:
            at = row.index(cell) + 1
    made = row.makeelement(f"{_MAIN}c", {"r": f"{letters}{place + 1}"})
    row.insert(at, made)
    return made


def _emptied(row: Any, like: Any) -> Any:
    """Return a row without values, formatted as it is, or else as another."""
    has_cells = row is not None and row.find(f"{_MAIN}c") is not None
    made: Any = copy.deepcopy(row if has_cells else like)
    made.attrib.pop("hidden", None)
    for cell in made.findall(f"{_MAIN}c"):
        _empty(cell)
    return made


def _empty(cell: Any) -> None:
    """Take a value or a formula out of a cell; its format stays."""
    cell.attrib.pop("t", None)
    for child in list(cell):
        cell.remove(child)


_BOOK, _CHAIN = "xl/workbook.xml", "xl/calcChain.xml"
_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\sfullCalcOnLoad="[^"]*"')
# What may stand before calcPr (ECMA-376-1, 18.2.27); after the last of these it has to be put where there is none.
_BEFORE_CALC = re.compile(rb"</(\w+:)?(?:sheets|functionGroups|externalReferences|definedNames)>")
_CHAIN_ENTRY = re.compile(rb"<(?:\w+:)?(?:Relationship|Override)\b[^>]*calcChain\.xml[^>]*/>")


def edited_workbook(data: bytes, plans: Mapping[str, Plan]) -> bytes:
    """Write the rows of the plans on their sheets; formulas are computed anew when the workbook is opened."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        sheets = {part_of(old, sheet): plan for sheet, plan in plans.items() if not plan.changes_nothing}
        for entry in old.infolist():
            if entry.filename != _CHAIN:
                part = old.read(entry)
                plan = sheets.get(entry.filename)
                new.writestr(entry, edited_sheet(part, plan) if plan else _without_results(entry.filename, part))
    return packed.getvalue()


def _without_results(name: str, part: bytes) -> bytes:
    """Let nothing in the package rely on results of formulas: neither their order nor their values."""
    if name == _BOOK:
        return _computing(part)
    if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        return _CHAIN_ENTRY.sub(b"", part)
    return part


def _computing(book: bytes) -> bytes:
    found = _CALC.search(book)
    if found:
        prefix, attributes, end = found.group(1), _FULL.sub(b"", found.group(2)), found.group(3)
        calc = b"<" + prefix + b"calcPr" + attributes.rstrip() + b' fullCalcOnLoad="1"' + end + b">"
        return book[: found.start()] + calc + book[found.end() :]
    *_, last = _BEFORE_CALC.finditer(book)
    calc = b"<" + (last.group(1) or b"") + b'calcPr fullCalcOnLoad="1"/>'
    return book[: last.end()] + calc + book[last.end() :]
