"""From a plan to the XML of its slides and charts without a package, for a deck that exists already."""

from collections.abc import Mapping

from raportti.plan import Page, Plan
from raportti.plan.chart import Chart
from raportti.render.pptx.chart_parts import ChartParts, chart_parts
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Placeholder, SlideLayout, Template, open_template, slide_layouts
from raportti.render.pptx.text import RunDefaults

_TITLE = "title"


def drawn_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides as ``render`` does, without their tags."""
    layouts = slide_layouts(open_template(template.data))
    return tuple(_drawn_slide(page, layouts[template.layouts[page.kind.value]], plan, template) for page in plan.pages)


def _drawn_slide(page: Page, layout: SlideLayout, plan: Plan, template: Template) -> str:
    defaults = RunDefaults(plan.properties.language, layout.family)
    return slide_xml(page, layout.placeholders, template.placeholders, defaults, _chart_names(page))


def free_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides for any slide layout: all is drawn as planned, and only the title has a placeholder."""
    defaults = RunDefaults(plan.properties.language, None)
    placeholders = {template.placeholders.get(_TITLE, _TITLE): Placeholder('<p:ph type="title"/>', None)}
    return tuple(
        slide_xml(page, placeholders, template.placeholders, defaults, _chart_names(page)) for page in plan.pages
    )


def drawn_charts(plan: Plan) -> tuple[Mapping[str, ChartParts], ...]:
    """Write the parts of each page's charts, by the names that stand in those slides in the place of relationships."""
    defaults = RunDefaults(plan.properties.language, None)
    return tuple(
        {name: chart_parts(chart, defaults) for chart, name in _chart_names(page).items()} for page in plan.pages
    )


def _chart_names(page: Page) -> Mapping[Chart, str]:
    charts = (item for item in page.items if isinstance(item, Chart))
    return {chart: f"chart {number}" for number, chart in enumerate(charts)}
