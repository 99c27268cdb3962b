"""From a plan to the parts of a deck: slides, charts with their workbooks, notes with their master, each as XML.

Does not know the package that they come into.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from raportti.ooxml.package import packed, unpacked
from raportti.ooxml.xml import DRAWING, PRESENTATION, RELATIONSHIPS, TREE_ROOT, XML, attribute
from raportti.plan import Page, Plan
from raportti.plan.chart import Chart
from raportti.plan.typeset import Box
from raportti.render.pptx.chart import SHEET, chart_xml, number_format
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Placeholder, SlideLayout, Template, open_template, slide_layouts
from raportti.render.pptx.text import RunDefaults, place
from raportti.units import pt

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


_TITLE = "title"


def drawn_slides(plan: Plan, template: Template) -> tuple[str, ...]:
    """Write the slides as ``render`` does, without their tags."""
    layouts = slide_layouts(open_template(template.data))
    return tuple(_drawn_slide(page, layouts[template.layouts[page.kind.value]], plan, template) for page in plan.pages)


def _drawn_slide(page: Page, layout: SlideLayout, plan: Plan, template: Template) -> str:
    defaults = RunDefaults(plan.properties.language, layout.family, layout.resets)
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


_PICTURE, _TEXT = Box(pt(54), pt(90), pt(432), pt(243)), Box(pt(54), pt(346.5), pt(432), pt(283.5))
"""On a page of 540 x 720 pt, which ``p:notesSz`` is in PowerPoint's own decks and in our template."""
_ROOT = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"'
_COLOURS = " ".join(
    f'{name}="{colour}"'
    for name, colour in (
        ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2"),
        *((f"accent{n}", f"accent{n}") for n in range(1, 7)), ("hlink", "hlink"), ("folHlink", "folHlink"),
    )
)  # fmt: skip
_PICTURE_NAME, _TEXT_NAME = "Dian kuva", "Muistiinpanot"
_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def add_notes(presentation: Presentation, slide: Part, page: Page, language: str) -> None:
    """Add the notes of a page, with the relationships between slide and notes and from the notes to their master."""
    uri = PackURI(f"/ppt/notesSlides/notesSlide{page.number}.xml")
    notes = Part(uri, CONTENT_TYPE.PML_NOTES_SLIDE, slide.package, notes_xml(page, language).encode())
    notes.relate_to(_notes_master(presentation), RELATIONSHIP_TYPE.NOTES_MASTER)
    notes.relate_to(slide, RELATIONSHIP_TYPE.SLIDE)
    slide.relate_to(notes, RELATIONSHIP_TYPE.NOTES_SLIDE)


def _notes_master(presentation: Presentation) -> Part:
    """Return the template's notes master, or add one with the theme of its slides."""
    main = presentation.part
    root: Any = presentation.element
    for relation in main.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NOTES_MASTER:
            return relation.target_part
    theme_xml = presentation.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    theme = Part(main.package.next_partname("/ppt/theme/theme%d.xml"), CONTENT_TYPE.OFC_THEME, main.package, theme_xml)
    uri = PackURI("/ppt/notesMasters/notesMaster1.xml")
    master = Part(uri, CONTENT_TYPE.PML_NOTES_MASTER, main.package, master_xml().encode())
    master.relate_to(theme, RELATIONSHIP_TYPE.THEME)
    relationship = main.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    root.find(f"{{{PRESENTATION}}}sldMasterIdLst").addnext(parse_xml(master_list_xml(relationship)))
    return master


def notes_xml(page: Page, language: str) -> str:
    """Write the notes of a page; places and text properties are those of the master."""
    run = f'<a:rPr lang="{attribute(language)}" dirty="0"/>'
    text = "".join(f"<a:p><a:r>{run}<a:t>{escape(paragraph)}</a:t></a:r></a:p>" for paragraph in page.notes)
    tree = _tree("", "", text)
    return f"{XML}<p:notes {_ROOT}><p:cSld>{tree}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"


def master_xml() -> str:
    """Write the notes master, in the colours and fonts of its theme."""
    level = '<a:lvl1pPr><a:defRPr sz="1200"><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    tree = _tree(place(_PICTURE) + _RECTANGLE, place(_TEXT) + _RECTANGLE, '<a:p><a:endParaRPr sz="1200"/></a:p>')
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    return (
        f"{XML}<p:notesMaster {_ROOT}><p:cSld>{background}{tree}</p:cSld><p:clrMap {_COLOURS}/>"
        f"<p:notesStyle>{level}</p:notesStyle></p:notesMaster>"
    )


def master_list_xml(relationship: str) -> str:
    """Write how a presentation names its notes master, by the id of a relationship."""
    return f'<p:notesMasterIdLst {_ROOT}><p:notesMasterId r:id="{relationship}"/></p:notesMasterIdLst>'


def _tree(picture: str, body: str, text: str) -> str:
    """Write the picture of the slide and the text below it; a place that is empty is inherited from the master."""
    locks = '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
    return (
        f'<p:spTree>{TREE_ROOT}<p:sp><p:nvSpPr><p:cNvPr id="2" name="{_PICTURE_NAME}"/><p:cNvSpPr>{locks}</p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>{picture}</p:spPr></p:sp>'
        f'<p:sp><p:nvSpPr><p:cNvPr id="3" name="{_TEXT_NAME}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr>{body}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp></p:spTree>"
    )
