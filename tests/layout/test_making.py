"""Layouts made of brands' templates: what is found in a template, and that a report in the layout is right."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

import raportti
from commands import run
from judges import ooxml
from planning import BILINGUAL, LUVN
from raportti.config import cache_folder
from raportti.layout.making import make_layout
from raportti.layout.making.brand import read_brand
from raportti.layout.making.colours import mixed, readable, worst
from raportti.layout.making.drawing import SCALE
from raportti.layout.making.ground import Ground, Place, largest
from raportti.layout.theme.folder import read_layout
from raportti.ooxml.package import open_deck
from raportti.problems import ProblemsFound

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
"""A template that everybody has who has the program: that of python-pptx, 4:3, in Calibri."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
BEFORE_SIZES = tuple(f"{{{DRAWING}}}{name}" for name in ("lnSpc", "spcBef", "spcAft", "buClrTx", "buClr"))
"""What stands before the size of bullets (ECMA-376-1, 21.1.2.2.7)."""
DARK = (20, 30, 60)


def ground(*bands: tuple[int, int, tuple[int, int, int]], size: tuple[int, int] = (200, 100)) -> Ground:
    """Make a white ground with bands, each from a height to another, in points."""
    pixels = np.full((size[1] * SCALE, size[0] * SCALE, 3), 255, dtype=np.uint8)
    for top, bottom, colour in bands:
        pixels[top * SCALE : bottom * SCALE] = colour
    return Ground(pixels)


def test_the_largest_calm_place_ends_at_a_band() -> None:
    found = largest(ground((0, 30, DARK)).readable("000000"), Place(10, 0, 180, 100))
    assert found == Place(10, 30, 180, 70)
    assert largest(ground((0, 30, DARK)).readable("FFFFFF"), Place(0, 0, 200, 100)) == Place(0, 0, 200, 30)


def test_a_place_that_is_taken_is_left_out() -> None:
    assert largest(ground().readable("000000"), Place(0, 0, 200, 100), [Place(0, 0, 200, 40)]) == Place(0, 40, 200, 60)


def test_a_colour_has_to_be_read_on_the_darkest_and_the_lightest_of_its_ground() -> None:
    banded = ground((50, 100, DARK))
    assert banded.extremes(Place(0, 0, 200, 100)) == ("141E3C", "FFFFFF")
    assert not banded.fits(Place(0, 0, 200, 100), "000000")
    assert banded.fits(Place(0, 0, 200, 50), "000000") and banded.fits(Place(0, 50, 200, 50), "FFFFFF")
    assert ground().one_colour == "FFFFFF" and banded.one_colour is None


@pytest.mark.parametrize("on", ["FFFFFF", "000000", "808080", "3365A4", "FFD700"])
def test_a_readable_colour_is_made_where_none_is_given(on: str) -> None:
    assert worst(readable((mixed(on, "777777", 0.5),), (on,)), (on,)) >= 4.5


def changed(folder: Path, change: Callable[[Any], None]) -> Path:
    """Save the default template with a change."""
    presentation = pptx.Presentation(str(DEFAULT))
    change(presentation)
    path = folder / "brand.pptx"
    presentation.save(str(path))
    return path


def as_it_is(_: Any) -> None:
    """Change nothing."""


def darkened(presentation: Any) -> None:
    """Make all pages dark, with a light band on top, and of the size of a wide screen."""
    presentation.slide_width, presentation.slide_height = Emu(12192000), Emu(6858000)
    master = presentation.slide_master
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = RGBColor(*DARK)
    band = f'<a:off x="0" y="0"/><a:ext cx="12192000" cy="{Pt(60)}"/>'
    master.shapes._spTree.insert(2, parse_xml(
        f'<p:sp xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr>'
        f'<p:cNvPr id="90" name="Nauha"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{band}</a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="F2F2F2"/></a:solidFill></p:spPr>'
        "</p:sp>"
    ))  # fmt: skip


def shouted(presentation: Any) -> None:
    """Let titles be in italic capitals, centred in a painted and turned box, and bullets large."""
    levels: Any = presentation.slide_master.element.iter(f"{{{DRAWING}}}lvl1pPr")
    for level in levels:
        run = level.find(f"{{{DRAWING}}}defRPr")
        run.attrib.update({"cap": "all", "i": "1", "u": "sng", "baseline": "30000"})
        before = next(child for child in level if child.tag not in BEFORE_SIZES)
        before.addprevious(parse_xml(f'<a:buSzPct xmlns:a="{DRAWING}" val="200000"/>'))
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type is not None and "TITLE" in str(shape.placeholder_format.type):
                shape.rotation = 10
                shape.text_frame._txBody.bodyPr.attrib.update({"anchorCtr": "1", "numCol": "2"})


def built(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """Make a layout of a template, and build the report in two languages with it."""
    monkeypatch.chdir(folder)
    raportti.apply(raportti.new_layout("oma", template))
    return raportti.build(BILINGUAL, layout="oma", languages=("fi", "sv"), out="out").files


@pytest.mark.needs("libreoffice", "openxml")
@pytest.mark.parametrize("change", [as_it_is, darkened, shouted], ids=["as it is", "dark", "shouting"])
def test_a_report_in_a_foreign_template_is_right(
    change: Callable[[Any], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = built(changed(tmp_path, change), tmp_path, monkeypatch)
    decks = [path for path in files if path.suffix == ".pptx"]
    assert len(files) == 4
    assert ooxml.errors(*decks) == []
    for deck in decks:
        assert raportti.inspect_deck(deck, layout="oma").findings == ()
    assert raportti.check_layout("oma") == ()


@pytest.mark.needs("libreoffice")
def test_what_a_template_says_of_text_is_taken_back_on_slides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = built(changed(tmp_path, shouted), tmp_path, monkeypatch)
    title: Any = pptx.Presentation(str(files[0])).slides[1].shapes.title
    (body,) = title._element.iter(f"{{{DRAWING}}}bodyPr")
    said = next(title._element.iter(f"{{{DRAWING}}}rPr")).attrib
    assert {key: said[key] for key in ("cap", "i", "u", "baseline")} == {
        "cap": "none", "i": "0", "u": "none", "baseline": "0",
    }  # fmt: skip
    assert (body.get("anchorCtr"), body.get("numCol")) == ("0", "1")
    assert title.rotation == 0 and title._element.spPr.find(f"{{{DRAWING}}}noFill") is not None


@pytest.mark.needs("libreoffice")
def test_the_command_says_what_it_chose_and_what_it_does_not_keep(tmp_path: Path) -> None:
    done = run("layout", "new", "oma", "--from", DEFAULT, "--cover", "Section Header", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "layouts/oma"
    assert 'cover: the slide layout "Section Header"' in done.stderr and '"Title Only"' in done.stderr
    again = run("layout", "new", "oma", "--from", DEFAULT, cwd=tmp_path)
    assert again.returncode == 1 and "already" in again.stderr
    shown = run("layout", "show", "oma", cwd=tmp_path)
    assert shown.returncode == 0 and (tmp_path / "output" / "oma-malli.pdf").is_file(), shown.stderr


@pytest.mark.needs("libreoffice")
def test_a_template_that_cannot_carry_a_report_is_refused_and_nothing_written(tmp_path: Path) -> None:
    def shrink(presentation: Any) -> None:
        presentation.slide_width, presentation.slide_height = Pt(200), Pt(120)

    done = run("layout", "new", "pieni", "--from", changed(tmp_path, shrink), cwd=tmp_path)
    assert done.returncode == 1 and "cannot carry the report" in done.stderr
    assert not (tmp_path / "layouts").exists()


@pytest.mark.needs("libreoffice")
def test_a_slide_layout_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        make_layout(DEFAULT, tmp_path / "x", LUVN, fonts={}, cache=cache_folder(), wanted={"cover": "Titel Slide"})
    (problem,) = found.value.problems
    assert problem.kind == "brand-layout-unknown" and "Title Slide" in str(problem.values["names"])


def test_a_template_is_read_with_the_places_of_its_master() -> None:
    with open_deck(DEFAULT) as package:
        brand = read_brand(package)
    only = next(layout for layout in brand.layouts if layout.kind == "titleOnly")
    assert (brand.width, brand.height) == (Pt(720), Pt(540))
    assert only.title is not None and only.title.box is not None and only.slot("sldNum") is not None
    assert (only.headings, only.text) == ("Calibri", "Calibri")


def with_style(folder: Path, style: str) -> Path:
    """Copy the default layout with rules added to its style sheet."""
    shutil.copytree(LUVN, folder)
    with (folder / "html" / "style.css").open("a", encoding="utf-8") as file:
        file.write(style)
    return folder


def picture() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (2, 2), "#17406D").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_picture_beside_the_style_sheet_comes_into_the_page(tmp_path: Path) -> None:
    folder = with_style(tmp_path / "oma", ".page-table { background: url('logo.png') }")
    (folder / "html" / "logo.png").write_bytes(picture())
    assert 'url("data:image/png;base64,' in read_layout(folder).style


@pytest.mark.parametrize("address", ["../../outside.png", "/etc/passwd", "https://example.org/x.png", "layout.toml"])
def test_what_is_no_picture_of_the_layout_is_not_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "outside.png").write_bytes(picture())
    folder = with_style(tmp_path / "oma", f".page {{ background: url({address}) }}")
    with pytest.raises(ProblemsFound) as found:
        read_layout(folder)
    (problem,) = found.value.problems
    assert (problem.kind, problem.values["value"]) == ("layout-address", address)


def test_a_style_sheet_that_moves_text_is_told_once(tmp_path: Path) -> None:
    folder = with_style(tmp_path / "oma", ".page td { padding-top: 9pt !important }")
    with pytest.raises(ProblemsFound) as found:
        raportti.build(BILINGUAL, layout=folder, formats=["pdf"], out=tmp_path)
    assert [problem.kind for problem in found.value.problems] == ["style-moves-text"]
