"""From a layout's theme to the XML of the template's slide master and slide layouts.

Does not know packages; the places are the layout's boxes, so that a slide made by hand looks like the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from template_styles import LANGUAGE, NAMESPACES, XML, fill, level, levels

from raportti.content.records import StyleName
from raportti.layout.theme import Theme
from raportti.plan import PageKind
from raportti.plan.typeset import Box
from raportti.units import Emu, pt

ROLES = {
    PageKind.SCALE: ("title", "tag", "sentence", "scale", "footer", "number"),
    PageKind.SUMMARY: ("title", "tag", "sentence", "summary", "legend_title", "legend", "footer", "number"),
    PageKind.TABLE: ("title", "tag", "table", "continuation", "footer", "number"),
}
KINDS = (PageKind.COVER, *ROLES)
"""The kinds of pages that have a slide layout of their own: charts and changes stand on that of tables."""
BAR = pt(10)
"""The width of the brand bar on the left edge of every page but the cover."""
STEP_WIDTH, STEP_RISE = pt(50), pt(78)
STEP_TINTS = (0.05, 0.08, 0.11, 0.14, 0.17)
"""The share of white in the cover's five steps, which stand for the grades 1 to 5."""
FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder: its key in ``[template.placeholders]``, its number, place, text style and prompt."""

    role: str
    index: int
    box: Box
    style: StyleName
    prompt: str = ""
    type: str = "body"
    align: str = "l"
    anchor: str = "t"
    indent: Emu = 0
    bullet: StyleName | None = None
    gap: Emu = 0


def master(theme: Theme, numbers: Iterable[int]) -> str:
    """Make the slide master: the brand bar, the places of title, text, footer and number, the styles of text."""
    boxes = theme.boxes
    slots = (
        Slot("title", 0, boxes.title, "title", "Lisää otsikko", "title"),
        Slot("", 1, boxes.body, "table_text", "Lisää teksti"),
        Slot("footer", 3, boxes.footer, "footer", type="ftr"),
        Slot("number", 4, boxes.number, "number", type="sldNum", align="r"),
    )
    shapes = [decoration(theme, 2, "Palkki", Box(0, 0, BAR, theme.height), theme.colours["brand"])]
    shapes += [placeholder(theme, number, slot) for number, slot in enumerate(slots, 3)]
    ids = "".join(f'<p:sldLayoutId id="{2147483648 + n}" r:id="rId{n}"/>' for n in numbers)
    accents = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    body = levels(theme, "table_text")
    return (
        f"{XML}<p:sldMaster {NAMESPACES}><p:cSld>{background('bg1')}{tree(shapes)}</p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {accents} hlink="hlink" folHlink="folHlink"/>'
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" dt="0"/>'
        f"<p:txStyles><p:titleStyle>{level(theme, 1, 'title', font='+mj')}</p:titleStyle>"
        f"<p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{body}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def slide_layout(theme: Theme, kind: PageKind) -> str:
    """Make the slide layout of a kind of page."""
    own, back = "", ""
    shapes: list[str] = []
    if kind is PageKind.COVER:
        own, back, shapes, slots = ' showMasterSp="0"', background("tx2"), staircase(theme), cover_slots(theme)
    else:
        slots = [content_slots(theme)[role] for role in ROLES[kind]]
    shapes += [placeholder(theme, number, slot) for number, slot in enumerate(slots, len(shapes) + 2)]
    return (
        f'{XML}<p:sldLayout {NAMESPACES}{own} preserve="1" userDrawn="1">'
        f'<p:cSld name="{escape(theme.template.layouts[kind.value])}">{back}{tree(shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def cover_slots(theme: Theme) -> list[Slot]:
    """Say what stands on the cover."""
    boxes = theme.boxes
    list_box, hang = boxes.cover_strategies, theme.gaps.cover_hang
    return [
        Slot("title", 0, boxes.cover_title, "cover_title", "Lisää raportin otsikko", "ctrTitle", anchor="b"),
        Slot("strategies", 15, list_box, "cover_list", "Strategia", indent=hang, bullet="cover_bullet"),
        Slot("colophon", 16, boxes.cover_colophon, "cover_colophon", "Organisaatio, kokous, päivämäärä"),
    ]


def content_slots(theme: Theme) -> dict[str, Slot]:
    """Say what can stand on the other pages; ``summary`` is the table's place beside the legend."""
    boxes, gaps = theme.boxes, theme.gaps
    heading, items = legend_boxes(theme)
    indent = gaps.disc + gaps.disc_text
    between = gaps.disc + gaps.grades - theme.style("scale").leading
    grade = "Arvosana ja sen merkitys"
    return {
        "title": Slot("title", 0, boxes.title, "title", "Lisää otsikko", "title"),
        "footer": Slot("footer", 11, boxes.footer, "footer", type="ftr"),
        "number": Slot("number", 12, boxes.number, "number", type="sldNum", align="r"),
        "tag": Slot("tag", 13, boxes.tag, "tag", "STRATEGIA", align="r"),
        "sentence": Slot("sentence", 14, boxes.sentence, "sentence", "Lisää lause"),
        "scale": Slot("scale", 17, boxes.scale, "scale", grade, indent=indent, gap=between),
        "legend_title": Slot("legend_title", 18, heading, "legend_title", "Selitteen otsikko"),
        "legend": Slot("legend", 19, items, "legend", grade, gap=gaps.legend_items),
        "continuation": Slot("continuation", 20, boxes.continuation, "continuation", "Jatkuu", align="r"),
        "table": Slot("table", 21, boxes.body, "table_text", "Lisää taulukko", "tbl"),
        "summary": Slot("table", 21, boxes.summary, "table_text", "Lisää taulukko", "tbl"),
    }


def legend_boxes(theme: Theme) -> tuple[Box, Box]:
    """Place the legend's heading and its items within its panel."""
    panel, padding = theme.boxes.legend, theme.gaps.legend_padding
    heading = Box(panel.x + padding, panel.y + padding, panel.w - 2 * padding, theme.style("legend_title").leading)
    top = heading.bottom + theme.gaps.legend_items
    return heading, Box(heading.x, top, heading.w, panel.bottom - padding - top)


def placeholder(theme: Theme, number: int, slot: Slot) -> str:
    """Make a placeholder with the place and the text style that a slide made by hand inherits."""
    name = escape(theme.template.placeholders.get(slot.role, "Teksti"))
    index = f' idx="{slot.index}"' if slot.index else ""
    size = ' sz="quarter"' if slot.index > 1 else ""
    custom = ' hasCustomPrompt="1"' if slot.prompt and slot.index > 1 else ""
    style = level(
        theme, 1, slot.style, align=slot.align, indent=slot.indent, hang=slot.indent, bullet=slot.bullet, gap=slot.gap,
        font="+mj" if "itle" in slot.type else "+mn",
    )  # fmt: skip
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{slot.type}"{size}{index}{custom}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{rectangle(slot.box)}</p:spPr><p:txBody>"
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{slot.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>"
        f'<a:p>{prompt(slot)}<a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )


def prompt(slot: Slot) -> str:
    """Make what an empty placeholder shows: its prompt, or the field of the slide's number."""
    run = f'<a:rPr lang="{LANGUAGE}"/><a:t>'
    if slot.type == "sldNum":
        return f'<a:fld id="{FIELD}" type="slidenum">{run}‹#›</a:t></a:fld>'
    return f"<a:r>{run}{escape(slot.prompt)}</a:t></a:r>" if slot.prompt else ""


def staircase(theme: Theme) -> list[str]:
    """Draw the cover's five steps, flush with its foot and its right edge."""
    steps: list[str] = []
    for n, share in enumerate(STEP_TINTS):
        height = STEP_RISE * (n + 1)
        box = Box(theme.width - STEP_WIDTH * (len(STEP_TINTS) - n), theme.height - height, STEP_WIDTH, height)
        steps.append(decoration(theme, n + 2, f"Porras {n + 1}", box, tint(theme.colours["brand"], share)))
    return steps


def tint(rgb: str, share: float) -> str:
    """Mix a colour with a share of white."""
    channels = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(c + (255 - c) * share):02X}" for c in channels)


def decoration(theme: Theme, number: int, name: str, box: Box, rgb: str) -> str:
    """Draw a filled rectangle that readers of the screen pass over."""
    uri, space = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}", "http://schemas.microsoft.com/office/drawing/2017/decorative"
    mark = f'<a:extLst><a:ext uri="{uri}"><adec:decorative xmlns:adec="{space}" val="1"/></a:ext></a:extLst>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{mark}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{rectangle(box)}{fill(theme, rgb)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def rectangle(box: Box) -> str:
    """Say a place as a rectangle."""
    place = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/>'
    return f'<a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def background(name: str) -> str:
    """Fill the page with a colour of the theme."""
    return f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{name}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def tree(shapes: Iterable[str]) -> str:
    """Put shapes into the tree of a slide."""
    zero = '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr><a:xfrm>{zero}</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:spTree>"
    )
