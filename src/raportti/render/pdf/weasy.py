"""From HTML to the bytes of a PDF with WeasyPrint, and to what was drawn.

Does not know plans. Fetches nothing: a page contains all that it needs.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
import weasyprint  # pyright: ignore[reportMissingTypeStubs] - WeasyPrint has no types
from weasyprint.document import Document  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.html import get_html_metadata  # pyright: ignore
from weasyprint.pdf.metadata import DocumentMetadata  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.incremental import SheetMaker
from raportti.render.pdf.painted import OUTPUT
from raportti.render.pdf.process import PdfResult
from raportti.render.pdf.sheets import VARIANT, Sheet, unpacked
from raportti.render.pdf.structure import mark_elements, read_meaning, replace_characters
from raportti.render.pdf.tagging import finish

weasy = cast(Any, weasyprint)
_Document, _Metadata, _metadata_of = cast(Any, Document), cast(Any, DocumentMetadata), cast(Any, get_html_metadata)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return the references of a PDF's pages, made once: WeasyPrint asks for them with every tag."""
    kids = pdf.pages["Kids"]
    if len(pdf.__dict__.setdefault("_raportti_pages", ())) != len(kids) // 3:
        pdf._raportti_pages = tuple(f"{number} 0 R".encode() for number in kids[::3])
    return pdf._raportti_pages


cast(Any, pydyf).PDF.page_references = property(_page_references)

_FONT = re.compile(r"url\(data:font/ttf;base64,([A-Za-z0-9+/=]+)\)")
_LIFTED = "lifted-font:"


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


class PdfMaker:
    """Makes PDFs, one after the other; pages that the last one had are not drawn again."""

    def __init__(self, processes: int = 1) -> None:
        self._sheets = SheetMaker(processes)

    def make(self, html: str, snapshot: str = "") -> PdfResult:
        """Make a tagged PDF of a page; it carries ``snapshot``, where that is not empty.

        Which characters have no glyph is known only when pages are drawn. Then they get a stand-in, and the pages that
        have them are drawn again.
        Raises ``ValueError`` where the page carries no font: there are no others, and Pango would end the process.
        """
        text, fonts = _lift_fonts(html)
        if not fonts:
            raise ValueError("the page carries no font")
        page = weasy.HTML(string=text, base_url="page:", url_fetcher=_Fetcher(fonts))
        mark_elements(page.etree_element)
        sheets = self._sheets.sheets_of(page, fonts)
        missing = frozenset[str]().union(*(sheet.missing for sheet in sheets))
        if missing:
            replace_characters(page.etree_element, sorted(missing))
            sheets = self._sheets.sheets_of(page, fonts)
        data = self._written(page, sheets, snapshot)
        return PdfResult(data, tuple(drawn for sheet in sheets for drawn in sheet.drawn), "".join(sorted(missing)))

    def _written(self, page: Any, sheets: Sequence[Sheet], snapshot: str) -> bytes:
        """Put sheets into a PDF."""
        parts = [unpacked(sheet, self._sheets.faces) for sheet in sheets]
        page.etree_element.find("body")[:] = [section for sections, _ in parts for section in sections]
        document = _Document(
            pages=[painted for _, pages in parts for painted in pages],
            metadata=_Metadata(**_metadata_of(page)),
            url_fetcher=page.url_fetcher,
            font_config=SimpleNamespace(font_map=None),  # of forms, which no page has
            color_profiles={},
            output_intent=OUTPUT,
        )
        finisher = partial(finish, meaning=read_meaning(page.etree_element), snapshot=snapshot)
        return cast(bytes, document.write_pdf(pdf_variant=VARIANT, finisher=finisher))


def _lift_fonts(html: str) -> tuple[str, Mapping[str, bytes]]:
    """Take the fonts out of the style sheet, which WeasyPrint parses letter by letter (a quarter of a second)."""
    fonts: dict[str, bytes] = {}

    def lift(found: "re.Match[str]") -> str:
        address = f"{_LIFTED}{len(fonts)}"
        fonts[address] = base64.b64decode(found[1])
        return f"url({address})"

    return _FONT.sub(lift, html), fonts
