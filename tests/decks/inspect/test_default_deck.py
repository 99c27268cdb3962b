"""Our own deck: nothing is wrong in it, and what an edit by hand does to it is found and measured."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import raportti
from judges import libreoffice
from planning import LUVN, fonts
from raportti.decks.inspect import Inspection
from raportti.units import as_pt

SLIDE = 4
MORE = " Lisäksi palvelujen saatavuutta seurataan kuukausittain, ja tuloksista kerrotaan aluehallitukselle." * 3


@pytest.fixture(scope="module")
def deck_file(default_documents: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take a copy, in a folder for decks that are made of it."""
    return Path(shutil.copy(default_documents["pptx"], tmp_path_factory.mktemp("out")))


@pytest.fixture(scope="module")
def font_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    for font in fonts().fonts:
        (folder / f"{font.family}-{font.bold}.ttf").write_bytes(font.data)
    return folder


@pytest.fixture(scope="module")
def edited_file(deck_file: Path) -> Path:
    """Make the assessment of the first goal of a table longer, as a person does it in PowerPoint."""
    deck = Presentation(str(deck_file))
    cell = table_of(deck.slides[SLIDE - 1]).cell(1, 3)
    cell.text_frame.paragraphs[-1].runs[-1].text += MORE
    file = deck_file.with_name("edited.pptx")
    deck.save(str(file))
    return file


def table_of(slide: Any) -> Any:
    return next(shape.table for shape in slide.shapes if shape.has_table)


def inspected(file: Path) -> Inspection:
    return raportti.inspect_deck(file, layout=LUVN)


def test_our_own_deck_has_no_finding(deck_file: Path) -> None:
    inspection = inspected(deck_file)
    assert inspection.findings == ()
    # The head of a summary has cells that span, as in the original: PowerPoint's checker gives a tip for them.
    assert [(remark.kind, remark.place.slide) for remark in inspection.remarks] == [
        ("cells-merged", 3),
        ("cells-merged", 12),
    ]
    assert (inspection.slides, len(inspection.tables)) == (28, 25)
    assert [table.grown for table in inspection.tables] == [0] * 25


def test_an_assessment_made_longer_is_found_with_what_it_does(edited_file: Path) -> None:
    inspection = inspected(edited_file)
    kinds = {finding.kind: finding for finding in inspection.findings}
    assert {finding.place.slide for finding in inspection.findings} == {SLIDE}
    grown = next(table.grown for table in inspection.tables if table.slide == SLIDE)
    assert kinds["table-grew"].values["points"] == as_pt(grown) > 10


@pytest.mark.needs("libreoffice")
def test_libreoffice_draws_every_row_as_high_as_is_said(edited_file: Path, font_folder: Path) -> None:
    (seen,) = libreoffice.drawn([edited_file], font_folder)
    tables = inspected(edited_file).tables
    for table in tables:
        (drawn,) = seen.slides[table.slide - 1].tables
        assert drawn.heights == pytest.approx([as_pt(height) for height in table.rows], abs=1)
    assert any(finding.slide == SLIDE and finding.kind == "table-grew" for finding in seen.findings)


def test_a_slide_taken_out_of_a_series_is_found(deck_file: Path) -> None:
    deck = Presentation(str(deck_file))
    slides = deck.slides._sldIdLst
    titles = [slide.shapes.title.text for slide in deck.slides]
    number = next(n for n, title in enumerate(titles) if title.endswith("2/3"))
    deck.part.drop_rel(slides[number].rId)
    slides.remove(slides[number])
    file = deck_file.with_name("shorter.pptx")
    deck.save(str(file))
    (finding,) = inspected(file).findings
    assert (finding.kind, finding.values["missing"], finding.values["n"]) == ("part-missing", (2,), 3)


def test_a_mark_deleted_by_hand_is_found(deck_file: Path) -> None:
    deck = Presentation(str(deck_file))
    (mark,) = (shape for shape in deck.slides[12].shapes if shape.has_text_frame and "Jatkuu" in shape.text_frame.text)
    mark._element.getparent().remove(mark._element)
    file = deck_file.with_name("unmarked.pptx")
    deck.save(str(file))
    assert [(finding.kind, finding.place.slide) for finding in inspected(file).findings] == [("mark-missing", 13)]
