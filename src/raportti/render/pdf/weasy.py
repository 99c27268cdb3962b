"""From HTML to the bytes of a PDF with WeasyPrint, and to what it drew. The one place that knows WeasyPrint.

Fetches nothing: what a page needs is within it.
"""

import base64
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import weasyprint  # pyright: ignore[reportMissingTypeStubs] - WeasyPrint has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.check import DrawnLine, DrawnPage, DrawnRow
from raportti.render.pdf.sheets import VARIANT, Sheets
from raportti.render.pdf.tagging import finish
from raportti.render.pdf.tree import mark_elements, read_meaning, replace_characters

weasy = cast(Any, weasyprint)
boxes = cast(Any, boxes_module)

PT_PER_PX = 0.75
_FONT = re.compile(r"url\(data:font/ttf;base64,([A-Za-z0-9+/=]+)\)")
_LIFTED = "lifted-font:"
_NO_GLYPH = ".notdef glyph rendered"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, what was drawn on its pages, and the characters that no font of the page has."""

    data: bytes = field(repr=False)
    drawn: tuple[DrawnPage, ...]
    undrawable: str


class _Fetcher(cast(Any, URLFetcher)):
    """Serves what the page carries within itself: the fonts lifted out of it, and ``data:`` addresses."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",))  # pyright: ignore[reportUnknownMemberType] - no types
        self._fonts = fonts

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return what is at an address; raises ``ValueError`` for any that is not within the page."""
        if url in self._fonts:
            return cast(Any, URLFetcherResponse)(url, self._fonts[url])
        return cast(Any, super().fetch(url, headers))  # pyright: ignore[reportUnknownMemberType] - no types


class _Undrawable(logging.Filter):
    """Takes WeasyPrint's remarks on characters without a glyph out of its log, and keeps the characters."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: dict[str, None] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a remark stays in the log."""
        if not str(record.msg).startswith(_NO_GLYPH) or not isinstance(record.args, tuple):
            return True
        self.characters[str(record.args[0])] = None
        return False


class PdfMaker:
    """Makes PDFs, one after the other; of each the pages that the last one had are not laid out again."""

    def __init__(self) -> None:
        self._sheets = Sheets()

    def make(self, html: str, stamp: str = "") -> Pdf:
        """Make a tagged PDF of a page, which carries a stamp.

        What has no glyph is known when it is drawn; then it gets a stand-in, and all is drawn again, which is rare.
        Raises ``ValueError`` where the page carries no font: there are no others, and Pango would end the process.
        """
        text, fonts = _lift_fonts(html)
        if not fonts:
            raise ValueError("the page carries no font")
        page = weasy.HTML(string=text, base_url="page:", url_fetcher=_Fetcher(fonts))
        mark_elements(page.etree_element)
        undrawable = _Undrawable()
        weasy.LOGGER.addFilter(undrawable)
        data, drawn = self._draw(page, fonts, stamp)
        weasy.LOGGER.removeFilter(undrawable)
        if undrawable.characters:
            self._sheets.forget()
            replace_characters(page.etree_element, undrawable.characters)
            data, drawn = self._draw(page, fonts, stamp)
            self._sheets.forget()  # what was laid out has other characters than it was asked for
        return Pdf(data, drawn, "".join(sorted(undrawable.characters)))

    def _draw(self, page: Any, fonts: Mapping[str, bytes], stamp: str) -> tuple[bytes, tuple[DrawnPage, ...]]:
        document = self._sheets.lay_out(page, fonts)
        finisher = partial(finish, meaning=read_meaning(page.etree_element), stamp=stamp)
        data = cast(bytes, document.write_pdf(pdf_variant=VARIANT, finisher=finisher))
        return data, tuple(_drawn_page(sheet) for sheet in document.pages)


def make_pdf(html: str, stamp: str = "") -> Pdf:
    """Make a tagged PDF of one page; all else is as in ``PdfMaker.make``."""
    return PdfMaker().make(html, stamp)


def _lift_fonts(html: str) -> tuple[str, Mapping[str, bytes]]:
    """Take the fonts out of the style sheet, where they would be read letter by letter (a quarter of a second)."""
    fonts: dict[str, bytes] = {}

    def lift(found: "re.Match[str]") -> str:
        address = f"{_LIFTED}{len(fonts)}"
        fonts[address] = base64.b64decode(found[1])
        return f"url({address})"

    return _FONT.sub(lift, html), fonts


def _drawn_page(sheet: Any) -> DrawnPage:
    """Read a laid-out page; WeasyPrint says places of elements in public, places of lines only within its boxes."""
    inside: tuple[Any, ...] = tuple(sheet._page_box.descendants(placeholders=True))
    return DrawnPage(tuple(_rows(inside)), tuple(_lines(inside)))


def _rows(inside: Iterable[Any]) -> Iterator[DrawnRow]:
    for box in inside:
        if isinstance(box, boxes.TableRowBox):
            yield DrawnRow(box.position_y * PT_PER_PX, box.height * PT_PER_PX)


def _lines(inside: Iterable[Any]) -> Iterator[DrawnLine]:
    for box in inside:
        if isinstance(box, boxes.LineBox):
            texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
            while texts and texts[-1].text.isspace():
                texts.pop()
            width = sum(part.width for part in texts)
            yield DrawnLine("".join(part.text for part in texts), box.position_y * PT_PER_PX, width * PT_PER_PX)
