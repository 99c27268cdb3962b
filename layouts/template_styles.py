"""From a layout's theme to the XML of the template's theme, text styles and table styles.

Does not know slides.
"""

from raportti.content.records import StyleName
from raportti.layout.theme import Theme
from raportti.units import EMU_PER_PT, Emu

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OOXML = "http://schemas.openxmlformats.org"
OFFICE = f"{OOXML}/officeDocument/2006"
PACKAGE = f"{OOXML}/package/2006"
A = f'xmlns:a="{OOXML}/drawingml/2006/main"'
NAMESPACES = f'{A} xmlns:r="{OFFICE}/relationships" xmlns:p="{OOXML}/presentationml/2006/main"'
LANGUAGE = "fi-FI"
KERN = 100
"""Kerning from 1 pt on; why not 0 is said in ``raportti.render.pptx.text``."""
SCHEME = {"ink": "tx1", "paper": "bg1", "brand": "tx2", "panel": "bg2", "quiet": "accent5", "sky": "accent6"}
"""The layout's colours that the theme carries, so that another choice of theme colours in PowerPoint reaches them."""
TABLE_STYLE = "{7B8E4A5C-3C0E-5B0F-9D57-6E1F0C9A2D41}"
"""The look of a table that is inserted by hand: that of the report's own tables."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's "No Style, No Grid", which the report's own tables have below their fills and lines."""


def colour(theme: Theme, rgb: str) -> str:
    """Say a colour by its name in the theme where it has one."""
    names = {theme.colours[key]: name for key, name in SCHEME.items()}
    return f'<a:schemeClr val="{names[rgb]}"/>' if rgb in names else f'<a:srgbClr val="{rgb}"/>'


def fill(theme: Theme, rgb: str) -> str:
    """Make an even fill."""
    return f"<a:solidFill>{colour(theme, rgb)}</a:solidFill>"


def levels(theme: Theme, style: StyleName) -> str:
    """Make the nine levels of a list style, all alike."""
    return "".join(level(theme, number, style) for number in range(1, 10))


def level(
    theme: Theme,
    number: int,
    style: StyleName,
    *,
    align: str = "l",
    indent: Emu = 0,
    hang: Emu = 0,
    bullet: StyleName | None = None,
    gap: Emu = 0,
    font: str = "+mn",
) -> str:
    """Make one level of a list style; ``bullet`` is the style of a bullet."""
    look = theme.style(style)
    mark = "<a:buNone/>"
    if bullet:
        mark = f'<a:buClr>{colour(theme, theme.style(bullet).colour)}</a:buClr><a:buFont typeface="{look.family}"/>'
        mark += '<a:buChar char="•"/>'
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="{-hang}" algn="{align}" defTabSz="914400" rtl="0" eaLnBrk="1" '
        f'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPts val="{hundredths(look.leading)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{hundredths(gap)}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>{mark}'
        f'<a:defRPr lang="{LANGUAGE}" sz="{hundredths(look.size)}" b="{int(look.bold)}" kern="{KERN}" '
        f'spc="{hundredths(look.tracking)}">{fill(theme, look.colour)}<a:latin typeface="{font}-lt"/>'
        f'<a:ea typeface="{font}-ea"/><a:cs typeface="{font}-cs"/></a:defRPr></a:lvl{number}pPr>'
    )


def hundredths(length: Emu) -> int:
    """Give a length in hundredths of a point, as text properties want it."""
    return round(length * 100 / EMU_PER_PT)


def theme_part(theme: Theme) -> str:
    """Make the theme: colours, fonts, and effects that are none."""
    c = theme.colours
    slots = {
        "dk1": c["ink"], "lt1": c["paper"], "dk2": c["brand"], "lt2": c["panel"],
        "accent1": c["brand"], "accent2": c["yes_ink"], "accent3": c["partly_ink"], "accent4": c["no_ink"],
        "accent5": c["quiet"], "accent6": c["sky"], "hlink": c["brand"], "folHlink": c["quiet"],
    }  # fmt: skip
    colours = "".join(f'<a:{slot}><a:srgbClr val="{rgb}"/></a:{slot}>' for slot, rgb in slots.items())
    family = theme.style("table_text").family
    font = f'<a:latin typeface="{family}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{w}">{plain}<a:prstDash val="solid"/></a:ln>' for w in (6350, 9525, 12700))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{XML}<a:theme {A} name="{theme.name}"><a:themeElements>'
        f'<a:clrScheme name="{theme.name}">{colours}</a:clrScheme><a:fontScheme name="{family}">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{theme.name}"><a:fillStyleLst>{plain * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def table_styles(theme: Theme) -> str:
    """Make the table styles: the one for tables inserted by hand, and the empty one below the report's own."""
    goals = theme.tables.goals
    rule = border(theme, goals.rule, goals.rule_width)
    thin = border(theme, goals.rule, goals.rule_width * 2 // 3)
    head = theme.style("table_head")
    whole = f"<a:bottom>{rule}</a:bottom><a:insideH>{rule}</a:insideH>"
    edges = "".join(f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>" for side in
                    ("left", "right", "top", "bottom", "insideH", "insideV"))  # fmt: skip
    text = '<a:tcTxStyle{bold}><a:fontRef idx="minor"/>{colour}</a:tcTxStyle>'
    ink = text.format(bold="", colour=colour(theme, theme.style("table_text").colour))
    paper = text.format(bold=' b="on"', colour=colour(theme, head.colour))
    return (
        f'{XML}<a:tblStyleLst {A} def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Arviointitaulukko"><a:wholeTbl>{ink}<a:tcStyle>'
        f"<a:tcBdr>{whole}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl><a:firstRow>{paper}"
        f"<a:tcStyle><a:tcBdr><a:insideV>{thin}</a:insideV></a:tcBdr>"
        f"<a:fill>{fill(theme, theme.fills.head)}</a:fill></a:tcStyle>"
        f'</a:firstRow></a:tblStyle><a:tblStyle styleId="{NO_STYLE}" styleName="No Style, No Grid"><a:wholeTbl>{ink}'
        f"<a:tcStyle><a:tcBdr>{edges}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl></a:tblStyle>"
        "</a:tblStyleLst>"
    )


def border(theme: Theme, rgb: str, width: Emu) -> str:
    """Make a line of a table style."""
    return f'<a:ln w="{width}" cmpd="sng">{fill(theme, rgb)}</a:ln>'
