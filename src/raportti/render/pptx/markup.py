"""Words of the file format that several kinds of shapes share. Knows no item of the plan but its box."""

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from raportti.ooxml.xml import P14_MAIN, PRESENTATION, XML, attribute, guid
from raportti.plan import Page, Plan, Properties
from raportti.plan.typeset import Box
from raportti.units import EMU_PER_PT, Emu


def hundredths(length: Emu) -> int:
    """Give a length in hundredths of a point, the unit of ST_TextFontSize and ST_TextSpacingPoint."""
    return round(length * 100 / EMU_PER_PT)


def solid(colour: str) -> str:
    """Fill evenly."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def place(box: Box, prefix: str = "a") -> str:
    """Say where a shape lies; a frame says it with the prefix ``p``."""
    inner = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/>'
    return f"<{prefix}:xfrm>{inner}</{prefix}:xfrm>"


_DATELESS = "1980-01-01"
"""The date of a document that names none: the clock's would make every build another file."""
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core_xml(properties: Properties) -> bytes:
    """Write the core properties (ECMA-376-2, 11)."""
    moment = f"{properties.date or _DATELESS}T00:00:00Z"
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": ", ".join(properties.keywords),
        "dc:language": properties.language,
        "cp:lastModifiedBy": properties.author,
        "cp:revision": "1",
    }
    inner = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts.items() if text)
    for tag in ("created", "modified"):
        inner += f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{tag}>'
    return f"{XML}<cp:coreProperties {_CORE}>{inner}</cp:coreProperties>".encode()


def app_xml(properties: Properties, slides: int, notes: int) -> bytes:
    """Write the extended properties: who it is from, and how many slides and how many notes it has."""
    company = f"<Company>{escape(properties.author)}</Company>" if properties.author else ""
    return (
        f'{XML}<Properties xmlns="{_EXTENDED}"><TotalTime>0</TotalTime>'
        "<Application>Microsoft Office PowerPoint</Application>"
        f"<Slides>{slides}</Slides><Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides>{company}</Properties>"
    ).encode()


SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def sections_xml(plan: Plan, slide_ids: Sequence[int]) -> str:
    """Write the extension with a section for each strategy; every slide stands in one, the cover in its own."""
    written: list[str] = []
    pages = zip(plan.pages, slide_ids, strict=True)
    for name, members in groupby(pages, key=lambda pair: _section(pair[0], plan)):
        ids = "".join(f'<p14:sldId id="{slide_id}"/>' for _, slide_id in members)
        opening = f'<p14:section name="{attribute(name)}" id="{guid(f"section {len(written)} {name}")}">'
        written.append(f"{opening}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>")
    return (
        f'<p:ext xmlns:p="{PRESENTATION}" uri="{SECTIONS}"><p14:sectionLst xmlns:p14="{P14_MAIN}">{"".join(written)}'
        "</p14:sectionLst></p:ext>"
    )


def _section(page: Page, plan: Plan) -> str:
    return page.strategy or plan.properties.title
