"""Titles, header rows, alternative texts, sizes, placeholders and languages."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx.util import Pt

from decks.inspect.made_decks import (
    BLANK,
    TITLE_AND_TEXT,
    add_picture,
    add_slide,
    add_table,
    add_text,
    found,
    good_deck,
    inspected,
    new_deck,
    say,
)

DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


@pytest.fixture
def deck() -> Any:
    return good_deck()


def shape(deck: Any, number: int) -> Any:
    return list(deck.slides[0].shapes)[number]


def test_a_header_row_that_is_not_marked_is_told(deck: Any, tmp_path: Path) -> None:
    shape(deck, 1).table.first_row = False
    assert found(deck, tmp_path) == [("header-unmarked", 1, shape(deck, 1).name)]


def test_a_slide_without_a_title_is_told(deck: Any, tmp_path: Path) -> None:
    add_slide(deck, layout=BLANK)
    assert found(deck, tmp_path) == [("title-missing", 2, None)]


def test_an_empty_title_is_told_once(deck: Any, tmp_path: Path) -> None:
    say(shape(deck, 0).text_frame, " ")
    assert found(deck, tmp_path) == [("title-empty", 1, shape(deck, 0).name)]


def test_the_second_of_two_equal_titles_is_told(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, " OTSIKKO ")
    (finding,) = inspected(deck, tmp_path).findings
    assert (finding.kind, finding.place.slide, finding.values["first"]) == ("title-twice", 2, 1)
    assert finding.place.shape == slide.shapes.title.name


def test_missing_alternatives_are_told(deck: Any, tmp_path: Path) -> None:
    table, picture = shape(deck, 1), shape(deck, 3)
    table._element.nvGraphicFramePr.cNvPr.attrib.pop("descr")
    picture._element.nvPicPr.cNvPr.set("descr", " ")
    assert found(deck, tmp_path) == [
        ("alternative-missing", 1, table.name),
        ("alternative-missing", 1, picture.name),
    ]


def test_the_name_of_a_file_is_no_alternative(tmp_path: Path) -> None:
    deck = new_deck()
    picture = add_picture(add_slide(deck), text="kuva 1.PNG")
    assert found(deck, tmp_path) == [("alternative-file-name", 1, picture.name)]


def test_a_decorative_picture_needs_no_alternative(deck: Any, tmp_path: Path) -> None:
    naming = shape(deck, 3)._element.nvPicPr.cNvPr
    naming.attrib.pop("descr")
    extension = etree.SubElement(etree.SubElement(naming, f"{{{DECORATIVE}}}extLst"), f"{{{DECORATIVE}}}ext")
    etree.SubElement(extension, f"{{{DECORATIVE}}}decorative").set("val", "1")
    assert found(deck, tmp_path) == []


@pytest.mark.parametrize(("size", "is_told"), [(9, False), (8.9, True)])
def test_text_under_9_pt_is_told(deck: Any, tmp_path: Path, size: float, is_told: bool) -> None:
    say(shape(deck, 1).table.cell(1, 1).text_frame, "pientä", size=size)
    assert found(deck, tmp_path) == ([("text-small", 1, shape(deck, 1).name)] if is_told else [])


def test_text_that_is_small_by_its_slide_layout_is_told(tmp_path: Path) -> None:
    deck = new_deck()
    slide = add_slide(deck, layout=TITLE_AND_TEXT)
    body = slide.placeholders[1]
    say(body.text_frame, "pientä", size=None)
    assert found(deck, tmp_path) == []
    master = slide.slide_layout.slide_master
    (level,) = master._element.xpath("p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr")
    level.set("sz", "800")
    (finding,) = inspected(deck, tmp_path).findings
    assert (finding.kind, finding.place.shape, finding.values["points"]) == ("text-small", body.name, 8)


def test_an_empty_placeholder_is_told(tmp_path: Path) -> None:
    deck = new_deck()
    slide = add_slide(deck, layout=TITLE_AND_TEXT)
    assert found(deck, tmp_path) == [("placeholder-empty", 1, slide.placeholders[1].name)]


def test_runs_without_a_language_are_counted_for_each_slide(deck: Any, tmp_path: Path) -> None:
    box = shape(deck, 2)
    box.text_frame.text = "a\nb"
    for paragraph in box.text_frame.paragraphs:
        paragraph.runs[0].font.size = Pt(10)
    (finding,) = inspected(deck, tmp_path).findings
    assert (finding.kind, finding.place.shape, finding.values["count"]) == ("language-missing", box.name, 2)
    add_text(deck.slides[0], "x", y=450, x=300).text_frame.paragraphs[0].runs[0]._r.rPr.attrib.pop("lang")
    assert found(deck, tmp_path) == [("language-missing", 1, None)]


def test_a_table_of_one_row_needs_no_header(tmp_path: Path) -> None:
    deck = new_deck()
    add_table(add_slide(deck), [["A", "B"]]).table.first_row = False
    assert found(deck, tmp_path) == []
