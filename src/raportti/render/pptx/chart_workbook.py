"""From a chart of the plan to the workbook that PowerPoint opens to edit its data. Knows no XML of charts."""

import io
from datetime import datetime
from typing import Any, cast

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - its types say little

from raportti.ooxml.package import packed, unpacked
from raportti.plan.chart import Chart
from raportti.render.pptx.chart import SHEET, number_format

_EPOCH = datetime(1980, 1, 1)
"""Else the workbook would say when it was made."""
_NAMES_WIDTH, _VALUES_WIDTH = 60, 14
"""In the widths of digits."""


def workbook_of(chart: Chart) -> bytes:
    """Write a workbook: names in the first column, and a column for each series. Texts stay texts."""
    buffer = io.BytesIO()
    with cast(Any, xlsxwriter).Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        looks = book.add_format({"num_format": number_format(chart)})
        sheet.set_column(0, 0, _NAMES_WIDTH)
        sheet.set_column(1, len(chart.series), _VALUES_WIDTH)
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                sheet.write_number(row, column, value, looks)
        book.set_properties({"created": _EPOCH})
    return packed(unpacked(buffer.getvalue()))
