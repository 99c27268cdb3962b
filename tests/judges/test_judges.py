"""The judges find what is broken, and nothing in what is not. All documents are made here."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fontpkg_inter
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from judges import deck, ooxml, pdf_text

FONTS = Path(fontpkg_inter.__file__).parent / "files"
Spoil = Callable[[Any], None]


def exact(frame: Any, text: str, size: float = 11, pitch: float = 13.4) -> None:
    """Write text with a language, a font and exact line spacing, as a good deck has it."""
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.line_spacing = Pt(pitch)
        for run in paragraph.runs:
            run.font.size, run.font.name = Pt(size), "Inter"
            run._r.get_or_add_rPr().set("lang", "fi-FI")


def make_deck(file: Path, spoil: Spoil | None = None, *, rows: tuple[float, float] = (28.2, 41.6)) -> Path:
    """Make a deck of one slide: a title, a text box and a table of two columns."""
    presentation: Any = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    exact(slide.shapes.title.text_frame, "Otsikko", 20, 24)
    box = slide.shapes.add_textbox(Pt(40), Pt(480), Pt(300), Pt(20))
    box.name = "Laatikko"
    exact(box.text_frame, "Teksti laatikossa")
    frame = slide.shapes.add_table(2, 2, Pt(40), Pt(120), Pt(400), Pt(sum(rows)))
    frame.name = "Taulukko"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Taulukko: kaksi tavoitetta")
    table = frame.table
    for row, height in zip(table.rows, rows, strict=True):
        row.height = Pt(height)
    for place, text in {(0, 0): "Tavoite", (0, 1): "Arviointi", (1, 0): "Lyhyt", (1, 1): "Sana " * 12}.items():
        exact(table.cell(*place).text_frame, text.strip())
    if spoil:
        spoil(slide)
    presentation.save(str(file))
    return file


def table_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_table).table


def drop_a_cell(slide: Any) -> None:
    row = table_of(slide)._tbl.tr_lst[1]
    row.remove(row.tc_lst[0])


def span_past_the_edge(slide: Any) -> None:
    table_of(slide)._tbl.tr_lst[1].tc_lst[1].set("gridSpan", "2")


def span_unmarked(slide: Any) -> None:
    table_of(slide)._tbl.tr_lst[1].tc_lst[0].set("gridSpan", "2")


def unmark_the_header(slide: Any) -> None:
    table_of(slide).first_row = False


def drop_alternative_text(slide: Any) -> None:
    del next(s for s in slide.shapes if s.has_table)._element.nvGraphicFramePr.cNvPr.attrib["descr"]


def empty_the_title(slide: Any) -> None:
    slide.shapes.title.text_frame.text = ""


def drop_a_language(slide: Any) -> None:
    del table_of(slide).cell(0, 0).text_frame.paragraphs[0].runs[0]._r.rPr.attrib["lang"]


def shrink_a_run(slide: Any) -> None:
    table_of(slide).cell(0, 0).text_frame.paragraphs[0].runs[0].font.size = Pt(8.5)


def repeat_an_id(slide: Any) -> None:
    for shape in slide.shapes:
        shape._element.xpath(".//p:cNvPr")[0].set("id", "7")


def repeat_the_slide(slide: Any) -> None:
    presentation = slide.part.package.presentation_part.presentation
    again = presentation.slides.add_slide(presentation.slide_layouts[5])
    exact(again.shapes.title.text_frame, "Otsikko")


def add_an_unnamed_shape(slide: Any) -> None:
    slide.shapes.add_shape(1, Pt(500), Pt(300), Pt(50), Pt(50))


def break_a_relationship(slide: Any) -> None:
    link = etree.SubElement(table_of(slide).cell(0, 0).text_frame.paragraphs[0].runs[0]._r.rPr, qn("a:hlinkClick"))
    link.set(qn("r:id"), "rId99")


def test_a_good_deck_passes(tmp_path: Path) -> None:
    assert deck.findings(make_deck(tmp_path / "good.pptx")) == []


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("grid", drop_a_cell),
        ("span", span_past_the_edge),
        ("span", span_unmarked),
        ("header-row", unmark_the_header),
        ("alt", drop_alternative_text),
        ("alt", add_an_unnamed_shape),
        ("title", empty_the_title),
        ("empty-placeholder", empty_the_title),
        ("title", repeat_the_slide),
        ("language", drop_a_language),
        ("small", shrink_a_run),
        ("shape-id", repeat_an_id),
        ("relationship", break_a_relationship),
    ],
)
def test_each_fault_of_a_deck_is_found(kind: str, spoil: Spoil, tmp_path: Path) -> None:
    found = deck.findings(make_deck(tmp_path / "bad.pptx", spoil))
    assert kind in {finding.partition(":")[0] for finding in found}


def test_a_part_that_nothing_leads_to_is_found(tmp_path: Path) -> None:
    file = make_deck(tmp_path / "bad.pptx")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("ppt/media/lost.png", b"")
        archive.writestr("ppt/lost.unknown", b"")
    kinds = [finding.split(": ")[:2] for finding in deck.findings(file)]
    assert kinds == [
        ["content-type", "ppt/media/lost.png"],
        ["content-type", "ppt/lost.unknown"],
        ["orphan", "ppt/media/lost.png"],
        ["orphan", "ppt/lost.unknown"],
    ]


@pytest.mark.needs("openxml")
def test_open_xml_sdk_finds_what_the_schema_does_not_know(tmp_path: Path) -> None:
    def spoil(slide: Any) -> None:
        slide.shapes.title._element.set("foo", "bar")

    good, bad = make_deck(tmp_path / "good.pptx"), make_deck(tmp_path / "bad.pptx", spoil)
    (error,) = ooxml.errors(good, bad)
    assert error.startswith("bad.pptx: /ppt/slides/slide1.xml /p:sld[1]") and "'foo'" in error


@pytest.mark.needs("openxml")
def test_open_xml_sdk_finds_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "bad.pptx").write_bytes(b"no deck")
    assert len(ooxml.errors(tmp_path / "bad.pptx")) == 1


def make_pdf(file: Path, body: str, variant: str | None = "pdf/ua-1") -> Path:
    import weasyprint

    page = "<style>@page { size: 400pt 300pt; margin: 20pt } * { margin: 0; font: 10pt/12pt sans-serif }</style>"
    html = f"<html lang=fi><head><title>Otsikko</title>{page}</head><body>{body}</body></html>"
    weasyprint.HTML(string=html).write_pdf(str(file), pdf_variant=variant)
    return file


@pytest.mark.needs("verapdf")
def test_verapdf_passes_what_keeps_pdf_ua_and_finds_what_does_not(tmp_path: Path) -> None:
    from judges import vera

    good = make_pdf(tmp_path / "good.pdf", "<h1>Otsikko</h1><p>Teksti")
    untagged = make_pdf(tmp_path / "untagged.pdf", "<h1>Otsikko</h1><p>Teksti", variant=None)
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    no_alternative = make_pdf(tmp_path / "picture.pdf", f'<h1>Otsikko</h1><p><img alt="" src="{picture}">')
    assert vera.violations(good) == []
    assert any(violation.startswith("7.1-") for violation in vera.violations(untagged))
    assert any(violation.startswith("7.3-1 ") for violation in vera.violations(no_alternative))
    assert vera.violations(good, "2a") != []


@pytest.mark.needs("verapdf")
def test_verapdf_judges_no_file_that_it_cannot_read(tmp_path: Path) -> None:
    import jpype

    from judges import vera

    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    with pytest.raises(jpype.JException):
        vera.violations(tmp_path / "bad.pdf")


def test_lines_of_a_pdf_are_those_within_the_box(tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "text.pdf", "<p>yksi kaksi<br>kolme<p style='margin: 60pt 0 0 100pt'>neljä viisi")
    top, below, beside = pdf_text.Box(20, 20, 360, 24), pdf_text.Box(120, 104, 360, 12), pdf_text.Box(20, 104, 90, 12)
    assert pdf_text.lines(pdf, [(1, top), (1, below), (1, beside)]) == [("yksi kaksi", "kolme"), ("neljä viisi",), ()]


def grow(slide: Any) -> None:
    exact(table_of(slide).cell(1, 0).text_frame, "Sana " * 40)


def indent_out_of_the_cell(slide: Any) -> None:
    """Push a line out of its cell as an indent can; a word that is too wide is broken."""
    properties = table_of(slide).cell(1, 0).text_frame.paragraphs[0]._p.get_or_add_pPr()
    properties.set("marL", str(Pt(230)))


def overfill(slide: Any) -> None:
    exact(next(s for s in slide.shapes if s.name == "Laatikko").text_frame, "rivi\nrivi\nrivi\nrivi")


def lay_over_the_table(slide: Any) -> None:
    next(s for s in slide.shapes if s.name == "Laatikko").top = Pt(125)


def push_over_the_edge(slide: Any) -> None:
    next(s for s in slide.shapes if s.name == "Laatikko").left = Pt(530)


def push_off_the_slide(slide: Any) -> None:
    next(s for s in slide.shapes if s.name == "Laatikko").left = Pt(800)


FAULTS = {
    "table-grew": grow,
    "text-outside-shape": overfill,
    "overlap": lay_over_the_table,
    "off-slide": push_over_the_edge,
    "text-unseen": push_off_the_slide,
    "text-outside-cell": indent_out_of_the_cell,
}


@pytest.mark.needs("libreoffice")
def test_libreoffice_shows_rows_lines_and_faults(tmp_path: Path) -> None:
    from judges import libreoffice

    decks = [make_deck(tmp_path / "good.pptx"), *(make_deck(tmp_path / f"{k}.pptx", s) for k, s in FAULTS.items())]
    good, *bad = libreoffice.drawn(decks, FONTS)
    (slide,) = good.slides
    (table,) = slide.tables
    assert good.findings == ()
    assert table.heights == pytest.approx(table.declared, abs=0.2)
    assert table.lines[0, 0] == ("Tavoite",)
    assert " ".join(table.lines[1, 1]) == " ".join(["Sana"] * 12) and len(table.lines[1, 1]) > 1
    assert slide.texts == {"Title 1": ("Otsikko",), "Laatikko": ("Teksti laatikossa",)}
    for kind, spoilt in zip(FAULTS, bad, strict=True):
        assert kind in {finding.kind for finding in spoilt.findings}, kind
    assert bad[0].slides[0].tables[0].heights[1] > 60
