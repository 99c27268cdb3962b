"""Whatever a file holds, loading it gives a report or problems, and never anything else."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raportti.problems import ProblemsFound
from raportti.problems.messages import as_json, describe
from raportti.source.loading import load
from source.reports import GOOD, HEADER, ROW, csv_of, row, told, workbook_of, write

# One folder serves all examples of a test: each writes its file anew.
few = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORKBOOK = workbook_of(HEADER, ROW, row(c2="A1.2", c4="• a\n- b"))
YAML_MARKS = (
    *("otsikko:", "nimi", "tavoitteet", "-", ">", "|", '"', "'", "[", "]", "{", "}", "&", "*", "!", "%", "@", "`", "?"),
    *("\n", "\n  ", "\t", "#", "---", "...", "<<", "\\", "\x00", "\u2028", "ä", " "),
)


def load_anything(path: Path, data: bytes) -> None:
    """Load a file; what is told of it can be said in every language."""
    write(path, data)
    try:
        problems = load(path).warnings
    except ProblemsFound as found:
        problems = found.problems
        assert problems
    for problem in problems:
        for language in ("fi", "sv", "en"):
            describe(problem, language).encode("utf-8")
            as_json(problem, language)


@pytest.mark.parametrize("name", ["raportti.yaml", "x.csv", "x.xlsx"])
@few
@given(data=st.binary(max_size=300))
def test_any_bytes_at_all(tmp_path: Path, name: str, data: bytes) -> None:
    load_anything(tmp_path / name, data)


@pytest.mark.parametrize("name", ["raportti.yaml", "x.csv"])
@few
@given(text=st.text(max_size=200))
def test_any_text_at_all(tmp_path: Path, name: str, text: str) -> None:
    load_anything(tmp_path / name, text.encode("utf-8", "surrogatepass"))


@few
@given(marks=st.lists(st.sampled_from(YAML_MARKS), max_size=40))
def test_any_marks_of_yaml(tmp_path: Path, marks: list[str]) -> None:
    load_anything(tmp_path / "raportti.yaml", " ".join(marks).encode())


@few
@given(start=st.integers(0, len(GOOD)), length=st.integers(0, 40), new=st.text(max_size=10))
def test_a_good_report_with_a_piece_replaced(tmp_path: Path, start: int, length: int, new: str) -> None:
    text = GOOD[:start] + new + GOOD[start + length :]
    load_anything(tmp_path / "raportti.yaml", text.encode("utf-8", "surrogatepass"))


@few
@given(rows=st.lists(st.lists(st.sampled_from([*HEADER, *ROW, "", '"', "\n", "x;y", "-"]), max_size=10), max_size=6))
def test_any_rows_of_cells(tmp_path: Path, rows: list[list[str]]) -> None:
    load_anything(tmp_path / "x.csv", csv_of(HEADER, *(tuple(cells) for cells in rows)).encode())


@few
@given(at=st.integers(0, len(WORKBOOK) - 1), new=st.binary(min_size=1, max_size=4))
def test_a_good_workbook_with_bytes_replaced(tmp_path: Path, at: int, new: bytes) -> None:
    load_anything(tmp_path / "x.xlsx", WORKBOOK[:at] + new + WORKBOOK[at + len(new) :])


@few
@given(end=st.integers(0, len(WORKBOOK)))
def test_a_good_workbook_that_ends_too_soon(tmp_path: Path, end: int) -> None:
    load_anything(tmp_path / "x.xlsx", WORKBOOK[:end])


@few
@given(data=st.data())
def test_a_good_workbook_with_its_xml_damaged(tmp_path: Path, data: st.DataObject) -> None:
    """Packed anew, so that the damage is not found by the checksums of the package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(packed, "w") as new:
        damaged = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            part = old.read(name)
            if name == damaged:
                at = data.draw(st.integers(0, len(part)))
                part = part[:at] + data.draw(st.binary(max_size=6)) + part[at + data.draw(st.integers(0, 30)) :]
            new.writestr(name, part)
    load_anything(tmp_path / "x.xlsx", packed.getvalue())


@pytest.mark.parametrize("text", ["[" * 2_000_000, "{" * 2_000_000, "- " * 1_000_000, "? " * 100_000, "a: &a [*a, *a]"])
def test_a_yaml_made_to_do_harm(tmp_path: Path, text: str) -> None:
    load_anything(tmp_path / "raportti.yaml", text.encode())


def test_reading_yaml_imports_no_package_for_tables() -> None:
    code = (
        "import sys; from pathlib import Path; from raportti.source.loading import load;"
        " load(Path('source/arviointi-2024'));"
        " print([name for name in ('pandas', 'openpyxl', 'numpy', 'babel') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("character", "\x0b\x0c\x85\u2028\u2029")
@pytest.mark.parametrize("name", ["raportti.yaml", "escaped.yaml", "x.csv", "x.xlsx"])
def test_a_line_end_that_no_one_sees_is_refused_in_every_form(tmp_path: Path, name: str, character: str) -> None:
    yaml = GOOD.replace("Ensimmäinen", f"Eka{character}toka")
    text = row(c3=f"Eka{character}toka")
    forms = {
        "raportti.yaml": yaml,
        "escaped.yaml": GOOD.replace("Ensimmäinen tavoite.", f'"Eka\\u{ord(character):04x}toka"'),
        "x.csv": csv_of(HEADER, text),
        "x.xlsx": workbook_of(HEADER, row(c3="Eka@toka")),
    }
    data = forms[name]
    if isinstance(data, bytes):
        data = damaged(data, b"Eka@toka", f"Eka{in_xml(character)}toka".encode())
    assert [line.split()[0] for line in told(write(tmp_path / name, data))] == ["character-control"]


def in_xml(character: str) -> str:
    """Write a character as a workbook does: XML cannot hold those below U+0020."""
    return f"_x{ord(character):04X}_" if character < " " else character


def damaged(workbook: bytes, old: bytes, new: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as package, zipfile.ZipFile(packed, "w") as changed:
        for part in package.namelist():
            changed.writestr(part, package.read(part).replace(old, new))
    return packed.getvalue()
