"""From what the speaker has before them to the notes of slides (ECMA-376-1, 13.3.4 and 13.3.5), and their master.

Knows no package. The slide stands above, its text below.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from raportti.plan import Box
from raportti.render.pptx.markup import DRAWING, PRESENTATION, RELATIONSHIPS, XML, attribute, place
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
