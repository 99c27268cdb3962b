"""From a plan to the XML of each of its slides and charts, for a deck that exists already. Knows no package."""

from collections.abc import Mapping
from dataclasses import dataclass

from raportti.plan import Chart, Page, Plan
from raportti.render.pptx.chart import chart_xml
from raportti.render.pptx.notes import notes_xml
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Slot, Template, open_template, slide_layouts
from raportti.render.pptx.text import Voice

_TITLE = "title"
WORKBOOK = "rId1"
"""The relationship by which a drawn chart names the workbook with its data."""


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The parts of a chart: its XML, and the workbook with its data."""

    xml: bytes
    workbook: bytes


def drawn_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides as ``render`` does, without their tags."""
    layouts = slide_layouts(open_template(template.data))
    on = [layouts[template.layouts[page.kind.value]] for page in plan.pages]
    return tuple(
        slide_xml(
            page, layout.slots, template.placeholders, Voice(plan.properties.language, layout.family), _names(page)
        )
        for page, layout in zip(plan.pages, on, strict=True)
    )


def free_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides so that they look as planned on any slide layout: only the title is tied to a placeholder."""
    voice = Voice(plan.properties.language, None)
    slots = {template.placeholders.get(_TITLE, _TITLE): Slot('<p:ph type="title"/>', None)}
    return tuple(slide_xml(page, slots, template.placeholders, voice, _names(page)) for page in plan.pages)


def drawn_charts(plan: Plan) -> tuple[Mapping[str, ChartParts], ...]:
    """Draw the charts of each page, by the names by which the slides above call them instead of relationships."""
    voice = Voice(plan.properties.language, None)
    return tuple({name: _drawn(chart, voice) for chart, name in _names(page).items()} for page in plan.pages)


def drawn_notes(page: Page, language: str) -> bytes:
    """Write the notes of a page."""
    return notes_xml(page.notes, language).encode()


def _names(page: Page) -> Mapping[Chart, str]:
    charts = (item for item in page.items if isinstance(item, Chart))
    return {chart: f"chart {number}" for number, chart in enumerate(charts)}


def _drawn(chart: Chart, voice: Voice) -> ChartParts:
    # Imported here: a deck without charts needs no XlsxWriter.
    from raportti.render.pptx.chart_data import workbook_of

    return ChartParts(chart_xml(chart, voice, WORKBOOK).encode(), workbook_of(chart))
