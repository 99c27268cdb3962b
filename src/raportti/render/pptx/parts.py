"""From a plan to the XML of each of its slides and charts, for a deck that exists already. Knows no package."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from raportti.ooxml.xml import DRAWING, PRESENTATION, RELATIONSHIPS, XML, attribute
from raportti.plan import Page, Plan
from raportti.plan.chart import Chart
from raportti.plan.typeset import Box
from raportti.render.pptx.chart import chart_xml
from raportti.render.pptx.markup import place
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Slot, Template, open_template, slide_layouts
from raportti.render.pptx.text import Voice
from raportti.units import pt

_PICTURE, _TEXT = Box(pt(54), pt(90), pt(432), pt(243)), Box(pt(54), pt(346.5), pt(432), pt(283.5))
"""On a page of 540 x 720 pt, which ``p:notesSz`` is in PowerPoint's own decks and in our template."""
_ROOT = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"'
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_COLOURS = " ".join(
    f'{name}="{colour}"'
    for name, colour in (
        ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2"),
        *((f"accent{n}", f"accent{n}") for n in range(1, 7)), ("hlink", "hlink"), ("folHlink", "folHlink"),
    )
)  # fmt: skip
_PICTURE_NAME, _TEXT_NAME = "Dian kuva", "Muistiinpanot"


def master_list_xml(relation: str) -> str:
    """Write how a presentation names its master of notes, by a relationship's id."""
    return f'<p:notesMasterIdLst {_ROOT}><p:notesMasterId r:id="{relation}"/></p:notesMasterIdLst>'


def master_xml() -> str:
    """Write the master of all notes, in the colours and fonts of its theme."""
    level = '<a:lvl1pPr><a:defRPr sz="1200"><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    tree = _tree(place(_PICTURE) + _RECTANGLE, place(_TEXT) + _RECTANGLE, '<a:p><a:endParaRPr sz="1200"/></a:p>')
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    return (
        f"{XML}<p:notesMaster {_ROOT}><p:cSld>{background}{tree}</p:cSld><p:clrMap {_COLOURS}/>"
        f"<p:notesStyle>{level}</p:notesStyle></p:notesMaster>"
    )


def notes_xml(paragraphs: Iterable[str], language: str) -> str:
    """Write the notes of a slide; places and looks are those of the master."""
    run = f'<a:rPr lang="{attribute(language)}" dirty="0"/>'
    text = "".join(f"<a:p><a:r>{run}<a:t>{escape(paragraph)}</a:t></a:r></a:p>" for paragraph in paragraphs)
    tree = _tree("", "", text)
    return f"{XML}<p:notes {_ROOT}><p:cSld>{tree}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"


_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def _tree(picture: str, body: str, text: str) -> str:
    """Write the picture of the slide and the text below it; each has its place, or nothing where it inherits that."""
    locks = '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
    return (
        f'<p:spTree>{_GROUP}<p:sp><p:nvSpPr><p:cNvPr id="2" name="{_PICTURE_NAME}"/><p:cNvSpPr>{locks}</p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>{picture}</p:spPr></p:sp>'
        f'<p:sp><p:nvSpPr><p:cNvPr id="3" name="{_TEXT_NAME}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr>{body}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp></p:spTree>"
    )


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
    from raportti.render.pptx.chart_workbook import workbook_of

    return ChartParts(chart_xml(chart, voice, WORKBOOK).encode(), workbook_of(chart))


def add_charts(slide: Part, charts: Iterable[Chart], voice: Voice) -> Mapping[Chart, str]:
    """Add the parts of a slide's charts, and return the relationships by which the slide names them."""
    return {chart: _added(slide, chart, f"{slide.partname.idx}-{n}", voice) for n, chart in enumerate(charts, 1)}


def _added(slide: Part, chart: Chart, number: str, voice: Voice) -> str:
    # Imported here: a deck without charts needs no XlsxWriter.
    from raportti.render.pptx.chart_workbook import workbook_of

    part = Part(PackURI(f"/ppt/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, slide.package)
    name = PackURI(f"/ppt/embeddings/chart{number}.xlsx")
    data = Part(name, CONTENT_TYPE.SML_SHEET, slide.package, workbook_of(chart))
    part.blob = chart_xml(chart, voice, part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)).encode()
    return slide.relate_to(part, RELATIONSHIP_TYPE.CHART)
