"""From the lines of a paragraph to the text of an element, with the plan's line ends forced. Knows no blocks."""

from markupsafe import Markup, escape

from raportti.plan import Align, Line, Paragraph, Span
from raportti.render.html.sheet import Sheet, base_style

HYPHEN = Markup('<span class="hy">-</span>')
"""A hyphen that the layout draws and the text does not have: marked, so that it can be told from the text's own."""


class Inline:
    """Writes lines, naming in a sheet the looks that it needs."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def lines(self, paragraph: Paragraph) -> Markup:
        """Write the lines of a paragraph.

        Text set from the left keeps its spaces at line ends, so that words stay apart in what is read from the PDF;
        centred text would be moved by them, and ends its lines with ``<br>``, before which CSS draws no space.
        """
        end = Markup("\n") if paragraph.align is Align.LEFT else Markup("<br>")
        return end.join(self._line(line, paragraph) for line in paragraph.lines)

    def _line(self, line: Line, paragraph: Paragraph) -> Markup:
        text = Markup("").join(self._span(span, paragraph) for span in line.spans)
        return text + HYPHEN if line.hyphen else text

    def _span(self, span: Span, paragraph: Paragraph) -> Markup:
        if span.style == base_style(paragraph) and span.style.size <= paragraph.pitch:
            return escape(span.text)
        return Markup('<span class="{}">{}</span>').format(self._sheet.span(span.style, paragraph), span.text)
