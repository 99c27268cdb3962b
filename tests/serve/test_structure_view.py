"""The structure of a report in the browser: asked as a browser without script asks, and read back from the files."""

import asyncio
import itertools
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from starlette.types import Message, Scope

from raportti.serve.desk import Desk
from raportti.serve.running import VIEWS
from raportti.serve.saving.store import Store
from raportti.serve.saving.structure import AddGoal, RemoveGoal, RenameGoal, SetTexts
from raportti.serve.saving.versions import Change
from raportti.serve.views.structure import ROUTES
from raportti.serve.web.app import application
from raportti.serve.web.events import Hub
from raportti.serve.web.gate import Keys, cookie_name
from raportti.serve.workspace import ServeRequest, Workspace
from serve.sources import csv_source

ROOT = Path(__file__).parents[2]
PORT = 8765
HOST = f"127.0.0.1:{PORT}"
STRATEGY = "Hyvinvointialuestrategia"
CARE = "Asukkaat saavat apua ajoissa"
MONEY = "Talous kestää yli valtuustokauden"


class Answer:
    """An answer: its status, where it leads, and its page."""

    def __init__(self, status: int, headers: dict[str, str], text: str) -> None:
        self.status = status
        self.leads_to = headers.get("location", "")
        self.text = text

    @property
    def said(self) -> str:
        """The message in the element of role status."""
        found = re.search(r'<p role="status"[^>]*>(.*?)</p>', self.text)
        return unescape(found[1]) if found else ""

    def hidden(self, action: str) -> dict[str, str]:
        """Return the hidden fields of the form of an action."""
        form = self.text.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
        return {name: unescape(value) for name, value in fields}


class Browser:
    """A browser without script that has the key, on a copy of the example in two languages."""

    def __init__(self, folder: Path) -> None:
        self.source = folder
        self.store = Store(folder)
        keys = Keys()
        self._cookie = f"{cookie_name(PORT)}={keys.exchange(keys.link or '')}; raportti-language=en"
        request = ServeRequest(folder, ROOT / "layouts" / "luvn", folder, "en")
        self.workspace = Workspace(request, self.store, Hub())
        self._app = application(
            self.workspace,
            VIEWS,
            desk=Desk(self.workspace),
            keys=keys,
            port=PORT,
            who="aino",
            is_ending=lambda: False,
            on_fault=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        raise error

    def open(self, address: str) -> Answer:
        """Open a page."""
        return self._ask("GET", address, b"")

    def post(self, address: str, **fields: str) -> Answer:
        """Post a form."""
        return self._ask(
            "POST", address, urlencode({name.replace("__", "."): fields[name] for name in fields}).encode()
        )

    def follow(self, answer: Answer) -> Answer:
        """Open the page that an answer leads to."""
        assert answer.status == 303, answer.text
        return self.open(answer.leads_to)

    def _ask(self, method: str, address: str, body: bytes) -> Answer:
        parts = urlsplit(address)
        headers = {"host": HOST, "cookie": self._cookie, "origin": f"http://{HOST}"}
        headers |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        sent: list[Message] = []
        asked = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return asked.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self._app(scope, receive, send))
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]).decode())

    @property
    def ids(self) -> list[str]:
        """The goals in the files, in their order."""
        return [goal.id for goal in Store(self.source).opened.report.goals]

    @property
    def bytes(self) -> dict[str, bytes]:
        """The files as they are."""
        return {file.name: file.read_bytes() for file in self.source.glob("*.yaml")}


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    folder = tmp_path / "raportti"
    shutil.copytree(ROOT / "source" / "esimerkki-kaksikielinen", folder)
    return Browser(folder)


def _texts(browser: Browser, query: str = "") -> dict[str, str]:
    page = browser.open(f"/structure/edit?{query}")
    fields = page.hidden("/structure/texts")
    return fields | {name.removeprefix("was."): value for name, value in fields.items() if name.startswith("was.")}


def _named(**names: str) -> str:
    return urlencode(names)


def test_the_outline_shows_every_strategy_guideline_and_goal_under_one_heading(browser: Browser) -> None:
    page = browser.open("/structure")
    assert page.status == 200
    assert page.text.count("<h1") == 1
    for name in (STRATEGY, CARE, MONEY, *browser.ids):
        assert name in page.text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.text)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(
    "address",
    [
        "/structure",
        "/structure/edit",
        f"/structure/edit?{_named(strategy=STRATEGY)}",
        f"/structure/edit?{_named(strategy=STRATEGY, guideline=CARE)}",
        "/structure/edit?goal=H1.2",
        "/structure/add?kind=strategy",
        f"/structure/add?kind=guideline&{_named(strategy=STRATEGY)}",
        f"/structure/add?kind=goal&{_named(strategy=STRATEGY, guideline=CARE)}",
        f"/structure/remove?{_named(strategy=STRATEGY)}",
        f"/structure/remove?{_named(strategy=STRATEGY, guideline=CARE)}",
        "/structure/remove?goal=H1.2",
    ],
)
def test_each_field_has_a_label_and_nothing_stands_inline(browser: Browser, address: str) -> None:
    page = browser.open(address)
    assert page.status == 200
    assert page.text.count("<h1") == 1
    main = page.text.split("<main", 1)[1]
    labels = set(re.findall(r'<label for="([^"]+)"', main))
    named = set(re.findall(r'<(?:input|textarea|select) class="input[^"]*" id="([^"]+)"', main))
    assert named <= labels
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    described = {one for value in re.findall(r'aria-describedby="([^"]+)"', main) for one in value.split()}
    assert described <= set(ids)
    assert not re.search(r' style="| on[a-z]+="|<style|<script(?! type="module" src)', page.text)


@pytest.mark.parametrize(
    ("way", "expected"), [("up", ["H1.2", "H1.1", "H1.3", "H1.4"]), ("down", ["H1.1", "H1.3", "H1.2", "H1.4"])]
)
def test_a_goal_moves_one_step_and_the_way_back_is_offered(browser: Browser, way: str, expected: list[str]) -> None:
    before = browser.ids
    page = browser.follow(browser.post("/structure/move", goal="H1.2", way=way))
    assert browser.ids[:4] == expected
    assert page.said.startswith("H1.2 was moved at")
    page = browser.follow(browser.post("/structure/undo", **page.hidden("/structure/undo")))
    assert page.said.startswith("The change was undone")
    assert browser.ids == before


def test_a_language_is_begun_by_a_button_that_is_there_while_the_source_lacks_it(tmp_path: Path) -> None:
    folder = tmp_path / "raportti"
    shutil.copytree(ROOT / "source" / "arviointi-2024", folder)
    for file in folder.glob("*.yaml"):
        file.write_text(re.sub(r"\n +sv: .*", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    browser = Browser(folder)
    assert "Begin in: Svenska" in browser.open("/structure").text
    page = browser.post("/structure/language", language="sv")
    assert page.leads_to == "/structure/edit"
    assert 'name="title.sv"' in browser.open(page.leads_to).text
    assert 'name="assessment.sv"' in browser.open("/goals/H1.1").text
    assert "Begin in:" not in browser.open("/structure").text
    assert browser.post("/structure/language", language="../x").status == 404


def test_a_table_without_a_place_for_a_language_says_how_it_gets_one(tmp_path: Path) -> None:
    path = csv_source(tmp_path)
    path.with_name("arviointi.sv.csv").unlink()
    page = Browser(path).post("/structure/language", language="sv")
    assert page.status == 422 and "arviointi.sv.csv" in page.text


def test_undoing_a_goal_that_was_added_leads_to_the_outline_not_to_its_missing_form(browser: Browser) -> None:
    browser.store.apply(AddGoal(STRATEGY, CARE, "H1.5", {"fi": "Uusi tavoite on tässä."}), who="aino")
    entry = browser.store.history("H1.5")[0].id
    page = browser.post(f"/undo/{entry}")
    assert page.leads_to == "/structure"
    assert browser.open(page.leads_to).status == 200 and "H1.5" not in browser.ids


def test_undoing_says_why_it_cannot_while_the_source_is_broken(browser: Browser) -> None:
    browser.store.save("H2.1", {"text.fi": Change(_text(browser), "Uusi teksti.")}, base="", who="eino")
    entry = browser.store.history("H2.1")[0].id
    (browser.source / "raportti.yaml").write_text("otsikko: [", encoding="utf-8")
    page = browser.post(f"/undo/{entry}")
    assert page.status == 503 and "Not undone" in page.text and "raportti.yaml" in page.text


@pytest.mark.parametrize(("goal", "way"), [("H1.1", "up"), ("H1.4", "down")])
def test_at_the_end_of_its_guideline_a_goal_stays(browser: Browser, goal: str, way: str) -> None:
    before = browser.bytes
    assert browser.follow(browser.post("/structure/move", goal=goal, way=way)).said == "Nothing was changed."
    assert browser.bytes == before


def _target(browser: Browser, query: str, wanted: str) -> str:
    page = browser.open(f"/structure/edit?{query}")
    values = [unescape(value) for value in re.findall(r'<option value="([^"]*)"', page.text)]
    return next(value for value in values if value == wanted)


def test_a_goal_moves_into_another_guideline_before_a_goal_of_it(browser: Browser) -> None:
    to = _target(browser, "goal=H1.2", f'["{STRATEGY}", "{MONEY}", "H2.2"]')
    browser.follow(browser.post("/structure/move", goal="H1.2", to=to))
    assert browser.ids[:6] == ["H1.1", "H1.3", "H1.4", "H2.1", "H1.2", "H2.2"]


def test_a_guideline_moves_into_another_strategy(browser: Browser) -> None:
    query = _named(strategy=STRATEGY, guideline=MONEY)
    to = _target(browser, query, '["Palvelustrategia", "", null]')
    answer = browser.post("/structure/move", strategy=STRATEGY, guideline=MONEY, to=to)
    assert answer.leads_to.endswith("#part-2-3")
    assert browser.ids[-2:] == ["H2.1", "H2.2"]


def test_a_strategy_moves(browser: Browser) -> None:
    browser.follow(browser.post("/structure/move", strategy=STRATEGY, way="down"))
    assert browser.ids[0] == "P1.1"


@pytest.mark.parametrize("to", ["", "[", "[1, 2, 3]", '["a"]', "[" * 100_0])
def test_a_place_that_no_form_offers_is_refused(browser: Browser, to: str) -> None:
    before = browser.bytes
    assert browser.post("/structure/move", goal="H1.2", to=to).status == 404
    assert browser.bytes == before


def test_a_place_that_is_gone_is_no_place(browser: Browser) -> None:
    before = browser.bytes
    answer = browser.post("/structure/move", goal="H1.2", to=f'["{STRATEGY}", "{MONEY}", "H2.9"]')
    assert (answer.status, browser.bytes) == (410, before)
    assert "H2.9" in answer.text


def test_a_new_goal_has_the_next_id_and_its_texts_in_each_language(browser: Browser) -> None:
    page = browser.open(f"/structure/add?kind=goal&{_named(strategy=STRATEGY, guideline=CARE)}")
    assert 'name="id" value="H1.5"' in page.text
    fields = page.hidden("/structure/add") | {"id": "H1.5", "text.fi": "Uusi", "text.sv": "Nytt", "before": "H1.2"}
    page = browser.follow(browser.post("/structure/add", **fields))
    assert browser.ids[:3] == ["H1.1", "H1.5", "H1.2"]
    assert Store(browser.source).opened.goals["H1.5"].text == {"fi": "Uusi", "sv": "Nytt"}
    browser.follow(browser.post("/structure/undo", **page.hidden("/structure/undo")))
    assert "H1.5" not in browser.ids


def test_a_new_guideline_has_the_first_id_of_the_next_number(browser: Browser) -> None:
    page = browser.open(f"/structure/add?kind=guideline&{_named(strategy=STRATEGY)}")
    assert 'name="id" value="H3.1"' in page.text
    fields = page.hidden("/structure/add") | {"id": "H3.1", "name.fi": "Uusi linjaus", "text.fi": "Tavoite"}
    answer = browser.post("/structure/add", **fields)
    assert answer.leads_to.endswith("#part-1-3")
    assert Store(browser.source).opened.goals["H3.1"].guideline == "Uusi linjaus"


def test_a_new_strategy_comes_with_its_first_guideline_and_goal(browser: Browser) -> None:
    fields = {"kind": "strategy", "id": "X1", "name.fi": "Kolmas", "guideline.fi": "Linjaus", "text.fi": "Tavoite"}
    browser.follow(browser.post("/structure/add", **fields))
    assert browser.ids[-1] == "X1"


@pytest.mark.parametrize(
    ("field", "fields"), [("id", {"id": "H1.1", "text.fi": "Uusi"}), ("text.fi", {"id": "H1.5", "text.fi": " "})]
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    browser: Browser, field: str, fields: dict[str, str]
) -> None:
    before = browser.bytes
    answer = browser.post(
        "/structure/add", kind="goal", strategy=STRATEGY, guideline=CARE, **fields, **{"text.sv": "<b>Nytt</b>"}
    )
    assert answer.status == 422
    assert re.search(rf'<div id="problem-{field}"><p class="error">[^<]+</p></div>', answer.text)
    assert "&lt;b&gt;Nytt&lt;/b&gt;</textarea>" in answer.text
    assert f'value="{fields["id"]}"' in answer.text
    assert browser.bytes == before


def test_removing_asks_once_shows_what_goes_and_can_be_undone(browser: Browser) -> None:
    before = browser.bytes
    page = browser.open(f"/structure/remove?{_named(strategy=STRATEGY, guideline=MONEY)}")
    assert "2 goals" in page.text
    assert "H2.1" in page.text
    assert browser.bytes == before
    page = browser.follow(browser.post("/structure/remove", **page.hidden("/structure/remove")))
    assert page.said.startswith(f"{MONEY} was removed at")
    assert "H2.1" not in browser.ids
    browser.follow(browser.post("/structure/undo", **page.hidden("/structure/undo")))
    assert browser.ids[4:6] == ["H2.1", "H2.2"]


@pytest.mark.parametrize("query", ["goal=H2.1", _named(strategy=STRATEGY, guideline=MONEY), _named(strategy=STRATEGY)])
def test_what_was_changed_since_it_was_shown_is_not_removed(browser: Browser, query: str) -> None:
    fields = browser.open(f"/structure/remove?{query}").hidden("/structure/remove")
    browser.store.save("H2.1", {"text.fi": Change(_text(browser), "Toisen teksti")}, base="", who="eino")
    answer = browser.post("/structure/remove", **fields)
    assert answer.status == 409
    assert "Look once more" in answer.said
    assert "H2.1" in browser.ids


def _text(browser: Browser) -> str:
    return browser.store.opened.goals["H2.1"].text["fi"]


def test_the_only_goal_of_a_guideline_stays_with_the_reason_said(browser: Browser) -> None:
    browser.store.apply(RemoveGoal("H2.2"), who="eino")
    page = browser.open("/structure/remove?goal=H2.1")
    assert "only goal of its guideline" in page.text
    answer = browser.post("/structure/remove", **page.hidden("/structure/remove"))
    assert answer.status == 422
    assert "H2.1" in browser.ids


def test_a_goal_gets_another_id(browser: Browser) -> None:
    page = browser.follow(browser.post("/structure/id", goal="H1.1", id=" H1.9 "))
    assert page.said.startswith("H1.9 has its new name")
    assert browser.ids[0] == "H1.9"
    assert browser.post("/structure/id", goal="H1.9", id="P1.1").status == 422


def test_a_goal_that_somebody_renamed_is_found_under_its_new_id(browser: Browser) -> None:
    browser.store.apply(RenameGoal("H1.1", "H1.8"), who="eino")
    answer = browser.post("/structure/id", goal="H1.1", id="H1.9")
    assert answer.status == 410
    assert "It seems to be H1.8 now." in answer.text
    assert "H1.9" in answer.text


def test_a_goal_begins_a_new_page_and_no_more(browser: Browser) -> None:
    fields = browser.open("/structure/edit?goal=H1.2").hidden("/structure/break")
    page = browser.follow(browser.post("/structure/break", **fields, break_before="yes"))
    assert Store(browser.source).opened.goals["H1.2"].break_before
    assert "begins a new page" in page.text
    fields = browser.open("/structure/edit?goal=H1.2").hidden("/structure/break")
    browser.follow(browser.post("/structure/break", **fields))
    assert not Store(browser.source).opened.goals["H1.2"].break_before


def test_texts_of_the_report_are_saved_in_each_language_and_comments_stay(browser: Browser) -> None:
    fields = _texts(browser) | {"title.sv": "Ny titel", "date": "1.3.2026", "meeting.fi": "Valtuusto"}
    page = browser.follow(browser.post("/structure/texts", **fields))
    assert page.said.startswith("The texts were saved at")
    saved = browser.bytes["raportti.yaml"].decode()
    assert "Ny titel" in saved
    assert "2026-03-01" in saved
    assert "Valtuusto" in saved
    assert saved.startswith("# Esimerkki raportista")


def test_a_strategy_and_a_guideline_are_renamed(browser: Browser) -> None:
    query = _named(strategy=STRATEGY, guideline=CARE)
    answer = browser.post("/structure/texts", **(_texts(browser, query) | {"name.fi": "Uusi nimi"}))
    assert answer.leads_to.endswith("#part-1-1")
    answer = browser.post("/structure/texts", **(_texts(browser, _named(strategy=STRATEGY)) | {"name.fi": "Toinen"}))
    assert answer.leads_to.endswith("#part-1")
    goal = Store(browser.source).opened.goals["H1.1"]
    assert (goal.strategy, goal.guideline) == ("Toinen", "Uusi nimi")


def test_a_placeholder_that_is_not_known_is_said_at_its_field(browser: Browser) -> None:
    before = browser.bytes
    fields = _texts(browser, _named(strategy=STRATEGY)) | {"summary_sentence.fi": "Yhteensä {määrä}."}
    answer = browser.post("/structure/texts", **fields)
    assert answer.status == 422
    assert 'id="problem-summary_sentence.fi"><p class="error">' in answer.text
    assert "Yhteensä {määrä}.</textarea>" in answer.text
    assert browser.bytes == before


def test_both_texts_of_a_field_that_two_people_changed_are_shown_and_mine_can_be_kept(browser: Browser) -> None:
    fields = _texts(browser) | {"title.fi": "Minun otsikkoni"}
    old = browser.store.opened.report.title
    browser.store.apply(SetTexts({"title.fi": Change(old, "Toisen otsikko")}), who="eino")
    answer = browser.post("/structure/texts", **fields)
    assert answer.status == 409
    assert '<p class="version">Minun otsikkoni</p>' in answer.text
    assert '<p class="version">Toisen otsikko</p>' in answer.text
    assert "eino changed this at" in answer.text
    assert browser.store.opened.report.title == "Toisen otsikko"
    again = fields | answer.hidden("/structure/texts")
    browser.follow(browser.post("/structure/texts", **again))
    assert browser.store.opened.report.title == "Minun otsikkoni"


def test_texts_of_a_part_that_is_gone_are_shown_and_not_lost(browser: Browser) -> None:
    fields = _texts(browser, _named(strategy=STRATEGY, guideline=CARE)) | {"name.sv": "Mitt namn"}
    browser.store.apply(SetTexts({"name.fi": Change(CARE, "Toinen")}, STRATEGY, CARE), who="eino")
    answer = browser.post("/structure/texts", **fields)
    assert answer.status == 410
    assert "Mitt namn" in answer.text


def test_a_source_that_cannot_be_read_keeps_what_was_typed(browser: Browser) -> None:
    fields = _texts(browser) | {"title.fi": "Kirjoitettu"}
    (browser.source / "raportti.yaml").write_text("otsikko: [", encoding="utf-8")
    answer = browser.post("/structure/texts", **fields)
    assert answer.status == 503
    assert 'value="Kirjoitettu"' in answer.text


def test_names_are_shown_as_text_whatever_they_hold(browser: Browser) -> None:
    nasty = '"><script>alert(1)</script>'
    browser.store.apply(SetTexts({"name.fi": Change(CARE, nasty)}, STRATEGY, CARE), who="eino")
    query = _named(strategy=STRATEGY, guideline=nasty)
    for address in (
        "/structure",
        f"/structure/edit?{query}",
        f"/structure/remove?{query}",
        "/structure/edit?goal=H1.1",
    ):
        page = browser.open(address)
        assert page.status == 200
        assert "<script>alert" not in page.text
    browser.follow(browser.post("/structure/move", strategy=STRATEGY, guideline=nasty, way="down"))


def test_the_address_cannot_put_words_into_the_page(browser: Browser) -> None:
    answer = browser.post("/structure/move", goal="H1.2", way="up")
    address = answer.leads_to.replace("name=H1.2", f"name={quote('Soita numeroon 555')}")
    assert "555" not in browser.open(address).text
    assert "555" not in browser.open("/structure?did=Soita+555&entry=555").text


@pytest.mark.parametrize("address", ["/structure/add?kind=report", "/structure/add"])
def test_there_is_no_form_for_other_kinds(browser: Browser, address: str) -> None:
    assert browser.open(address).status == 404


@pytest.mark.parametrize("route", [route for route in ROUTES if "POST" in (route.methods or ())])
def test_a_form_without_its_fields_changes_nothing(browser: Browser, route: object) -> None:
    before = browser.bytes
    assert browser.post(getattr(route, "path", "")).status < 500
    assert browser.bytes == before


def test_every_open_page_hears_of_a_change(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(browser.workspace.hub, "publish", lambda name, values: told.append((name, values["by"])))
    browser.post("/structure/move", goal="H1.2", way="up")
    browser.post("/structure/move", goal="H1.2", way="up")
    assert told == [("change", "aino")]
