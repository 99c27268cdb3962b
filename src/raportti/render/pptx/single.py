"""From a plan to the XML of each of its slides, for a deck that exists already. Knows no package."""

from raportti.plan import Plan
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Slot, Template, open_template, slide_layouts
from raportti.render.pptx.text import Voice

_TITLE = "title"


def drawn_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides as ``render`` does, without their tags."""
    layouts = slide_layouts(open_template(template.data))
    on = [layouts[template.layouts[page.kind.value]] for page in plan.pages]
    return tuple(
        slide_xml(page, layout.slots, template.placeholders, Voice(plan.properties.language, layout.family))
        for page, layout in zip(plan.pages, on, strict=True)
    )


def free_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides so that they look as planned on any slide layout: only the title is tied to a placeholder."""
    voice = Voice(plan.properties.language, None)
    slots = {template.placeholders.get(_TITLE, _TITLE): Slot('<p:ph type="title"/>', None)}
    return tuple(slide_xml(page, slots, template.placeholders, voice) for page in plan.pages)
