import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pdfminer.utils import decode_text

from judges.pdf_text import Box as Place
from judges.pdf_text import lines
from planning import plan_of, reports
from raportti.plan import Plan, Table
from raportti.problems import MissingTool, ProblemsFound
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import SOURCES, WORKER, PdfFailed, PdfResult, PdfWriter, write_message
from raportti.report.model import Report
from raportti.units import as_pt, pt
from render.pages import html_of, measured_plan, with_first_goal, with_row


@pytest.fixture(scope="module")
def writer() -> Iterator[PdfWriter]:
    with PdfWriter() as open_writer:
        yield open_writer


@pytest.fixture(scope="module")
def result(writer: PdfWriter) -> PdfResult:
    return writer.write(html_of(measured_plan()))


@pytest.fixture(scope="module")
def file(result: PdfResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "small.pdf"
    path.write_bytes(result.data)
    return path


@pytest.fixture(scope="module")
def tree(file: Path) -> list[dict[str, Any]]:
    with pdfplumber.open(file) as document:
        return document.structure_tree


def _elements(nodes: list[dict[str, Any]], *types: str) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if not types or node["type"] in types:
            yield node
        yield from _elements(node.get("children", []), *types)


def _shape(node: dict[str, Any]) -> list[Any]:
    """Return the types below a node, without the spans of its lines."""
    return [[child["type"], *_shape(child)] for child in node.get("children", []) if child["type"] != "Span"]


def test_a_pdf_is_drawn_as_planned(result: PdfResult) -> None:
    assert differences(measured_plan(), result.drawn) == ()


def test_every_cell_holds_its_planned_lines(file: Path) -> None:
    boxes, planned = [], []
    for page in measured_plan().pages:
        for place, texts in _cells(page.table) if page.table else ():
            boxes.append((page.number, place))
            planned.append(texts)
    assert lines(file, boxes) == planned


def _cells(table: Table) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in table.rows:
        x = as_pt(table.box.x)
        for cell, width in zip(row.cells, table.columns, strict=True):
            # An inner list is indented within its cell; a mark that hangs belongs to the line that it begins.
            texts = tuple(
                (f"{paragraph.bullet.text} " if paragraph.bullet and not n else "") + line.drawn
                for paragraph in cell.paragraphs
                for n, line in enumerate(paragraph.lines)
            )
            yield Place(x, as_pt(row.y), as_pt(width), as_pt(row.h)), texts
            x += as_pt(width)


@dataclass(frozen=True)
class _Drawn:
    """A drawn report that is not printed: it may be as long as a book."""

    report: Report = field(repr=False)


# No shrinking: each example takes seconds.
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large),
)
@given(drawn=reports().map(_Drawn))
def test_any_report_is_drawn_as_planned(writer: PdfWriter, drawn: _Drawn) -> None:
    try:
        plan = plan_of(drawn.report)
    except ProblemsFound:
        return
    assert differences(plan, writer.write(html_of(plan)).drawn) == ()


@pytest.mark.needs("verapdf")
def test_a_pdf_is_accessible_by_pdf_ua(file: Path) -> None:
    from judges.vera import violations

    assert violations(file) == []


def _moved(plan: Plan) -> Plan:
    table = plan.pages[3].table
    assert table is not None
    return with_row(plan, 3, 1, y=table.rows[1].y + pt(0.6))


def _taller(plan: Plan) -> Plan:
    table = plan.pages[3].table
    assert table is not None
    return with_row(plan, 3, 1, h=table.rows[1].h + pt(0.6))


def _other_text(plan: Plan) -> Plan:
    return with_first_goal(plan, 3, "Asiakkaiden tyytymättömyys palveluihin ja ")


def _narrower(plan: Plan) -> Plan:
    cover, *pages = plan.pages
    title, *items = cover.items
    paragraph = title.paragraphs[0]  # type: ignore[union-attr]
    last = replace(paragraph.lines[-1], width=paragraph.lines[-1].width * 9 // 10)
    changed = replace(title, paragraphs=(replace(paragraph, lines=(*paragraph.lines[:-1], last)),))  # type: ignore[arg-type]
    return replace(plan, pages=(replace(cover, items=(changed, *items)), *pages))


@pytest.mark.parametrize(
    ("change", "page", "row"),
    [
        (_moved, 4, "H1.2"),
        (_taller, 4, "H1.2"),
        (_other_text, 4, "Asiakkaiden tyytymättömyys palveluihin ja"),
        (_narrower, 1, "arviointi"),
        (lambda plan: replace(plan, pages=plan.pages[:-1]), 0, "pages"),
    ],
)
def test_what_is_drawn_otherwise_is_found(
    result: PdfResult, change: Callable[[Plan], Plan], page: int, row: str
) -> None:
    found = differences(change(measured_plan()), result.drawn)
    assert (page, row) in [(problem.values["page"], problem.values["row"]) for problem in found]
    assert {problem.kind for problem in found} == {"pdf-differs"}


def test_headings_are_those_of_the_plan(tree: list[dict[str, Any]]) -> None:
    assert [node["type"] for node in _elements(tree, "H1", "H2", "H3")] == ["H1", "H2", "H2", "H3", "H3", "H3"]


def test_each_table_is_one_element_with_a_name_and_a_summary(tree: list[dict[str, Any]]) -> None:
    tables = list(_elements(tree, "Table"))
    planned = [page.table for page in measured_plan().pages if page.table]
    assert [(node["title"], decode_text(node["attributes"]["Summary"])) for node in tables] == [
        (table.name, table.description) for table in planned
    ]


def test_the_headers_of_every_data_cell_are_its_row_and_its_columns(tree: list[dict[str, Any]]) -> None:
    for node, page in zip(_elements(tree, "Table"), (p for p in measured_plan().pages if p.table), strict=True):
        assert page.table is not None
        names = {header["id"]: _place(header, node) for header in _elements([node], "TH")}
        first = len(page.table.header)
        for number, row in enumerate(_rows(node)[first:], first):
            for column, cell in _columns(row):
                if cell["type"] == "TD":
                    found = {names[decode_text(name)] for name in cell["attributes"]["Headers"]}
                    assert (number, 0) in found
                    assert {place for place in found if place != (number, 0)} == _above(page.table, column)


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return list(_elements([table], "TR"))


def _columns(row: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(row["children"]))


def _place(header: dict[str, Any], table: dict[str, Any]) -> tuple[int, int]:
    """Return the row of a header and its place in the row."""
    return next(
        (number, column) for number, row in enumerate(_rows(table)) for column, cell in _columns(row) if cell is header
    )


def _above(table: Table, column: int) -> set[tuple[int, int]]:
    """Return the places of the header cells above a column."""
    return {
        (number, place)
        for number, row in enumerate(table.header)
        for place, cell in enumerate(row.cells)
        if cell.column <= column < cell.column + cell.column_span
    }


def test_header_cells_have_a_scope(tree: list[dict[str, Any]]) -> None:
    assert {node["attributes"]["Scope"] for node in _elements(tree, "TH")} == {"Column", "Row"}


def test_an_item_has_its_mark_as_label_and_inner_items_are_a_list(tree: list[dict[str, Any]]) -> None:
    subgoals = next(node for node in _elements(tree, "L") if any(child["type"] == "L" for child in node["children"]))
    item = ["LI", ["Lbl"], ["LBody"]]
    assert _shape(subgoals) == [item, ["L", item, item], item]


def test_a_rest_from_an_earlier_page_is_an_item_without_a_label(tree: list[dict[str, Any]]) -> None:
    *_, last = _elements(tree, "Table")
    assert [_shape(node) for node in _elements([last], "L")] == [[["LI", ["LBody"]]], [["LI", ["Lbl"], ["LBody"]]]]


def test_lists_say_how_they_are_numbered(tree: list[dict[str, Any]]) -> None:
    kinds = [node.get("attributes", {}).get("ListNumbering") for node in _elements(tree, "L")]
    assert kinds == ["Disc", "Decimal", None, "Disc", "Disc", None, "Disc"]


def test_footers_and_decoration_are_no_content(file: Path, tree: list[dict[str, Any]]) -> None:
    assert not list(_elements(tree, "NonStruct", "Figure"))
    with pdfplumber.open(file) as document:
        for page in document.pages[1:]:
            footers = [char for char in page.chars if char["top"] > 505 and not 600 < char["x0"] < 880]
            assert footers and all(char["tag"] == "Artifact" and char["mcid"] is None for char in footers)


def test_bookmarks_are_nested_and_point_to_pages(file: Path) -> None:
    with pdfplumber.open(file) as document:
        labels = [(level, title) for level, title, *_ in document.doc.get_outlines()]
    assert labels[:2] == [(1, "Yhteisten tavoitteiden arviointi"), (1, "Hyvinvointialuestrategia")]
    assert labels[-3:] == [(2, "Asiakastavoitteet"), (3, "Asiakastavoitteet 1/2"), (3, "Asiakastavoitteet 2/2")]


def test_the_file_says_what_the_report_says_and_nothing_of_the_clock(file: Path) -> None:
    with pdfplumber.open(file) as document:
        metadata = document.metadata
    assert metadata["Title"] == "Yhteisten tavoitteiden arviointi"
    assert metadata["Author"] == "Länsi-Uudenmaan hyvinvointialue"
    assert metadata["CreationDate"] == metadata["ModDate"] == "D:20250217"


def test_the_same_page_gives_the_same_bytes_anywhere(
    result: PdfResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("TZ", "Pacific/Kiritimati"), ("LANG", "C"), ("LC_ALL", "C"), ("HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    with PdfWriter() as elsewhere:
        assert elsewhere.write(html_of(measured_plan())).data == result.data


def test_what_no_font_has_is_drawn_as_a_box_and_told(writer: PdfWriter, tmp_path: Path) -> None:
    plan = with_first_goal(measured_plan(), 3, "Hyvä \U0001f600 työ ")
    made = writer.write(html_of(plan))
    assert made.undrawable == "\U0001f600"
    assert differences(plan, made.drawn) == ()
    path = tmp_path / "box.pdf"
    path.write_bytes(made.data)
    with pdfplumber.open(path) as document:
        assert "Hyvä □ työ" in document.pages[3].extract_text()


def test_nothing_outside_the_page_is_read(writer: PdfWriter, result: PdfResult, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("table { display: none }", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        bait = f'<link rel="stylesheet" href="{address}a.css"><link rel="stylesheet" href="{secret.as_uri()}">'
        bait += f"<style>@import url({address}b.css); body {{ background: url({address}c.png) }}</style>"
        made = writer.write(html_of(measured_plan()).replace("</head>", f"{bait}</head>"))
        with pytest.raises(TimeoutError):
            server.accept()
    assert made.drawn == result.drawn


def test_a_page_without_a_font_is_refused_in_words() -> None:
    with PdfWriter() as fresh, pytest.raises(PdfFailed, match="the page carries no font"):
        fresh.write("<!DOCTYPE html><html lang='fi'><title>x</title><body>x</body></html>")


def test_missing_pango_is_told_as_a_missing_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("raise OSError('cannot load library libpango')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with PdfWriter() as without, pytest.raises(MissingTool) as told:
        without.write(html_of(measured_plan()))
    assert told.value.problem.kind == "pango-missing"


def _child() -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        (sys.executable, "-P", "-m", WORKER, "2"), stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    )


def test_a_child_ends_when_its_parent_is_gone_before_it_asks() -> None:
    with _child() as child:
        assert child.stdin is not None
        child.stdin.close()
        child.wait(10)


def test_a_child_ends_in_the_middle_of_its_work_when_its_parent_is_gone() -> None:
    plan = measured_plan()
    long = replace(plan, pages=tuple(replace(page, number=n) for n, page in enumerate(plan.pages * 40, 1)))
    with _child() as child:
        assert child.stdin is not None and child.stdout is not None
        write_message(child.stdin, html_of(long).encode())
        write_message(child.stdin, b"")
        child.stdin.flush()
        threading.Event().wait(1.5)
        child.stdin.close()
        assert child.wait(5) == 1
        assert child.stdout.read() == b""
