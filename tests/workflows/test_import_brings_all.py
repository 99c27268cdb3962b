"""Whatever differs between a source and the workbook that came back comes in, or is refused by name."""

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edited_sources import put
from raportti.problems import ProblemsFound, Severity
from raportti.problems.messages import severity_of
from raportti.report.diff import is_same
from raportti.report.model import Report
from raportti.source.loading import load
from raportti.source.options import DRAFT
from raportti.source.workbook.export import exported, reports_of
from raportti.workflows.import_changes import import_file
from raportti.workflows.returned_file import reports_in
from source.reports import HEADER, csv_of, write

FINNISH = """\
otsikko: Arviointi 2025
kokous: Aluehallitus
asianumero: 12/2025
arviointiasteikko: {5: Erinomainen, 4: Hyvä, 3: Kohtalainen, 2: Heikko, 1: Huono}
strategiat:
  - nimi: Strategia A
    yläkulma: STRATEGIA A
    linjaukset:
      - nimi: Linjaus 1
        tavoitteet:
          - tunnus: A1.1
            tavoite: Ensimmäinen tavoite.
            alatavoitteet:
              - Palvelut.
              - teksti: Kokemus
                kohdat: [kyselyt]
            saavutettu: KYLLÄ
            arviointi: 4
            sanallinen_arviointi: >-
              Tämä on tarpeeksi pitkä arvio.

              Toinen kappale.
          - tunnus: A1.2
            tavoite: Toinen tavoite.
            saavutettu: EI
            arviointi: 2
            sanallinen_arviointi: Tämäkin on tarpeeksi pitkä arvio.
      - nimi: Linjaus 2
        tavoitteet:
          - tunnus: A2.1
            tavoite: Kolmas tavoite.
            saavutettu: EI ARVIOITU
  - nimi: Strategia B
    linjaukset:
      - nimi: Linjaus 1
        tavoitteet:
          - tunnus: B1.1
            tavoite: Neljäs tavoite.
            saavutettu: OSITTAIN
            arviointi: 3
            sanallinen_arviointi: Neljäskin on tarpeeksi pitkä arvio.
"""
PARTLY_SWEDISH = (
    FINNISH.replace("otsikko: Arviointi 2025", "otsikko: {fi: Arviointi 2025, sv: Bedömning 2025}")
    .replace("- nimi: Strategia A", "- nimi: {fi: Strategia A, sv: Strategi A}")
    .replace("tavoite: Ensimmäinen tavoite.", "tavoite: {fi: Ensimmäinen tavoite., sv: Det första målet.}")
    .replace("              - Palvelut.\n", "              - {fi: Palvelut., sv: Service.}\n")
    .replace("kokous: Aluehallitus", "kokous: {molemmat: Apotti}")
)
SWEDISH_HEADER = ("Strategi", "Riktlinje", "Mål", "Delmål", "Skriftlig bedömning (sammanfattning)")
ROWS = (
    ("A", "L1", "A1.1", "Ensimmäinen.", "• Palvelut.", "KYLLÄ", "4", "Tämä on tarpeeksi pitkä arvio."),
    ("A", "L1", "A1.2", "Toinen.", "", "EI", "2", "Tämäkin on tarpeeksi pitkä arvio."),
    ("B", "L1", "B1.1", "Kolmas.", "", "EI ARVIOITU", "", ""),
)
IN_SWEDISH = (("A", "R1", "Det första.", "• Service.", "Det här är en bedömning."), ("A", "R1", "", "", ""))


def sources(folder: Path) -> dict[str, Path]:
    """Write a source of each form, in one language and in two."""
    both = (
        (*HEADER, *SWEDISH_HEADER),
        *((*row, *more) for row, more in zip(ROWS, (*IN_SWEDISH, [""] * 5), strict=True)),
    )
    yaml = write(folder / "fi.yaml", FINNISH)
    return {
        "yaml": yaml,
        "yaml, partly in two languages": write(folder / "both.yaml", PARTLY_SWEDISH),
        "csv": write(folder / "arviointi.csv", csv_of(HEADER, *ROWS)),
        "csv in two languages": write(folder / "molemmat.csv", csv_of(*both)),
        "workbook": write(folder / "fi.xlsx", exported(yaml, folder / "x.xlsx", None)[folder / "x.xlsx"]),
        "workbook for a translator": write(
            folder / "both.xlsx", exported(yaml, folder / "x.xlsx", None, ("fi", "sv"))[folder / "x.xlsx"]
        ),
    }


FORMS = (
    "yaml", "yaml, partly in two languages", "csv", "csv in two languages", "workbook", "workbook for a translator",
)  # fmt: skip
TEXTS = (
    "Ny text på svenska.",
    "Uusi teksti, joka on pitkä.",
    "",
    "Sana {en: lean} tässä.",
    "2026",
    "• Yksi\n- a\n• Kaksi",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A text typed into a cell: of the goals, or of the rest, by numbers that are brought into the sheet's bounds."""

    is_rest: bool
    row: int
    column: int
    text: str


TYPED = st.builds(Typed, st.booleans(), st.integers(0, 30), st.integers(0, 13), st.sampled_from(TEXTS))


def type_into(file: Path, edits: list[Typed], *, adds_swedish: bool) -> None:
    """Type texts into a workbook; without columns for Swedish a person adds them first."""
    book: Any = openpyxl.load_workbook(file)
    goals, rest = book["Tavoitteet"], book["Raportti"]
    headings = [cell.value for cell in goals[1] if cell.value]
    if adds_swedish and "Mål" not in headings:
        for heading in SWEDISH_HEADER:
            headings.append(heading)
            goals.cell(1, len(headings), heading)
        rest.cell(1, 4, "Ruotsiksi")
    last = sum(1 for row in rest.iter_rows(min_row=2) if row[0].value)
    values = [cell.column for cell in rest[1] if cell.value in ("Sisältö", "Suomeksi", "Ruotsiksi")]
    for edit in edits:
        if edit.is_rest:
            rest.cell(2 + edit.row % last, values[edit.column % len(values)]).value = edit.text or None
        else:
            goals.cell(2 + edit.row % 3, 1 + edit.column % len(headings)).value = edit.text or None
    data = io.BytesIO()
    book.save(data)
    file.write_bytes(data.getvalue())


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TYPED, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_whatever_is_typed_into_a_workbook_comes_in_or_is_refused(
    form: str, edits: list[Typed], is_for_a_translator: bool, adds_swedish: bool
) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source, file = sources(folder)[form], folder / "back.xlsx"
        languages = ("fi", "sv") if is_for_a_translator else ()
        file.write_bytes(exported(source, file, None, languages)[file])
        type_into(file, edits, adds_swedish=adds_swedish)
        try:
            edit = import_file(source, file, removes_missing=True)
        except ProblemsFound as found:
            assert any(severity_of(problem) is Severity.ERROR for problem in found.problems)
            return
        had = reports_of(source)
        put(edit)
        for language, said in said_in(file).items():
            assert is_same(reports_in(source, (language,))[language], said)
        if had.keys() - said_in(file).keys():
            assert "file-without-language" in [warning.kind for warning in edit.warnings]


def said_in(file: Path) -> dict[str, Report]:
    return dict(reports_in(file, load(file, DRAFT).languages))
