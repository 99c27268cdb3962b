"""The server beside many pages: quick to start and to end, exact about what may run in a page."""

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from planning import DEFAULT
from serve.browser.people import Person
from serve.browser.serving import Served
from serve.browser.timing import previews, saves

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]
SLACK = 4
"""So many times slower the machine of a test run may be than one that does nothing else."""


def test_the_link_is_there_soon(tmp_path: Path) -> None:
    took = []
    for n in range(3):
        with Served(DEFAULT, tmp_path / str(n)) as served:
            took.append(served.took)
    assert min(took) < 1.5 * SLACK / 2


def test_it_ends_within_a_moment_with_pages_open(person: NewPerson, served: Served) -> None:
    one = person(served)
    one.page.on("console", lambda message: one.complaints.clear())
    for view in ("/", "/goals/H1.1", "/pages"):
        one.page = one.context.new_page()
        one.goes(view)
    one.page.wait_for_timeout(300)
    took = served.stop()
    one.page.wait_for_timeout(200)
    one.complaints.clear()  # that nobody answers any more
    assert took < 1
    assert served.process.returncode == 0
    assert "Traceback" not in served.complaints


def test_seven_tabs_work_at_once(person: NewPerson, served: Served) -> None:
    one = person(served)
    tabs = []
    for view in ("/pages", "/", "/goals", "/goals/H1.2", "/pages?lang=sv", "/goals?score=5", "/goals/H1.1"):
        one.page = one.context.new_page()
        one.goes(view)
        tabs.append(one.page)
    one.types("Seitsemäs välilehti tallentaa.")
    one.leaves()
    one.says("^tallennettu")
    tabs[0].bring_to_front()
    expect(tabs[0].get_by_role("row", name="Asiakkaiden tyytyväisyys")).to_contain_text("Seitsemäs välilehti")


def test_no_script_of_a_text_runs(person: NewPerson, served: Served) -> None:
    one = person(served)
    evil = '<img src=x onerror="window.isEvil=1"><script>window.isEvil=1</script>"\'>'
    one.goes("/goals/H1.1")
    one.types(evil)
    one.leaves()
    one.says("^tallennettu")
    for view in ("/", "/goals", "/goals/H1.1", "/pages"):
        page = one.goes(view)
        page.wait_for_timeout(300)
        assert page.evaluate("() => window.isEvil") is None
    expect(one.page.get_by_role("row", name="Asiakkaiden tyytyväisyys")).to_contain_text("<img src=x")


def test_inline_script_and_style_are_refused(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    page = one.goes("/")
    added = """() => {
      const script = document.createElement("script");
      script.textContent = "window.isEvil = 1";
      document.body.append(script);
      return window.isEvil ?? null;
    }"""
    assert page.evaluate(added) is None
    assert any("Content Security Policy" in complaint for complaint in one.complaints)
    one.complaints.clear()


def test_an_effect_is_seen_while_one_types(person: NewPerson, shared: Served) -> None:
    assert statistics.median(previews(person(shared), 20).asked) < 0.15 * SLACK


def test_a_saved_score_is_soon_on_its_page(person: NewPerson, served: Served) -> None:
    writer, reader = person(served), person(served)
    took = saves(writer, reader, 5)
    assert statistics.median(took) < 0.4 * SLACK


def test_what_is_shown_of_typing_is_what_saving_does(person: NewPerson, served: Served) -> None:
    one = person(served)
    page = one.goes("/goals/H1.1")
    effects = page.get_by_role("complementary").get_by_role("listitem")
    expect(effects.first).to_contain_text("4 riviä")
    one.types("Pitkä sana kerrallaan teksti kasvaa. " * 60)
    expect(page.get_by_role("complementary")).to_contain_text("28 → 29 sivua")
    one.leaves()
    one.says("^tallennettu")
    page.goto("/pages")
    expect(one.pages()).to_have_count(29)


def test_presenting_goes_by_arrow_keys_and_ends_by_escape(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    page = one.goes("/pages")
    page.get_by_role("button", name="Esitä koko näytössä").click()
    expect(page.get_by_role("region", name="Sivu 1", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Sivu 2", exact=True)).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("region", name="Sivu 3", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Sivu 1", exact=True)).to_be_hidden()
    page.keyboard.press("End")
    expect(page.get_by_role("region", name="Sivu 28", exact=True)).to_be_visible()
    page.evaluate("() => document.exitFullscreen()")
    expect(one.pages().first).to_be_visible()
    expect(page.get_by_role("region", name="Sivu 28", exact=True)).to_be_in_viewport()


def test_two_languages_stand_beside_each_other_and_follow(person: NewPerson, served: Served) -> None:
    one, other = person(served), person(served)
    page = other.goes("/pages?lang=fi&with=sv")
    row = page.get_by_role("row", name="Asiakkaiden tyytyväisyys")
    expect(row).to_have_count(2)
    page.evaluate("() => { window.isTheSame = true }")
    one.goes("/goals/H1.1")
    one.score(1).check()
    one.says("^tallennettu")
    for n in range(2):
        expect(row.nth(n).get_by_role("cell", name="1", exact=True)).to_be_visible()
    assert page.evaluate("() => window.isTheSame")


def test_a_change_can_be_undone(person: NewPerson, served: Served) -> None:
    before = served.text()
    one = person(served)
    page = one.goes("/goals/H1.1")
    one.score(1).check()
    one.says("^tallennettu")
    expect(page.get_by_role("listitem").filter(has_text="4 → 1")).to_be_visible()
    page.get_by_role("button", name="Kumoa").click()
    expect(one.score(4)).to_be_checked()
    assert served.text() == before
