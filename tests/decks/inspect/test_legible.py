"""Texts and their grounds: what can hardly be read is told, what cannot be told is not judged."""

from pathlib import Path
from typing import Any

import pytest
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from decks.inspect.made_decks import add_picture, add_table, add_text, inspected, say

GREY = RGBColor(0x77, 0x77, 0x77)
"""On white 4.48:1."""
WHITE, NAVY = RGBColor(255, 255, 255), RGBColor(0x17, 0x40, 0x6D)


def judged(deck: Any, folder: Path) -> list[tuple[object, ...]]:
    """Inspect a deck; give each finding of contrast as its shape, the two colours and the ratio."""
    found = (one for one in inspected(deck, folder).findings if one.kind == "contrast-low")
    return [(one.place.shape, one.values["value"], one.values["other"], one.values["ratio"]) for one in found]


def coloured(frame: Any, colour: RGBColor, size: float = 10, *, bold: bool = False) -> None:
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.color.rgb, run.font.size, run.font.bold = colour, Pt(size), bold


def drawn(slide: Any, colour: RGBColor | None, *, x: float = 40, w: float = 300) -> Any:
    """Draw a rectangle that readers pass over, filled evenly or (None) with a gradient."""
    shape = slide.shapes.add_shape(1, Pt(x), Pt(290), Pt(w), Pt(100))
    shape._element.nvSpPr.cNvPr.set("descr", "Pohja")
    if colour is None:
        shape.fill.gradient()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour
    return shape


@pytest.mark.parametrize(
    ("size", "bold", "is_told"), [(17.9, False, True), (18, False, False), (13.9, True, True), (14, True, False)]
)
def test_a_text_on_the_background_is_judged_by_its_size(
    deck: Any, slide: Any, tmp_path: Path, size: float, bold: bool, is_told: bool
) -> None:
    box = add_text(slide, "harmaa")
    coloured(box.text_frame, GREY, size, bold=bold)
    assert judged(deck, tmp_path) == ([(box.name, "777777", "FFFFFF", 4.4)] if is_told else [])


def test_the_worst_run_of_a_shape_is_told(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "harmaa\nvalkoinen")
    coloured(box.text_frame, GREY)
    box.text_frame.paragraphs[1].runs[0].font.color.rgb = WHITE
    assert judged(deck, tmp_path) == [(box.name, "FFFFFF", "FFFFFF", 1)]


def test_a_text_on_a_fill_of_its_own_is_judged_on_that(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "valkoinen")
    coloured(box.text_frame, WHITE)
    box.fill.solid()
    box.fill.fore_color.rgb = NAVY
    assert judged(deck, tmp_path) == []
    box.fill.fore_color.rgb = RGBColor(0xDD, 0xDD, 0xDD)
    assert judged(deck, tmp_path) == [(box.name, "FFFFFF", "DDDDDD", 1.3)]


def test_a_text_on_a_drawing_is_judged_on_that(deck: Any, slide: Any, tmp_path: Path) -> None:
    drawn(slide, NAVY)
    box = add_text(slide, "valkoinen", x=50)
    coloured(box.text_frame, WHITE)
    assert judged(deck, tmp_path) == []
    coloured(box.text_frame, NAVY)
    assert judged(deck, tmp_path) == [(box.name, "17406D", "17406D", 1)]


def test_a_text_that_lies_partly_on_a_drawing_is_not_judged(deck: Any, slide: Any, tmp_path: Path) -> None:
    drawn(slide, NAVY, w=30)
    coloured(add_text(slide, "valkoinen").text_frame, WHITE)
    assert judged(deck, tmp_path) == []


def test_a_text_on_a_gradient_or_a_picture_is_not_judged(deck: Any, slide: Any, tmp_path: Path) -> None:
    drawn(slide, None)
    coloured(add_text(slide, "valkoinen").text_frame, WHITE)
    add_picture(slide, x=400, y=300, side=200)
    coloured(add_text(slide, "valkoinen", x=420, y=320, w=100).text_frame, WHITE)
    assert judged(deck, tmp_path) == []


def test_a_cell_is_judged_on_its_fill(deck: Any, slide: Any, tmp_path: Path) -> None:
    table = add_table(slide, [["A", "B"], ["c", "d"]])
    cell = table.table.cell(1, 1)
    coloured(cell.text_frame, WHITE)
    assert judged(deck, tmp_path) == []  # PowerPoint's own table style decides
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(0xFF, 0xF1, 0xCF)
    assert judged(deck, tmp_path) == [(table.name, "FFFFFF", "FFF1CF", 1.1)]


def test_the_colours_of_a_theme_are_resolved_with_their_changes(deck: Any, slide: Any, tmp_path: Path) -> None:
    box = add_text(slide, "tumma")
    font = box.text_frame.paragraphs[0].runs[0].font
    font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    assert judged(deck, tmp_path) == []
    font.color.brightness = 0.25  # a quarter of the way from black to white
    assert judged(deck, tmp_path) == []
    font.color.brightness = 0.5
    assert judged(deck, tmp_path) == [(box.name, "808080", "FFFFFF", 3.9)]


def test_a_background_of_a_slides_own_is_the_ground(deck: Any, slide: Any, tmp_path: Path) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = NAVY
    box = add_text(slide, "sininen")
    coloured(box.text_frame, NAVY)
    assert (box.name, "17406D", "17406D", 1) in judged(deck, tmp_path)


def test_what_a_style_colours_is_not_judged(deck: Any, slide: Any, tmp_path: Path) -> None:
    shape = drawn(slide, WHITE)
    say(shape.text_frame, "valkoinen valkoisella tyylin mukaan")
    assert judged(deck, tmp_path) == []
    coloured(shape.text_frame, WHITE)
    assert judged(deck, tmp_path) == [(shape.name, "FFFFFF", "FFFFFF", 1)]
