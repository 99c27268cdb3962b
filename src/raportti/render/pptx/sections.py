"""From the pages of a plan to the sections of a deck ([MS-PPTX] 2.2.4.6, ``p14:sectionLst``). Knows no package."""

from collections.abc import Sequence
from itertools import groupby

from raportti.plan import Page, Plan
from raportti.render.pptx.markup import PRESENTATION, attribute, guid

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def sections_xml(plan: Plan, slide_ids: Sequence[int]) -> str:
    """Write the extension with a section for each strategy; every slide stands in one, the cover in its own."""
    written: list[str] = []
    pages = zip(plan.pages, slide_ids, strict=True)
    for name, members in groupby(pages, key=lambda pair: _section(pair[0], plan)):
        ids = "".join(f'<p14:sldId id="{slide_id}"/>' for _, slide_id in members)
        opening = f'<p14:section name="{attribute(name)}" id="{guid(f"section {len(written)} {name}")}">'
        written.append(f"{opening}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>")
    return (
        f'<p:ext xmlns:p="{PRESENTATION}" uri="{SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{"".join(written)}'
        "</p14:sectionLst></p:ext>"
    )


def _section(page: Page, plan: Plan) -> str:
    return page.strategy or plan.properties.title
