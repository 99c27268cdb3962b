import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from plan_parts import TEXT, paragraph
from plans import HARD_TEXT, small_plan
from raportti.plan import Cell, Page, Plan, Table
from raportti.plan.typeset import Align, Bullet, Line, Paragraph, Span
from raportti.problems import ProblemsFound
from raportti.render.html.css import CssClasses
from raportti.render.html.lines import LineWriter
from raportti.render.html.page import HtmlLayout, render
from raportti.render.html.structure import bookmarks_of, list_items
from render.pages import faces, html_of, layout


class _Reader(HTMLParser):
    """Reads elements and the texts of cells; a line ends at a line feed or ``br``, a paragraph at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.cells: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("td", "th"):
            self._depth += 1
            self.cells.append("")
        elif tag in ("br", "p", "li") and self._depth and self.cells[-1]:
            self.cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def page() -> str:
    return html_of(small_plan())


@pytest.fixture(scope="module")
def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def _tables(plan: Plan) -> list[Table]:
    return [page.table for page in plan.pages if page.table]


def _cells(plan: Plan) -> list[Cell]:
    return [cell for table in _tables(plan) for row in (*table.header, *table.rows) for cell in row.cells]


def _written(paragraph: Paragraph) -> str:
    bullet = paragraph.bullet.text if paragraph.bullet else ""
    return bullet + "\n".join(line.text + ("-" if line.hyphen else "") for line in paragraph.lines)


def test_every_line_of_every_cell_ends_where_the_plan_ends_it(read: _Reader) -> None:
    planned = ["\n".join(map(_written, cell.paragraphs)) for cell in _cells(small_plan())]
    assert read.cells == planned


def test_text_that_looks_like_code_comes_through_to_the_letter(read: _Reader) -> None:
    assert any(HARD_TEXT in cell for cell in read.cells)


def test_a_page_needs_nothing_from_outside(page: str, read: _Reader) -> None:
    head = page[: page.index("</style>")]
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe"}
    assert not any({"src", "href", "style"} & attributes.keys() for _, attributes in read.tags)
    assert all(address.startswith(("data:", '"data:')) for address in re.findall(r"url\((.{6})", head))


def test_the_same_plan_gives_the_same_page(page: str) -> None:
    assert html_of(small_plan()) == page


def test_the_document_says_its_language_title_and_properties(page: str) -> None:
    assert '<html lang="fi-FI">' in page
    assert "<title>Yhteisten tavoitteiden arviointi</title>" in page
    assert '<meta name="author" content="Länsi-Uudenmaan hyvinvointialue">' in page
    assert '<meta name="dcterms.created" content="2025-02-17">' in page


def test_what_a_report_does_not_say_is_left_out() -> None:
    plan = small_plan()
    bare = replace(plan.properties, author=None, subject=None, keywords=(), date=None)
    page = html_of(replace(plan, properties=bare))
    assert not any(f'name="{name}"' in page for name in ("author", "description", "keywords", "dcterms.created"))


def test_headings_skip_no_level(read: _Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_header_cells_say_what_they_head(read: _Reader) -> None:
    scopes = [attributes.get("scope") for tag, attributes in read.tags if tag == "th"]
    assert set(scopes) == {"col", "row"}


def test_ids_are_given_once_and_headers_name_ids(read: _Reader) -> None:
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    named = {name for _, attributes in read.tags for name in attributes.get("headers", "").split()}
    assert len(ids) == len(set(ids))
    assert named and named <= set(ids)


def test_a_row_can_be_linked_to_by_its_goal(read: _Reader) -> None:
    rows = [attributes["id"] for tag, attributes in read.tags if tag == "tr"]
    assert [row for row in rows if not row.startswith("row-")] == ["H1.1", "H1.2", "H1.3", "P1.1", "P1.1-2", "P1.2"]


def test_a_drawn_hyphen_can_be_told_from_the_texts_own(page: str) -> None:
    assert 'vas<span class="hy">-</span>' in page
    assert "osallisuus- ja" in page


def test_a_word_that_goes_on_in_the_next_line_is_one_element(page: str) -> None:
    assert '<span class="word">vas<span class="hy">-</span>\ntaavat</span> väestön \n' in page
    assert '<span class="word">terveydenhuollonpalvelutarpeenarvi<span class="hy">-</span></span></' in page


def test_spaces_at_the_ends_of_centred_lines_take_no_width() -> None:
    text = paragraph("Tavoite ", "saavutettu?", look=TEXT, align=Align.CENTRE)
    assert str(LineWriter(CssClasses(small_plan())).lines(text)) == 'Tavoite<span class="sp"> </span>\nsaavutettu?'


def test_a_span_says_its_language_though_it_looks_like_its_neighbours() -> None:
    spans = (Span("Hyvä ", TEXT), Span("fullmäktige", TEXT, "sv-FI"))
    text = replace(paragraph("", look=TEXT), lines=(Line(spans, 0),))
    assert str(LineWriter(CssClasses(small_plan())).lines(text)) == 'Hyvä <span lang="sv-FI">fullmäktige</span>'


def test_decoration_and_footers_are_hidden_from_readers_of_the_screen(read: _Reader) -> None:
    hidden = [attributes for _, attributes in read.tags if attributes.get("aria-hidden") == "true"]
    repeated = [attributes["data-artifact"] for attributes in hidden if "data-artifact" in attributes]
    assert repeated == ["Header", "Footer", "Footer"] * (len(small_plan().pages) - 1)
    assert len(hidden) == len(repeated) + 6


@pytest.mark.parametrize(
    "text", ["{{ nothing }}", "{{ plan.pages[0].nothing }}", "{{ ''.__class__.__mro__ }}", "{% if %}"]
)
def test_a_template_that_asks_for_what_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        render(small_plan(), HtmlLayout({"document.html.j2": text}, ""), faces())
    assert [problem.kind for problem in found.value.problems] == ["html-template"]


def test_a_style_sheet_cannot_end_its_element() -> None:
    broken = replace(layout(), style="/* </style><script>alert(1)</script> */")
    assert "</style><script>" not in render(small_plan(), broken, faces())


def test_items_of_a_deeper_level_belong_to_the_item_before_them() -> None:
    levels = (1, 2, 2, 1, None, 2)
    texts = [
        paragraph(str(n), look=TEXT, bullet=Bullet("•", TEXT, level) if level else None)
        for n, level in enumerate(levels)
    ]
    shape = [(item.paragraph.text, [inner.paragraph.text for inner in item.items]) for item in list_items(texts)]
    assert shape == [("0", ["1", "2"]), ("3", []), ("4", ["5"])]


def test_a_list_that_continues_from_an_earlier_page_begins_at_the_first_level() -> None:
    rest = paragraph("rest", look=TEXT, continued=True, indent=17)
    inner = paragraph("inner", look=TEXT, bullet=Bullet("–", TEXT, 2), indent=17, hang=8.5)
    outer = paragraph("outer", look=TEXT, bullet=Bullet("•", TEXT), indent=8.5, hang=8.5)
    assert [item.paragraph.text for item in list_items((inner, rest, outer))] == ["inner", "rest", "outer"]


def _labels(pages: tuple[Page, ...]) -> list[list[tuple[int, str]]]:
    return [[(mark.level, mark.label) for mark in marks] for marks in bookmarks_of(pages)]


def test_bookmarks_go_from_strategy_to_guideline_to_part() -> None:
    labels = _labels(small_plan().pages)
    assert labels[0] == [(1, "Yhteisten tavoitteiden arviointi")]
    assert [level for level, _ in labels[1]] == [1, 2]
    assert labels[4:] == [
        [(1, "Palvelustrategia"), (2, "Asiakastavoitteet"), (3, "Asiakastavoitteet 1/2")],
        [(3, "Asiakastavoitteet 2/2")],
    ]


def test_every_page_has_a_bookmark_and_none_is_empty() -> None:
    assert all(labels and all(label.strip() for _, label in labels) for labels in _labels(small_plan().pages))
