"""Charts drawn: native in the deck with the workbook of their data, in the PDF as a picture that says its figures."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from judges.deck import findings
from judges.libreoffice import convert
from judges.ooxml import errors
from judges.pdf_text import page_texts
from judges.structure import read_tags
from judges.vera import violations
from layout.test_charts import MANY, SMALL, charted, charts_of, of_guidelines, pages_of, words_of
from planning import fonts
from raportti.plan import Plan
from raportti.plan.chart import Chart
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import PdfWriter
from raportti.render.pptx.deck import render
from raportti.render.pptx.embedding import EmbeddedFont, used_fonts
from raportti.report.model import Achieved
from raportti.units import as_pt
from render.deck_reading import TEMPLATE, files_of
from render.pages import html_of

HARD = "=1+1 <b>&\"'"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return charted(of_guidelines((HARD, ((SMALL.goals[0].achieved, 4),)), *MANY[:4]))


@pytest.fixture(scope="module")
def deck(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("charts") / "deck.pptx"
    file.write_bytes(render(plan, TEMPLATE))
    return file


@pytest.fixture(scope="module")
def pdf(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("charts") / "report.pdf"
    with PdfWriter() as writer:
        result = writer.write(html_of(plan))
    assert differences(plan, result.drawn) == ()
    file.write_bytes(result.data)
    return file


def drawn_charts(deck: Path, plan: Plan) -> list[tuple[object, Chart]]:
    """Pair the charts of a deck with those of its plan."""
    slides = Presentation(str(deck)).slides
    shapes = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    return list(zip(shapes, (chart for page in pages_of(plan) for chart in charts_of(page)), strict=True))


def test_a_chart_is_native_and_has_the_plans_data_place_and_alternative_text(deck: Path, plan: Plan) -> None:
    for shape, planned in drawn_charts(deck, plan):
        assert (shape.left, shape.top, shape.width, shape.height) == (
            planned.box.x, planned.box.y, planned.box.w, planned.box.h,
        )  # fmt: skip
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == planned.description
        (plot,) = shape.chart.plots
        assert tuple(plot.categories) == planned.categories
        assert [(one.name, one.values) for one in plot.series] == [
            (one.name, tuple(map(float, one.values))) for one in planned.series
        ]


def test_the_data_can_be_edited_and_text_that_looks_like_a_formula_is_text(
    deck: Path, plan: Plan, tmp_path: Path
) -> None:
    for shape, planned in drawn_charts(deck, plan):
        (tmp_path / "data.xlsx").write_bytes(shape.chart.part.chart_workbook.xlsx_part.blob)
        sheet = openpyxl.load_workbook(tmp_path / "data.xlsx").active
        names, *rows = zip(*sheet.values, strict=True)
        assert names == (None, *planned.categories)
        assert sheet["A2"].data_type == "s"
        assert rows == [(one.name, *map(float, one.values)) for one in planned.series]


def test_a_deck_with_charts_has_the_same_bytes_every_time(deck: Path, plan: Plan) -> None:
    assert render(plan, TEMPLATE) == deck.read_bytes()


def test_a_deck_without_charts_has_no_parts_of_them() -> None:
    plain = replace(charted(SMALL), pages=tuple(page for page in charted(SMALL).pages if page.kind.value != "charts"))
    assert not [name for name in files_of(render(plain, TEMPLATE)) if "chart" in name or "embeddings" in name]


def test_the_fonts_of_charts_travel_with_the_deck() -> None:
    whole = charted(SMALL)
    (page,) = pages_of(whole)
    only = replace(whole, pages=(replace(page, items=charts_of(page)),))
    faces = [EmbeddedFont(font.family, font.bold, font.data) for font in fonts().fonts]
    assert [font.bold for font in used_fonts(only, faces)] == [False, True]


@pytest.mark.needs("openxml")
def test_judges_find_nothing_wrong_in_a_deck_with_charts(deck: Path) -> None:
    assert findings(deck) == []
    assert errors(deck) == []


@pytest.mark.needs("verapdf")
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_pdf_with_charts_keeps_the_standards(pdf: Path, flavour: str) -> None:
    assert violations(pdf, flavour) == []


def test_a_chart_in_the_pdf_is_a_figure_that_says_its_figures_at_its_place(pdf: Path, plan: Plan) -> None:
    tags = read_tags(pdf)
    for page, section in zip(plan.pages, tags.pages, strict=True):
        figures, charts = list(section.walk("Figure")), [item for item in page.items if isinstance(item, Chart)]
        assert [figure.said for figure in figures] == [chart.description for chart in charts]
        for figure, chart in zip(figures, charts, strict=True):
            left, bottom, right, top = map(float, figure.attributes["BBox"])
            height = as_pt(plan.height)
            box = (chart.box.x, chart.box.bottom, chart.box.right, chart.box.y)
            assert (left, height - bottom, right, height - top) == pytest.approx(tuple(map(as_pt, box)), abs=0.01)


def test_every_word_of_a_chart_is_drawn_in_the_pdf(pdf: Path, plan: Plan) -> None:
    texts = page_texts(pdf)
    for page in pages_of(plan):
        drawn = "".join(texts[page.number - 1].split())
        missing = [word for chart in charts_of(page) for word in words_of(chart) if "".join(word.split()) not in drawn]
        assert missing == []


def drawn_by_libreoffice(deck: bytes, page: int, folder: Path) -> str:
    """Return the text of a page as LibreOffice draws it with the layout's fonts."""
    (folder / "fonts").mkdir()
    for font in fonts().fonts:
        (folder / "fonts" / f"{font.family}-{font.bold}.ttf").write_bytes(font.data)
    (folder / "drawn.pptx").write_bytes(deck)
    (drawn,) = convert([folder / "drawn.pptx"], folder, folder / "fonts")
    return page_texts(drawn)[page - 1]


@pytest.mark.needs("libreoffice", "poppler")
def test_libreoffice_draws_the_figures_with_a_decimal_comma(deck: Path, plan: Plan, tmp_path: Path) -> None:
    page = pages_of(plan)[0]
    text = drawn_by_libreoffice(deck.read_bytes(), page.number, tmp_path)
    figures = [word for word in words_of(charts_of(page)[0]) if "," in word]
    assert figures and all(figure in text for figure in figures)


@pytest.mark.needs("libreoffice", "poppler")
def test_labels_stay_on_one_line_in_the_lowest_chart(tmp_path: Path) -> None:
    low = charted(of_guidelines(("L", ((Achieved.PARTLY, 3), (Achieved.NOT_ASSESSED, None)))))
    text = drawn_by_libreoffice(render(low, TEMPLATE), pages_of(low)[0].number, tmp_path)
    assert "OSITTAIN 1" in text
    assert "EI ARVIOITU 1" in text
