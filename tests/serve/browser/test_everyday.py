"""What the coordinator does every day, in a browser: finds a goal, changes it, and sees the page that comes of it."""

import gettext
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from planning import DEFAULT
from raportti.problems.messages import LOCALE
from serve.browser.people import Person, left_alone
from serve.browser.serving import Served, until

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]
VIEWS = ("/", "/goals", "/goals/H1.1", "/pages", "/structure", "/nothing-here")


def test_the_link_opens_the_overview_once(chromium: Browser, tmp_path: Path) -> None:
    with Served(DEFAULT, tmp_path) as served:
        page = chromium.new_page(locale="fi-FI")
        page.goto(served.link)
        assert page.url == f"{served.base}/"
        expect(page.get_by_role("heading", level=1, name="Yhteenveto")).to_be_visible()
        stranger = chromium.new_page(locale="fi-FI")
        stranger.goto(served.link)
        expect(stranger.get_by_role("heading", level=1)).to_have_text("Linkki on jo käytetty")
        stranger.goto(f"{served.base}/goals")
        expect(stranger.get_by_text("Asiakkaiden")).to_have_count(0)
        page.context.close()
        stranger.context.close()


def test_the_overview_shows_figures_and_every_page(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    page = one.goes("/")
    table = page.get_by_role("table").first
    row = table.get_by_role("row", name=re.compile("^Edistämme asukkaidemme"))
    assert row.get_by_role("cell").all_inner_texts() == ["6", "3,8", "3", "3", "0", "0", "–"]
    expect(page.get_by_role("link", name=re.compile(r"^28 ?: "))).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^4 ?: ")).click()
    assert page.url.endswith("/pages#page-4")
    row_link = page.get_by_role("link", name="Muokkaa tavoitetta H1.1")
    expect(row_link).to_be_in_viewport()


def test_the_list_of_goals_is_narrowed_as_one_types(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    page = one.goes("/goals")
    rows = page.get_by_role("table").get_by_role("rowheader")
    expect(rows).to_have_count(43)
    page.get_by_role("searchbox", name="Sanat").press_sequentially("osallisuusohjelma 2023")
    expect(rows).to_have_text(["H1.2"])
    one.says("1/43")
    page.get_by_role("searchbox", name="Sanat").fill("")
    expect(rows).to_have_count(43)
    page.get_by_role("combobox", name="Toteutuma").select_option(label="KYLLÄ")
    page.get_by_role("combobox", name="Arvosana").select_option("5")
    expect(page.get_by_role("table").get_by_text("OSITTAIN")).to_have_count(0)
    count = rows.count()
    assert 0 < count < 43
    page.reload()  # the address says what is shown
    expect(rows).to_have_count(count)
    page.get_by_role("searchbox", name="Sanat").fill("mitään tällaista ei ole")
    expect(rows).to_have_count(0)


def test_a_score_is_saved_on_choosing_it_and_its_page_follows(person: NewPerson, served: Served) -> None:
    file = served.file_of("H1.1")
    before = file.read_text(encoding="utf-8")
    one, other = person(served), person(served)
    pages = other.goes("/pages")
    pages.get_by_role("link", name="Muokkaa tavoitetta H1.1").focus()
    one.goes("/goals/H1.1")
    with left_alone(other):
        one.score(2).check()
        one.says(r"^tallennettu klo \d\d:\d\d$")
        expect(pages.get_by_role("region", name="Sivu 4").get_by_text("muuttunut")).to_be_visible()
        expect(pages.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))).to_contain_text(
            re.compile("OSITTAIN\\s*2")
        )
    after = file.read_text(encoding="utf-8")
    assert after.splitlines()[0] == before.splitlines()[0]
    assert after == before.replace("arviointi: 4\n", "arviointi: 2\n", 1)
    expect(pages.get_by_role("region", name="Sivu 5").get_by_text("muuttunut")).to_be_hidden()
    pages.get_by_role("region", name="Sivu 4").get_by_role("button", name="Näytä").click()
    expect(pages.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))).to_contain_text(
        re.compile("OSITTAIN\\s*4")
    )


def test_a_text_is_saved_when_its_field_is_left(person: NewPerson, served: Served) -> None:
    one = person(served)
    one.goes("/goals/H1.1")
    one.types("Aivan uusi arvio, jossa on ”lainaus”: ja - viiva.\n\nToinen kappale.")
    assert "Aivan uusi arvio" not in served.text()
    one.leaves()
    one.says("^tallennettu")
    text = served.file_of("H1.1").read_text(encoding="utf-8")
    assert "Aivan uusi arvio" in text and "Toinen kappale." in text
    assert text.startswith("# Kohdan")


def test_a_click_on_a_row_opens_its_goal_and_back_leads_back(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    page = one.goes("/pages")
    row = page.get_by_role("row", name=re.compile("^Asiakkaiden osallisuus"))
    box = row.bounding_box()
    assert box
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.wait_for_url("**/goals/H1.2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("H1.2")
    page.go_back()
    expect(page.get_by_role("link", name="Muokkaa tavoitetta H1.2")).to_be_in_viewport()


def test_the_keyboard_alone_gets_through_a_whole_save(person: NewPerson, served: Served) -> None:
    one = person(served)
    page = one.goes("/")

    def tab_to(name: str) -> None:
        focus = "() => { const e = document.activeElement; return e.labels?.[0]?.innerText ?? e.innerText ?? '' }"
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate(focus).strip().startswith(name):
                return
        raise AssertionError(f"{name} is not reached by the keyboard")

    tab_to("Siirry sisältöön")
    tab_to("Tavoitteet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals")
    tab_to("H1.3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals/H1.3")
    tab_to("3 Tavoitteessa edistytty")
    page.keyboard.press("ArrowUp")
    one.says("^tallennettu")
    tab_to("Sanallinen arviointi")
    page.keyboard.press("Control+A")
    page.keyboard.type("Kirjoitettu näppäimistöllä.")
    tab_to("Tallenna")
    page.keyboard.press("Enter")
    until(lambda: "Kirjoitettu näppäimistöllä." in served.text())
    one.says("^tallennettu")
    goal = served.text().partition("H1.3\n")[2].partition("tunnus:")[0]
    assert "arviointi: 4\n" in goal and "Kirjoitettu näppäimistöllä." in goal


def test_without_script_the_form_still_saves(person: NewPerson, served: Served) -> None:
    one = person(served, java_script_enabled=False)
    one.goes("/goals/H1.1")
    one.score(1).check()
    one.types("Tallennettu ilman skriptiä.")
    one.saves()
    one.says("^tallennettu")
    assert "Tallennettu ilman skriptiä." in served.text()
    expect(one.score(1)).to_be_checked()
    one.goes("/goals?score=1")
    expect(one.page.get_by_role("table").get_by_role("rowheader").filter(has_text="H1.1")).to_be_visible()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_one_heading_and_a_title(person: NewPerson, shared: Served, view: str) -> None:
    page = person(shared).goes(view)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    assert page.title().endswith(" – Yhteisten tavoitteiden arviointi")
    assert page.title().split(" – ")[0]


def _catalogue(language: str) -> dict[str, str]:
    """Return what the app says in a language, by what it says in English."""
    said = gettext.translation("serve", LOCALE, [language])._catalog  # type: ignore[attr-defined]
    english = gettext.translation("serve", LOCALE, ["en"])
    texts = {(key if isinstance(key, str) else key[0]): text for key, text in said.items()}
    return {english.gettext(key): text for key, text in texts.items() if key}


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_english_is_left_in_another_language(person: NewPerson, bilingual: Served, language: str, view: str) -> None:
    one = person(bilingual, locale={"fi": "fi-FI", "sv": "sv-FI"}[language])
    page = one.goes(view)
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == language
    seen = page.evaluate(VISIBLE)
    own = set(_catalogue(language).values())
    english = {text for text, there in _catalogue(language).items() if text != there and "{" not in text} - own
    assert not english & set(seen)
    words = {word for text in seen for word in re.findall("[a-z]+", text.casefold())}
    assert not words & {"the", "of", "and", "goals", "pages", "save", "saved", "changes", "overview", "missing", "was"}


VISIBLE = """() => {
  const out = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, owner = node.parentElement;
    if (owner.closest("script, template, .sheets, [lang]:not(html)")) continue;
    const text = node.textContent.trim();
    if (text) out.push(text);
  }
  for (const one of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      if (one.hasAttribute(name) && !one.closest(".sheets")) out.push(one.getAttribute(name));
  out.push(document.title.split(" – ")[0]);
  return out;
}"""
"""The texts of the app itself that a view shows or reads out: not those of the report."""


def test_the_language_is_switched_and_stays(person: NewPerson, bilingual: Served) -> None:
    one = person(bilingual)
    page = one.goes("/goals")
    for name, language, heading in (
        ("Svenska", "sv", "Mål"),
        ("English", "en", "Goals"),
        ("Suomi", "fi", "Tavoitteet"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.url.endswith("/goals")
        assert page.locator("html").get_attribute("lang") == language
    page.get_by_role("button", name="Svenska").click()
    page.goto("/goals/H1.1")
    expect(page.get_by_role("button", name="Spara")).to_be_visible()
