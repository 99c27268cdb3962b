"""Files out and in, as a coordinator takes and brings them: from and to PowerPoint, Excel and LibreOffice."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from commands import run
from planning import BILINGUAL, LUVN
from raportti import api
from serve.browser.people import Person
from serve.browser.serving import Served, until

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]


def taken(page: Page, button: str, to: Path) -> Path:
    """Press what downloads a file, and keep it under the name that it comes with."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).click()
    path = to / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def bring(page: Page, *files: Path) -> None:
    page.goto("/files")
    page.get_by_label("Tiedosto", exact=True).set_input_files(files)
    page.get_by_role("button", name="Katso tiedosto").click()


def fill(path: Path, cells: dict[tuple[str, str], object]) -> None:
    """Write values into a workbook, by goal and column."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("Tunnus")].value: row for row in sheet.iter_rows(min_row=2)}
    for (goal, column), value in cells.items():
        rows[goal][heads.index(column)].value = value
    book.save(path)


def score_of(served: Served, goal: str) -> int | None:
    return next(one.score for one in api.read_report(served.source).goals if one.id == goal)


def test_documents_are_what_build_writes_and_faults_stand_beside(
    person: NewPerson, bilingual: Served, tmp_path: Path
) -> None:
    one = person(bilingual)
    page = one.goes("/files")
    page.get_by_role("radio", name="Svenska").check()
    page.get_by_role("checkbox", name=re.compile("^kaaviosivu")).check()
    deck = taken(page, "Lataa esitys (.pptx)", tmp_path)
    out = tmp_path / "out"
    done = run(
        "build", bilingual.source, "--layout", LUVN, "--out", out, "--lang", "sv", "--charts", "--formats", "pptx"
    )
    assert done.returncode == 0, done.stderr
    [built] = out.glob("*.pptx")
    assert (deck.name, deck.read_bytes()) == (built.name, built.read_bytes())
    expect(page.get_by_role("region", name="Esitys")).to_contain_text(re.compile(r"Tarkastettu \d+ diaa: ei vikoja"))
    one.says("ei vikoja|on valmis")


def test_a_workbook_is_filled_brought_and_accepted_one_by_one(person: NewPerson, pair: Served, tmp_path: Path) -> None:
    one = person(pair)
    page = one.goes("/files")
    book = taken(page, "Lataa työkirja (.xlsx)", tmp_path)
    fill(book, {("H1.1", "Arviointi (1-5)"): 2, ("H1.2", "Arviointi (1-5)"): 3, ("H1.3", "Arviointi (1-5)"): 1})
    other = person(pair)
    other.goes("/goals/H1.2")
    other.score(1).check()
    other.says("^tallennettu")
    bring(page, book)
    expect(page.get_by_text("muuttunut molemmissa")).to_be_visible()
    assert score_of(pair, "H1.1") == 4
    page.get_by_role("region", name="H1.1").get_by_role("button", name="Hyväksy nyt vain tämä").click()
    one.says("1 muutos hyväksyttiin")
    assert (score_of(pair, "H1.1"), score_of(pair, "H1.2")) == (2, 1)
    page.get_by_role("region", name="H1.2").get_by_role("radio", name=re.compile("^Ota tiedoston")).check()
    page.get_by_role("button", name=re.compile("^Hyväksy kaikki")).click()
    one.says("2 muutosta hyväksyttiin")
    assert (score_of(pair, "H1.2"), score_of(pair, "H1.3")) == (3, 1)
    expect(page.get_by_text("Muutettavaa ei ole")).to_be_visible()


def test_what_changes_while_a_file_is_looked_at_is_not_overwritten(
    person: NewPerson, pair: Served, tmp_path: Path
) -> None:
    one = person(pair, java_script_enabled=False)
    api.export(pair.source, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {("H1.1", "Arviointi (1-5)"): 2})
    page = one.goes("/files")
    bring(page, tmp_path / "a.xlsx")
    run("set", "H1.1", pair.source, "--score", "5", "--yes")
    page.get_by_role("button", name="Hyväksy valitut").click()
    one.says("Mitään ei otettu")
    expect(page.get_by_text("muuttunut molemmissa")).to_be_visible()
    assert score_of(pair, "H1.1") == 5
    page.get_by_role("radio", name=re.compile("^Ota tiedoston")).check()
    page.get_by_role("button", name="Hyväksy valitut").click()
    one.says("1 muutos hyväksyttiin")
    assert score_of(pair, "H1.1") == 2


def test_a_goal_removed_here_and_changed_in_the_file_is_a_choice(
    person: NewPerson, pair: Served, tmp_path: Path
) -> None:
    one = person(pair)
    api.export(pair.source, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {("H1.4", "Arviointi (1-5)"): 1})
    page = one.goes("/structure/remove?goal=H1.4")
    page.get_by_role("button", name="Poista", exact=True).click()
    one.says("Poistettiin H1.4")
    bring(page, tmp_path / "a.xlsx")
    expect(page.get_by_text("muuttunut molemmissa")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^Ota tiedoston")).check()
    page.get_by_role("button", name=re.compile("^Hyväksy valittu")).click()
    one.says("1 muutos hyväksyttiin")
    assert score_of(pair, "H1.4") == 1


def test_a_file_may_be_dropped(person: NewPerson, pair: Served, tmp_path: Path) -> None:
    one = person(pair)
    page = one.goes("/files")
    api.export(pair.source, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {("H1.1", "Arviointi (1-5)"): 2})
    drop = """(bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], "arviot.xlsx"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, list((tmp_path / "a.xlsx").read_bytes()))
    expect(page.get_by_role("heading", level=1)).to_have_text("arviot.xlsx")
    expect(page.get_by_role("region", name="H1.1")).to_be_visible()


def test_a_pdf_makes_a_new_source_and_leaves_this_one(person: NewPerson, pair: Served, tmp_path: Path) -> None:
    one, before = person(pair), pair.text()
    [pdf] = api.build(BILINGUAL, out=tmp_path, formats=("pdf",)).files
    page = one.goes("/files")
    bring(page, pdf)
    expect(page.get_by_text(re.compile("uuden lähteen, jossa on 10 tavoitetta"))).to_be_visible()
    expect(page.get_by_role("region", name="Mitä on tarkistettava")).to_be_visible()
    assert taken(page, "Lataa uusi lähde (.zip)", tmp_path).stat().st_size > 1000
    assert pair.text() == before


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_written(
    person: NewPerson, pair: Served, tmp_path: Path
) -> None:
    one, before = person(pair), pair.text()
    bad = tmp_path / "rikki.xlsx"
    bad.write_bytes(b"PK\x03\x04 ei ole")
    page = one.goes("/files")
    bring(page, bad)
    one.says("ei otettu|ei luettu|Tiedostoa")
    expect(page.get_by_role("group", name="Mikä on vialla")).to_contain_text("rikki.xlsx")
    until(lambda: pair.text() == before)
