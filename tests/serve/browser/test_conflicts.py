"""Several who change one goal: no text that anybody wrote is ever lost, and what is being typed is never replaced."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, expect

from planning import SEED
from serve.browser.people import Person
from serve.browser.serving import PATIENCE, Served, until

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]
BOX = re.compile("^Kaksi tekstiä")


def edit(served: Served, old: str, new: str) -> None:
    """Change a text of the source as an editor does: the whole file is written anew."""
    file = next(one for one in served.source.glob("*.yaml") if old in one.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


OLD = "Palvelujen saatavuutta on onnistuttu parantamaan strategiakaudella lähes kaikissa"


def _clashing(person: NewPerson, served: Served) -> Person:
    """Let somebody type what an editor changes meanwhile, and leave the field."""
    one = person(served)
    one.goes("/goals/H1.1")
    one.types("Minun tekstini.")
    edit(served, OLD, "Heidän tekstinsä lähes kaikissa")
    one.says("Joku muu muutti tätä tavoitetta")
    expect(one.assessment()).to_have_value("Minun tekstini.")
    one.leaves()
    box = one.page.get_by_role("group", name=BOX)
    expect(box).to_contain_text("Minun tekstini.")
    expect(box).to_contain_text("Heidän tekstinsä")
    one.says("^Ei tallennettu")
    assert "Minun tekstini." not in served.text() and "Heidän tekstinsä" in served.text()
    return one


def test_mine_is_kept_when_that_is_chosen(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    one.page.get_by_role("button", name="Pidä oma").click()
    one.says("^tallennettu")
    assert "Minun tekstini." in served.text() and "Heidän tekstinsä" not in served.text()
    expect(one.page.get_by_role("group", name=BOX)).to_have_count(0)


def test_what_is_typed_on_under_a_conflict_is_mine_too(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    one.types("Minun tekstini, jatkettuna.")
    one.page.get_by_role("button", name="Pidä oma").click()
    one.says("^tallennettu")
    assert "Minun tekstini, jatkettuna." in served.text()


def test_theirs_is_taken_when_that_is_chosen(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    one.page.get_by_role("button", name="Ota toisen").click()
    expect(one.assessment()).to_have_value(re.compile("^Heidän tekstinsä"))
    one.assessment().press("End")
    one.leaves()
    assert "Heidän tekstinsä" in served.text() and "Minun" not in served.text()


def test_both_can_be_edited_into_one(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    one.page.get_by_role("button", name="Muokkaa molempia").click()
    expect(one.assessment()).to_be_focused()
    expect(one.assessment()).to_have_value(re.compile("Minun tekstini.\n\nHeidän tekstinsä"))
    one.leaves()
    one.says("^tallennettu")
    assert "Minun tekstini." in served.text() and "Heidän tekstinsä" in served.text()


def test_a_third_writer_is_noticed_again(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    edit(served, "Heidän tekstinsä", "Kolmannen tekstin kirjoittaja")
    until(lambda: "Kolmannen" in one.page.request.get("/goals/H1.1").text())
    one.page.get_by_role("button", name="Pidä oma").click()
    expect(one.page.get_by_role("group", name=BOX)).to_contain_text("Kolmannen tekstin kirjoittaja")
    assert "Kolmannen tekstin" in served.text()


def test_two_browsers_merge_field_by_field(person: NewPerson, served: Served) -> None:
    one, two = person(served), person(served)
    one.goes("/goals/H1.1")
    two.goes("/goals/H1.1")
    one.types("Ykkönen kirjoittaa.")
    two.score(1).check()
    two.says("^tallennettu")
    one.says("Joku muu muutti tätä tavoitetta")
    expect(one.score(1)).to_be_checked()
    expect(one.assessment()).to_have_value("Ykkönen kirjoittaa.")
    one.leaves()
    one.says("^tallennettu")
    expect(two.assessment()).to_have_value("Ykkönen kirjoittaa.")
    goal = served.text().partition("H1.1\n")[2].partition("tunnus:")[0]
    assert "arviointi: 1\n" in goal and "Ykkönen kirjoittaa." in goal


def test_a_score_that_two_chose_is_a_conflict_without_both(person: NewPerson, served: Served) -> None:
    one = person(served, java_script_enabled=True)
    one.goes("/goals/H1.1")
    # The editor is quicker than the news of it: what is chosen is based on what stood there before.
    one.page.route("**/events", lambda route: route.abort())
    edit(served, "arviointi: 4\n", "arviointi: 1\n")
    one.score(2).check()
    box = one.page.get_by_role("group", name=BOX)
    expect(box).to_be_visible()
    expect(box.get_by_role("button")).to_have_text(["Pidä oma", "Ota toisen"])
    box.get_by_role("button", name="Ota toisen").click()
    expect(one.score(1)).to_be_checked()


def test_without_script_both_texts_are_shown(person: NewPerson, served: Served) -> None:
    one = person(served, java_script_enabled=False)
    one.goes("/goals/H1.1")
    one.types("Minun tekstini.")
    edit(served, OLD, "Heidän tekstinsä lähes kaikissa")
    one.saves()
    one.says("^Ei tallennettu")
    expect(one.page.get_by_text("Heidän tekstinsä").first).to_be_visible()
    expect(one.assessment()).to_have_value("Minun tekstini.")
    one.saves()  # whoever has seen both and saves keeps theirs
    one.says("^tallennettu")
    assert "Minun tekstini." in served.text()


def test_going_on_by_a_link_saves_first(person: NewPerson, served: Served) -> None:
    one = person(served)
    one.page.on("dialog", lambda dialog: dialog.dismiss())
    one.goes("/goals/H1.1")
    one.types("Kirjoitettu ja heti jatkettu.")
    one.page.get_by_role("link", name="Seuraava: H1.2").click()
    one.page.wait_for_url("**/goals/H1.2")
    assert "Kirjoitettu ja heti jatkettu." in served.text()


def test_a_conflict_keeps_one_on_the_page(person: NewPerson, served: Served) -> None:
    one = _clashing(person, served)
    one.page.get_by_role("link", name="Seuraava: H1.2").click()
    one.says("valitse ensin")
    assert one.page.url.endswith("/goals/H1.1")
    expect(one.assessment()).to_have_value("Minun tekstini.")


def test_a_broken_source_stops_saving_and_goes_on_when_it_is_mended(person: NewPerson, served: Served) -> None:
    one, other = person(served), person(served)
    one.goes("/goals/H1.1")
    pages = other.goes("/pages")
    expect(other.pages()).to_have_count(28)
    one.types("Kirjoitettu rikkinäisen aikana.")
    file = served.file_of("H1.1")
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("linjaukset:", 'linjaukset: "', 1), encoding="utf-8")
    for page in (one.page, pages):
        expect(page.get_by_text("sivut ovat aiemmat").first).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text=re.compile(rf"{file.name}:\d+"))).to_be_visible()
    one.leaves()
    one.says("^Ei tallennettu")
    expect(one.assessment()).to_have_value("Kirjoitettu rikkinäisen aikana.")
    expect(other.pages()).to_have_count(28)
    pages.reload()
    expect(other.pages()).to_have_count(28)
    file.write_text(whole, encoding="utf-8")
    until(lambda: "Kirjoitettu rikkinäisen aikana." in served.text())
    expect(pages.get_by_text("sivut ovat aiemmat").first).to_be_hidden()
    expect(pages.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))).to_contain_text("rikkinäisen")


def test_nothing_typed_is_lost_when_the_server_dies(chromium: Browser, served: Served) -> None:
    one = Person(chromium, served)  # its console may say that nobody answers
    page = one.goes("/goals/H1.1")
    one.types("Kirjoitettu ennen katkosta")
    served.kill()
    one.says("Yhteys ohjelmaan katkesi")
    page.keyboard.type(" ja sen aikana.")
    one.leaves()
    one.says("^Ei tallennettu: ohjelma ei vastaa")
    expect(one.assessment()).to_have_value("Kirjoitettu ennen katkosta ja sen aikana.")
    served.start()
    one.context.new_page().goto(served.link)
    page.bring_to_front()
    until(lambda: "Kirjoitettu ennen katkosta ja sen aikana." in served.text())
    one.says("^tallennettu")
    one.close()


def test_pages_are_up_to_date_when_the_server_is_back(chromium: Browser, served: Served) -> None:
    one = Person(chromium, served)
    page = one.goes("/pages")
    expect(page.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))).to_contain_text("OSITTAIN")
    served.kill()
    one.says("Yhteys ohjelmaan katkesi")
    edit(served, OLD, "Uusi arvio, lähes kaikissa")
    served.start()
    one.context.new_page().goto(served.link)
    page.bring_to_front()
    expect(page.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))).to_contain_text("Uusi arvio")
    one.close()


def test_a_goal_that_is_gone_keeps_what_was_typed(person: NewPerson, served: Served) -> None:
    one = person(served)
    one.goes("/goals/H1.1")
    one.types("Kirjoitettu ennen poistoa.")
    edit(served, "tunnus: H1.1\n", "tunnus: H9.9\n")
    one.says("ei enää ole")
    one.leaves()
    one.says("^Ei tallennettu")
    one.says("H9.9")
    expect(one.assessment()).to_have_value("Kirjoitettu ennen poistoa.")


def test_without_script_what_was_typed_for_a_goal_that_is_gone_is_shown(person: NewPerson, served: Served) -> None:
    one = person(served, java_script_enabled=False)
    one.goes("/goals/H1.1")
    one.types("Kirjoitettu ennen poistoa.")
    edit(served, "tunnus: H1.1\n", "tunnus: H9.9\n")
    one.saves()
    expect(one.page.get_by_text("Kirjoitettu ennen poistoa.")).to_be_visible()
    one.page.get_by_role("link", name=re.compile("H9.9")).click()
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("H9.9")


@pytest.mark.parametrize("round_", range(3))
def test_in_any_order_no_text_is_lost(person: NewPerson, served: Served, round_: int) -> None:
    """Two browsers, an editor and ``git checkout`` change one text: each that was typed is in the end in the source,
    or was shown to somebody beside the other one.
    """
    random = Random(SEED + round_)
    _git(served.source, "init", "-q")
    _git(served.source, "add", "--all", ":!.raportti")
    _git(served.source, "commit", "-q", "-m", "first")
    file = served.file_of("H1.1")
    one, two = person(served), person(served)
    written: list[str] = []
    shown: list[str] = []
    for somebody in (one, two):
        somebody.goes("/goals/H1.1")
        expect(somebody.page.get_by_role("listitem").filter(has_text="rivi").first).to_be_visible()

    def look(somebody: Person) -> None:
        shown.append(somebody.assessment().input_value())
        for box in somebody.page.get_by_role("group", name=BOX).all():
            shown.extend(box.locator(".version").all_inner_texts())

    def type_(somebody: Person) -> None:
        look(somebody)
        written.append(f"Selaimen teksti numero {len(written)}.")
        somebody.assessment().click()
        somebody.types(written[-1])

    def leave(somebody: Person) -> None:
        somebody.page.get_by_role("heading", level=1).click()
        somebody.page.wait_for_timeout(random.choice((0, 50, 400)))
        look(somebody)

    def decide(somebody: Person) -> None:
        look(somebody)
        buttons = somebody.page.get_by_role("group", name=BOX).get_by_role("button").all()
        if buttons:
            random.choice(buttons).click()
            somebody.page.wait_for_timeout(300)
            look(somebody)

    def write(_: Person) -> None:
        text = file.read_text(encoding="utf-8")
        shown.append(text)
        written.append(f"Muokkaimen teksti numero {len(written)}.")
        head, _, rest = text.partition("tunnus: H1.1\n")
        value = re.compile(r"(?m)^        sanallinen_arviointi:.*\n(?:(?: {9,}.*)?\n)*")
        new = value.sub(f"        sanallinen_arviointi: {written[-1]}\n\n", rest, count=1)
        file.write_text(f"{head}tunnus: H1.1\n{new}", encoding="utf-8")

    def check_out(_: Person) -> None:
        shown.append(file.read_text(encoding="utf-8"))
        _git(served.source, "checkout", "-q", "--", file.name)

    for _ in range(14):
        act = random.choice((type_, type_, leave, leave, leave, decide, write, check_out))
        act(random.choice((one, two)))
    for somebody in (one, two):
        leave(somebody)
        somebody.page.wait_for_timeout(500)
        decide(somebody)
        look(somebody)
    everything = "\n".join((*shown, served.text(), _journal(served)))
    assert [text for text in written if text not in " ".join(everything.split())] == []


def _journal(served: Served) -> str:
    journal = served.source / ".raportti" / "journal.jsonl"
    return journal.read_text(encoding="utf-8") if journal.exists() else ""


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Testi", "-c", "user.email=testi@example.invalid")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
