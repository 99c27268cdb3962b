"""What has changed: since the start on the pages, since last time in figures and words, and taken back."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from commands import run
from planning import BILINGUAL
from serve.browser.people import Person
from serve.browser.serving import Served, until

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Served]:
    """Serve a report that has a revision in git and an earlier report beside it."""
    shutil.copytree(BILINGUAL, tmp_path / "viime-vuosi")
    run("set", "H1.2", tmp_path / "viime-vuosi", "--score", "1", "--yes")
    with Served(BILINGUAL, tmp_path) as served:
        identity = ("-c", "user.name=Maija", "-c", "user.email=maija@example.org", "-c", "commit.gpgsign=false")
        for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "Viime kokous")):
            subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)
        yield served


def test_a_page_is_marked_and_seen_as_it_was_after_an_edit(person: NewPerson, pair: Served) -> None:
    one = person(pair)
    page = one.goes("/goals/H1.1")
    one.score(1).check()
    one.says("^tallennettu")
    page.get_by_role("navigation", name="Päänäkymät").get_by_role("link", name="Sivut").click()
    leaf = page.get_by_role("region", name="Sivu 4", exact=True)
    expect(leaf.get_by_text("muuttunut", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Sivu 6").get_by_text("muuttunut", exact=True)).to_be_hidden()
    row = leaf.get_by_role("row", name=re.compile("^Kiireettömään"))
    expect(row.get_by_role("cell", name="1", exact=True)).to_be_visible()
    button = leaf.get_by_role("button", name="Näytä kuten se oli ennen")
    button.click()
    expect(row.get_by_role("cell", name="4", exact=True)).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(row.get_by_role("cell", name="1", exact=True)).to_be_visible()


def test_without_script_the_pages_are_seen_as_they_were(person: NewPerson, pair: Served) -> None:
    run("set", "H1.1", pair.source, "--score", "1", "--yes")
    one = person(pair, java_script_enabled=False)
    page = one.page
    marked = page.get_by_role("region", name="Sivu 4", exact=True).get_by_text("muuttunut", exact=True)
    until(lambda: one.goes("/pages") and marked.is_visible())
    page.get_by_role("region", name="Sivu 4", exact=True).get_by_role("button", name="Näytä kuten").click()
    expect(
        page.get_by_role("row", name=re.compile("^Kiireettömään")).get_by_role("cell", name="4", exact=True)
    ).to_be_visible()
    page.get_by_role("link", name="Näytä ne sellaisina kuin ne ovat nyt").click()
    expect(
        page.get_by_role("row", name=re.compile("^Kiireettömään")).get_by_role("cell", name="1", exact=True)
    ).to_be_visible()


def test_the_effect_of_a_swedish_text_is_that_on_swedish_pages(person: NewPerson, pair: Served) -> None:
    one = person(pair)
    page = one.goes("/goals/H1.1")
    beside = page.get_by_role("complementary")
    expect(beside.get_by_role("heading", name="Sivulla suomeksi")).to_be_visible()
    one.types("En mening som växer och  växer hela tiden. " * 150, "Svenska")
    expect(beside.get_by_role("heading", name="Sivulla ruotsiksi")).to_be_visible()
    expect(beside.get_by_role("table").first).to_contain_text("En mening som växer")
    expect(beside).to_contain_text(re.compile(r"10 → 1\d sivua"))


@pytest.mark.parametrize("since", ["viime-vuosi, samassa kansiossa", "Viime kokous"])
def test_since_another_source_or_a_revision(person: NewPerson, followed: Served, since: str) -> None:
    one = person(followed)
    page = one.goes("/goals/H1.2")
    one.score(2).check()
    one.says("^tallennettu")
    page.goto("/changes")
    choice = page.get_by_label("Vertailukohta")
    label = choice.locator("option").filter(has_text=since).first.inner_text()
    choice.select_option(label=label)
    page.get_by_role("button", name="Vertaa", exact=True).click()
    moved = page.get_by_role("region", name="Tavoitteet, joiden arvio muuttui")
    expect(moved.get_by_role("row", name=re.compile("^H1.2"))).to_contain_text(
        "laski" if since == "Viime kokous" else "nousi"
    )
    expect(page.get_by_role("region", name="Luvut ennen ja nyt")).to_be_visible()
    pages = page.locator("#changed-pages")
    expect(pages.get_by_role("link").first).to_be_visible()
