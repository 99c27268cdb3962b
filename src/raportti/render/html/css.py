"""From styles, places and cells of the plan to CSS classes, one for each distinct rule.

Does not know elements or templates. Lengths are written as points.
"""

from raportti.plan import Anchor, Cell, CellKind, Disc, Panel, Plan, Row, Table, TextBox
from raportti.plan.chart import Chart
from raportti.plan.typeset import Align, Box, Paragraph, Style, height_of
from raportti.render.css_classes import class_name, class_rule
from raportti.render.html.structure import indent_within
from raportti.units import Emu, as_pt

_ALIGN = {Align.LEFT: "", Align.CENTRE: "text-align:center;", Align.RIGHT: "text-align:right;"}
_ANCHOR = {Anchor.TOP: "", Anchor.MIDDLE: "vertical-align:middle;", Anchor.BOTTOM: "vertical-align:bottom;"}
STRUT = 1.22
"""Leading in proportion to size. Where a line holds text that is larger than its leading (the score), a strut of this
proportion gives the line its baseline, so that the large text stands on the baseline of its neighbours."""
SPACE = "sp"
"""The class of spaces that are read and take no width."""


class CssClasses:
    """The classes of one document. Each method returns the name of a class, and keeps the rule that it needs."""

    def __init__(self, plan: Plan) -> None:
        self._width = plan.width
        self._names: dict[str, str] = {}

    @property
    def text(self) -> str:
        """The rules of all classes asked for so far."""
        return "\n".join(class_rule(name, rule) for rule, name in self._names.items())

    def _name(self, rule: str) -> str:
        if rule not in self._names:
            self._names[rule] = class_name(rule)
        return self._names[rule]

    def place(self, item: TextBox) -> str:
        """Name the place of a text box: its text begins where the anchor puts it."""
        rest = item.box.h - height_of(item.paragraphs)
        down = {Anchor.TOP: 0, Anchor.MIDDLE: rest // 2, Anchor.BOTTOM: rest}[item.anchor]
        return self._name(
            f"position:absolute;left:{pts(item.box.x)};top:{pts(item.box.y + down)};width:{pts(item.box.w)}"
        )

    def shape(self, item: Disc | Panel) -> str:
        """Name the place and fill of a decoration."""
        radius = ";border-radius:50%" if isinstance(item, Disc) else ""
        return self._name(f"position:absolute;{_rectangle(item.box)};background:#{item.colour}{radius}")

    def chart(self, chart: Chart) -> str:
        """Name the place of a chart."""
        return self._name(f"display:block;position:absolute;{_rectangle(chart.box)}")

    def paragraph(self, paragraph: Paragraph, is_first: bool) -> str:
        """Name how a paragraph is set; ``is_first``: the first of its box, which has no space before it."""
        return self._name(_set_in(paragraph, paragraph.indent) + _space_before(paragraph, is_first))

    def item(self, paragraph: Paragraph, parent: Paragraph | None, is_first: bool) -> str:
        """Name how a list item is set within its parent item."""
        listed = 'list-style-type:"";' if paragraph.bullet else ""
        return self._name(
            listed + _set_in(paragraph, indent_within(paragraph, parent)) + _space_before(paragraph, is_first)
        )

    def label(self, paragraph: Paragraph) -> str:
        """Name how an item's bullet is placed and set; an item without one needs no class.

        Positioned text is drawn, and copied, after all other text: so the item's own text is positioned too.
        """
        if paragraph.bullet is None:
            return ""
        hang = pts(paragraph.hang)
        return self._name(
            f"position:absolute;margin-left:-{hang};width:{hang};text-align:left;"
            + _face(paragraph.bullet.style, paragraph.bullet.style.size)
        )

    def span(self, style: Style, within: Paragraph) -> str:
        """Name how a span is set that differs from its paragraph; one of another size makes no line higher."""
        line = "" if style.size == _size_in(within, base_style(within)) else "line-height:0;"
        return self._name(line + _face(style, style.size))

    def table(self, table: Table) -> str:
        """Name the place of a table: with one edge alone, its width would be measured from its text."""
        box = table.box
        return self._name(
            f"position:absolute;left:{pts(box.x)};right:{pts(self._width - box.right)};"
            f"top:{pts(box.y)};width:{pts(sum(table.columns))}"
        )

    def column(self, width: Emu) -> str:
        """Name the width of a column."""
        return self._name(f"width:{pts(width)}")

    def row(self, row: Row) -> str:
        """Name the height of a row, as a class for its cells.

        If the row had it, WeasyPrint 70 would add the whole height of a cell that spans into it from a row above.
        """
        return self._name(f"height:{pts(row.h)}")

    def cell(self, cell: Cell, table: Table) -> str:
        """Name the fill, anchor, margins and rules of a cell."""
        is_head = cell.kind is CellKind.COLUMN_HEADER
        is_last = cell.column + cell.column_span >= len(table.columns)
        below = 0 if is_head else table.rule_width
        beside = table.rule_width * 2 // 3 if is_head and not is_last else 0
        margins = table.margins
        # Rules take their room from the margins, as in the deck, where they take none.
        padding = (margins.top, margins.right - beside, margins.bottom - below, margins.left)
        return self._name(
            "padding:"
            + " ".join(pts(max(side, 0)) for side in padding)
            + ";"
            + _border("bottom", below, table.rule_colour)
            + _border("right", beside, table.rule_colour)
            + _ANCHOR[cell.anchor]
            + (f"background:#{cell.fill};" if cell.fill else "")
        )


def base_rules(plan: Plan) -> str:
    """Return the rules that every page needs to be drawn as planned, whatever the layout's own style sheet adds."""
    width, height = pts(plan.width), pts(plan.height)
    return (
        f"@page{{size:{width} {height};margin:0}}\n"
        "html,body,h1,h2,h3,h4,h5,h6,p,ul{margin:0;padding:0}\n"
        f".page{{position:relative;width:{width};height:{height};overflow:hidden;"
        "font-variant-ligatures:none;font-kerning:normal}\n"
        ".page+.page{break-before:page}\n"
        "h1,h2,h3,h4,h5,h6{bookmark-level:none}\n"
        + "".join(f".k{n}{{bookmark-level:{n};bookmark-label:attr(data-label)}}\n" for n in (1, 2, 3))
        + "ul,li{list-style-type:none}.label+span{position:relative}\n"
        "table{table-layout:fixed;border-collapse:separate;border-spacing:0}\n"
        "td,th{position:relative;box-sizing:border-box;vertical-align:top;text-align:left;font-weight:inherit}"
    )


def pts(length: Emu) -> str:
    """Write a length as points."""
    return f"{as_pt(length):.4f}".rstrip("0").rstrip(".") + "pt"


def quoted(name: str) -> str:
    """Write a name as a CSS string (CSS Syntax Level 3, 4.3.7)."""
    escaped = "".join(char if char.isalnum() or char in " -_" else f"\\{ord(char):x} " for char in name)
    return f'"{escaped}"'


def base_style(paragraph: Paragraph) -> Style | None:
    """Return the style that most of a paragraph's text has, the first of equals; None where there is no text."""
    lengths: dict[Style, int] = {}
    for line in paragraph.lines:
        for span in line.spans:
            lengths[span.style] = lengths.get(span.style, 0) + len(span.text)
    return max(lengths, key=lambda style: lengths[style], default=None)


def _set_in(paragraph: Paragraph, indent: Emu) -> str:
    style = base_style(paragraph)
    return (
        f"white-space:pre;line-height:{pts(paragraph.leading)};{_ALIGN[paragraph.align]}"
        + (_face(style, _size_in(paragraph, style)) if style else "")
        + (f"padding-left:{pts(indent)};" if indent else "")
    )


def _size_in(paragraph: Paragraph, style: Style | None) -> Emu:
    """Return the size at which lines are set: one that is larger than the leading would make them higher."""
    if style is None:
        return 0
    return style.size if style.size <= paragraph.leading else round(paragraph.leading / STRUT)


def _space_before(paragraph: Paragraph, is_first: bool) -> str:
    return f"margin-top:{pts(paragraph.space_before)};" if paragraph.space_before and not is_first else ""


def _face(style: Style, size: Emu) -> str:
    tracking = f"letter-spacing:{pts(style.tracking)};" if style.tracking else ""
    return (
        f"font-family:{quoted(style.family)},sans-serif;font-weight:{700 if style.bold else 400};"
        f"font-size:{pts(size)};color:#{style.colour};{tracking}"
    )


def _border(side: str, width: Emu, colour: str) -> str:
    return f"border-{side}:{pts(width)} solid #{colour};" if width else ""


def _rectangle(box: Box) -> str:
    return f"left:{pts(box.x)};top:{pts(box.y)};width:{pts(box.w)};height:{pts(box.h)}"
