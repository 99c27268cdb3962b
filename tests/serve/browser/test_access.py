"""Every view, in every state, is for everybody: three judges of WCAG 2.2 AA find nothing, in any look and width."""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from judges.access import violations
from planning import BILINGUAL, DEFAULT, LUVN
from serve.browser.people import Person
from serve.browser.scenes import Brought, State, bring_together, changes, files_in, files_out, structure, work_a_little
from serve.browser.serving import Served
from serve.browser.test_conflicts import OLD, edit

pytestmark = [pytest.mark.needs("browser"), pytest.mark.needs("access")]
NewPerson = Callable[..., Person]
VIEWS = (
    "/",
    "/goals",
    "/goals?words=ei+löydy",
    "/goals/P1.1",
    "/pages",
    "/pages?lang=fi&with=sv",
    "/structure",
    "/nothing-here",
)
LOOKS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "light": {},
        "dark": {"color_scheme": "dark"},
        "narrow": {"viewport": {"width": 320, "height": 640}},  # 1280 pixels at 400 %, too
        "forced colours": {"forced_colors": "active"},
        "Swedish": {"locale": "sv-FI"},
    }
)


QUIET = """() => new Promise((done) => {
  let timer = setTimeout(done, 400);
  const again = () => { clearTimeout(timer); timer = setTimeout(done, 400); };
  new MutationObserver(again).observe(document, { subtree: true, childList: true, characterData: true });
})"""
"""Waits until nothing is put into a view any more."""


def too_wide(page: Page) -> int:
    """Return by how many pixels a view is wider than its window."""
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def found_in(page: Page) -> list[str]:
    """Return what the judges find, and whether anything has to be scrolled to the side."""
    page.evaluate(QUIET)
    wide = too_wide(page)
    return [*violations(page), *([f"{wide} pixels too wide"] if wide > 0 else [])]


def hold_open(page: Page) -> None:
    """Hold that no judge finds anything, and that nothing has to be scrolled to the side."""
    assert found_in(page) == []


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return LOOKS[request.param]


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_found_in_a_view(person: NewPerson, shared: Served, look: Mapping[str, Any], view: str) -> None:
    hold_open(person(shared, **look).goes(view))


def test_nothing_is_found_in_a_conflict(person: NewPerson, served: Served, look: Mapping[str, Any]) -> None:
    one = person(served, **look)
    one.goes("/goals/H1.1")
    text = one.page.get_by_role("textbox").first
    text.fill("Minun tekstini.")
    edit(served, OLD, "Heidän tekstinsä lähes kaikissa")
    one.page.get_by_role("heading", level=1).click()
    expect(one.page.get_by_text("Heidän tekstinsä").first).to_be_visible()
    hold_open(one.page)


def test_nothing_is_found_in_a_conflict_without_script(person: NewPerson, served: Served) -> None:
    one, judge = person(served, java_script_enabled=False), person(served)
    one.goes("/goals/H1.1")
    one.types("Minun tekstini.")
    edit(served, OLD, "Heidän tekstinsä lähes kaikissa")
    one.saves()
    html = one.page.content()
    judge.page.route("**/goals/H1.1", lambda route: route.fulfill(body=html, content_type="text/html"), times=1)
    judge.goes("/goals/H1.1")
    expect(judge.page.get_by_text("Heidän tekstinsä").first).to_be_visible()
    hold_open(judge.page)


def test_nothing_is_found_where_a_value_is_wrong(person: NewPerson, served: Served, look: Mapping[str, Any]) -> None:
    one = person(served, **look)
    page = one.goes("/goals/H1.1")
    page.get_by_role("textbox", name=re.compile("^(Tavoite|Mål)( \\(|$)")).first.fill("")
    page.keyboard.press("Tab")
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    hold_open(page)


@pytest.mark.parametrize("view", ["/", "/goals/H1.1", "/pages"])
def test_nothing_is_found_while_the_source_is_broken(person: NewPerson, served: Served, view: str) -> None:
    one = person(served)
    one.goes(view)
    edit(served, "linjaukset:", 'linjaukset: "')
    expect(one.page.get_by_text("sivut ovat aiemmat").first).to_be_visible()
    hold_open(one.page)


def test_nothing_is_found_where_goals_lack_something(
    person: NewPerson, served: Served, look: Mapping[str, Any]
) -> None:
    edit(served, "        arviointi: 4\n", "")
    edit(served, "        saavutettu: OSITTAIN\n", "")
    one = person(served, **look)
    for view in ("/", "/goals", "/goals/H1.1"):
        hold_open(one.goes(view))


def test_nothing_is_found_after_changes(person: NewPerson, served: Served) -> None:
    one, other = person(served), person(served)
    other.goes("/pages")
    one.goes("/goals/H1.1")
    one.score(1).check()
    one.says("^tallennettu")
    expect(one.page.get_by_role("button", name=re.compile("^Kumoa"))).to_be_visible()
    hold_open(one.page)
    expect(other.page.get_by_role("region", name="Sivu 4").get_by_text("muuttunut")).to_be_visible()
    hold_open(other.page)


def test_nothing_is_found_where_there_are_no_pages(person: NewPerson, tmp_path: Path) -> None:
    layout = tmp_path / "broken"
    shutil.copytree(LUVN, layout)
    (layout / "layout.toml").write_text("[", encoding="utf-8")
    with Served(BILINGUAL, tmp_path, "--layout", layout) as served:
        one = person(served)
        for view in ("/", "/pages", "/goals", "/goals/H1.1"):
            hold_open(one.goes(view))


def findings(states: Iterable[State]) -> list[str]:
    """Return what the judges find in each state of a tour, and where it has to be scrolled to the side."""
    return [f"{name}: {finding}" for name, page in states for finding in found_in(page)]


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Brought]:
    """What people bring to each report."""
    folder = tmp_path_factory.mktemp("brought")
    return {source: bring_together(source, folder / source.name) for source in (DEFAULT, BILINGUAL)}


def test_nothing_is_found_in_the_structure(person: NewPerson, served: Served, look: Mapping[str, Any]) -> None:
    assert findings(structure(person(served, **look))) == []


def test_nothing_is_found_where_the_structure_was_changed_meanwhile(person: NewPerson, served: Served) -> None:
    one = person(served)
    page = one.goes("/structure/edit")
    field = page.locator("main input[name^=title]").first
    old = field.input_value()
    field.fill("Minun otsikkoni")
    edit(served, old, "Heidän otsikkonsa")
    page.locator("main form button").first.click()
    expect(page.get_by_text("Heidän otsikkonsa").first).to_be_visible()
    hold_open(page)


@pytest.mark.parametrize("name", LOOKS)
def test_nothing_is_found_in_changes_and_files(
    person: NewPerson, tmp_path: Path, brought: dict[Path, Brought], name: str
) -> None:
    source = BILINGUAL if name in ("dark", "Swedish") else DEFAULT
    with Served(source, tmp_path) as served:
        one = person(served, **LOOKS[name])
        work_a_little(one)
        assert findings(chain(changes(one, brought[source]), files_out(one))) == []
        assert findings(files_in(one, served, brought[source])) == []


@pytest.mark.parametrize("locale", ["fi-FI", "sv-FI", "en-GB"])
def test_nothing_has_to_be_scrolled_to_the_side_in_any_language(
    person: NewPerson, tmp_path: Path, brought: dict[Path, Brought], locale: str
) -> None:
    """1280 pixels at 400 % are 320; WCAG 2.2, 1.4.10."""
    with Served(BILINGUAL, tmp_path) as served:
        one = person(served, locale=locale, viewport={"width": 320, "height": 640})
        work_a_little(one)
        views = ((view, one.goes(view)) for view in VIEWS)
        states = chain(
            views, structure(one), changes(one, brought[BILINGUAL]), files_in(one, served, brought[BILINGUAL])
        )
        assert [(name, wide) for name, page in states if (wide := too_wide(page)) > 0] == []


@pytest.mark.parametrize("view", ["/structure", "/changes", "/files"])
def test_nothing_is_found_in_the_other_views_while_the_source_is_broken(
    person: NewPerson, served: Served, view: str
) -> None:
    one = person(served)
    one.goes(view)
    edit(served, "linjaukset:", 'linjaukset: "')
    expect(one.page.get_by_text("sivut ovat aiemmat").first).to_be_visible()
    hold_open(one.page)


def test_nothing_is_found_where_the_link_was_used(person: NewPerson, shared: Served) -> None:
    one = person(shared)
    one.context.clear_cookies()
    page = one.goes(shared.link.removeprefix(shared.base))
    expect(page.get_by_role("heading", level=1, name="Linkki on jo käytetty")).to_be_visible()
    hold_open(page)


def test_what_is_at_the_caret_is_not_hidden(person: NewPerson, shared: Served) -> None:
    """WCAG 2.2, 2.4.11: what stays in its place while one scrolls never covers what has the focus."""
    for size in ({"width": 1400, "height": 700}, {"width": 375, "height": 600}):
        page = person(shared, viewport=size).goes("/goals/P1.1")
        hidden = """() => {
          const one = document.activeElement;
          if (one === document.body) return null;
          const box = one.getBoundingClientRect();
          const spots = [0.1, 0.5, 0.9].map((y) => [box.left + Math.min(box.width / 2, 20), box.top + box.height * y]);
          const isSeen = ([x, y]) => y >= 0 && y < innerHeight && one.contains(document.elementFromPoint(x, y));
          const seen = spots.filter(isSeen);
          return seen.length ? null : one.outerHTML.slice(0, 120);
        }"""
        for key in ("Tab", "Shift+Tab"):
            for _ in range(25):
                page.keyboard.press(key)
                assert page.evaluate(hidden) is None


def test_every_target_is_large_enough(person: NewPerson, shared: Served) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels each way, but for links within sentences and what labels make larger."""
    small = """() => {
      const alone = "nav a, .back a, .steps a, .add, .button, .changed-pages a, .thumbnails a, .grid a, summary";
      const all = document.querySelectorAll(`button, select, input:not([type=hidden]), ${alone}`);
      return [...all].filter((one) => {
        const box = (one.labels?.[0] ?? one).getBoundingClientRect(), own = one.getBoundingClientRect();
        const cell = one.closest(".grid :is(th, td)");  // all round a link that is alone in its cell
        const room = cell?.getBoundingClientRect() ?? own;
        const [width, height] = ["width", "height"].map((way) => Math.max(box[way], own[way], room[way]));
        return own.width && (width < 24 || height < 24);
      }).map((one) => one.outerHTML.slice(0, 100));
    }"""
    for view in (*VIEWS, "/structure/edit", "/changes", "/files"):
        assert person(shared).goes(view).evaluate(small) == []
