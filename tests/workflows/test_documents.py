"""Both documents of the default report, read back and judged by programs that nobody here wrote."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pptx import Presentation

import raportti
from judges import deck, libreoffice, ooxml, pdf_text
from planning import BILINGUAL, DEFAULT, LUVN, fonts, lines_of
from raportti.pipeline import Planned
from raportti.plan import Cell, Page, Row, Table
from raportti.report.model import Achieved, Goal
from raportti.report.passages import passages_of
from raportti.units import as_pt

Judge = Callable[[Path, str], list[str]]


@pytest.fixture(scope="module")
def planned() -> Planned:
    return raportti.plan_pages(DEFAULT)


@pytest.fixture(scope="module")
def deck_file(default_documents: Mapping[str, Path]) -> Path:
    return default_documents["pptx"]


@pytest.fixture(scope="module")
def pdf_file(default_documents: Mapping[str, Path]) -> Path:
    return default_documents["pdf"]


@pytest.fixture(scope="module")
def font_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    for font in fonts().fonts:
        (folder / f"{font.family}-{font.bold}.ttf").write_bytes(font.data)
    return folder


def tables(planned: Planned) -> Iterator[tuple[Page, Table]]:
    for page in planned.plan.pages:
        if page.table:
            yield page, page.table


def cells(table: Table) -> Iterator[tuple[int, Row, Cell]]:
    for number, row in enumerate((*table.header, *table.rows)):
        for cell in row.cells:
            yield number, row, cell


def box_of(table: Table, row: Row, cell: Cell) -> pdf_text.Box:
    rows = (*table.header, *table.rows)
    height = sum(spanned.h for spanned in rows[rows.index(row) : rows.index(row) + cell.row_span])
    left = table.box.x + sum(table.columns[: cell.column])
    width = sum(table.columns[cell.column : cell.column + cell.column_span])
    return pdf_text.Box(*(as_pt(length) for length in (left, row.y, width, height)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_plan_is_as_it_was(planned: Planned, golden: Callable[[str, str], None]) -> None:
    """The pages, rows and lines of the original; a change of one of them is a change of the product."""
    golden("arviointi-2024.txt", "\n".join(_lines(planned)) + "\n")


def _lines(planned: Planned) -> Iterator[str]:
    for page in planned.plan.pages:
        yield f"{page.number} {page.kind.value}: {page.title}"
        for row in page.table.rows if page.table else ():
            yield f"  {row.goal or ''} {as_pt(row.h):g} pt"
            for cell in row.cells:
                yield f"    {cell.key}: " + " | ".join(lines_of(cell))


def test_the_deck_holds_the_data_row_by_row(planned: Planned, deck_file: Path) -> None:
    rows = [
        [squeezed(cell.text) for cell in row.cells]
        for slide in Presentation(str(deck_file)).slides
        for shape in slide.shapes
        if shape.has_table and not slide.shapes.title.text.startswith("Yhteenveto")
        for row in list(shape.table.rows)[1:]
    ]
    assert [without_hyphens(row) for row in rows] == [without_hyphens(data_row(goal)) for goal in goals(planned)]


def goals(planned: Planned) -> Iterator[tuple[Goal, bool]]:
    for strategy in planned.source.report.strategies:
        for guideline in strategy.guidelines:
            yield from ((goal, guideline.has_subgoals) for goal in guideline.goals)


def data_row(goal_and_columns: tuple[Goal, bool]) -> list[str]:
    goal, has_subgoals = goal_and_columns
    subgoals = "".join(text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items))
    status = {Achieved.YES: "KYLLÄ", Achieved.PARTLY: "OSITTAIN", Achieved.NO: "EI"}[goal.achieved]
    texts = [goal.text, *([subgoals] if has_subgoals else []), status, str(goal.score), "".join(goal.assessment)]
    return [squeezed(text) for text in texts]


def without_hyphens(row: list[str]) -> list[str]:
    """Take hyphens out: those that the layout adds to words wider than their column are no content."""
    return [text.replace("-", "") for text in row]


def test_the_pdf_draws_each_cell_line_by_line_as_planned(planned: Planned, pdf_file: Path) -> None:
    wanted = [
        (page.number, box_of(table, row, cell), lines_of(cell))
        for page, table in tables(planned)
        for _, row, cell in cells(table)
    ]
    drawn = pdf_text.lines(pdf_file, [(number, box) for number, box, _ in wanted])
    assert len(wanted) > 200
    for (number, _, lines), found in zip(wanted, drawn, strict=True):
        assert [squeezed(line).lstrip("•–") for line in found] == [squeezed(line) for line in lines if line], number


@pytest.mark.needs("verapdf")
def test_the_pdf_is_accessible_by_the_rules_of_verapdf(pdf_file: Path, pdf_violations: Judge) -> None:
    assert pdf_violations(pdf_file, "ua1") == []


@pytest.mark.needs("openxml")
def test_the_deck_is_valid_for_the_open_xml_sdk(deck_file: Path) -> None:
    assert ooxml.errors(deck_file) == []


def test_the_deck_is_whole_and_accessible(deck_file: Path) -> None:
    assert deck.findings(deck_file) == []


@pytest.mark.needs("libreoffice")
def test_libreoffice_draws_the_deck_as_planned(planned: Planned, deck_file: Path, font_folder: Path) -> None:
    (seen,) = libreoffice.drawn([deck_file], font_folder)
    assert [finding for slide in seen.slides for finding in slide.findings] == []
    same = total = 0
    for page, table in tables(planned):
        (drawn,) = seen.slides[page.number - 1].tables
        for number, _, cell in cells(table):
            found = drawn.lines.get((number, cell.column), ())
            total += 1
            same += len(found) == len([line for line in lines_of(cell) if line])
    assert same / total >= 0.99, f"{total - same} of {total} cells have other lines"


def test_two_builds_give_the_same_bytes(
    default_documents: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Apia")
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    monkeypatch.chdir(tmp_path)
    again = raportti.build(DEFAULT, layout=LUVN, out=tmp_path / "x")
    assert [path.read_bytes() for path in again.files] == [
        default_documents[kind].read_bytes() for kind in ("pptx", "pdf")
    ]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_sample_is_planned_without_a_warning(language: str) -> None:
    assert raportti.plan_pages(BILINGUAL, language=language).warnings == ()


def test_both_languages_of_the_sample_are_valid_and_accessible(
    sample_documents: tuple[Path, ...], pdf_violations: Judge
) -> None:
    for file in sample_documents:
        if file.suffix == ".pdf":
            assert pdf_violations(file, "ua1") == []
        else:
            assert (deck.findings(file), ooxml.errors(file)) == ([], [])


def test_a_swedish_frame_around_finnish_goals_says_which_words_are_finnish() -> None:
    report = raportti.plan_pages(DEFAULT, language="sv", allow_missing=True).source.report
    languages = {
        where: {passage.language for passage in passages_of(text)}
        for where, text in (("title", report.title), *((goal.id, goal.text) for goal in report.goals))
    }
    assert languages == {"title": {None}, **{goal.id: {"fi-FI"} for goal in report.goals}}
