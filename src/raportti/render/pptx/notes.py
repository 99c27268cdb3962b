"""From a page's notes to the notes of its slide, and to their master where the template has none.

Does not know what is on a slide.
"""

from typing import Any
from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from raportti.ooxml.xml import DRAWING, PRESENTATION, RELATIONSHIPS, XML, attribute
from raportti.plan import Page
from raportti.plan.typeset import Box
from raportti.render.pptx.markup import TREE_ROOT, place
from raportti.units import pt

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
