"""How long a person waits: for the effect of a key, and for the page after a save."""

import re
import time

from playwright.sync_api import expect

from serve.browser.people import Person

SENTENCE = "Työ on edennyt suunnitelman mukaisesti ja jatkuu."


def previews(person: Person, keys: int) -> list[float]:
    """Type into the form that is open, and return the seconds from each question about the pages to its answer seen."""
    page = person.page
    field = person.assessment()
    field.press("Control+End")
    took: list[float] = []
    for n in range(keys):
        with page.expect_response(lambda answer: answer.url.endswith("/preview")) as answered:
            page.keyboard.type(SENTENCE[n % len(SENTENCE)])
        timing = answered.value.request.timing
        answered.value.finished()
        took.append((timing["responseEnd"] - timing["requestStart"]) / 1000 if timing["responseEnd"] > 0 else 0.0)
    field.press("Control+Z")
    return took


def saves(writer: Person, reader: Person, times: int) -> list[float]:
    """Choose scores in one browser, and return the seconds until each stands on the page in another one."""
    writer.goes("/goals/H1.1")
    page = reader.goes("/pages")
    row = page.get_by_role("row", name=re.compile("^Asiakkaiden tyytyväisyys"))
    took: list[float] = []
    for n in range(times):
        grade = 1 + n % 4
        began = time.perf_counter()
        writer.score(grade).check()
        expect(row.get_by_role("cell", name=str(grade), exact=True)).to_be_visible()
        took.append(time.perf_counter() - began)
        page.wait_for_timeout(200)
    return took
