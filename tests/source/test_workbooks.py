"""The rules that only a workbook can break, and how its cells are read as text."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from raportti.problems import CellPlace
from raportti.report.fields import Ref
from raportti.source.loading import load
from source.reports import HEADER, ROW, bytes_of, load_good, problems_of, row, told, workbook_of, write

GOOD = workbook_of(HEADER, ROW)
ID_CELL = b'<c r="C2" t="inlineStr"><is><t>A1.1</t></is></c>'


def repacked(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Write the good workbook again with its parts changed; None leaves a part out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return packed.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return repacked(lambda name, data: data.replace(old, new) if name.endswith("sheet1.xml") else data)


def text_of(folder: Path, value: object) -> str:
    """Read a value of a cell as the text of the goal."""
    cells = (*ROW[:3], value, *ROW[4:])
    return load_good(folder / "x.xlsx", workbook_of(HEADER, cells)).report.goals[0].text


def test_a_workbook_and_a_csv_have_the_same_rules(tmp_path: Path) -> None:
    rows = (HEADER, row(c0=""), row(c2="A2", c5="KYLLA"), row(c2="A3", c6="3,5"), row(c2="A4", c4="- x"))
    assert told(write(tmp_path / "x.xlsx", workbook_of(*rows))) == [
        "missing-name Tavoitteet!A2",
        "status-misspelt Tavoitteet!F3 A2",
        "score-unknown Tavoitteet!G4 A3",
        "item-alone Tavoitteet!E5 A4",
    ]


def test_places_are_cells(tmp_path: Path) -> None:
    source = load_good(tmp_path / "x.xlsx", GOOD)
    assert source.places[Ref("A1.1", "assessment")] == CellPlace(str(tmp_path / "x.xlsx"), "Tavoitteet", "H2")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2024, "2024"),
        (3.0, "3"),
        (3.5, "3,5"),
        (0.1 + 0.2, "0,3"),
        (True, "TOSI"),
        (date(2025, 2, 1), "1.2.2025"),
        (datetime(2025, 2, 1, 9, 5), "1.2.2025 9:05"),
        (time(9, 5), "9:05"),
        (time(9, 5, 7), "9:05:07"),
        (timedelta(hours=26, minutes=3), "26:03"),
        (timedelta(minutes=1, seconds=2), "0:01:02"),
        ("#tunniste", "#tunniste"),
        ("ta\ufb03nen", "taffinen"),
        ("nan", "nan"),
        ("a_x000D_\nb", "a b"),
        ("'=1+1", "'=1+1"),
    ],
)
def test_a_cell_is_read_as_the_text_that_it_shows(tmp_path: Path, value: object, text: str) -> None:
    assert text_of(tmp_path, value) == text


@pytest.mark.parametrize("score", [3, 3.0, "3", "3,0"])
def test_a_score_may_be_a_number_or_a_text(tmp_path: Path, score: object) -> None:
    data = workbook_of(HEADER, (*ROW[:6], score, ROW[7]))
    assert load_good(tmp_path / "x.xlsx", data).report.goals[0].score == 3


def test_a_half_score_is_shown_with_a_comma(tmp_path: Path) -> None:
    data = workbook_of(HEADER, (*ROW[:6], 3.5, ROW[7]))
    assert told(write(tmp_path / "x.xlsx", data)) == ["score-unknown Tavoitteet!G2 A1.1"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.5, "0%", "50 %"),
        (0.505, "0%", "51 %"),
        (1 / 3, "0.0 %", "33,3 %"),
        (-0.5, "0.00%;[Red]-0.00%", "-50,00 %"),
        (2, "0%", "200 %"),
        (0.5, '0.0" %"', "0,5"),
        (0.5, "0.0\\%", "0,5"),
        (3.4, "0", "3,4"),
    ],
)
def test_a_share_in_per_cent_is_shown_as_one(tmp_path: Path, value: float, number_format: str, text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    cell = book["Tavoitteet"]["D2"]
    cell.value, cell.number_format = value, number_format
    assert load_good(tmp_path / "x.xlsx", bytes_of(book)).report.goals[0].text == text


@pytest.mark.parametrize("score", [time(4), timedelta(hours=4), date(1900, 1, 4), True])
def test_what_is_no_number_is_no_score(tmp_path: Path, score: object) -> None:
    data = workbook_of(HEADER, (*ROW[:6], score, ROW[7]))
    assert told(write(tmp_path / "x.xlsx", data)) == ["score-unknown Tavoitteet!G2 A1.1"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
@pytest.mark.parametrize("formula", [b"", b"<f>A9</f>"])
def test_an_error_is_told_with_its_own_text(tmp_path: Path, error: str, formula: bytes) -> None:
    data = in_sheet(ID_CELL, b'<c r="C2" t="e">' + formula + b"<v>" + error.encode() + b"</v></c>")
    found = problems_of(write(tmp_path / "x.xlsx", data))
    assert [(problem.kind, problem.values["value"]) for problem in found] == [("cell-error", error)]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    data = in_sheet(ID_CELL, b'<c r="C2" t="str"><f>""</f><v></v></c>')
    assert told(write(tmp_path / "x.xlsx", data)) == ["missing Tavoitteet!C2"]


def test_an_array_formula_without_a_value_is_told(tmp_path: Path) -> None:
    data = in_sheet(ID_CELL, b'<c r="C2"><f t="array" ref="C2">A1:A2</f></c>')
    found = problems_of(write(tmp_path / "x.xlsx", data))
    assert [(problem.kind, problem.values["value"]) for problem in found] == [("cell-formula", "=A1:A2")]


def test_an_error_and_a_formula_without_a_value_are_told(tmp_path: Path) -> None:
    cells = (*ROW[:3], "#REF!", "", "", "", "=A1&B1")
    data = workbook_of(HEADER, cells, ("=A2", "=B2"))
    assert told(write(tmp_path / "x.xlsx", data)) == [
        "cell-error Tavoitteet!D2",
        "missing-yet Tavoitteet!F2 A1.1",
        "cell-formula Tavoitteet!H2",
        "cell-formula Tavoitteet!A3",
        "cell-formula Tavoitteet!B3",
        *[
            f"{kind} Tavoitteet!{letter}3"
            for letter, kind in zip("CDFH", ("missing",) * 2 + ("missing-yet",) * 2, strict=True)
        ],
    ]


def test_the_saved_value_of_a_formula_is_taken(tmp_path: Path) -> None:
    formula = b'<c r="G2" t="n"><f>2+2</f><v>2</v></c>'
    with zipfile.ZipFile(io.BytesIO(workbook_of(HEADER, (*ROW[:6], 4, ROW[7])))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    cell = sheet[sheet.index(b'<c r="G2"') : sheet.index(b"</c>", sheet.index(b'<c r="G2"')) + 4]
    good = workbook_of(HEADER, (*ROW[:6], 4, ROW[7]))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(cell, formula))
    source = load_good(tmp_path / "x.xlsx", packed.getvalue())
    assert source.report.goals[0].score == 2


def test_other_sheets_formats_and_empty_rows_are_no_matter(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    page = book["Tavoitteet"]
    page.append(())
    page.cell(9, 1).value = " "
    page["XFD1048576"].font = Font(bold=True)
    page["ZZ3"].font = Font(bold=True)
    page.column_dimensions["B"].hidden = True
    page.title = " TAVOITTEET"
    book.create_sheet("Muuta", 0)["AAA900000"] = "kaukana"
    assert load_good(tmp_path / "x.xlsx", bytes_of(book)).report.goals


def test_merged_cells_have_their_text_in_the_first(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(HEADER, ROW, row(c2="A1.2"))))
    book["Tavoitteet"].merge_cells("A2:A3")
    assert told(write(tmp_path / "x.xlsx", bytes_of(book))) == ["missing-name Tavoitteet!A3"]


@pytest.mark.parametrize(
    ("sheet", "expected"), [("Taul1", ["sheet-missing"]), ("Tavoiteet", ["sheet-misspelt"]), ("tavoitteet ", [])]
)
def test_the_sheet_is_found_by_its_name(tmp_path: Path, sheet: str, expected: list[str]) -> None:
    assert told(write(tmp_path / "x.xlsx", workbook_of(HEADER, ROW, sheet=sheet))) == expected


def test_a_header_alone_or_nothing_at_all_is_told(tmp_path: Path) -> None:
    assert told(write(tmp_path / "x.xlsx", workbook_of(HEADER))) == ["table-empty Tavoitteet"]
    assert told(write(tmp_path / "x.xlsx", workbook_of())) == ["header-empty Tavoitteet!A1"]
    assert told(write(tmp_path / "x.xlsx", workbook_of((), HEADER, ROW))) == ["header-empty Tavoitteet!A1"]


def test_a_value_far_away_is_told_and_costs_no_memory(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book["Tavoitteet"]["XFD1048576"] = "kaukana"
    assert told(write(tmp_path / "x.xlsx", bytes_of(book))) == ["cell-far Tavoitteet!XFD1048576"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["file-empty"]),
        (b"a;b", ["workbook-not"]),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ["workbook-encrypted"]),
        (GOOD[: len(GOOD) // 2], ["workbook-broken"]),
        (b"PK\x03\x04", ["workbook-broken"]),
        (repacked(lambda name, data: None if name == "xl/workbook.xml" else data), ["workbook-not"]),
        (repacked(lambda name, data: None if name.endswith("sheet1.xml") else data), ["workbook-broken"]),
        (repacked(lambda name, data: None if name.endswith(".rels") else data), ["workbook-broken"]),
        (repacked(lambda name, data: None if name == "[Content_Types].xml" else data), ["workbook-broken"]),
        (repacked(lambda name, data: data + b" " * 300_000_000 if "theme" in name else data), ["workbook-bomb"]),
        (in_sheet(b"<sheetData>", b"<sheetData><!DOCTYPE x>"), ["workbook-broken"]),
        (in_sheet(b'<row r="2"', b'<row r="99999999"'), ["workbook-broken Tavoitteet"]),
        (in_sheet(b"</row>", b""), ["workbook-broken"]),
        (in_sheet(b't="inlineStr"><is><t>A1.1</t></is>', b't="s"><v>99</v>'), ["workbook-broken"]),
    ],
)
def test_what_is_no_workbook_or_a_broken_one_is_refused(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    assert told(write(tmp_path / "x.xlsx", data)) == expected


def test_a_control_character_in_a_cell_is_told(tmp_path: Path) -> None:
    data = workbook_of(HEADER, row(c3="a_x000B_b"))
    assert told(write(tmp_path / "x.xlsx", data)) == ["character-control Tavoitteet!D2"]


def test_loading_a_workbook_twice_gives_the_same(tmp_path: Path) -> None:
    file = write(tmp_path / "x.xlsx", GOOD)
    assert load(file) == load(file)
