"""From the XML of a sheet and a plan of its rows to its new XML. Knows no goals.

Only the cells of the plan's rows are touched: formats, rules, comments and all else stay as they are.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from lxml import etree  # pyright: ignore[reportMissingTypeStubs, reportAttributeAccessIssue, reportUnknownVariableType]

from raportti.edits.table_plan import Plan, RowEdit
from raportti.source.table import letters_of

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
