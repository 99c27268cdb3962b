"""The structure of a report, as a coordinator changes it: added, moved, renamed, removed, and each taken back."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from raportti import api
from raportti.source.loading import load_all
from raportti.source.options import LoadOptions
from serve.browser.people import Person
from serve.browser.serving import Served, until
from serve.sources import csv_source, workbook_source

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]
GUIDELINE = "Asukkaat saavat apua ajoissa"
BEFORE_H2 = "ennen: H2.1 Alijäämä katetaan vuoden 2026 loppuun mennessä."
BEFORE_H1_2 = "ennen: H1.2 Asiakkaan palvelupolku kuvataan yhdessä asiakkaiden kanssa."


def link(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^{re.escape(name)}$")).click()


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def undo(one: Person) -> None:
    one.page.get_by_role("button", name="Kumoa", exact=True).click()


def ids(served: Served) -> list[str]:
    return [goal.id for goal in api.read_report(served.source, draft=True).goals]


def test_a_goal_is_moved_renamed_removed_and_each_is_taken_back(person: NewPerson, pair: Served) -> None:
    one, before, order = person(pair), pair.text(), ids(pair)
    report = api.read_report(pair.source)
    page = one.goes("/structure")
    page.get_by_role("button", name="Siirrä alas: H1.1").press("Enter")
    one.says("Siirrettiin H1.1")
    assert ids(pair)[:2] == ["H1.2", "H1.1"]
    expect(page.get_by_role("button", name="Siirrä alas: H1.1")).to_be_focused()
    undo(one)
    until(lambda: pair.text() == before)
    link(page, "Muokkaa : H1.1")
    page.get_by_label("Siirrä kohtaan…").select_option(
        label="ennen: H2.1 Alijäämä katetaan vuoden 2026 loppuun mennessä."
    )
    button(page, "Siirrä")
    one.says("Siirrettiin H1.1")
    assert ids(pair) == [*order[1:4], "H1.1", *order[4:]]
    undo(one)
    until(lambda: pair.text() == before)
    link(page, "Muokkaa : H1.1")
    page.get_by_role("textbox", name="Tunnus").fill("H9.9")
    button(page, "Tallenna tunnus")
    one.says("H9.9")
    assert ids(pair)[0] == "H9.9"
    undo(one)
    until(lambda: pair.text() == before)
    link(page, "Poista : H1.1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Poistetaanko tämä tavoite?")
    expect(page.get_by_text("I slutet av året", exact=False).first).to_be_visible()
    button(page, "Poista")
    one.says("Poistettiin H1.1")
    assert ids(pair) == order[1:]
    undo(one)
    until(lambda: api.read_report(pair.source) == report)


def test_a_goal_is_added_in_both_languages_and_gets_a_page(person: NewPerson, pair: Served) -> None:
    one = person(pair)
    page = one.goes("/structure")
    link(page, f"Lisää tavoite : {GUIDELINE}")
    expect(page.get_by_role("textbox", name="Tunnus")).to_have_value("H1.5")
    page.get_by_role("textbox", name="Tavoite (Suomi)").fill("Uusi tavoite, joka lisättiin selaimessa.")
    page.get_by_role("textbox", name="Tavoite (Svenska)").fill("Ett nytt mål som lades till i webbläsaren.")
    page.get_by_label("Paikka").select_option(
        label="ennen: H1.2 Asiakkaan palvelupolku kuvataan yhdessä asiakkaiden kanssa."
    )
    button(page, "Lisää")
    one.says("Lisättiin H1.5")
    assert ids(pair)[:3] == ["H1.1", "H1.5", "H1.2"]
    page.goto("/pages?lang=sv")
    expect(page.get_by_role("row", name="Ett nytt mål som lades till")).to_be_visible()
    page.goto("/goals/H1.5")
    one.score(3).check()
    one.says("^tallennettu")


def test_a_strategy_with_its_first_guideline_and_goal_is_added_and_removed(person: NewPerson, pair: Served) -> None:
    one, order = person(pair), ids(pair)
    page = one.goes("/structure")
    link(page, "Lisää strategia")
    fields = {"Nimi": "Kolmas strategia", "Ensimmäisen linjauksen nimi": "Sen linjaus", "Tavoite": "Sen tavoite."}
    for name, text in fields.items():
        page.get_by_role("textbox", name=f"{name} (Suomi)", exact=True).fill(text)
    page.get_by_role("textbox", name="Tunnus").fill("K1.1")
    button(page, "Lisää")
    one.says("Lisättiin Kolmas strategia")
    assert ids(pair) == [*order, "K1.1"]
    button(page, "Siirrä ylös: Kolmas strategia")
    one.says("Siirrettiin Kolmas strategia")
    assert ids(pair)[6] == "K1.1"
    link(page, "Poista : Kolmas strategia")
    button(page, "Poista")
    one.says("Poistettiin Kolmas strategia")
    assert ids(pair) == order


def test_a_forced_page_break_makes_a_page(person: NewPerson, pair: Served) -> None:
    one = person(pair)
    page = one.goes("/structure")
    link(page, "Muokkaa : H1.2")
    page.get_by_role("checkbox", name="Tämä tavoite aloittaa uuden sivun").check()
    button(page, "Tallenna sivunvaihto")
    one.says("sivunvaihto tallennettiin")
    expect(page.get_by_text("aloittaa uuden sivun")).to_have_count(1)
    page.goto("/pages")
    row = page.get_by_role("row", name=re.compile("^Asiakkaan palvelupolku"))
    expect(row).to_be_attached()
    expect(page.get_by_role("region", name="Sivu 4", exact=True).get_by_role("table").get_by_role("row")).to_have_count(
        2
    )


def test_without_script_the_structure_is_changed_and_taken_back(person: NewPerson, pair: Served) -> None:
    one, before = person(pair, java_script_enabled=False), pair.text()
    page = one.goes("/structure")
    button(page, "Siirrä alas: H1.1")
    one.says("Siirrettiin H1.1")
    undo(one)
    assert pair.text() == before
    link(page, f"Lisää tavoite : {GUIDELINE}")
    page.get_by_role("textbox", name="Tunnus").fill("H1.1")
    page.get_by_role("textbox", name="Tavoite (Suomi)").fill("Tunnus on jo toisella.")
    button(page, "Lisää")
    expect(page.get_by_role("textbox", name="Tavoite (Suomi)")).to_have_value("Tunnus on jo toisella.")
    assert pair.text() == before
    page.get_by_role("textbox", name="Tunnus").fill("H1.5")
    button(page, "Lisää")
    one.says("Lisättiin H1.5")


@pytest.mark.parametrize("make", [csv_source, workbook_source])
def test_a_table_is_a_source_like_any_other(person: NewPerson, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    made = make(folder)
    shutil.rmtree(folder / "raportti", ignore_errors=True)
    with Served(made, tmp_path / "served") as served:
        one = person(served)
        page = one.goes("/goals/H1.1")
        one.score(2).check()
        one.says("^tallennettu")
        one.assessment("Svenska").fill("Arbetet går framåt i webbläsaren.")
        one.leaves()
        until(lambda: swedish(served, "H1.1") == ("Arbetet går framåt i webbläsaren.",))
        page.goto("/structure")
        link(page, "Lisää tavoite : Linjaus yksi")
        page.get_by_role("textbox", name="Tavoite (Suomi)").fill("Taulukkoon lisätty tavoite.")
        button(page, "Lisää")
        one.says("Lisättiin H1.3")
        button(page, "Siirrä ylös: H1.3")
        one.says("Siirrettiin H1.3")
        found = api.read_report(served.source, draft=True).goals
        assert [goal.id for goal in found][:3] == ["H1.1", "H1.3", "H1.2"]
        assert found[0].score == 2
        undo(one)
        until(lambda: ids(served)[:3] == ["H1.1", "H1.2", "H1.3"])


def swedish(served: Served, goal: str) -> tuple[str, ...]:
    [source] = load_all(served.source, LoadOptions(("sv",), allow_missing=True, is_draft=True))
    return next(one.assessment for one in source.report.goals if one.id == goal)


# Nothing typed is lost.


def test_a_form_of_the_structure_outlives_the_server(chromium: Browser, pair: Served) -> None:
    one = Person(chromium, pair)  # its console may say that nobody answers
    page = one.goes("/structure/edit?strategy=Palvelustrategia")
    name = page.get_by_role("textbox", name="Nimi (Suomi)")
    name.fill("Kirjoitettu ennen katkosta")
    pair.kill()
    button(page, "Tallenna")
    one.says("^Ei tallennettu: ohjelma ei vastaa")
    expect(name).to_have_value("Kirjoitettu ennen katkosta")
    pair.start()
    button(page, "Tallenna")
    one.says("^Ei tallennettu: ohjelma on käynnistetty uudelleen")
    one.context.new_page().goto(pair.link)
    page.bring_to_front()
    button(page, "Tallenna")
    until(lambda: "Kirjoitettu ennen katkosta" in pair.text())
    one.close()


def test_back_from_a_form_keeps_what_was_typed(person: NewPerson, pair: Served) -> None:
    one = person(pair)
    page = one.goes("/goals/H1.1")
    page.goto("/goals/H1.2")
    one.types("Kirjoitettu ja lähdetty takaisin.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("H1.1")
    until(lambda: "Kirjoitettu ja lähdetty takaisin." in pair.text())


def test_a_second_tab_of_a_structure_form_sees_both_texts(person: NewPerson, pair: Served) -> None:
    one, other = person(pair), person(pair)
    first = one.goes("/structure/edit?strategy=Palvelustrategia")
    second = other.goes("/structure/edit?strategy=Palvelustrategia")
    first.get_by_role("textbox", name="Yhteenvedon otsikko (Suomi)").fill("Ensimmäisen otsikko")
    second.get_by_role("textbox", name="Yhteenvedon otsikko (Suomi)").fill("Toisen otsikko")
    button(first, "Tallenna")
    one.says("Tekstit tallennettiin")
    button(second, "Tallenna")
    expect(second.get_by_text("Ensimmäisen otsikko")).to_be_visible()
    expect(second.get_by_role("textbox", name="Yhteenvedon otsikko (Suomi)")).to_have_value("Toisen otsikko")
    button(second, "Tallenna")
    other.says("Tekstit tallennettiin")
    assert "Toisen otsikko" in pair.text()
