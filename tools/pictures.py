"""The app at work, in a browser → the pictures of docs/selain.md, as small as pictures of a screen can be.

Goes the way that the tests go (`tests/serve/browser/scenes.py`). Times of day differ from run to run.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from commands import run
from judges.needs import CHROMIUM
from planning import DEFAULT
from serve.browser import scenes
from serve.browser.people import Person
from serve.browser.serving import Served

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "selain"
WIDE, PHONE = (1180, 760), (375, 980)
COLOURS = 200
"""Enough for text, tints and rules; a picture takes a quarter of what it would with all its colours."""
Picture = tuple[str, Page]


def fit(page: Page, size: tuple[int, int] = WIDE) -> Page:
    """Give a view a window, with nothing pointed at."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.mouse.move(0, 0)
    return page


@contextmanager
def unfinished(served: Served) -> Iterator[None]:
    """Leave some goals without what they need, as a report is while it is being made."""
    kept = {file: file.read_bytes() for file in served.source.glob("*.yaml")}
    for file in kept:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("        arviointi: 3\n", "", 1), encoding="utf-8")
    yield
    for file, content in kept.items():
        file.write_bytes(content)


def at_goals(one: Person, served: Served) -> Iterator[Picture]:
    """Take the overview, the list, a form while something is typed, and what two people wrote at once."""
    with unfinished(served):
        page = one.goes("/")
        expect(page.locator("li .plain-list, .plain-list ul").first).to_be_visible()
        expect(page.locator(".thumbnail").first).to_be_visible()
        yield "yhteenveto", fit(page, (WIDE[0], 1720))
    yield "puhelin", fit(one.goes("/goals?status=yes"), PHONE)
    page = fit(one.goes("/goals?words=palvelu&status=partly"))
    yield "tavoitteet", page
    page = one.goes("/goals/H1.3")
    text = page.locator("textarea").first
    text.press("Control+End")
    text.type(" Asiakkaiden palaute on ollut  myönteistä, ja yhteydenottoja on aiempaa enemmän.")
    expect(page.locator("#effect .warned")).to_be_visible()
    fit(page, (WIDE[0], 1080)).evaluate("() => scrollTo(0, 0)")
    yield "tavoite", page
    text.fill(text.input_value().replace("  ", " "))
    page.keyboard.press("Tab")
    expect(page.locator("#history time")).to_have_count(1)
    page = one.goes("/goals/H1.2")
    text = page.locator("textarea").first
    theirs = text.input_value().replace("merkittävästi", "selvästi")
    text.fill("Osallisuusohjelma on hyväksytty, ja asiakasraadit ovat aloittaneet.")
    run("set", "H1.2", served.source, "--assessment", theirs, "--yes", cwd=Path.cwd())
    page.keyboard.press("Tab")
    expect(page.locator(".conflict")).to_be_visible()
    page.locator(".conflict").evaluate("box => scrollTo(0, box.offsetTop - 320)")
    yield "ristiriita", fit(page, (WIDE[0], 860))
    page.locator("[data-way=mine]").click()
    expect(page.locator(".conflict")).to_have_count(0)


def at_pages(one: Person, served: Served) -> Iterator[Picture]:
    """Take a page that changes while one looks at it, and the structure after a move."""
    page = fit(one.goes("/pages"))
    run("set", "H1.4", served.source, "--score", "4", "--yes", cwd=Path.cwd())
    expect(page.locator("[data-number='4'] .mark.changed").first).to_be_visible()
    page.wait_for_timeout(3000)  # what was saved a moment ago comes first, then this
    page.evaluate("() => scrollTo(0, document.getElementById('page-4').getBoundingClientRect().top + scrollY - 40)")
    yield "sivut", page
    for name, page in scenes.structure(one):
        if name == "after a move":
            page.evaluate("() => scrollTo(0, document.querySelector('.strategy').offsetTop - 90)")
            yield "rakenne", fit(page)


def at_files(one: Person, served: Served, brought: scenes.Brought) -> Iterator[Picture]:
    """Take what changed since a revision, the documents, an answer of units and an edited deck."""
    for name, page in scenes.changes(one, brought):
        if name == "changes since a revision":
            yield "muutokset", fit(page, (WIDE[0], 900))
    for name, page in scenes.files_out(one):
        if name == "files that were made":
            page.evaluate("() => scrollTo(0, 0)")
            yield "tiedostot", fit(page, (WIDE[0], 700))
    wanted = {"a workbook with a conflict": "tyokirja", "a deck with conflicts": "esitys"}
    for name, page in scenes.files_in(one, served, brought):
        if name in wanted:
            yield wanted[name], fit(page, (WIDE[0], 900 if name.startswith("a workbook") else 760))


def keep(name: str, page: Page) -> int:
    """Take a picture of a window, keep it with few colours, and return its size in bytes."""
    page.wait_for_timeout(600)  # fonts and thumbnails stand
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
    return (FOLDER / f"{name}.png").stat().st_size


def take(browser: Browser) -> int:
    """Take all pictures, and return how many bytes they are."""
    brought = scenes.bring_together(DEFAULT, Path("tiedostot").absolute())
    with Served(DEFAULT, Path()) as served:
        one = Person(browser, served, viewport={"width": WIDE[0], "height": WIDE[1]})
        scenes.work_a_little(one)
        total = 0
        for pictures in (at_goals(one, served), at_pages(one, served), at_files(one, served, brought)):
            total += sum(keep(name, page) for name, page in pictures)
        one.close()
        assert not one.complaints, one.complaints
        return total


def main() -> None:
    """Work in an empty folder, so that no picture shows where it was taken."""
    os.environ.update(LOGNAME="maija", LANGUAGE="fi")
    FOLDER.mkdir(exist_ok=True)
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.chdir(folder)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--lang=fi"])
        total = take(browser)
        browser.close()
        os.chdir(FOLDER)
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}, {total // 1000} kB\n")


if __name__ == "__main__":
    main()
