"""What the tests of HTML and PDF share: the default layout and its fonts, and plans whose widths are measured."""

from dataclasses import replace
from functools import cache

from planning import fonts, luvn
from plans import small_plan
from raportti.plan import Item, Page, Plan, Row, Table, TextBox
from raportti.plan.typeset import Line, Paragraph, Span
from raportti.render.html.page import FontFace, HtmlLayout, render
from raportti.text.measure import Ruler


def layout() -> HtmlLayout:
    return HtmlLayout(luvn().html, luvn().style)


def faces() -> tuple[FontFace, ...]:
    return tuple(FontFace(font.family, font.bold, font.data) for font in fonts().fonts)


def html_of(plan: Plan) -> str:
    return render(plan, layout(), faces())


@cache
def measured_plan() -> Plan:
    """Make the small plan with the widths that its lines have in the layout's fonts."""
    return _measured(small_plan())


def with_row(plan: Plan, page: int, number: int, **changes: object) -> Plan:
    """Change a row of the table of a page, both counted from 0."""

    def change(item: Item) -> Item:
        if not isinstance(item, Table):
            return item
        rows = [replace(row, **changes) if n == number else row for n, row in enumerate(item.rows)]
        return replace(item, rows=tuple(rows))

    pages = [replace(p, items=tuple(map(change, p.items))) if n == page else p for n, p in enumerate(plan.pages)]
    return replace(plan, pages=tuple(pages))


def with_first_goal(plan: Plan, page: int, text: str) -> Plan:
    """Put a text in the place of the first line of a table's first cell, whatever its width."""
    table = plan.pages[page].table
    assert table is not None
    row = table.rows[0]
    paragraph = row.cells[0].paragraphs[0]
    line = Line((Span(text, paragraph.lines[0].spans[0].style),), 0)
    lines = (line, *paragraph.lines[1:])
    cell = replace(row.cells[0], paragraphs=(replace(paragraph, lines=lines), *row.cells[0].paragraphs[1:]))
    return _measured(with_row(plan, page, 0, cells=(cell, *row.cells[1:])))


def _measured(plan: Plan) -> Plan:
    return replace(plan, pages=tuple(_measured_page(page) for page in plan.pages))


def _measured_page(page: Page) -> Page:
    return replace(page, items=tuple(_measured_item(item) for item in page.items))


def _measured_item(item: Item) -> Item:
    match item:
        case TextBox():
            return replace(item, paragraphs=_measured_all(item.paragraphs))
        case Table():
            header, rows = (tuple(map(_measured_row, rows)) for rows in (item.header, item.rows))
            return replace(item, header=header, rows=rows)
        case _:
            return item


def _measured_row(row: Row) -> Row:
    return replace(row, cells=tuple(replace(cell, paragraphs=_measured_all(cell.paragraphs)) for cell in row.cells))


def _measured_all(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    return tuple(replace(p, lines=tuple(replace(line, width=_width(line)) for line in p.lines)) for p in paragraphs)


def _width(line: Line) -> int:
    last = line.spans[-1]
    end = Span(last.text.rstrip(" ") + ("-" if line.hyphen else ""), last.style)
    return Ruler(fonts()).width((*line.spans[:-1], end))
