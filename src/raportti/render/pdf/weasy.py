"""From HTML to the bytes of a PDF with WeasyPrint, and to what was drawn.

Does not know plans. Fetches nothing: a page contains all that it needs.
"""

import base64
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, cast

import weasyprint  # pyright: ignore[reportMissingTypeStubs] - WeasyPrint has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.check import DrawnLine, DrawnPage, DrawnRow
from raportti.render.pdf.incremental import VARIANT, IncrementalLayout
from raportti.render.pdf.process import PdfResult
from raportti.render.pdf.structure import mark_elements, read_meaning, replace_characters
from raportti.render.pdf.tagging import PT_PER_PX, finish

weasy = cast(Any, weasyprint)
boxes = cast(Any, boxes_module)

_FONT = re.compile(r"url\(data:font/ttf;base64,([A-Za-z0-9+/=]+)\)")
_LIFTED = "lifted-font:"
_WARNING = ".notdef glyph rendered"


class _Fetcher(cast(Any, URLFetcher)):
    """Serves what the page contains: the fonts lifted out of it, and ``data:`` addresses."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",))  # pyright: ignore[reportUnknownMemberType] - no types
        self._fonts = fonts

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return what is at an address; raises ``ValueError`` for any that is not within the page."""
        if url in self._fonts:
            return cast(Any, URLFetcherResponse)(url, self._fonts[url])
        return cast(Any, super().fetch(url, headers))  # pyright: ignore[reportUnknownMemberType] - no types


class _MissingGlyphs(logging.Filter):
    """Takes WeasyPrint's warnings of characters without a glyph out of its log, and keeps the characters."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: dict[str, None] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a message stays in the log."""
        if not str(record.msg).startswith(_WARNING) or not isinstance(record.args, tuple):
            return True
        self.characters[str(record.args[0])] = None
        return False


class PdfMaker:
    """Makes PDFs, one after the other; pages that the last one had are not laid out again."""

    def __init__(self) -> None:
        self._layout = IncrementalLayout()

    def make(self, html: str, snapshot: str = "") -> PdfResult:
        """Make a tagged PDF of a page; it carries ``snapshot``, where that is not empty.

        Which characters have no glyph is known only once all is drawn. Then they get a stand-in and all is drawn again,
        which is rare.
        Raises ``ValueError`` where the page carries no font: there are no others, and Pango would end the process.
        """
        text, fonts = _lift_fonts(html)
        if not fonts:
            raise ValueError("the page carries no font")
        page = weasy.HTML(string=text, base_url="page:", url_fetcher=_Fetcher(fonts))
        mark_elements(page.etree_element)
        missing = _MissingGlyphs()
        weasy.LOGGER.addFilter(missing)
        data, drawn = self._draw(page, fonts, snapshot)
        weasy.LOGGER.removeFilter(missing)
        if missing.characters:
            self._layout.forget()
            replace_characters(page.etree_element, missing.characters)
            data, drawn = self._draw(page, fonts, snapshot)
            self._layout.forget()  # a page with stand-ins may not be used for one that really has them
        return PdfResult(data, drawn, "".join(sorted(missing.characters)))

    def _draw(self, page: Any, fonts: Mapping[str, bytes], snapshot: str) -> tuple[bytes, tuple[DrawnPage, ...]]:
        document = self._layout.lay_out(page, fonts)
        finisher = partial(finish, meaning=read_meaning(page.etree_element), snapshot=snapshot)
        data = cast(bytes, document.write_pdf(pdf_variant=VARIANT, finisher=finisher))
        return data, tuple(_drawn_page(laid_out) for laid_out in document.pages)


def _lift_fonts(html: str) -> tuple[str, Mapping[str, bytes]]:
    """Take the fonts out of the style sheet, which WeasyPrint parses letter by letter (a quarter of a second)."""
    fonts: dict[str, bytes] = {}

    def lift(found: "re.Match[str]") -> str:
        address = f"{_LIFTED}{len(fonts)}"
        fonts[address] = base64.b64decode(found[1])
        return f"url({address})"

    return _FONT.sub(lift, html), fonts


def _drawn_page(page: Any) -> DrawnPage:
    """Read a laid-out page: the places of lines are only in WeasyPrint's private boxes."""
    descendants: tuple[Any, ...] = tuple(page._page_box.descendants(placeholders=True))
    return DrawnPage(tuple(_rows(descendants)), tuple(_lines(descendants)))


def _rows(descendants: Iterable[Any]) -> Iterator[DrawnRow]:
    for box in descendants:
        if isinstance(box, boxes.TableRowBox):
            yield DrawnRow(box.position_y * PT_PER_PX, box.height * PT_PER_PX)


def _lines(descendants: Iterable[Any]) -> Iterator[DrawnLine]:
    for box in descendants:
        if isinstance(box, boxes.LineBox):
            texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
            while texts and texts[-1].text.isspace():
                texts.pop()
            width = sum(part.width for part in texts)
            yield DrawnLine("".join(part.text for part in texts), box.position_y * PT_PER_PX, width * PT_PER_PX)
