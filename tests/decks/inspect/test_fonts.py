"""Fonts: those of the deck where the machine has them, else the nearest, and what their files say."""

import io
from collections import Counter
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from decks.inspect.made_decks import add_slide, add_text, new_deck, saved
from em import FAMILY, em_book, em_data
from raportti.decks.inspect import inspect
from raportti.decks.inspect.deck import Face
from raportti.decks.inspect.fonts import Supply, choose_fonts, line_height
from raportti.text.font_files import face_data, faces_in
from raportti.text.shaping import Shaper


def font(family: str, *, weight: int = 400, italic: bool = False, gap: int = 0) -> bytes:
    """Make the font of 1 em anew under another name, weight and height."""
    made = TTFont(io.BytesIO(em_data()))
    for record in made["name"].names:
        record.string = family if record.nameID in (1, 4, 16) else record.toUnicode()
    made["OS/2"].usWeightClass = weight
    made["OS/2"].fsSelection = 1 if italic else 64
    made["hhea"].lineGap = gap
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def folder_of(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.ttf").write_bytes(data)
    return folder


def supply(folder: Path) -> Supply:
    return Supply(frozenset({FAMILY}), em_book, (folder, folder / "none"))


def names(faces: list[Face], folder: Path) -> list[str]:
    fonts, _ = choose_fonts(Counter(faces), supply(folder))
    return [fonts.names[face].rpartition("/")[2].partition(".")[0] for face in faces]


def test_a_face_is_found_by_its_family_weight_and_slant(tmp_path: Path) -> None:
    files = {
        f"{weight}{slant}": font("Koe", weight=weight, italic=slant == "i")
        for weight in (300, 400, 700)
        for slant in " i"
    }
    folder = folder_of(tmp_path / "fonts", **{name.strip(): data for name, data in files.items()})
    faces = [Face("Koe"), Face("KOE", bold=True), Face("Koe", italic=True), Face("Koe", bold=True, italic=True)]
    assert names(faces, folder) == ["400", "700", "400i", "700i"]


def test_a_font_that_is_missing_is_named_once_with_its_runs(tmp_path: Path) -> None:
    deck = new_deck()
    box = add_text(add_slide(deck), "a\nb\nc")
    for paragraph, family in zip(box.text_frame.paragraphs, ("Calibri", "Calibri", "Outo"), strict=True):
        paragraph.runs[0].font.name = family
    folder = folder_of(tmp_path / "fonts", carlito=font("Carlito"))
    remarks = inspect(saved(deck, tmp_path), words={}, supply=supply(folder)).remarks
    assert [(remark.kind, dict(remark.values)) for remark in remarks] == [
        ("font-substituted", {"family": "Calibri", "measured_as": "Carlito", "count": 2}),
        ("font-substituted", {"family": "Outo", "measured_as": "Carlito", "count": 1}),
    ]


def test_where_the_machine_has_no_font_the_layouts_is_taken(tmp_path: Path) -> None:
    _, (substitute,) = choose_fonts(Counter([Face("Arial")]), supply(tmp_path))
    assert (substitute.family, substitute.measured_as, substitute.runs) == ("Arial", FAMILY, 1)


def test_folders_are_not_looked_through_for_the_fonts_of_the_layout(tmp_path: Path) -> None:
    known = supply(tmp_path)
    choose_fonts(Counter([Face(FAMILY), Face(FAMILY, bold=True)]), known)
    assert "index" not in vars(known)


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\0\0", b"\0\1\0\0\xff\xff" + 60 * b"\xff", b"ttcf\0\1\0\0\xff\xff\xff\xff", b"text"]
)
def test_a_broken_font_file_is_passed_over(data: bytes, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "fonts", broken=data, whole=font("Koe"))
    assert faces_in(folder / "broken.ttf") == ()
    assert names([Face("Koe")], folder) == ["whole"]


def test_a_font_file_that_only_looks_whole_is_passed_over(tmp_path: Path) -> None:
    whole = font("Koe")
    folder = folder_of(tmp_path / "fonts", a=whole[: len(whole) // 2], b=whole)
    assert names([Face("Koe")], folder)[0] in ("a", "b")


def test_a_face_of_a_collection_is_taken_out_of_it(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(io.BytesIO(font(name))) for name in ("Yksi", "Kaksi")]
    file = tmp_path / "fonts.ttc"
    collection.save(str(file))
    one, two = faces_in(file)
    assert ("yksi" in one.families, "kaksi" in two.families) == (True, True)
    assert Shaper(face_data(two)).characters == Shaper(em_data()).characters


@pytest.mark.parametrize(("gap", "height"), [(0, 1.0), (250, 1.25)])
def test_the_height_of_a_line_is_ascent_descent_and_gap(gap: int, height: float) -> None:
    assert line_height(font("Koe", gap=gap)) == height
    assert line_height(b"\0\1\0\0") == 0


@pytest.mark.parametrize(("gap", "height"), [(0, 1.2), (250, 1.25)])
def test_single_spacing_is_at_least_a_fifth_more_than_the_size(gap: int, height: float, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "fonts", koe=font("Koe", gap=gap))
    fonts, _ = choose_fonts(Counter([Face("Koe")]), supply(folder))
    assert fonts.leading(Face("Koe"), 1000) == 1000 * height
