"""What is too tall, off the slide, or over something else."""

from pathlib import Path
from typing import Any

import pytest
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from decks.inspect.made_decks import add_picture, add_table, add_text, found, good_deck, inspected, say


def test_a_good_deck_has_no_finding(tmp_path: Path) -> None:
    inspection = inspected(good_deck(), tmp_path)
    assert (inspection.findings, inspection.remarks, inspection.slides) == ((), (), 1)


def test_a_row_grows_to_its_tallest_cell(deck: Any, slide: Any, tmp_path: Path) -> None:
    """85.6 pt hold eight letters of 10 pt: 20 letters are three lines of 12 pt and margins of 7.2 pt."""
    add_table(slide, [["A", "B"], ["c" * 20, "d"]])
    inspection = inspected(deck, tmp_path)
    (finding,) = inspection.findings
    assert finding.kind == "table-grew"
    assert finding.values["points"] == pytest.approx(3 * 12 + 7.2 - 20)
    assert [height / 12700 for height in inspection.tables[0].rows] == pytest.approx([20, 43.2])


def test_a_table_that_grows_off_the_slide_or_over_a_text_is_told(deck: Any, slide: Any, tmp_path: Path) -> None:
    table = add_table(slide, [["A", "B"], ["c\n" * 20, "d"]], y=300)
    box = add_text(slide, "Alla", y=400)
    assert found(deck, tmp_path) == [
        ("table-grew", 1, table.name),
        ("off-slide", 1, table.name),
        ("overlap", 1, box.name),
    ]


def test_what_a_row_span_needs_goes_to_its_last_row(deck: Any, slide: Any, tmp_path: Path) -> None:
    table = add_table(slide, [["A", "B"], ["", "d"], ["", "e"]]).table
    table.cell(1, 0).merge(table.cell(2, 0))
    say(table.cell(1, 0).text_frame, "a\nb\nc\nd")
    (measured,) = inspected(deck, tmp_path).tables
    assert [height / 12700 for height in measured.rows] == pytest.approx([20, 20, 4 * 12 + 7.2 - 20])


def test_a_column_span_has_the_width_of_its_columns(deck: Any, slide: Any, tmp_path: Path) -> None:
    table = add_table(slide, [["A", "B"], ["", ""]]).table
    table.cell(1, 0).merge(table.cell(1, 1))
    say(table.cell(1, 0).text_frame, "abcdefgh abcdefghi")
    assert found(deck, tmp_path) == []


def test_text_taller_than_its_box_is_told(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "a\nb\nc\nd", h=40)
    (finding,) = inspected(deck, tmp_path).findings
    assert (finding.kind, finding.place.shape) == ("text-too-high", box.name)
    assert finding.values["points"] == pytest.approx(4 * 12 + 7.2 - 40)


def test_text_that_its_shape_shrinks_is_measured_as_small_as_it_is_drawn(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "a\nb\nc\nd", h=48)
    say(box.text_frame, "a\nb\nc\nd", size=11)
    fit = box.text_frame._txBody.bodyPr._add_normAutofit()
    assert [kind for kind, *_ in found(deck, tmp_path)] == ["text-too-high"]
    fit.set("fontScale", "90000")
    fit.set("lnSpcReduction", "20000")
    assert found(deck, tmp_path) == []


@pytest.mark.parametrize(("x", "y"), [(-10, 300), (700, 300), (40, 500)])
def test_a_picture_over_the_edge_is_told(deck: Any, slide: Any, tmp_path: Path, x: float, y: float) -> None:
    picture = add_picture(slide, x=x, y=y)
    assert found(deck, tmp_path) == [("off-slide", 1, picture.name)]


def test_text_that_does_not_wrap_runs_off_the_slide(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "x" * 80, h=80)
    assert found(deck, tmp_path) == []
    box.text_frame.word_wrap = False
    assert found(deck, tmp_path) == [("off-slide", 1, box.name)]


def test_a_table_over_a_picture_is_told_but_not_one_on_a_background(deck: Any, slide: Any, tmp_path: Path) -> None:
    picture = add_picture(slide, x=60, y=160)
    table = add_table(slide, [["A", "B"], ["c", "d"]])
    assert found(deck, tmp_path) == [("overlap", 1, table.name)]
    picture.left, picture.top, picture.width, picture.height = Pt(0), Pt(140), Pt(720), Pt(400)
    assert found(deck, tmp_path) == []


def test_two_texts_over_each_other_are_told_where_their_lines_meet(deck: Any, slide: Any, tmp_path: Path) -> None:
    add_text(slide, "abc")
    other = add_text(slide, "def", x=60)
    assert found(deck, tmp_path) == [("overlap", 1, other.name)]
    other.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    assert found(deck, tmp_path) == []
    other.text_frame.paragraphs[0].alignment = None
    other.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    assert found(deck, tmp_path) == []


def test_a_drawing_below_a_text_is_no_fault(deck: Any, slide: Any, tmp_path: Path) -> None:
    panel = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(30), Pt(290), Pt(300), Pt(100))
    panel._element.nvSpPr.cNvPr.set("descr", "Paneeli")
    add_text(slide, "Paneelilla")
    assert found(deck, tmp_path) == []


def test_shapes_of_a_group_lie_where_the_group_puts_them(deck: Any, slide: Any, tmp_path: Path) -> None:
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Pt(0), Pt(0), Pt(200), Pt(40))
    box.text_frame.word_wrap = True
    say(box.text_frame, "Ryhmässä")
    transform = group._element.grpSpPr.get_or_add_xfrm()
    for tag, values in (("off", (400, 530)), ("ext", (400, 80)), ("chOff", (0, 0)), ("chExt", (200, 40))):
        element = transform.find(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{tag}")
        for key, value in zip(element.attrib, values, strict=True):
            element.set(key, str(Pt(value)))
    finding, alternative = inspected(deck, tmp_path).findings
    assert (alternative.kind, alternative.place.shape) == ("alternative-missing", group.name)
    assert (finding.kind, finding.place.shape) == ("off-slide", box.name)
    assert finding.values["points"] == pytest.approx(530 + 3.6 + 12 - 540)


def test_a_shape_on_its_side_covers_what_it_covers_when_turned(deck: Any, slide: Any, tmp_path: Path) -> None:
    picture = add_picture(slide, x=40, y=440, side=80)
    picture.width, picture.height = Pt(200), Pt(40)
    assert found(deck, tmp_path) == []
    picture.rotation = 90
    assert found(deck, tmp_path) == [("off-slide", 1, picture.name)]


def test_vertical_text_is_not_measured_and_that_is_said(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "a\n" * 30)
    box.text_frame._txBody.bodyPr.set("vert", "vert270")
    inspection = inspected(deck, tmp_path)
    assert inspection.findings == ()
    assert [(remark.kind, remark.values["count"]) for remark in inspection.remarks] == [("text-vertical", 1)]


def test_hidden_shapes_are_passed_over(deck: Any, slide: Any, tmp_path: Path) -> None:
    picture = add_picture(slide, x=700)
    picture._element.nvPicPr.cNvPr.set("hidden", "1")
    assert found(deck, tmp_path) == []


def test_what_newer_programs_may_draw_otherwise_is_read_as_they_do(deck: Any, slide: Any, tmp_path: Path) -> None:
    picture = add_picture(slide, x=700)
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = parse_xml(f'<mc:AlternateContent {names}><mc:Choice Requires="p14"/><mc:Fallback/></mc:AlternateContent>')
    slide.shapes._spTree.append(choice)
    choice[0].append(picture._element)
    assert found(deck, tmp_path) == [("off-slide", 1, picture.name)]


def test_text_that_outgrows_a_drawn_shape_is_told_with_the_picture_it_grows_onto(
    deck: Any, slide: Any, tmp_path: Path
) -> None:
    drawing = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(40), Pt(300), Pt(200), Pt(40))
    drawing.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    say(drawing.text_frame, "a\n" * 6 + "b")
    picture = add_picture(slide, x=40, y=345)
    assert found(deck, tmp_path) == [("text-too-high", 1, drawing.name), ("overlap", 1, picture.name)]
    picture.top = Pt(310)
    assert found(deck, tmp_path) == [("text-too-high", 1, drawing.name)]
