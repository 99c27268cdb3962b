"""From a plan and a template to the bytes of a deck: opens the template, adds the slides, packs it all.

Does not know what is on a slide. The same plan and template give the same bytes.
"""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage, Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.presentation import Presentation

from raportti.ooxml.package import packed, unpacked
from raportti.ooxml.stamp import stamp_properties_xml, stamp_xml, tag_element, tags_xml
from raportti.ooxml.xml import DRAWING, P14_MAIN, PRESENTATION, XML, attribute, guid
from raportti.plan import Plan, Properties, page_keys
from raportti.plan.chart import Chart
from raportti.render.pptx.embedding import EmbeddedFont, fonts_xml
from raportti.render.pptx.parts import add_charts, add_notes
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Template, open_template, slide_layouts
from raportti.render.pptx.text import RunDefaults

_DATELESS = "1980-01-01"
"""The date of a document that has none: with that of the clock every build would be another file."""
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def set_properties(package: Package, plan: Plan) -> None:
    """Replace the template's properties by the plan's, and drop the template's thumbnail."""
    core = PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, _core_xml(plan.properties)
    extended = _app_xml(plan.properties, len(plan.pages), sum(bool(page.notes) for page in plan.pages))
    app = PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, extended
    _drop_related(package, RELATIONSHIP_TYPE.THUMBNAIL)
    for relationship_type, (name, content_type, blob) in (
        (RELATIONSHIP_TYPE.CORE_PROPERTIES, core),
        (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, app),
    ):
        _drop_related(package, relationship_type, name)
        package.relate_to(Part(name, content_type, package, blob), relationship_type)


def _drop_related(package: OpcPackage, relationship_type: str, name: str = "") -> None:
    """Drop the package's own relationships of a type; a part without a relationship to it is not written.

    Those to a part of a ``name`` go too: LibreOffice (7.4) writes another type for the core properties.
    """
    for rel in [rel for rel in package.iter_rels() if rel.reltype == relationship_type or _leads_to(rel, name)]:
        package.drop_rel(rel.rId)


def _leads_to(rel: Any, name: str) -> bool:
    return not rel.is_external and str(rel.target_part.partname) == name


def _core_xml(properties: Properties) -> bytes:
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


def _app_xml(properties: Properties, slides: int, notes: int) -> bytes:
    """Write the extended properties: the organisation, and the numbers of slides and notes."""
    company = f"<Company>{escape(properties.author)}</Company>" if properties.author else ""
    return (
        f'{XML}<Properties xmlns="{_EXTENDED}"><TotalTime>0</TotalTime>'
        "<Application>Microsoft Office PowerPoint</Application>"
        f"<Slides>{slides}</Slides><Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides>{company}</Properties>"
    ).encode()


_P = f"{{{PRESENTATION}}}"
_DEFAULT_RUN = f"{{{DRAWING}}}defRPr"
"""The run properties of text that has none of its own."""
_BEFORE_FONTS = tuple(
    f"{_P}{name}"
    for name in (
        "sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "smartTags",
    )
)  # fmt: skip
"""The elements before the list of embedded fonts (ECMA-376-1, 19.2.1.26); elsewhere PowerPoint refuses the deck."""
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def render(
    plan: Plan, template: Template, *, embedded: tuple[EmbeddedFont, ...] = (), snapshot: str | None = None
) -> bytes:
    """Draw a plan as a deck; the fonts in ``embedded`` and the ``snapshot`` of its data travel with it.

    Raises ``KeyError`` where the template fails ``check_template``, ``ValueError`` where a font fails ``check_fonts``.
    """
    presentation = open_template(template.data)
    _drop_slides(presentation)
    if embedded:
        _drop_fonts(presentation)
    slide_ids = _add_slides(presentation, plan, template)
    _set_sections(presentation, plan, slide_ids)
    if snapshot is not None:
        _add_snapshot(presentation, snapshot)
    _set_language(presentation, plan.properties.language)
    if embedded:
        _embed(presentation, embedded)
    set_properties(presentation.part.package, plan)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return packed(unpacked(buffer.getvalue()))


def _drop_slides(presentation: Presentation) -> None:
    """Drop a template's own slides, and the custom shows that name them."""
    root: Any = presentation.element
    for slide in list(root.iter(f"{_P}sldId")):
        presentation.part.drop_rel(slide.rId)
        slide.getparent().remove(slide)
    for shows in list(root.iter(f"{_P}custShowLst")):
        root.remove(shows)


def _drop_fonts(presentation: Presentation) -> None:
    """Drop the fonts that a template embeds: PowerPoint wants every family in the list once."""
    root: Any = presentation.element
    for fonts in root.findall(f"{_P}embeddedFontLst"):
        root.remove(fonts)
    relationships = presentation.part.rels
    for id_ in [id_ for id_, one in relationships.items() if one.reltype == RELATIONSHIP_TYPE.FONT]:
        relationships.pop(id_)


def _add_slides(presentation: Presentation, plan: Plan, template: Template) -> list[int]:
    """Add a slide for each page, as finished text, which python-pptx does not parse only to write it again."""
    layouts = slide_layouts(presentation)
    main = presentation.part
    ids: list[int] = []
    root: Any = presentation.element
    slides = root.get_or_add_sldIdLst()
    for page, key in zip(plan.pages, page_keys(plan.pages), strict=True):
        layout = layouts[template.layouts[page.kind.value]]
        defaults = RunDefaults(plan.properties.language, layout.family, layout.resets)
        part = Part(PackURI(f"/ppt/slides/slide{page.number}.xml"), CONTENT_TYPE.PML_SLIDE, main.package)
        part.relate_to(layout.source.part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        if page.notes:
            add_notes(presentation, part, page, plan.properties.language)
        charts = add_charts(part, [item for item in page.items if isinstance(item, Chart)], defaults)
        tag = _add_tag(part, page.number, key)
        part.blob = slide_xml(page, layout.placeholders, template.placeholders, defaults, charts, tag).encode()
        ids.append(slides.add_sldId(main.relate_to(part, RELATIONSHIP_TYPE.SLIDE)).id)
    return ids


def _add_tag(slide: Part, number: int, key: str) -> str:
    """Give a slide's part a tag with the key of its page, and return the element that names it in the slide."""
    part = Part(PackURI(f"/ppt/tags/slide{number}.xml"), CONTENT_TYPE.PML_TAGS, slide.package, tags_xml(key))
    return tag_element(slide.relate_to(part, RELATIONSHIP_TYPE.TAGS))


def _set_sections(presentation: Presentation, plan: Plan, slide_ids: Sequence[int]) -> None:
    """Replace the sections; the list of extensions is the last child of the root."""
    root: Any = presentation.element
    extensions = root.find(f"{_P}extLst")
    if extensions is None:
        extensions = root.makeelement(f"{_P}extLst")
        root.append(extensions)
    for old in extensions.findall(f"{_P}ext[@uri='{_SECTIONS}']"):
        extensions.remove(old)
    extensions.append(parse_xml(_sections_xml(plan, slide_ids)))


def _sections_xml(plan: Plan, slide_ids: Sequence[int]) -> str:
    """Write the extension with a section for each strategy; every slide is in one, the cover in its own."""
    written: list[str] = []
    pages = zip(plan.pages, slide_ids, strict=True)
    for name, members in groupby(pages, key=lambda pair: pair[0].strategy or plan.properties.title):
        ids = "".join(f'<p14:sldId id="{slide_id}"/>' for _, slide_id in members)
        opening = f'<p14:section name="{attribute(name)}" id="{guid(f"section {len(written)} {name}")}">'
        written.append(f"{opening}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>")
    return (
        f'<p:ext xmlns:p="{PRESENTATION}" uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{P14_MAIN}">{"".join(written)}'
        "</p14:sectionLst></p:ext>"
    )


def _add_snapshot(presentation: Presentation, snapshot: str) -> None:
    """Add the part with the snapshot, and the part with its properties."""
    package = presentation.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    part = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, package, stamp_xml(snapshot))
    uri = PackURI(f"/customXml/itemProps{number}.xml")
    properties = Part(uri, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, package, stamp_properties_xml())
    part.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    presentation.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _set_language(presentation: Presentation, language: str) -> None:
    """Give text that people add the deck's language, wherever the template names a language of its own."""
    masters = presentation.slide_masters
    sources = (presentation, *masters, *(layout for master in masters for layout in master.slide_layouts))
    roots: list[Any] = [source.element for source in sources]
    for properties in (properties for root in roots for properties in root.iter(_DEFAULT_RUN)):
        if "lang" in properties.attrib:
            properties.set("lang", language)


def _embed(presentation: Presentation, fonts: tuple[EmbeddedFont, ...]) -> None:
    """Add the parts and the list of the fonts, which are whole."""
    root: Any = presentation.element
    main = presentation.part
    ids: list[str] = []
    for n, font in enumerate(fonts, 1):
        part = Part(PackURI(f"/ppt/fonts/font{n}.fntdata"), CONTENT_TYPE.X_FONTDATA, main.package, font.part)
        ids.append(main.relate_to(part, RELATIONSHIP_TYPE.FONT))
    [*_, before] = (child for child in root if child.tag in _BEFORE_FONTS)
    before.addnext(parse_xml(fonts_xml(fonts, ids)))
    root.set("embedTrueTypeFonts", "1")
    # With it, PowerPoint would keep only the letters in use when it saves the deck.
    root.attrib.pop("saveSubsetFonts", None)
