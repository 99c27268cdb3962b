"""By keys alone: every view can be gone through, nothing holds the focus back, and it is seen where one is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from planning import DEFAULT
from serve.browser.people import Person
from serve.browser.scenes import bring_together, upload
from serve.browser.serving import Served

pytestmark = pytest.mark.needs("browser")
NewPerson = Callable[..., Person]
MOST = 600
"""Stops that no view has: what holds the focus back is found by it."""

WHERE = """() => {
  const one = document.activeElement;
  if (one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect();
  const spots = [0.15, 0.5, 0.85].map((y) => [box.left + Math.min(box.width / 2, 20), box.top + box.height * y]);
  const isSeen = ([x, y]) => y >= 0 && y < innerHeight && one.contains(document.elementFromPoint(x, y));
  const place = [...document.querySelectorAll("*")].indexOf(one);
  const outline = getComputedStyle(one.closest(".links") ? one.firstElementChild : one);
  const isShown = outline.outlineStyle !== "none" || outline.stroke !== "none";
  return { place, isSeen: spots.some(isSeen), isShown, what: one.outerHTML.slice(0, 120) };
}"""
STOPS = """() => {
  const inputs = "select, textarea, input:not([type=hidden]):not([type=radio])";
  const all = `a[href], button:not([disabled]), summary, ${inputs}`;
  const isThere = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]");
  const places = [...document.querySelectorAll("*")];
  const told = (one) => [places.indexOf(one), one.outerHTML.slice(0, 120)];
  return [...document.querySelectorAll(all)].filter(isThere).map(told);
}"""
SETTLED = "() => new Promise((done) => setTimeout(done, 700))"


def go_through(page: Page) -> None:
    """Hold that Tab comes to everything that can be done, in the order of reading, and that it is seen each time."""
    page.evaluate(SETTLED)
    stops = page.evaluate(STOPS)
    been: list[int] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        if where is None or (been and where["place"] <= been[-1]):
            break
        been.append(where["place"])
        assert where["isShown"], f"no mark of the focus: {where['what']}"
        assert where["isSeen"], f"hidden: {where['what']}"
    else:
        raise AssertionError("the focus does not come to an end")
    assert [what for place, what in stops if place not in been] == []


@pytest.mark.parametrize("view", ["/", "/goals", "/goals/P1.1", "/pages", "/changes", "/files", "/structure/edit"])
@pytest.mark.parametrize("size", [(1400, 800), (375, 640)], ids=["wide", "phone"])
def test_a_view_is_gone_through_by_keys(person: NewPerson, shared: Served, view: str, size: tuple[int, int]) -> None:
    width, height = size
    go_through(person(shared, viewport={"width": width, "height": height}).goes(view))


def test_the_structure_is_gone_through_by_keys(person: NewPerson, bilingual: Served) -> None:
    go_through(person(bilingual).goes("/structure"))


def test_a_proposal_is_gone_through_by_keys(person: NewPerson, served: Served, tmp_path: Path) -> None:
    brought = bring_together(DEFAULT, tmp_path / "brought")
    go_through(upload(person(served).goes("/files"), brought.workbook))


def test_a_goal_is_moved_and_moved_back_without_leaving_its_place(person: NewPerson, served: Served) -> None:
    page = person(served).goes("/structure")
    down = page.get_by_role("button", name="Siirrä alas: H1.1", exact=True)
    down.focus()
    for order in (["H1.2", "H1.1"], ["H1.2", "H1.3"]):
        page.keyboard.press("Enter")
        expect(page.locator(".goals .id").nth(0)).to_have_text(order[0])
        expect(page.locator(".goals .id").nth(1)).to_have_text(order[1])
        expect(down).to_be_focused()


HEARD = """() => {
  const status = document.getElementById("status");
  window.heard = [];
  const hear = () => window.heard.push(status.textContent);
  new MutationObserver(hear).observe(status, { childList: true, characterData: true });
}"""


def heard(page: Page) -> list[str]:
    page.evaluate(SETTLED)
    return page.evaluate("() => window.heard.filter((text) => text !== '')")


def test_what_was_done_is_said_once(person: NewPerson, served: Served) -> None:
    one = person(served)
    page = one.goes("/goals/H1.1")
    page.evaluate(HEARD)
    one.score(1).check()
    one.says("^tallennettu")
    assert len(heard(page)) == 1
    page = one.goes("/structure")
    page.evaluate(HEARD)
    page.get_by_role("button", name="Siirrä alas: H1.1", exact=True).click()
    one.says("H1.1")
    assert len(heard(page)) == 1
    page = one.goes("/goals")
    page.evaluate(HEARD)
    page.get_by_role("searchbox").fill("asiakas")
    one.says(r"^\d+/43")
    assert len(heard(page)) == 1


def test_saving_by_the_button_says_that_it_is_saved(person: NewPerson, served: Served) -> None:
    one = person(served)
    page = one.goes("/goals/H1.1")
    for text in ("Teksti on uusi.", "Teksti on taas uusi."):
        page.evaluate(HEARD)
        one.types(text)
        page.get_by_role("button", name="Tallenna", exact=True).click(delay=80)
        said = heard(page)
        assert said and all(re.match("tallennettu", sentence) for sentence in said)
