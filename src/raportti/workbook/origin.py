"""From a report to a hidden sheet that remembers it, and back. Knows nothing of what people see.

The text is packed, so that no program takes a part of it for a number, a date or a character's code.
"""

import base64
import binascii
import io
import json
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import openpyxl

from raportti.model import Report
from raportti.model_json import Json, report_as_json, report_from_json
from raportti.workbook.cells import Sheet, put_text

SHEET = "Alkuperä"
_PIECE = 30_000
"""Characters in a cell: fewer than any program's limit."""
_TEXTS, _IDS = 1, 2


def write_origin(sheet: Sheet, reports: Mapping[str, Report]) -> str:
    """Write a report in each language, and return the cells with the ids of its goals."""
    values = {language: report_as_json(report) for language, report in reports.items()}
    packed = base64.b64encode(zlib.compress(json.dumps(values).encode())).decode()
    for row, start in enumerate(range(0, len(packed), _PIECE), 1):
        put_text(sheet, row, _TEXTS, packed[start : start + _PIECE])
    ids = [goal.id for goal in next(iter(reports.values())).goals]
    for row, goal_id in enumerate(ids, 1):
        put_text(sheet, row, _IDS, goal_id)
    sheet.sheet_state = "veryHidden"
    return f"'{SHEET}'!$B$1:$B${max(len(ids), 1)}"


def base_of(path: Path) -> Mapping[str, Report] | None:
    """Return the report that a workbook was made from, in each language; None where it does not remember it."""
    try:
        texts = _texts(path.read_bytes())
        values = json.loads(zlib.decompress(base64.b64decode("".join(texts), validate=True)))
        return {language: report_from_json(report) for language, report in cast("dict[str, Json]", values).items()}
    except (OSError, KeyError, ValueError, TypeError, AttributeError, binascii.Error, zlib.error, zipfile.BadZipFile):
        # Another workbook, or one whose hidden sheet was changed.
        return None


def _texts(data: bytes) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        return [str(row[0]) for row in book[SHEET].iter_rows(max_col=1, values_only=True) if row[0]]
    finally:
        book.close()
