"""From the default report to three pages of HTML that the ``weasyprint`` command makes a PDF of, beside ours.

(a) The HTML that ours is made from, as it was written; (b) the same with its fonts as files, because that command takes
long over ``data:`` addresses; (c) what somebody would write by hand for the same pages: tables, lists and paragraphs,
one style sheet, a font of the system, no tags beyond those that the command makes itself.
"""

import base64
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import raportti
from raportti.plan import Cell, Page, Row, Table, TextBox

_FONT = re.compile(r"url\(data:font/ttf;base64,([^)]*)\)")
STYLE = """
@page { size: 960pt 540pt; margin: 24pt 40pt }
body { font: 11pt sans-serif; color: #1B2A41; margin: 0 }
section + section { break-before: page }
h1 { font-size: 20pt; color: #17406D; margin: 0 0 8pt }
p { margin: 0 0 4pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9pt }
th, td { border-bottom: 1pt solid #C5CFDA; padding: 4pt; text-align: left; vertical-align: top }
th { font-weight: normal }
thead th { background: #17406D; color: #FFFFFF }
"""


def with_font_files(html: Path, to: Path) -> Path:
    """Write (b)."""
    to.mkdir(parents=True)

    def lift(found: "re.Match[str]") -> str:
        file = to / f"{len(list(to.iterdir()))}.ttf"
        file.write_bytes(base64.b64decode(found[1]))
        return f"url({file.name})"

    page = to / "page.html"
    page.write_text(_FONT.sub(lift, html.read_text(encoding="utf-8")), encoding="utf-8")
    return page


def plain(source: Path, to: Path) -> Path:
    """Write (c)."""
    plan = raportti.plan_pages(source).plan
    sections = "\n".join(f"<section>{''.join(_elements(page))}</section>" for page in plan.pages)
    head = f"<title>{escape(plan.properties.title)}</title><style>{STYLE}</style>"
    to.write_text(f'<!DOCTYPE html><html lang="fi"><head>{head}</head><body>{sections}</body></html>', "utf-8")
    return to


def _elements(page: Page) -> Iterator[str]:
    for item in page.items:
        match item:
            case Table():
                yield _table(item)
            case TextBox(heading=int()):
                yield f"<h1>{escape(page.title)}</h1>"
            case TextBox(paragraphs=paragraphs, is_list=True):
                yield f"<ul>{''.join(f'<li>{escape(one.text)}</li>' for one in paragraphs)}</ul>"
            case TextBox(paragraphs=paragraphs):
                yield "".join(f"<p>{escape(one.text)}</p>" for one in paragraphs)
            case _:
                pass


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{100 * width // sum(table.columns)}%">' for width in table.columns)
    head, body = ("".join(map(_row, rows)) for rows in (table.header, table.rows))
    return f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "td" if cell.kind.value == "data" else "th"
    spans = f' colspan="{cell.column_span}" rowspan="{cell.row_span}"'
    return f"<{tag}{spans}>{'<br>'.join(escape(one.text) for one in cell.paragraphs)}</{tag}>"
