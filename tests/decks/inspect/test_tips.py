"""What PowerPoint's checker gives tips for, and what a deck says of itself."""

from pathlib import Path
from typing import Any

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from decks.inspect.made_decks import add_picture, add_slide, add_table, add_text, good_deck, inspected, new_deck, say

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
LOOK = "//p:defaultTextStyle//a:defRPr[@lang]"


@pytest.fixture
def deck() -> Any:
    return good_deck()


def tips(deck: Any, folder: Path) -> list[tuple[str, int | None, dict[str, object]]]:
    remarks = inspected(deck, folder).remarks
    return [(tip.kind, getattr(tip.place, "slide", None), dict(tip.values)) for tip in remarks]


def with_sections(deck: Any, *sections: tuple[str, int | None]) -> Any:
    """Give a deck sections, each with a name and the slide (from 1) that it holds."""
    ids = [entry.get("id") for entry in deck.slides._sldIdLst]
    inner = "".join(
        f'<p14:section name="{name}" id="{{00000000-0000-0000-0000-{n:012d}}}"><p14:sldIdLst>'
        + (f'<p14:sldId id="{ids[slide - 1]}"/>' if slide else "")
        + "</p14:sldIdLst></p14:section>"
        for n, (name, slide) in enumerate(sections)
    )
    deck.element.append(
        parse_xml(
            f'<p:extLst xmlns:p="{P}" xmlns:p14="{P14}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            f"<p14:sectionLst>{inner}</p14:sectionLst></p:ext></p:extLst>"
        )
    )
    return deck


def test_a_good_deck_has_no_tip(deck: Any, tmp_path: Path) -> None:
    assert tips(deck, tmp_path) == []


def test_merged_cells_are_counted_and_are_no_fault(tmp_path: Path) -> None:
    deck = new_deck()
    table = add_table(add_slide(deck), [["A", "", "B"], ["c", "d", "e"], ["f", "g", ""]]).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    assert tips(deck, tmp_path) == [("cells-merged", 1, {"count": 2})]
    assert inspected(deck, tmp_path).findings == ()


def test_a_text_that_is_read_before_what_stands_above_it_is_told(deck: Any, tmp_path: Path) -> None:
    slide = deck.slides[0]
    above = add_text(slide, "Johdanto", y=130, h=15)
    table = list(slide.shapes)[1]
    assert tips(deck, tmp_path) == [("reading-order", 1, {"other": above.name})]
    slide.shapes._spTree.insert(list(slide.shapes._spTree).index(table._element), above._element)
    assert tips(deck, tmp_path) == []


def test_a_title_that_is_not_read_first_is_told(deck: Any, tmp_path: Path) -> None:
    title = deck.slides[0].shapes.title
    deck.slides[0].shapes._spTree.append(title._element)
    assert tips(deck, tmp_path) == [("reading-order", 1, {"other": title.name})]


def test_texts_beside_each_other_may_be_read_in_any_order(tmp_path: Path) -> None:
    deck = new_deck()
    slide = add_slide(deck)
    add_text(slide, "oikealla alempana", x=400, y=300)
    add_text(slide, "vasemmalla ylempänä", x=40, y=200)
    assert tips(deck, tmp_path) == []


@pytest.mark.parametrize("name", ["Default Section", "Oletusosa", "Untitled Section 2", "Standardavsnitt", ""])
def test_a_section_that_nobody_named_is_told(deck: Any, tmp_path: Path, name: str) -> None:
    assert tips(with_sections(deck, (name, 1)), tmp_path) == [("section-unnamed", 1, {"value": name})]


def test_a_section_with_the_name_of_another_is_told(deck: Any, tmp_path: Path) -> None:
    add_slide(deck, "Toinen")
    assert tips(with_sections(deck, ("Osa yksi", 1), ("osa yksi", 2)), tmp_path) == [
        ("section-twice", 2, {"value": "osa yksi"})
    ]
    assert tips(with_sections(good_deck(), ("Alku", 1), ("Tyhjä", None)), tmp_path) == []


def test_a_deck_without_a_title_of_its_own_is_told(deck: Any, tmp_path: Path) -> None:
    deck.core_properties.title = " "
    assert [finding.kind for finding in inspected(deck, tmp_path).findings] == ["document-title-missing"]


def test_a_deck_that_says_no_language_is_told(deck: Any, tmp_path: Path) -> None:
    for look in deck.element.xpath(LOOK):
        look.attrib.pop("lang")
    assert [finding.kind for finding in inspected(deck, tmp_path).findings] == ["document-language-missing"]
    deck.core_properties.language = "fi-FI"
    assert inspected(deck, tmp_path).findings == ()


def test_a_group_needs_an_alternative_and_has_it_for_its_shapes(deck: Any, tmp_path: Path) -> None:
    slide = deck.slides[0]
    picture = add_picture(slide, x=400, text="")
    group = slide.shapes.add_group_shape([picture])
    kinds = [(finding.kind, finding.place.shape) for finding in inspected(deck, tmp_path).findings]
    assert kinds == [("alternative-missing", group.name), ("alternative-missing", picture.name)]
    group._element.nvGrpSpPr.cNvPr.set("descr", "Kaavio")
    assert inspected(deck, tmp_path).findings == ()


def test_a_chart_and_a_drawing_without_text_need_an_alternative(deck: Any, tmp_path: Path) -> None:
    slide = deck.slides[0]
    drawing = slide.shapes.add_shape(1, Pt(400), Pt(300), Pt(150), Pt(60))
    data = CategoryChartData()
    data.categories = ("Kyllä", "Ei")
    data.add_series("Tavoitteet", (3, 1))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.PIE, Pt(400), Pt(400), Pt(100), Pt(100), data)
    findings = inspected(deck, tmp_path).findings
    assert [(one.kind, one.place.shape) for one in findings] == [
        ("alternative-missing", drawing.name),
        ("alternative-missing", chart.name),
    ]
    say(drawing.text_frame, "Tekstiä")
    chart._element.nvGraphicFramePr.cNvPr.set("descr", "Kaavio: kolme tavoitetta neljästä saavutettiin")
    assert inspected(deck, tmp_path).findings == ()
