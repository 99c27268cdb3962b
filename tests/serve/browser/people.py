"""How a person finds and does things in the app: by what elements are and are called, in Finnish."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from serve.browser.serving import PATIENCE, Served

ASSESSMENT = "Sanallinen arviointi (tiivistelmä)"
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|410|422|503)")
"""What a browser says of answers that say why something was not done."""

expect.set_options(timeout=PATIENCE * 1000 / 4)


class Person:
    """Somebody with a browser of their own. What its console complains of is kept."""

    def __init__(self, browser: Browser, served: Served, **options: Any) -> None:
        self.served = served
        usual = {"locale": "fi-FI", "viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"}
        self.context: BrowserContext = browser.new_context(base_url=served.base, **{**usual, **options})
        self.context.add_cookies(served.cookies())
        self.context.set_default_timeout(PATIENCE * 1000 / 4)
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", self._see)
        self.page = self.context.new_page()

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.complaints.append(message.text)

    def _see(self, request: Any) -> None:
        if not request.url.startswith((self.served.base, "data:", "about:", "blob:")):
            self.strangers.append(request.url)

    def close(self) -> None:
        self.context.close()

    def goes(self, path: str) -> Page:
        """Open an address of the app, and wait until its scripts run."""
        self.page.goto(path)
        return self.page

    def status(self) -> Locator:
        return self.page.get_by_role("status")

    def says(self, text: str) -> None:
        """Wait until a message is heard."""
        expect(self.status()).to_contain_text(re.compile(text))

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name)

    def score(self, grade: int) -> Locator:
        return self.group("Arviointi (1-5)").get_by_role("radio", name=re.compile(f"^{grade} "))

    def assessment(self, language: str = "Suomi") -> Locator:
        return self.page.get_by_role("textbox", name=re.compile(re.escape(ASSESSMENT) + rf"( \({language}\))?$"))

    def types(self, text: str, language: str = "Suomi") -> None:
        """Put a text into the assessment, and stay in the field."""
        self.assessment(language).fill(text)

    def leaves(self) -> None:
        """Leave the field with the key that everybody leaves fields with."""
        self.page.keyboard.press("Tab")

    def saves(self) -> None:
        self.page.get_by_role("button", name="Tallenna", exact=True).click()

    def pages(self) -> Locator:
        return self.page.get_by_role("region", name=re.compile(r"^Sivu \d+$"))


@contextmanager
def left_alone(person: Person) -> Iterator[None]:
    """Hold that a view is not loaded anew meanwhile, and that neither scroll nor focus moves."""
    probe = "() => [scrollY, document.activeElement?.getAttribute('href') ?? document.activeElement?.id ?? '']"
    person.page.evaluate("() => { window.isTheSame = true }")
    before = person.page.evaluate(probe)
    yield
    assert person.page.evaluate("() => window.isTheSame") is True, "the view was loaded anew"
    assert person.page.evaluate(probe) == before, "scroll or focus moved"
