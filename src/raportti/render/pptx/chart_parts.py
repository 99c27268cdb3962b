"""From the charts of a slide to their parts in the package, each with the workbook that its data is edited in.

Knows nothing of the slide's other items.
"""

from collections.abc import Iterable, Mapping

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from raportti.plan import Chart
from raportti.render.pptx.chart import chart_xml
from raportti.render.pptx.text import Voice


def add_charts(slide: Part, charts: Iterable[Chart], voice: Voice) -> Mapping[Chart, str]:
    """Add the parts of a slide's charts, and return the relationships by which the slide names them."""
    return {chart: _added(slide, chart, f"{slide.partname.idx}-{n}", voice) for n, chart in enumerate(charts, 1)}


def _added(slide: Part, chart: Chart, number: str, voice: Voice) -> str:
    # Imported here: a deck without charts needs no XlsxWriter.
    from raportti.render.pptx.chart_data import workbook_of

    part = Part(PackURI(f"/ppt/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, slide.package)
    name = PackURI(f"/ppt/embeddings/chart{number}.xlsx")
    data = Part(name, CONTENT_TYPE.SML_SHEET, slide.package, workbook_of(chart))
    part.blob = chart_xml(chart, voice, part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)).encode()
    return slide.relate_to(part, RELATIONSHIP_TYPE.CHART)
