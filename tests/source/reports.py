"""Small sources for tests, and what loading them says."""

import io
import os
import re
from pathlib import Path

import openpyxl

from raportti.problems import Problem, ProblemsFound
from raportti.problems.messages import KINDS, place_text
from raportti.source.loading import Source, load

GOOD = """\
otsikko: Arviointi
strategiat:
  - nimi: Strategia A
    linjaukset:
      - nimi: Linjaus 1
        tavoitteet:
          - tunnus: A1.1
            tavoite: Ensimmäinen tavoite.
            saavutettu: KYLLÄ
            arviointi: 4
            sanallinen_arviointi: Tämä on tarpeeksi pitkä arvio.
"""
HEADER = (
    "Strategia", "Linjaus", "Tunnus", "Tavoite", "Alatavoitteet", "Tavoite saavutettu?", "Arviointi (1-5)",
    "Sanallinen arviointi (tiivistelmä)",
)  # fmt: skip
ROW = ("Strategia A", "Linjaus 1", "A1.1", "Tavoite.", "", "KYLLÄ", "4", "Tämä on tarpeeksi pitkä arvio.")


def changed(old: str, new: str) -> str:
    """Change the good report in one place."""
    assert GOOD.count(old) == 1, f"{old!r} should be in the good report once"
    return GOOD.replace(old, new)


def csv_of(*rows: tuple[str, ...], separator: str = ";") -> str:
    """Write rows as Excel does: everything in quotes that needs them."""
    return "".join(separator.join(_quoted(cell, separator) for cell in row) + "\r\n" for row in rows)


def _quoted(cell: str, separator: str) -> str:
    needs = any(character in cell for character in f'{separator}"\n')
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def workbook_of(*rows: tuple[object, ...], sheet: str = "Tavoitteet") -> bytes:
    """Write rows to the one sheet of a workbook."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    return bytes_of(book)


def bytes_of(book: openpyxl.Workbook) -> bytes:
    """Save a workbook."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def row(**cells: str) -> tuple[str, ...]:
    """Change cells of the good row by number: ``row(c6="")``."""
    return tuple(cells.get(f"c{number}", cell) for number, cell in enumerate(ROW))


def write(path: Path, data: str | bytes) -> Path:
    """Write a file as it is, with no change of line ends."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return path


def load_good(path: Path, data: str | bytes) -> Source:
    """Load a source that has no errors."""
    return load(write(path, data))


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Return all that loading says, errors and warnings; each has all the values that its sentences need."""
    try:
        found = load(path).warnings
    except ProblemsFound as error:
        found = error.problems
    for problem in found:
        _, message, remedy = KINDS[problem.kind]
        assert set(re.findall(r"{(\w+)}", message + remedy)) <= set(problem.values), problem
    return found


def told(path: Path) -> list[str]:
    """Name each problem by its kind and its place within the file, such as ``score-unknown 10:24 A1.1``."""
    return [_named(problem, path) for problem in problems_of(path)]


def _named(problem: Problem, path: Path) -> str:
    place = place_text(problem.place, "en") if problem.place else ""
    for folder in (f"{path}:", f"{path}{os.sep}", str(path), f"{path.parent}{os.sep}"):
        place = place.removeprefix(folder)
    return " ".join(part for part in (problem.kind, place, problem.goal) if part)
