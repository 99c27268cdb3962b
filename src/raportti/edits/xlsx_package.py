"""From the bytes of a workbook and a plan for each of its sheets to its new bytes. Knows nothing of cells.

Every part that does not change keeps its bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping

from raportti.edits.table_plan import Plan
from raportti.edits.xlsx_rows import edited_sheet
from raportti.source.workbook import part_of

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
