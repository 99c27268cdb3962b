"""From a parsed page to a laid-out document, in which sheets that the last one had are not laid out again.

A sheet is an element of the body that makes a page by itself. Knows nothing of what is on one. The document is the one
that is laid out whole, or it is laid out whole: where a style sheet looks past a sheet, nothing is kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from xml.etree.ElementTree import Element, tostring

import weasyprint.text.fonts as fonts_module  # pyright: ignore[reportMissingTypeStubs] - WeasyPrint has no types

from raportti.render.css_classes import without_class_rules

VARIANT = "pdf/a-2a"
_LOOKS_FURTHER = re.compile(
    r"counter|string-set|target-|running\(|element\(|footnote"
    r"|(~|\+(?!\.page\{|span\{)|:(nth|first|last|only|empty|has|left|right|blank))[^;{}]*\{"
)
"""What in a style sheet may make a sheet look otherwise by itself than among others. Two neighbours are allowed, those
of ``render.html``: the page break between sheets, with which every page begins, and the text of a label."""

_ADDRESS = re.compile(r"""url\(("[^"]*"|'[^']*'|[^)]*)\)""")


@dataclass(frozen=True)
class _Laid:
    """A document that was laid out: what is common to its sheets, the sheets, and the page of each."""

    style: str
    frame: tuple[str, Mapping[str, bytes]]
    sheets: tuple[Element, ...]
    pages: tuple[Any, ...]

    @cached_property
    def by_content(self) -> dict[str, tuple[Element, Any]]:
        """Sheets and their pages by what the sheets hold: only who lays out again needs to know."""
        pairs = zip(self.sheets, self.pages, strict=True)
        return {_content(sheet): (sheet, page) for sheet, page in pairs}

    @property
    def is_of_sheets(self) -> bool:
        """Whether each sheet made a page, and would make the same one by itself."""
        return len(self.sheets) == len(self.pages) and not _LOOKS_FURTHER.search(_ADDRESS.sub("", self.style))


class Sheets:
    """Lays documents out, and keeps the last."""

    def __init__(self) -> None:
        self._laid: _Laid | None = None
        self._fonts: Any = None

    def forget(self) -> None:
        """Keep nothing."""
        self._laid = None

    def lay_out(self, page: Any, fonts: Mapping[str, bytes]) -> Any:
        """Lay out a parsed page. Its tree then has the sheets of the document, new ones and kept ones."""
        tree: Element = page.etree_element
        body = cast(Element, tree.find("body"))
        sheets = tuple(body)
        style, frame = _frame(tree, body, fonts)
        last = self._laid
        document = None
        if last and last.frame == frame and last.is_of_sheets:
            document = self._laid_again(page, body, sheets, last)
        if document is None:
            self._fonts = cast(Any, fonts_module).FontConfiguration()
            document = self._whole(page)
        self._laid = _Laid(style, frame, tuple(body), tuple(document.pages))
        return document

    def _whole(self, page: Any) -> Any:
        return page.render(font_config=self._fonts, pdf_variant=VARIANT)

    def _laid_again(self, page: Any, body: Element, sheets: Sequence[Element], last: _Laid) -> Any:
        """Lay out the sheets that the last document does not have; None where they are not a page each."""
        kept = dict(last.by_content)
        # A sheet that is there twice is two pages: each page of the last document is taken once.
        found = [kept.pop(_content(sheet), None) for sheet in sheets]
        if all(found):
            found[0] = None  # there has to be something to lay out
        new = [sheet for sheet, known in zip(sheets, found, strict=True) if known is None]
        body[:] = new
        document = self._whole(page)
        if len(document.pages) != len(new):
            body[:] = sheets
            return None
        made: Iterator[tuple[Element, Any]] = zip(new, document.pages, strict=True)
        pairs = [known or next(made) for known in found]
        body[:] = [sheet for sheet, _ in pairs]
        return document.copy([laid for _, laid in pairs])


def _frame(tree: Element, body: Element, fonts: Mapping[str, bytes]) -> tuple[str, tuple[str, Mapping[str, bytes]]]:
    """Return what is common to all sheets: the style sheet but for looks, and with it the rest of the page."""
    style = without_class_rules("\n".join(part.text or "" for part in tree.iter("style")))
    others = (part for part in tree.find("head") or () if part.tag != "style")
    around = (str(tree.attrib), str(body.attrib), body.text or "", *(tostring(part, "unicode") for part in others))
    return style, ("\n".join((style, *around)), fonts)


def _content(sheet: Element) -> str:
    return tostring(sheet, "unicode")
