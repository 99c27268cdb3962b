"""Each rule for a table, and those that only a CSV can break."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raportti.problems import RowPlace
from raportti.report.fields import Ref
from raportti.report.model import Achieved, Subgoal
from raportti.source.loading import load
from raportti.source.table_report import title_of
from source.reports import HEADER, ROW, csv_of, load_good, row, told, write

# One folder serves all examples of a test: each writes its file anew.
few = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WRONG_HEADERS = [
    ((*HEADER[:2], "Tunus", *HEADER[3:]), ["column-misspelt row 1, column Tunus"]),
    ((*HEADER[:-1], "Muuta"), ["column-unknown row 1, column Muuta", "column-missing row 1"]),
    (("Linjaus", *HEADER[1:]), ["column-missing row 1", "column-twice row 1, column Linjaus"]),
    ((*HEADER[:4], "", *HEADER[5:]), []),
]
WRONG_CELLS = [
    (row(c0=""), ["missing-name row 2, column Strategia"]),
    (row(c1=" "), ["missing-name row 2, column Linjaus"]),
    (row(c2=""), ["missing row 2, column Tunnus"]),
    (row(c2="A 1"), ["id-space row 2, column Tunnus A 1"]),
    (row(c3=""), ["missing row 2, column Tavoite A1.1"]),
    (row(c4="- a"), ["item-alone row 2, column Alatavoitteet A1.1"]),
    *(
        (row(c4=f"a\n{mark}"), ["item-empty row 2, column Alatavoitteet A1.1"])
        for mark in ("•", "-", "–", "- –", "• -")
    ),
    (row(c5=""), ["missing-yet row 2, column Tavoite saavutettu? A1.1"]),
    (row(c5="KYLLA"), ["status-misspelt row 2, column Tavoite saavutettu? A1.1"]),
    (row(c6=""), ["missing-score row 2, column Arviointi (1-5) A1.1"]),
    (row(c6="3,5"), ["score-unknown row 2, column Arviointi (1-5) A1.1"]),
    (row(c6="3", c5="ei arvioitu"), ["score-unexpected row 2, column Arviointi (1-5) A1.1"]),
    (row(c7=""), ["missing-yet row 2, column Sanallinen arviointi (tiivistelmä) A1.1"]),
    (row(c7="nan"), ["assessment-short row 2, column Sanallinen arviointi (tiivistelmä) A1.1"]),
    (row(c7="x\x0b, joka on pystysarkain"), ["character-control row 2"]),
]
WRONG_FILES = [
    ("", ["file-empty"]),
    ("\ufeff\r\n", ["file-empty"]),
    (csv_of(HEADER), ["table-empty"]),
    (csv_of(HEADER) + ";;;;;;;\r\n\r\n", ["table-empty"]),
    ("\n" + csv_of(HEADER, ROW), ["header-empty row 1"]),
    ('"";"\u00a0"\n' + csv_of(HEADER, ROW), ["header-empty row 1"]),
    ("sep=;", ["header-empty row 1"]),
    (
        "sep=;\n" + csv_of(HEADER, row(c7="\n\n"), row(c2="A 1")),
        ["missing-yet row 2, column Sanallinen arviointi (tiivistelmä) A1.1", "id-space row 3, column Tunnus A 1"],
    ),
    (("sep=;\n" + csv_of(HEADER, ROW)).encode("cp1252"), ["file-encoding row 1"]),
    (";;;;\n" + csv_of(HEADER, ROW), ["header-empty row 1"]),
    (csv_of(HEADER, ROW, separator="\t"), ["csv-separator row 1"]),
    ("Strategia", ["csv-separator row 1"]),
    (csv_of(HEADER, ROW[:-1]), ["row-short row 2"]),
    (csv_of(HEADER, (*ROW, "x")), ["row-long row 2"]),
    (csv_of(HEADER, ROW, ("",) * 8, row(c2="A1.2")[:-1]), ["row-short row 4"]),
    (csv_of(HEADER) + 'a;b;"c\r\n' + csv_of(ROW), ["csv-quote row 2, column Tunnus"]),
    (csv_of(HEADER, row(c7="x" * 200_000)), ["csv-cell-long row 2"]),
    (csv_of(HEADER, ROW, row(c2="A1.1")), ["id-twice row 3, column Tunnus A1.1"]),
    (csv_of(HEADER, ROW).encode("cp1252"), ["file-encoding row 1"]),
    (csv_of(HEADER[:-1], ROW[:-1], row(c0="ä")[:-1]).encode("mac_roman"), ["file-encoding row 2"]),
    (csv_of(HEADER, ROW).encode("utf-16"), ["file-utf16"]),
    (csv_of(HEADER, ROW).encode("utf-16-le"), ["file-utf16"]),
    (b"PK\x03\x04", ["file-binary"]),
    (csv_of(HEADER, ROW) + "\0", ["character-control row 3"]),
]


CELL = r'(?:"(?:[^"]|"")*"|[^";\n]*)'
STRAY_QUOTES = [
    ('"Tavoite" kaksi', ["csv-quote-stray row 2, column Tavoite"]),
    ('Tavoite "kaksi"', ["csv-quote-stray row 2, column Tavoite"]),
    (' "Tavoite"', ["csv-quote-stray row 2, column Tavoite"]),
    ('"Tavoite" ', ["csv-quote-stray row 2, column Tavoite"]),
    (r'"Tavoite \"kaksi\" loppuu"', ["csv-quote-stray row 2, column Tavoite"]),
    ('"Eka\nja ""toka""\n"x', ["csv-quote-stray row 2, column Tavoite"]),
    ('"Tavoite', ["csv-quote row 2, column Tavoite"]),
    ('"Tavoite""', ["csv-quote row 2, column Tavoite"]),
    ('"""Tavoite"""', []),
]


@pytest.mark.parametrize(("header", "expected"), WRONG_HEADERS)
def test_a_wrong_column_is_told_once(tmp_path: Path, header: tuple[str, ...], expected: list[str]) -> None:
    assert told(write(tmp_path / "x.csv", csv_of(header, ROW))) == expected


@pytest.mark.parametrize(("cells", "expected"), WRONG_CELLS)
def test_a_wrong_cell_is_told_with_its_row_and_column(
    tmp_path: Path, cells: tuple[str, ...], expected: list[str]
) -> None:
    assert told(write(tmp_path / "x.csv", csv_of(HEADER, cells))) == expected


@pytest.mark.parametrize(("cell", "expected"), STRAY_QUOTES)
def test_a_double_quote_in_the_middle_of_a_cell_is_told_and_other_rows_are_read(
    tmp_path: Path, cell: str, expected: list[str]
) -> None:
    data = csv_of(HEADER, row(c3="@"), row(c2="A 2")).replace("@", cell)
    later = [] if expected[:1] == ["csv-quote row 2, column Tavoite"] else ["id-space row 3, column Tunnus A 2"]
    assert told(write(tmp_path / "x.csv", data)) == expected + later


def test_a_stray_quote_in_the_header_is_all_that_is_told(tmp_path: Path) -> None:
    data = csv_of(HEADER, ROW).replace("Tunnus", '"Tunnus" x', 1)
    assert told(write(tmp_path / "x.csv", data)) == ["csv-quote-stray row 1"]


@few
@given(text=st.text(alphabet='a";\n', max_size=30))
def test_a_stray_quote_is_told_wherever_it_is_and_nowhere_else(tmp_path: Path, text: str) -> None:
    kinds = {line.split()[0] for line in told(write(tmp_path / "x.csv", csv_of(HEADER) + text))}
    is_good = re.fullmatch(rf"{CELL}(?:[;\n]{CELL})*", text)
    assert is_good or kinds & {"csv-quote", "csv-quote-stray"}
    assert not (is_good and kinds & {"csv-quote", "csv-quote-stray"})
    assert "reading-failed" not in kinds


@pytest.mark.parametrize(("data", "expected"), WRONG_FILES)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: str | bytes, expected: list[str]) -> None:
    assert told(write(tmp_path / "x.csv", data)) == expected


def test_values_without_a_column_name_are_told(tmp_path: Path) -> None:
    assert told(write(tmp_path / "x.csv", csv_of((*HEADER, ""), (*ROW, "x")))) == ["row-long row 2"]
    header = ("", *HEADER)
    assert told(write(tmp_path / "x.csv", csv_of(header, ("x", *ROW)))) == ["column-unnamed row 1"]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_csv_has_commas_or_semicolons(tmp_path: Path, separator: str, mark: str) -> None:
    data = mark + csv_of(HEADER, row(c3='a, b; "c"'), separator=separator)
    assert load_good(tmp_path / "x.csv", data).report.goals[0].text == 'a, b; "c"'


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("hint", ["", "sep={}\n", '"sep={}"\r\n', "SEP={}\r\n"])
def test_a_csv_may_have_all_its_cells_in_quotes_and_say_its_separator(
    tmp_path: Path, separator: str, hint: str
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([HEADER, row(c3='a;b, "c"\nd')])
    data = "\ufeff" + hint.format(separator) + file.getvalue()
    assert load_good(tmp_path / "x.csv", data).report.goals[0].text == 'a;b, "c" d'


def test_the_header_may_differ_in_case_white_space_and_composition(tmp_path: Path) -> None:
    header = (*(f" {name.upper()} " for name in HEADER[:-1]), "Sanallinen  arviointi (tiivistelma\u0308)")
    assert load_good(tmp_path / "x.csv", csv_of(header, ROW)).report.goals


def test_columns_may_stand_in_any_order_and_subgoals_may_be_left_out(tmp_path: Path) -> None:
    header, cells = (HEADER[::-1][:3] + HEADER[:4], ROW[::-1][:3] + ROW[:4])
    goal = load_good(tmp_path / "x.csv", csv_of((*header, "Vastuutaho"), (*cells, "Minna"))).report.goals[0]
    assert (goal.id, goal.subgoals, goal.score) == ("A1.1", (), 4)


def test_empty_rows_and_empty_columns_at_the_end_are_no_matter(tmp_path: Path) -> None:
    data = csv_of(
        (*HEADER, "", ""), (*ROW, "", ""), ("",) * 10, ("",), row(c2="A1.2"), (*row(c2="A1.3"), "", "", "", "")
    )
    source = load_good(tmp_path / "x.csv", data.replace("\r\n", "\n"))
    assert [goal.id for goal in source.report.goals] == ["A1.1", "A1.2", "A1.3"]


def test_a_cell_holds_subgoals_items_and_paragraphs(tmp_path: Path) -> None:
    cells = row(c4="• a\n- a1\n-\u00a0a2\n\u00a0\nb\n•c\n-d", c7="Eka kappale on\npitkä.\n \nToka.\n\n\nKolmas.")
    goal = load_good(tmp_path / "x.csv", csv_of(HEADER, cells)).report.goals[0]
    assert goal.subgoals == (Subgoal("a", ("a1", "a2")), Subgoal("b"), Subgoal("c"), Subgoal("-d"))
    assert goal.assessment == ("Eka kappale on pitkä.", "Toka.", "Kolmas.")


def test_rows_are_grouped_in_the_order_of_first_appearance(tmp_path: Path) -> None:
    names = [("B", "1"), ("A", "1"), ("B", "2"), ("B", "1"), ("A ", "1")]
    rows = [row(c0=strategy, c1=line, c2=f"X{number}") for number, (strategy, line) in enumerate(names)]
    report = load_good(tmp_path / "x.csv", csv_of(HEADER, *rows)).report
    found = [(s.name, g.name, [goal.id for goal in g.goals]) for s in report.strategies for g in s.guidelines]
    assert found == [("B", "1", ["X0", "X3"]), ("B", "2", ["X2"]), ("A", "1", ["X1", "X4"])]


def test_every_row_without_a_name_is_told(tmp_path: Path) -> None:
    data = csv_of(HEADER, ROW, row(c0="", c2="A2"), row(c0="", c1="", c2="A3"))
    kinds = told(write(tmp_path / "x.csv", data))
    assert kinds == [
        "missing-name row 3, column Strategia",
        "missing-name row 4, column Strategia",
        "missing-name row 4, column Linjaus",
    ]


@pytest.mark.parametrize(("word", "status"), [("osittain", Achieved.PARTLY), ("Nej", Achieved.NO)])
def test_a_status_is_read_in_any_case(tmp_path: Path, word: str, status: Achieved) -> None:
    assert load_good(tmp_path / "x.csv", csv_of(HEADER, row(c5=word))).report.goals[0].achieved is status


def test_the_title_is_made_of_the_name_of_the_file(tmp_path: Path) -> None:
    source = load_good(tmp_path / "arviointi_2024-kevät.csv", csv_of(HEADER, ROW))
    report = source.report
    assert (report.title, report.language, report.scale) == ("Arviointi 2024 kevät", "fi", None)
    assert source.places[Ref("A1.1", "text")] == RowPlace(str(tmp_path / "arviointi_2024-kevät.csv"), 2, "Tavoite")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("arviointi-\udcc3\udca4", "Arviointi ä"),
        ("arviointi \udcf0\udc9f", "Arviointi"),
        ("\udcf0\udc9f", "Arviointi"),
        ("\ud800", "Arviointi"),
        ("__", "Arviointi"),
        ("\u200b", "Arviointi"),
    ],
)
def test_a_title_is_made_of_what_can_be_read_of_a_name(name: str, title: str) -> None:
    assert title_of(Path(f"{name}.csv")) == title


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_name_that_the_locale_cannot_write_is_read_as_utf_8(tmp_path: Path) -> None:
    write(tmp_path / "arviointi-ä-\U0001f600.csv", csv_of(HEADER, ROW))
    code = (
        "import sys; from pathlib import Path; from raportti.source.loading import load;"
        " print(ascii([load(path).report.title for path in Path(sys.argv[1]).iterdir()]))"
    )
    environ = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ascii(["Arviointi ä \U0001f600"])


def test_a_record_with_line_ends_is_one_row(tmp_path: Path) -> None:
    data = csv_of(HEADER, row(c7="Rivi\nja toinen\n\nja kolmas kappale"), row(c2="A 2"))
    assert told(write(tmp_path / "x.csv", data)) == ["id-space row 3, column Tunnus A 2"]


def test_a_table_of_another_kind_is_told_shortly(tmp_path: Path) -> None:
    wide = write(tmp_path / "x.csv", ";".join(f"c{number}" for number in range(100_000)) + "\n" + ";" * 99_999)
    lines = told(wide)
    assert len(lines) == 7 + 20 + 1 + 1
    tall = write(tmp_path / "y.csv", ";".join("c" * 5_000) + "\n" * 100_000)
    assert told(tall) == ["table-too-large"]


def test_loading_a_table_twice_gives_the_same(tmp_path: Path) -> None:
    file = write(tmp_path / "x.csv", csv_of(HEADER, ROW))
    assert load(file) == load(file)
