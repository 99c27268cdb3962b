"""The deck against its plan, read back with python-pptx and lxml."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from plans import small_plan
from raportti.plan import CellKind, Disc, Page, Panel, Role, Table, TextBox
from raportti.plan.typeset import Align, Paragraph, Span
from raportti.render.pptx.deck import render
from raportti.units import pt
from render.deck_reading import TEMPLATE, A, P, all_in, opened, paragraphs_in, shapes_of, text_of, written

PLAN = small_plan()
DATA = render(PLAN, TEMPLATE)
SLIDES = list(opened(DATA).slides)
PAGES = list(zip(PLAN.pages, SLIDES, strict=True))
TABLES = [(page.table, slide) for page, slide in PAGES if page.table]
ALIGNS = {Align.LEFT: "l", Align.CENTRE: "ctr", Align.RIGHT: "r"}


def texts_of(page: Page) -> list[TextBox]:
    return [item for item in page.items if isinstance(item, TextBox)]


def shape_of(role: Role, slide: Any) -> Any:
    return shapes_of(slide)[TEMPLATE.placeholders[role.value]]


def table_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_table)


def set_paragraphs() -> list[tuple[Paragraph, Any, bool]]:
    """Pair every paragraph of the plan with the deck's, and say whether it is the first of its box."""
    pairs: list[tuple[Paragraph, Any, bool]] = []
    for page, slide in PAGES:
        boxes = [(box.paragraphs, shape_of(box.role, slide)._element) for box in texts_of(page)]
        for table in [page.table] if page.table else []:
            cells = table_of(slide).table
            for y, row in enumerate((*table.header, *table.rows)):
                boxes += [(cell.paragraphs, cells.cell(y, cell.column)._tc) for cell in row.cells if cell.paragraphs]
        for planned, element in boxes:
            found = paragraphs_in(element)
            assert len(found) == len(planned)
            pairs += [(*pair, n == 0) for n, pair in enumerate(zip(planned, found, strict=True))]
    return pairs


PARAGRAPHS = set_paragraphs()


def test_every_page_is_a_slide_of_its_layout() -> None:
    names = [slide.slide_layout.name for slide in SLIDES]
    assert names == [TEMPLATE.layouts[page.kind.value] for page in PLAN.pages]


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_title_is_in_the_title_placeholder(page: Page, slide: Any) -> None:
    assert slide.shapes.title.text_frame.text == page.title


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_every_text_is_written_whole_in_its_placeholder(page: Page, slide: Any) -> None:
    for box in texts_of(page):
        shape = shape_of(box.role, slide)
        graded = box.role is Role.SCALE
        assert shape.is_placeholder
        wanted = [written(p, graded=graded) for p in box.paragraphs]
        assert [text_of(p) for p in paragraphs_in(shape._element)] == wanted
        assert (shape.left, shape.top, shape.width, shape.height) == (box.box.x, box.box.y, box.box.w, box.box.h)


def test_a_place_is_written_only_where_it_is_not_the_placeholders_own() -> None:
    slide = SLIDES[2]
    assert shape_of(Role.TITLE, slide)._element.spPr.find(f"{A}xfrm") is None
    assert shape_of(Role.LEGEND, slide)._element.spPr.find(f"{A}xfrm") is not None


def test_a_placeholder_without_an_item_is_left_out() -> None:
    assert TEMPLATE.placeholders["sentence"] in {shape.name for shape in SLIDES[1].slide_layout.placeholders}
    assert TEMPLATE.placeholders["sentence"] not in shapes_of(SLIDES[1])


def test_a_second_text_of_a_role_becomes_a_text_box() -> None:
    page = PLAN.pages[2]
    twice = next(box for box in texts_of(page) if box.role is Role.SENTENCE)
    data = render(replace(PLAN, pages=(replace(page, items=(*page.items, twice)),)), TEMPLATE)
    both = [shape for shape in opened(data).slides[0].shapes if shape.name.startswith("Lause")]
    assert [shape.is_placeholder for shape in both] == [True, False]
    assert len({shape.name for shape in both}) == 2
    assert both[1].top == twice.box.y


@pytest.mark.parametrize(("table", "slide"), TABLES)
def test_tables_are_native_with_the_plans_grid(table: Table, slide: Any) -> None:
    frame = table_of(slide)
    rows = (*table.header, *table.rows)
    assert frame.is_placeholder
    assert frame.name == table.name
    assert (frame.left, frame.top) == (table.box.x, table.box.y)
    assert (frame.width, frame.height) == (sum(table.columns), sum(row.h for row in rows))
    assert [column.width for column in frame.table.columns] == list(table.columns)
    assert [row.height for row in frame.table.rows] == [row.h for row in rows]
    assert frame.table.first_row and frame.table.first_col and not frame.table.horz_banding
    assert frame._element.xpath(".//p:cNvPr/@descr") == [table.description]


@pytest.mark.parametrize(("table", "slide"), TABLES)
def test_cells_have_the_plans_text_margins_fill_and_spans(table: Table, slide: Any) -> None:
    cells = table_of(slide).table
    for y, row in enumerate((*table.header, *table.rows)):
        for cell in row.cells:
            found = cells.cell(y, cell.column)
            wanted = [written(p) for p in cell.paragraphs] or [""]
            assert [text_of(p) for p in paragraphs_in(found._tc)] == wanted
            assert (found.span_height, found.span_width) == (cell.row_span, cell.column_span)
            right = table.margins.right - table.slacks[cell.column + cell.column_span - 1]
            assert (found.margin_left, found.margin_right) == (table.margins.left, right)
            assert (found.margin_top, found.margin_bottom) == (table.margins.top, table.margins.bottom)
            fill = found._tc.tcPr.findall(f"{A}solidFill/{A}srgbClr")
            assert [colour.get("val") for colour in fill] == ([cell.fill] if cell.fill else [])


def test_covered_cells_are_marked_and_empty() -> None:
    cells = table_of(SLIDES[2]).table
    covered = [(y, x) for y in range(2) for x in range(5) if cells.cell(y, x).is_spanned]
    assert covered == [(0, 4), (1, 0), (1, 1), (1, 2)]
    assert all(not cells.cell(*place).text for place in covered)


@pytest.mark.parametrize(("table", "slide"), TABLES)
def test_rules_are_below_rows_and_between_heads_and_both_neighbours_agree(table: Table, slide: Any) -> None:
    def drawn(y: int, x: int, edge: str) -> bool:
        line = grid.cell(y, x)._tc.tcPr.find(f"{A}{edge}")
        colour = line.find(f"{A}solidFill/{A}srgbClr")
        assert colour is None or colour.get("val") == table.rule_colour
        return colour is not None

    grid = table_of(slide).table
    heads, rows, columns = len(table.header), len(grid.rows), len(grid.columns)
    places = [(y, x) for y in range(rows) for x in range(columns)]
    assert [drawn(y, x, "lnB") for y, x in places] == [y >= heads for y, _ in places]
    assert all(drawn(y, x, "lnB") == drawn(y + 1, x, "lnT") for y, x in places if y + 1 < rows)
    assert all(drawn(y, x, "lnR") == drawn(y, x + 1, "lnL") for y, x in places if x + 1 < columns)
    assert not any(drawn(y, x, "lnR") for y, x in places if y >= heads or x + 1 == columns)
    assert all(drawn(y, x, "lnR") for y, x in places if y + 1 == heads and x + 1 < columns)


def test_no_rule_runs_within_a_spanning_head() -> None:
    first = table_of(SLIDES[2]).table.cell(0, 4)._tc
    assert first.tcPr.find(f"{A}lnL/{A}noFill") is not None


def test_spacing_is_exact_in_every_paragraph() -> None:
    for planned, found, is_first in PARAGRAPHS:
        spacing = {kind: found.find(f"{A}pPr/{A}{kind}/{A}spcPts").get("val") for kind in ("lnSpc", "spcBef", "spcAft")}
        before = 0 if is_first else planned.space_before
        assert spacing == {"lnSpc": f"{planned.leading // 127}", "spcBef": f"{before // 127}", "spcAft": "0"}
        assert found.find(f"{A}pPr").get("algn") == ALIGNS[planned.align]


def test_runs_carry_the_plans_style_in_full() -> None:
    for planned, found, _ in PARAGRAPHS:
        runs = iter(found.iter(f"{A}rPr"))
        spans = [span for line in planned.lines for span in line.spans]
        assert {looks_of(run) for run in runs} >= {looks_in(span) for span in spans}


def looks_of(run: Any) -> tuple[str, ...]:
    colour = run.find(f"{A}solidFill/{A}srgbClr").get("val")
    return (*(run.get(key) for key in ("lang", "sz", "b", "spc")), colour)


def looks_in(span: Span) -> tuple[str, ...]:
    look = span.style
    return "fi-FI", f"{look.size // 127}", f"{int(look.bold)}", f"{look.tracking // 127}", look.colour


def test_every_text_is_kerned_and_named_a_language() -> None:
    properties = all_in(DATA, [f"{A}rPr", f"{A}endParaRPr"])
    assert {(run.get("kern"), run.get("lang")) for run in properties} == {("100", "fi-FI")}


def test_every_paragraph_ends_with_its_size() -> None:
    ends = [p.find(f"{A}endParaRPr") for p in all_in(DATA, [f"{A}p"])]
    assert all(end is not None and end.get("sz") for end in ends)


def test_an_empty_cell_keeps_the_exact_height_of_a_line() -> None:
    empty = table_of(SLIDES[3]).table.cell(3, 3)._tc
    (paragraph,) = paragraphs_in(empty)
    assert paragraph.find(f"{A}pPr/{A}lnSpc/{A}spcPts").get("val") == "1340"
    assert paragraph.find(f"{A}endParaRPr").get("sz") == "1100"


def test_one_style_is_one_run() -> None:
    for paragraph in all_in(DATA, [f"{A}p"]):
        for one, next_ in pairwise(paragraph.findall(f"{A}r")):
            looks = [looks_of(run.find(f"{A}rPr")) for run in (one, next_)]
            assert looks[0] != looks[1] or one.getnext() is not next_


def test_words_are_broken_only_where_the_plan_broke_them() -> None:
    planned = [line for p, _, _ in PARAGRAPHS for line in p.lines[:-1] if line.breaks_word]
    assert planned
    assert len(all_in(DATA, [f"{A}br"])) == len(planned)


def test_bullets_are_bullets_in_the_texts_font() -> None:
    for planned, found, _ in PARAGRAPHS:
        properties = found.find(f"{A}pPr")
        assert properties.get("marL") == str(planned.indent)
        if planned.bullet is None:
            assert properties.find(f"{A}buNone") is not None
        elif planned.bullet.text != found.find(f"{A}r/{A}t").text.rstrip("\t"):
            assert properties.get("indent") == str(-planned.hang)
            assert properties.find(f"{A}buChar").get("char") == planned.bullet.text
            assert properties.find(f"{A}buFont").get("typeface") == planned.bullet.style.family
            assert int(properties.get("lvl", 0)) == planned.bullet.level - 1


def test_grades_of_the_scale_are_text_before_a_tab() -> None:
    texts = [text_of(p) for p in paragraphs_in(shape_of(Role.SCALE, SLIDES[1])._element)]
    assert [text[:4] for text in texts] == [f"{grade}\t= " for grade in "54321"]


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_decorations_are_marked_and_lie_below_the_texts(page: Page, slide: Any) -> None:
    wanted = [item for item in page.items if isinstance(item, Disc | Panel)]
    shapes = list(slide.shapes)
    found = [shape for shape in shapes if shape._element.xpath(".//*[local-name()='decorative' and @val='1']")]
    assert [(s.left, s.top, s.width, s.height) for s in found] == [
        (item.box.x, item.box.y, item.box.w, item.box.h) for item in wanted
    ]
    assert [shape.fill.fore_color.rgb.__str__() for shape in found] == [item.colour for item in wanted]
    assert not any(shape.has_text_frame and shape.text_frame.text for shape in found)
    assert [shape.name for shape in shapes[:2]] == (["Otsikko", "Yläkulma"] if page.tag else ["Otsikko", "Strategiat"])
    assert shapes[2 : 2 + len(found)] == found


@pytest.mark.parametrize(("page", "slide"), PAGES[1:])
def test_reading_begins_with_title_and_tag_and_ends_with_footer_and_number(page: Page, slide: Any) -> None:
    names = [shape.name for shape in slide.shapes]
    assert names[:2] == ["Otsikko", "Yläkulma"]
    assert names[-2:] == ["Alatunniste", "Sivunumero"]


def test_names_and_numbers_of_shapes_are_unique_on_a_slide() -> None:
    for slide in SLIDES:
        assert len({shape.name for shape in slide.shapes}) == len(slide.shapes)
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)


@pytest.mark.parametrize(("page", "slide"), PAGES[1:])
def test_the_number_is_a_field_with_the_number_as_text(page: Page, slide: Any) -> None:
    (field,) = shape_of(Role.NUMBER, slide)._element.iter(f"{A}fld")
    assert (field.get("type"), field.findtext(f"{A}t")) == ("slidenum", str(page.number))


def test_texts_have_no_insets_and_fit_nothing() -> None:
    for body in all_in(DATA, [f"{P}txBody"]):
        properties = body.find(f"{A}bodyPr")
        assert {properties.get(side) for side in ("lIns", "tIns", "rIns", "bIns")} == {"0"}
        assert properties.get("wrap") == "square"
        assert properties.find(f"{A}noAutofit") is not None


def test_a_row_without_any_text_does_not_grow() -> None:
    page = PLAN.pages[3]
    table = page.table
    assert table
    bare = tuple(replace(cell, paragraphs=(), kind=CellKind.DATA) for cell in table.rows[0].cells)
    only = replace(table, rows=(replace(table.rows[0], cells=bare, h=pt(9)),))
    data = render(replace(PLAN, pages=(replace(page, items=(only,)),)), TEMPLATE)
    row = table_of(opened(data).slides[0]).table._tbl.tr_lst[-1]
    assert {spacing.get("val") for spacing in row.iter(f"{A}spcPts")} == {"100", "0"}


def spoken(*spans: Span) -> list[tuple[str | None, str]]:
    """Draw a title of some spans; give the language and the text of its runs and of its end."""
    page = PLAN.pages[1]
    title, *others = page.items
    assert isinstance(title, TextBox) and title.role is Role.TITLE
    line = replace(title.paragraphs[0].lines[0], spans=spans)
    changed = replace(title, paragraphs=(replace(title.paragraphs[0], lines=(line,)),))
    pages = (PLAN.pages[0], replace(page, items=(changed, *others)), *PLAN.pages[2:])
    slide = list(opened(render(replace(PLAN, pages=pages), TEMPLATE)).slides)[1]
    (paragraph,) = paragraphs_in(slide.shapes.title._element)
    ends = paragraph.iter(f"{A}rPr", f"{A}endParaRPr")
    return [(end.get("lang"), end.getnext().text if end.getnext() is not None else "") for end in ends]


def test_a_run_says_the_language_of_its_span_and_else_the_decks() -> None:
    style = PLAN.pages[1].items[0].paragraphs[0].lines[0].spans[0].style  # type: ignore[union-attr]
    deck = PLAN.properties.language
    assert spoken(
        Span("Uusi ", style), Span("Lean", style, "en"), Span(" ja ", style), Span("mål", style, "sv-SE")
    ) == [
        (deck, "Uusi "),
        ("en-GB", "Lean"),
        (deck, " ja "),
        ("sv-SE", "mål"),
        ("sv-SE", ""),
    ]


def test_spans_of_one_style_and_language_are_one_run() -> None:
    style = PLAN.pages[1].items[0].paragraphs[0].lines[0].spans[0].style  # type: ignore[union-attr]
    assert spoken(Span("Lean ", style, "en"), Span("management", style, "en")) == [
        ("en-GB", "Lean management"),
        ("en-GB", ""),
    ]
