import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from judges.structure import Content, read_tags
from planning import LUVN
from raportti.config import cache_folder
from raportti.pipeline import Planned, plan_reports
from raportti.plan import Plan
from raportti.plan.typeset import Span
from raportti.render.html.page import FontFace, HtmlLayout, render
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import PdfResult, PdfWriter
from raportti.source.options import LoadOptions
from render.pages import html_of, measured_plan, with_first_goal, with_row
from stress.tagged import faults

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (("arviointi-2024", "fi"), ("esimerkki-kaksikielinen", "fi"), ("esimerkki-kaksikielinen", "sv"))
"""The reports of the repository, and in which language, whose PDFs are held against the standards."""
MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def writer() -> Iterator[PdfWriter]:
    with PdfWriter() as open_writer:
        yield open_writer


@pytest.fixture(scope="module", params=SOURCES)
def report(request: pytest.FixtureRequest, writer: PdfWriter, tmp_path_factory: pytest.TempPathFactory) -> "_Report":
    name, language = request.param
    (planned,) = plan_reports(
        ROOT / "source" / name,
        LUVN,
        cache=cache_folder(),
        on_stage=lambda _: None,
        load_options=LoadOptions((language,)),
    )
    return _Report(planned.plan, _write(_draw(planned, writer), tmp_path_factory.mktemp(name)))


class _Report:
    """A plan and the PDF that was made of it."""

    def __init__(self, plan: Plan, pdf: Path) -> None:
        self.plan, self.pdf = plan, pdf


def _draw(planned: Planned, writer: PdfWriter) -> PdfResult:
    faces = (FontFace(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    return writer.write(render(planned.plan, HtmlLayout(planned.layout.html, planned.layout.style), faces))


def _write(result: PdfResult, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(result.data)
    return path


@pytest.fixture(scope="module")
def small(writer: PdfWriter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(writer.write(html_of(measured_plan())), tmp_path_factory.mktemp("small"))


@pytest.mark.needs("verapdf")
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_report_breaks_no_rule_of_either_standard(report: _Report, flavour: str) -> None:
    from judges.vera import violations

    assert violations(report.pdf, flavour) == []


@pytest.mark.needs("poppler")
def test_what_is_heard_and_copied_is_what_the_plan_says(report: _Report) -> None:
    assert list(faults(report.pdf, report.plan)) == []


@pytest.mark.needs("poppler")
def test_a_plan_with_an_item_of_every_kind_is_heard_as_it_says(small: Path) -> None:
    assert list(faults(small, measured_plan())) == []


def test_a_report_is_a_small_file(report: _Report) -> None:
    assert report.pdf.stat().st_size < MOST_BYTES


def _without_headers(file: pikepdf.Pdf) -> None:
    del _first(file, "TD").A["/Headers"]


def _with_another_header(file: pikepdf.Pdf) -> None:
    cell = _first(file, "TD")
    cell.A.Headers = pikepdf.Array([cell.A.Headers[0], _first(file, "TH").ID])


def _without_caption(file: pikepdf.Pdf) -> None:
    _first(file, "Caption").S = pikepdf.Name.P


def _without_whole_words(file: pikepdf.Pdf) -> None:
    for tag in _tags(file.Root.StructTreeRoot.K[0]):
        if "/ActualText" in tag:
            del tag["/ActualText"]
    for page in file.pages:
        page.Contents = file.make_stream(page.Contents.read_bytes().replace(b"/ActualText", b"/NoText"))


def _without_types(file: pikepdf.Pdf) -> None:
    content = file.pages[0].Contents.read_bytes()
    file.pages[0].Contents = file.make_stream(content.replace(b"/Type /Layout", b""))


def _in_another_order(file: pikepdf.Pdf) -> None:
    rows = _first(file, "TBody").K
    rows.append(rows[0])
    del rows[0]


def _without_numbering(file: pikepdf.Pdf) -> None:
    del _first(file, "L")["/A"]


def _with_a_lonely_span(file: pikepdf.Pdf) -> None:
    page = _first(file, "Sect")
    page.K.append(file.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Span, P=page, K=pikepdf.Array())))


def _first(file: pikepdf.Pdf, kind: str) -> Any:
    return next(tag for tag in _tags(file.Root.StructTreeRoot.K[0]) if str(tag.S) == f"/{kind}")


def _tags(tag: Any) -> Iterator[Any]:
    yield tag
    for kid in tag.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary):
            yield from _tags(kid)


@pytest.mark.needs("poppler")
@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (_without_headers, "headers of a cell"),
        (_with_another_header, "headers of a cell"),
        (_without_caption, "caption"),
        (_without_whole_words, "text of a block"),
        (_without_whole_words, "words that are copied"),
        (_without_types, "artifacts without a type"),
        (_in_another_order, "text of a block"),
        (_in_another_order, "drawn in another order than read"),
        (_without_numbering, "a list that does not say its numbering"),
        (_with_a_lonely_span, "empty Span"),
    ],
)
def test_what_a_pdf_does_not_say_is_found(
    small: Path, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], found: str
) -> None:
    with pikepdf.open(small) as file:
        spoil(file)
        file.save(tmp_path / "spoilt.pdf")
    whats = [fault.what for fault in faults(tmp_path / "spoilt.pdf", measured_plan())]
    assert any(found in what for what in whats), whats


@pytest.mark.needs("poppler")
def test_a_divided_word_is_copied_whole(small: Path) -> None:
    said = subprocess.run(["pdftotext", "-raw", str(small), "-"], capture_output=True, check=True).stdout.decode()
    with pypdfium2.PdfDocument(small) as document:
        copied = "".join(page.get_textpage().get_text_range() for page in document)
    for text in (said, copied):
        words = text.split()
        assert {"saavutettu?", "vastaavat", "https://www.luvn.fi/fi/asiointi/asiakkaaksitulonkanavienkehittaminen"} <= {
            *words
        }
        assert not {"saavu-", "tettu?", "taavat", "hittaminen"} & {*words}


def test_words_stay_apart_where_a_centred_line_ends(small: Path) -> None:
    heads = [head.text for head in read_tags(small).document.walk("TH")]
    assert "Arviointi (1-5)" in heads


def test_words_in_another_language_say_so(writer: PdfWriter, tmp_path: Path) -> None:
    plan = _with_swedish(measured_plan())
    result = writer.write(html_of(plan))
    tags = read_tags(_write(result, tmp_path))
    spans = [(span.language, span.text) for span in tags.document.walk("Span") if span.language]
    assert differences(plan, result.drawn) == ()
    assert tags.language == "fi-FI"
    assert spans == [("sv-FI", "Hyvä fullmäktige ")]


def _with_swedish(plan: Plan) -> Plan:
    plan = with_first_goal(plan, 3, "Hyvä fullmäktige ")
    table = plan.pages[3].table
    assert table is not None
    cell = table.rows[0].cells[0]
    paragraph = cell.paragraphs[0]
    (span,) = paragraph.lines[0].spans
    line = replace(paragraph.lines[0], spans=(Span(span.text, span.style, "sv-FI"),))
    changed = replace(cell, paragraphs=(replace(paragraph, lines=(line, *paragraph.lines[1:])),))
    return with_row(plan, 3, 0, cells=(changed, *table.rows[0].cells[1:]))


def test_the_file_says_its_standards_and_the_same_of_itself_in_both_places(small: Path) -> None:
    with pikepdf.open(small) as file, file.open_metadata() as metadata:
        properties = measured_plan().properties
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert metadata["dc:language"] == {properties.language}
        assert metadata["dc:title"] == str(file.docinfo["/Title"]) == properties.title
        assert metadata["dc:creator"] == [str(file.docinfo["/Author"])] == [properties.author]
        assert metadata["dc:description"] == str(file.docinfo["/Subject"]) == properties.subject
        assert metadata["pdf:Keywords"] == str(file.docinfo["/Keywords"]) == ", ".join(properties.keywords)
        assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == properties.date
        assert str(file.docinfo["/CreationDate"]) == str(file.docinfo["/ModDate"]) == "D:20250217"


def test_colours_are_those_of_a_named_space_and_the_title_is_shown(small: Path) -> None:
    with pikepdf.open(small) as file:
        (intent,) = file.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1" and "sRGB" in str(intent.OutputConditionIdentifier)
        assert file.Root.ViewerPreferences.DisplayDocTitle is True
        assert {str(page.Tabs) for page in file.pages} == {"/S"}


def test_what_repeats_is_not_heard_but_that_a_table_goes_on_is(small: Path) -> None:
    tags = read_tags(small)
    hidden = dict(tags.artifact_texts)
    assert hidden[4] == "HYVINVOINTIALUESTRATEGIAYhteisten tavoitteiden arviointi4"
    assert {artifact.get("Subtype") for artifact in tags.artifacts} == {None, "/Header", "/Footer"}
    assert [element.kind for element in tags.pages[3].elements] == ["Table", "P"]
    assert tags.pages[3].elements[-1].text == "Jatkuu seuraavalla sivulla"


def test_a_page_of_which_nothing_is_heard_stays_a_page(writer: PdfWriter, tmp_path: Path) -> None:
    html = html_of(measured_plan())
    for role in ("title", "strategies", "colophon"):
        html = html.replace(f' class="{role} ', f' aria-hidden="true" class="{role} ')
    tags = read_tags(_write(writer.write(html), tmp_path))
    assert len(tags.pages) == len(measured_plan().pages)
    assert tags.pages[0].elements == ()


def test_a_divided_word_is_one_content(small: Path) -> None:
    words = [span for span in read_tags(small).document.walk("Span") if span.said == "vastaavat"]
    assert [[type(kid) for kid in word.kids] for word in words] == [[Content]]
