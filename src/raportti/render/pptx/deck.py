"""From a plan and a template to the bytes of a deck: opens the template, puts the slides in, packs it all.

Knows nothing of what is on a slide. The same plan and template give the same bytes.
"""

import io
from collections.abc import Sequence
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage, Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.presentation import Presentation

from raportti.ooxml.package import packed, unpacked
from raportti.ooxml.stamp import stamp_properties_xml, stamp_xml, tag_element, tags_xml
from raportti.ooxml.xml import DRAWING, PRESENTATION
from raportti.plan import Plan, page_keys
from raportti.plan.chart import Chart
from raportti.render.pptx.embedding import EmbeddedFont, fonts_xml
from raportti.render.pptx.markup import SECTIONS, app_xml, core_xml, sections_xml
from raportti.render.pptx.parts import add_charts, master_list_xml, master_xml, notes_xml
from raportti.render.pptx.slide import slide_xml
from raportti.render.pptx.template import Template, open_template, slide_layouts
from raportti.render.pptx.text import Voice

_P = f"{{{PRESENTATION}}}"
_LOOK = f"{{{DRAWING}}}defRPr"
"""How text looks that does not say it itself."""
_BEFORE_FONTS = tuple(
    f"{_P}{name}"
    for name in (
        "sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "smartTags",
    )
)  # fmt: skip
"""What stands before the list of embedded fonts (ECMA-376-1, 19.2.1.26); elsewhere PowerPoint refuses the deck."""


def render(
    plan: Plan, template: Template, *, embedded: tuple[EmbeddedFont, ...] = (), stamp: str | None = None
) -> bytes:
    """Draw a plan as a deck; the fonts in ``embedded`` travel with it, and ``stamp`` is what it knows of itself.

    Raises ``KeyError`` where the template fails ``check_template``, ``ValueError`` where a font fails ``check_fonts``.
    """
    presentation = open_template(template.data)
    _drop_slides(presentation)
    if embedded:
        _drop_fonts(presentation)
    slide_ids = _add_slides(presentation, plan, template)
    _set_sections(presentation, plan, slide_ids)
    if stamp is not None:
        _add_stamp(presentation, stamp)
    _set_language(presentation, plan.properties.language)
    if embedded:
        _embed(presentation, embedded)
    _set_properties(presentation.part.package, plan)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return packed(unpacked(buffer.getvalue()))


def _drop_slides(presentation: Presentation) -> None:
    """Take out a template's own slides, and the custom shows that name them."""
    root: Any = presentation.element
    for slide in list(root.iter(f"{_P}sldId")):
        presentation.part.drop_rel(slide.rId)
        slide.getparent().remove(slide)
    for shows in list(root.iter(f"{_P}custShowLst")):
        root.remove(shows)


def _drop_fonts(presentation: Presentation) -> None:
    """Take out the fonts that a template embeds: PowerPoint wants every family in the list once."""
    root: Any = presentation.element
    for fonts in root.findall(f"{_P}embeddedFontLst"):
        root.remove(fonts)
    relations = presentation.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.FONT]:
        relations.pop(name)


def _add_slides(presentation: Presentation, plan: Plan, template: Template) -> list[int]:
    """Add a slide for each page, as finished text: python-pptx need not parse it only to write it again."""
    layouts = slide_layouts(presentation)
    main = presentation.part
    ids: list[int] = []
    root: Any = presentation.element
    slides = root.get_or_add_sldIdLst()
    for page, key in zip(plan.pages, page_keys(plan.pages), strict=True):
        layout = layouts[template.layouts[page.kind.value]]
        voice = Voice(plan.properties.language, layout.family)
        part = Part(PackURI(f"/ppt/slides/slide{page.number}.xml"), CONTENT_TYPE.PML_SLIDE, main.package)
        part.relate_to(layout.source.part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        if page.notes:
            _add_notes(presentation, part, page.number, notes_xml(page.notes, plan.properties.language))
        charts = add_charts(part, [item for item in page.items if isinstance(item, Chart)], voice)
        tag = _add_tag(part, page.number, key)
        part.blob = slide_xml(page, layout.slots, template.placeholders, voice, charts, tag).encode()
        ids.append(slides.add_sldId(main.relate_to(part, RELATIONSHIP_TYPE.SLIDE)).id)
    return ids


def _add_tag(slide: Part, number: int, key: str) -> str:
    """Give a slide's part a tag with the key of its page, and return the element that stands in the slide for it."""
    part = Part(PackURI(f"/ppt/tags/slide{number}.xml"), CONTENT_TYPE.PML_TAGS, slide.package, tags_xml(key))
    return tag_element(slide.relate_to(part, RELATIONSHIP_TYPE.TAGS))


def _add_notes(presentation: Presentation, slide: Part, number: int, xml: str) -> None:
    """Give a slide its notes; they and the slide lead to each other, and the notes to their master."""
    uri = PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
    notes = Part(uri, CONTENT_TYPE.PML_NOTES_SLIDE, slide.package, xml.encode())
    notes.relate_to(_notes_master(presentation), RELATIONSHIP_TYPE.NOTES_MASTER)
    notes.relate_to(slide, RELATIONSHIP_TYPE.SLIDE)
    slide.relate_to(notes, RELATIONSHIP_TYPE.NOTES_SLIDE)


def _notes_master(presentation: Presentation) -> Part:
    """Return the template's master of notes, or make one with the theme of its slides."""
    main = presentation.part
    root: Any = presentation.element
    for relation in main.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NOTES_MASTER:
            return relation.target_part
    look = presentation.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    theme = Part(main.package.next_partname("/ppt/theme/theme%d.xml"), CONTENT_TYPE.OFC_THEME, main.package, look)
    uri = PackURI("/ppt/notesMasters/notesMaster1.xml")
    master = Part(uri, CONTENT_TYPE.PML_NOTES_MASTER, main.package, master_xml().encode())
    master.relate_to(theme, RELATIONSHIP_TYPE.THEME)
    name = main.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    root.find(f"{_P}sldMasterIdLst").addnext(parse_xml(master_list_xml(name)))
    return master


def _set_sections(presentation: Presentation, plan: Plan, slide_ids: Sequence[int]) -> None:
    """Replace the sections; the list of extensions is the last child of the presentation's element."""
    root: Any = presentation.element
    extensions = root.find(f"{_P}extLst")
    if extensions is None:
        extensions = root.makeelement(f"{_P}extLst")
        root.append(extensions)
    for old in extensions.findall(f"{_P}ext[@uri='{SECTIONS}']"):
        extensions.remove(old)
    extensions.append(parse_xml(sections_xml(plan, slide_ids)))


def _add_stamp(presentation: Presentation, text: str) -> None:
    """Put the part with the snapshot into the deck, and the part with its properties."""
    package = presentation.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    stamp = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, package, stamp_xml(text))
    uri = PackURI(f"/customXml/itemProps{number}.xml")
    properties = Part(uri, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, package, stamp_properties_xml())
    stamp.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    presentation.part.relate_to(stamp, RELATIONSHIP_TYPE.CUSTOM_XML)


def _set_language(presentation: Presentation, language: str) -> None:
    """Let text that is added by hand begin in the deck's language, where the template says that of its own."""
    masters = presentation.slide_masters
    sources = (presentation, *masters, *(layout for master in masters for layout in master.slide_layouts))
    roots: list[Any] = [source.element for source in sources]
    for look in (look for root in roots for look in root.iter(_LOOK)):
        if "lang" in look.attrib:
            look.set("lang", language)


def _embed(presentation: Presentation, fonts: tuple[EmbeddedFont, ...]) -> None:
    """Put whole fonts into the package."""
    root: Any = presentation.element
    main = presentation.part
    ids: list[str] = []
    for n, font in enumerate(fonts, 1):
        part = Part(PackURI(f"/ppt/fonts/font{n}.fntdata"), CONTENT_TYPE.X_FONTDATA, main.package, font.part)
        ids.append(main.relate_to(part, RELATIONSHIP_TYPE.FONT))
    [*_, before] = (child for child in root if child.tag in _BEFORE_FONTS)
    before.addnext(parse_xml(fonts_xml(fonts, ids)))
    root.set("embedTrueTypeFonts", "1")
    # Else PowerPoint would leave only the letters in use in the deck when it is saved again.
    root.attrib.pop("saveSubsetFonts", None)


def _set_properties(package: Package, plan: Plan) -> None:
    """Put the plan's properties in the place of the template's, and leave out the template's picture of itself."""
    core = PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, core_xml(plan.properties)
    extended = app_xml(plan.properties, len(plan.pages), sum(bool(page.notes) for page in plan.pages))
    app = PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, extended
    _drop_related(package, RELATIONSHIP_TYPE.THUMBNAIL)
    for kind, (name, content_type, blob) in (
        (RELATIONSHIP_TYPE.CORE_PROPERTIES, core),
        (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, app),
    ):
        _drop_related(package, kind)
        package.relate_to(Part(name, content_type, package, blob), kind)


def _drop_related(package: OpcPackage, kind: str) -> None:
    """Drop the package's own relationships of a kind; parts that nothing leads to are not written."""
    for rel in [rel for rel in package.iter_rels() if rel.reltype == kind]:
        package.drop_rel(rel.rId)
