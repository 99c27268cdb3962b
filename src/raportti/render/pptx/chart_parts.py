"""From a chart of the plan to its parts: its XML, and the workbook that PowerPoint opens to edit its data.

Does not know slides but by their parts.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from raportti.ooxml.package import packed, unpacked
from raportti.plan.chart import Chart
from raportti.render.pptx.chart import SHEET, chart_xml, number_format
from raportti.render.pptx.text import RunDefaults

_WORKBOOK = "rId1"
"""The relationship by which a chart names its workbook: the first of its part."""
_EPOCH = datetime(1980, 1, 1)
"""Without it the workbook would carry the time when it was made."""
_NAMES_WIDTH, _VALUES_WIDTH = 60, 14
"""In the widths of digits."""


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The parts of a chart: its XML, and the workbook with its data."""

    xml: bytes
    workbook: bytes


def chart_parts(chart: Chart, defaults: RunDefaults) -> ChartParts:
    """Write the parts of a chart."""
    return ChartParts(chart_xml(chart, defaults, _WORKBOOK).encode(), _workbook(chart))


def add_charts(slide: Part, charts: Iterable[Chart], defaults: RunDefaults) -> Mapping[Chart, str]:
    """Add the parts of a slide's charts, and return the relationships by which the slide names them."""
    return {chart: _added(slide, chart, f"{slide.partname.idx}-{n}", defaults) for n, chart in enumerate(charts, 1)}


def _added(slide: Part, chart: Chart, number: str, defaults: RunDefaults) -> str:
    made = chart_parts(chart, defaults)
    part = Part(PackURI(f"/ppt/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, slide.package, made.xml)
    name = PackURI(f"/ppt/embeddings/chart{number}.xlsx")
    part.relate_to(Part(name, CONTENT_TYPE.SML_SHEET, slide.package, made.workbook), RELATIONSHIP_TYPE.PACKAGE)
    return slide.relate_to(part, RELATIONSHIP_TYPE.CHART)


def _workbook(chart: Chart) -> bytes:
    """Write a workbook: names in the first column, and a column for each series. Texts stay texts."""
    # 0.05 s, and only a deck with charts needs it. Its types say little.
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

    buffer = io.BytesIO()
    with cast(Any, xlsxwriter).Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        value_format = book.add_format({"num_format": number_format(chart)})
        sheet.set_column(0, 0, _NAMES_WIDTH)
        sheet.set_column(1, len(chart.series), _VALUES_WIDTH)
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                sheet.write_number(row, column, value, value_format)
        book.set_properties({"created": _EPOCH})
    return packed(unpacked(buffer.getvalue()))
