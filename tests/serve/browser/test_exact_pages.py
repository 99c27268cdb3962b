"""The pages in the browser are those of the PDF: every letter of every line stands where it prints."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from judges.pdf_text import glyphs_of
from serve.browser.people import Person
from serve.browser.serving import Served

pytestmark = pytest.mark.needs("browser")
NEAR = 0.5
"""Points that a letter may stand off, to the side or up and down."""
INTER_ASCENT = 0.96875
"""Of the layout's font (hhea): from the top of a letter's box to its baseline. A browser rounds it to whole pixels."""
LARGER = 4
"""Sheets are set larger by this, and scaled down."""


class Letter(NamedTuple):
    """A letter, and where it begins on its baseline, in points from the top left of its page."""

    text: str
    x: float
    baseline: float


LETTERS = """([ascent, larger]) => [...document.querySelectorAll(".sheet[id^=page-]")].map((sheet) => {
  const frame = sheet.getBoundingClientRect(), toPoints = 960 / frame.width, ofPixel = frame.width / 1280;
  const letters = [], range = document.createRange();
  const walk = document.createTreeWalker(sheet.querySelector(".sheets"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize) * larger;
    const down = Math.round(ascent * size) / larger * ofPixel;
    let at = 0;
    for (const letter of node.data) {
      range.setStart(node, at); range.setEnd(node, at += letter.length);
      const box = letter.trim() ? [...range.getClientRects()].at(-1) : null;
      const place = () => [(box.left - frame.left) * toPoints, (box.top + down - frame.top) * toPoints];
      if (box?.width) letters.push([letter, ...place()]);
    }
  }
  return letters;
})"""


def shown_letters(person: Person) -> list[list[Letter]]:
    """Return the letters of each page as the browser has set them."""
    return [[Letter(*letter) for letter in sheet] for sheet in person.page.evaluate(LETTERS, [INTER_ASCENT, LARGER])]


def printed_letters(pdf: Path) -> list[list[Letter]]:
    """Return the letters of each page as the PDF has them."""
    return [
        [Letter(glyph["text"], glyph["x0"], 540 - glyph["matrix"][5]) for glyph in page if glyph["text"].strip()]
        for page in glyphs_of(pdf)
    ]


def _apart(shown: list[Letter], printed: list[Letter]) -> tuple[list[Letter], list[Letter]]:
    """Return the letters that are only shown, and those that are only printed."""
    rest: dict[str, list[Letter]] = {}
    for letter in shown:
        rest.setdefault(letter.text, []).append(letter)
    missing: list[Letter] = []
    for letter in printed:
        found = next((one for one in rest.get(letter.text, ()) if _is_near(one, letter)), None)
        if found is None:
            missing.append(letter)
        else:
            rest[letter.text].remove(found)
    return [letter for letters in rest.values() for letter in letters], missing


def _is_near(one: Letter, other: Letter) -> bool:
    return abs(one.x - other.x) <= NEAR and abs(one.baseline - other.baseline) <= NEAR


def hold_the_same(person: Person, pdf: Path) -> None:
    """Hold that a view of the pages shows each letter where the PDF prints it, and none besides."""
    person.page.evaluate("() => document.fonts.ready")
    shown, printed = shown_letters(person), printed_letters(pdf)
    assert len(shown) == len(printed)
    apart = {n: _apart(*pages) for n, pages in enumerate(zip(shown, printed, strict=True), 1)}
    assert not {n: both for n, both in apart.items() if any(both)}
    assert sum(map(len, shown)) > 5000


@pytest.mark.parametrize("width", [1400, 700])
def test_every_letter_of_the_default_report_stands_where_it_prints(
    person: Callable[..., Person], shared: Served, default_documents: Mapping[str, Path], width: int
) -> None:
    one = person(shared, viewport={"width": width, "height": 900})
    one.goes("/pages")
    hold_the_same(one, default_documents["pdf"])


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_letter_of_both_languages_stands_where_it_prints(
    person: Callable[..., Person], bilingual: Served, sample_documents: tuple[Path, ...], language: str
) -> None:
    pdf = [file for file in sample_documents if file.suffix == ".pdf"][language == "sv"]
    one = person(bilingual)
    one.goes(f"/pages?lang={language}")
    hold_the_same(one, pdf)
