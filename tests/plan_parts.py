"""Parts of plans made by hand: the default layout's styles, and makers of paragraphs, cells and what frames a page.

Lengths are said in points. Line widths are rough, since no renderer may rely on them.
"""

from collections.abc import Sequence

from raportti.plan import Anchor, Cell, CellKind, Margins, Role, TextBox
from raportti.plan.typeset import Align, Box, Bullet, Line, Paragraph, Span, Style
from raportti.units import pt

REPORT = "Yhteisten tavoitteiden arviointi"
FIRST, SECOND = "Hyvinvointialuestrategia", "Palvelustrategia"
BRAND, INK, QUIET, PAPER, RULE, SKY, PANEL = "17406D", "1B2A41", "53647A", "FFFFFF", "C5CFDA", "9CC9EE", "EFF3F7"
TINTS = {"KYLLÄ": "DDF1E4", "OSITTAIN": "FFF1CF", "EI": "FBDDDF", "EI ARVIOITU": "E8ECF0"}
INKS = {"KYLLÄ": "0A5A2B", "OSITTAIN": "674200", "EI": "8A1020", "EI ARVIOITU": "44505E"}


def style(size: float, leading: float, colour: str = INK, *, bold: bool = False, tracking: float = 0) -> Style:
    return Style("Inter", bold, pt(size), pt(leading), colour, pt(tracking))


TITLE, PART = style(23, 29, bold=True), style(23, 29, QUIET)
TEXT, HEAD, BULLET = style(11, 13.4), style(11, 13.4, PAPER, bold=True), style(11, 13.4, BRAND)
SCORE, CONTINUED = style(15, 13.4, bold=True), style(11, 13.4, QUIET)
SUMMARY, AVERAGE, SUMMARY_HEAD = style(14, 18), style(14, 18, bold=True), style(11.5, 15, PAPER, bold=True)
SCALE, GRADE = style(15, 22), style(19, 22, PAPER, bold=True)
LEGEND, LEGEND_GRADE = style(11, 15), style(11, 15, bold=True)
FOOT = style(9, 12, QUIET)
GOALS_MARGINS = Margins(pt(7.2), pt(7.2), pt(3.6), pt(3.6))
SUMMARY_MARGINS = Margins(pt(10), pt(10), pt(8), pt(8))


def box(x: float, y: float, w: float, h: float) -> Box:
    return Box(pt(x), pt(y), pt(w), pt(h))


def line(text: str | Sequence[tuple[str, Style]], look: Style) -> Line:
    """Make a line of a text or of (text, style); ``\\u00AD`` at its end breaks a word, ``\\u200B`` without a hyphen."""
    parts = [(text, look)] if isinstance(text, str) else list(text)
    last, last_look = parts[-1]
    ends = last[-1:]
    parts[-1] = last.rstrip("\u00ad\u200b"), last_look
    spans = tuple(Span(*part) for part in parts)
    width = round(sum(len(span.text.rstrip()) * span.style.size * 0.55 for span in spans))
    return Line(spans, width, hyphen=ends == "\u00ad", breaks_word=ends in ("\u00ad", "\u200b"))


def paragraph(
    *lines: str | Sequence[tuple[str, Style]],
    look: Style,
    align: Align = Align.LEFT,
    before: float = 0,
    bullet: Bullet | None = None,
    indent: float = 0,
    hang: float = 0,
    continued: bool = False,
) -> Paragraph:
    """Make a paragraph of its lines, which end with the space at which they break."""
    made = tuple(line(text, look) for text in lines)
    return Paragraph(made, look.leading, align, pt(before), pt(indent), pt(hang), bullet, continued)


def one(role: Role, place: Box, text: str, look: Style, align: Align = Align.LEFT) -> TextBox:
    return TextBox(role, place, (paragraph(text, look=look, align=align),))


def frame(number: int, title: Paragraph, strategy: str, *, heading: int, continues: bool = False) -> list[TextBox]:
    foot = [one(Role.FOOTER, box(40, 511, 560, 13), REPORT, FOOT)]
    if continues:
        look = style(9, 12, BRAND, bold=True)
        foot.append(one(Role.CONTINUATION, box(610, 511, 264, 13), "Jatkuu seuraavalla sivulla", look, Align.RIGHT))
    foot.append(one(Role.NUMBER, box(884, 511, 36, 13), str(number), FOOT, Align.RIGHT))
    tag = style(9, 12, BRAND, bold=True, tracking=0.8)
    return [
        TextBox(Role.TITLE, box(40, 24, 673, 58), (title,), heading=heading),
        one(Role.TAG, box(724, 30, 196, 48), strategy.upper(), tag, Align.RIGHT),
        *foot,
    ]


def split_frame(frame: Sequence[TextBox]) -> tuple[Sequence[TextBox], Sequence[TextBox]]:
    """Split what stands around a body into what is read before it and what after."""
    return frame[:2], frame[2:]


def head_cell(key: str, column: int, *lines: str, look: Style = HEAD, rows: int = 1, columns: int = 1) -> Cell:
    texts = (paragraph(*lines, look=look),)
    return Cell(key, column, texts, CellKind.COLUMN_HEADER, BRAND, Anchor.BOTTOM, columns, rows)


def centred(key: str, column: int, text: str, look: Style, fill: str | None = None) -> Cell:
    return Cell(key, column, (paragraph(text, look=look, align=Align.CENTRE),), fill=fill)
