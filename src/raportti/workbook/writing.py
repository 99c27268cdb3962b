"""From a report in its languages to the bytes of a workbook, which are the same for the same report. Writes no file."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl

from raportti.model import Report
from raportti.source import names
from raportti.workbook.goals_sheet import write_goals
from raportti.workbook.guide_sheet import write_guide
from raportti.workbook.origin import SHEET, write_origin
from raportti.workbook.reports import part_of
from raportti.workbook.rest_sheet import write_rest
from raportti.workbook.summary_sheet import write_summary

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def workbook_of(reports: Mapping[str, Report], unit: str | None = None) -> bytes:
    """Write a report, given in its own language first, with all goals or with those of a unit alone."""
    parts = {language: report if unit is None else part_of(report, unit) for language, report in reports.items()}
    own = next(iter(parts.values()))
    book: Any = openpyxl.Workbook()
    goals = book.active
    goals.title = names.SHEET
    rest, summary, guide, origin = map(book.create_sheet, (names.REST_SHEET, "Yhteenveto", "Ohje", SHEET))
    extent = write_goals(goals, parts, write_origin(origin, parts))
    write_rest(rest, reports)
    write_summary(summary, own, extent)
    write_guide(guide, own, unit)
    book.properties.title, book.properties.creator = own.title, own.organisation or ""
    data = io.BytesIO()
    book.save(data)
    return _without_clock(data.getvalue())


def _without_clock(data: bytes) -> bytes:
    """Leave out when the workbook was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            part = _DATES.sub(b"", part) if name == "docProps/core.xml" else part
            new.writestr(zipfile.ZipInfo(name, _NO_TIME), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
