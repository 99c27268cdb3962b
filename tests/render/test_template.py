"""The default template as ``layouts/make_template.py`` writes it: a slide made by hand looks like the others."""

import sys
from typing import Any

import pytest

from raportti.layout.theme.folder import read_theme
from raportti.plan.typeset import Box
from raportti.text.legibility import contrast, contrast_needed
from render.deck_reading import LAYOUT, TEMPLATE, A, files_of, opened, parsed

sys.path.insert(0, str(LAYOUT.parent))
from make_template import make_template

THEME = read_theme(LAYOUT)
DECK = opened(TEMPLATE.data)
LAYOUTS = {layout.name: layout for layout in DECK.slide_layouts}
BOXES_OF_COVER = ("cover_title", "cover_strategies", "cover_colophon")
PLACES = [
    ("Kansi", "title", "cover_title", "cover_title"),
    ("Kansi", "strategies", "cover_strategies", "cover_list"),
    ("Kansi", "colophon", "cover_colophon", "cover_colophon"),
    ("Asteikko", "scale", "scale", "scale"),
    ("Yhteenveto", "sentence", "sentence", "sentence"),
    ("Yhteenveto", "table", "summary", "table_text"),
    ("Taulukko", "title", "title", "title"),
    ("Taulukko", "tag", "tag", "tag"),
    ("Taulukko", "table", "body", "table_text"),
    ("Taulukko", "continuation", "continuation", "continuation"),
    ("Taulukko", "footer", "footer", "footer"),
    ("Taulukko", "number", "number", "number"),
]


def placeholder(layout: str, role: str) -> Any:
    name = TEMPLATE.placeholders[role]
    return next(shape for shape in LAYOUTS[layout].placeholders if shape.name == name)


def test_the_template_is_what_its_script_makes() -> None:
    assert files_of(make_template(LAYOUT)) == files_of(TEMPLATE.data)


def test_the_script_makes_the_same_bytes_twice() -> None:
    assert make_template(LAYOUT) == make_template(LAYOUT)


def test_there_is_one_master_with_the_four_named_slide_layouts_and_no_slide() -> None:
    assert len(DECK.slide_masters) == 1
    assert list(LAYOUTS) == list(dict.fromkeys(TEMPLATE.layouts.values()))
    assert len(DECK.slides) == 0


@pytest.mark.parametrize(("layout", "role", "box", "style"), PLACES)
def test_placeholders_have_the_layouts_place_and_style(layout: str, role: str, box: str, style: str) -> None:
    shape = placeholder(layout, role)
    assert Box(shape.left, shape.top, shape.width, shape.height) == getattr(THEME.boxes, box)
    (level,) = shape._element.iter(f"{A}lvl1pPr")
    look, run = THEME.style(style), level.find(f"{A}defRPr")
    assert level.find(f"{A}lnSpc/{A}spcPts").get("val") == str(look.leading // 127)
    assert (run.get("sz"), run.get("b"), run.get("spc")) == (
        f"{look.size // 127}", f"{int(look.bold)}", f"{look.tracking // 127}",
    )  # fmt: skip


def test_the_theme_carries_font_and_brand() -> None:
    theme = parsed(files_of(TEMPLATE.data)["ppt/theme/theme1.xml"])
    fonts = [font.get("typeface") for font in theme.iter(f"{A}latin")]
    assert fonts == [THEME.style("title").family] * 2
    assert theme.find(f".//{A}dk2/{A}srgbClr").get("val") == THEME.colours["brand"]


def test_decorations_are_passed_over_by_screen_readers() -> None:
    shapes = [*DECK.slide_masters[0].shapes, *LAYOUTS["Kansi"].shapes]
    plain = [shape for shape in shapes if not shape.is_placeholder]
    assert len(plain) == 6
    assert all(shape._element.xpath(".//*[local-name()='decorative' and @val='1']") for shape in plain)


def test_the_brand_bar_is_on_all_pages_but_the_cover() -> None:
    hidden = [name for name, layout in LAYOUTS.items() if layout._element.get("showMasterSp") == "0"]
    assert hidden == ["Kansi"]


def test_what_is_behind_the_covers_texts_is_what_the_layout_says() -> None:
    (scheme,) = LAYOUTS["Kansi"]._element.xpath("p:cSld/p:bg/p:bgPr/a:solidFill/a:schemeClr/@val")
    theme = parsed(files_of(TEMPLATE.data)["ppt/theme/theme1.xml"])
    assert scheme == "tx2"
    assert theme.find(f".//{A}dk2/{A}srgbClr").get("val") == THEME.fills.cover


def test_the_covers_texts_are_readable_on_its_steps_too() -> None:
    """No box reaches them, but one that is made wider by hand may; bullets stay at its left edge."""
    steps = [shape for shape in LAYOUTS["Kansi"].shapes if not shape.is_placeholder]
    tints = [tint for step in steps for tint in step._element.xpath("p:spPr/a:solidFill/a:srgbClr/@val")]
    assert len(tints) == 5
    assert max(getattr(THEME.boxes, key).right for key in BOXES_OF_COVER) <= min(step.left for step in steps)
    for key in ("cover_title", "cover_list", "cover_colophon"):
        smallest = THEME.styles[key][-1]
        needed = contrast_needed(smallest.size, bold=smallest.bold)
        assert min(contrast(smallest.colour, tint) for tint in tints) >= needed
