"""How long a person waits: for the effect of a key, and for the page after a save."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from serve.browser.people import Person
from serve.browser.serving import until

SENTENCE = "Työ on edennyt suunnitelman mukaisesti ja jatkuu."
WATCH = """() => {
  window.seen = [];
  let began = 0;
  performance.clearResourceTimings();
  document.addEventListener("input", () => { began = performance.now(); }, true);
  new MutationObserver(() => {
    if (!began) return;
    const asked = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/preview")).at(-1);
    window.seen.push([asked.duration / 1000, (performance.now() - began) / 1000]);
    began = 0;
    performance.clearResourceTimings();
  }).observe(document.getElementById("preview"), { childList: true });
}"""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds for each key: from the question about the pages to its answer, and from the key to what is seen."""

    asked: list[float]
    whole: list[float]


def previews(person: Person, keys: int) -> Waits:
    """Type into the form of a goal, a key at a time."""
    page = person.goes("/goals/H1.1")
    expect(page.get_by_role("complementary").get_by_role("listitem").first).to_be_visible()
    field = person.assessment()
    text = field.input_value()
    field.press("Control+End")
    page.evaluate(WATCH)
    for n in range(keys):
        page.keyboard.type(SENTENCE[n % len(SENTENCE)])
        until(lambda n=n: page.evaluate("() => window.seen.length") > n)
    took = page.evaluate("() => window.seen")
    field.fill(text)
    assert len(took) == keys and all(one > 0 for both in took for one in both)
    return Waits([asked for asked, _ in took], [whole for _, whole in took])


def saves(writer: Person, reader: Person, times: int, goal: str = "H1.1") -> list[float]:
    """Choose scores in one browser, and return the seconds until each stands on the page in another one."""
    form, pages = writer.goes(f"/goals/{goal}"), reader.goes("/pages")
    listed = pages.request.get("/pages/list", headers={"Accept": "application/json"}).json()["fi"]["pages"]
    number = next(page["number"] for page in listed if goal in page["goals"])
    form.evaluate("() => document.addEventListener('input', () => { window.began = Date.now(); }, true)")
    pages.evaluate(
        """(number) => {
      window.seen = [];
      new MutationObserver((changes) => {
        const isSheet = (one) => one instanceof Element && one.matches(`#page-${number}`);
        if (changes.some((change) => [...change.addedNodes].some(isSheet))) window.seen.push(Date.now());
      }).observe(document.getElementById("leaves"), { childList: true, subtree: true });
    }""",
        number,
    )
    row = pages.locator(f"#page-{number}").get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys")).first
    took: list[float] = []
    for n in range(times):
        grade = 1 + n % 3
        writer.score(grade).check()
        until(lambda n=n: pages.evaluate("() => window.seen.length") > n)
        expect(row.get_by_role("cell", name=str(grade), exact=True)).to_be_visible()
        took.append((pages.evaluate("() => window.seen.at(-1)") - form.evaluate("() => window.began")) / 1000)
        pages.wait_for_timeout(200)
    return took
