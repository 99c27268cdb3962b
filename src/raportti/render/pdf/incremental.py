"""From a parsed HTML page to a laid-out document, in which the pages that the last document had are used again.

Does not know what is on a page. A section is an element of the body that makes one page. The result is the same as if
all were laid out: where a style sheet lets sections depend on each other, nothing is used again.
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
_DEPENDENT = re.compile(
    r"counter|string-set|target-|running\(|element\(|footnote"
    r"|(~|\+(?!\.page\{|span\{)|:(nth|first|last|only|empty|has|left|right|blank))[^;{}]*\{"
)
"""What in a style sheet may make a section look different alone than among others. Two selectors of neighbours in
``render.html`` are harmless: the page break between sections, with which every page begins, and the text of a label."""

_ADDRESS = re.compile(r"""url\(("[^"]*"|'[^']*'|[^)]*)\)""")


@dataclass(frozen=True)
class _LastLayout:
    """The last document: what its sections have in common (``frame``), the sections, and the pages."""

    style: str
    frame: tuple[str, Mapping[str, bytes]]
    sections: tuple[Element, ...]
    pages: tuple[Any, ...]

    @cached_property
    def by_content(self) -> dict[str, tuple[Element, Any]]:
        """Sections and their pages by the content of the sections; only another layout needs this."""
        pairs = zip(self.sections, self.pages, strict=True)
        return {_content(section): (section, page) for section, page in pairs}

    @property
    def is_reusable(self) -> bool:
        """Whether each section made one page, and would make the same page alone."""
        return len(self.sections) == len(self.pages) and not _DEPENDENT.search(_ADDRESS.sub("", self.style))


class IncrementalLayout:
    """Lays documents out, and keeps the last one to use its pages again."""

    def __init__(self) -> None:
        self._last: _LastLayout | None = None
        self._fonts: Any = None

    def forget(self) -> None:
        """Drop what is kept."""
        self._last = None

    def lay_out(self, page: Any, fonts: Mapping[str, bytes]) -> Any:
        """Lay out a parsed page. Afterwards its tree holds the sections of the document, new ones and kept ones."""
        tree: Element = page.etree_element
        body = cast(Element, tree.find("body"))
        sections = tuple(body)
        style, frame = _frame(tree, body, fonts)
        last = self._last
        document = None
        if last and last.frame == frame and last.is_reusable:
            document = self._with_kept_pages(page, body, sections, last)
        if document is None:
            self._fonts = cast(Any, fonts_module).FontConfiguration()
            document = self._render(page)
        self._last = _LastLayout(style, frame, tuple(body), tuple(document.pages))
        return document

    def _render(self, page: Any) -> Any:
        return page.render(font_config=self._fonts, pdf_variant=VARIANT)

    def _with_kept_pages(self, page: Any, body: Element, sections: Sequence[Element], last: _LastLayout) -> Any:
        """Lay out the sections that the last document does not have; return None where one is not exactly a page."""
        kept = dict(last.by_content)
        # Two equal sections are two pages: each page of the last document is taken once.
        found = [kept.pop(_content(section), None) for section in sections]
        if all(found):
            found[0] = None  # WeasyPrint has to lay out something
        new = [section for section, known in zip(sections, found, strict=True) if known is None]
        body[:] = new
        document = self._render(page)
        if len(document.pages) != len(new):
            body[:] = sections
            return None
        made: Iterator[tuple[Element, Any]] = zip(new, document.pages, strict=True)
        pairs = [known or next(made) for known in found]
        body[:] = [section for section, _ in pairs]
        return document.copy([laid for _, laid in pairs])


def _frame(tree: Element, body: Element, fonts: Mapping[str, bytes]) -> tuple[str, tuple[str, Mapping[str, bytes]]]:
    """Return what all sections have in common: the style sheet without rules of classes, alone and with the rest."""
    style = without_class_rules("\n".join(part.text or "" for part in tree.iter("style")))
    others = (part for part in tree.find("head") or () if part.tag != "style")
    around = (str(tree.attrib), str(body.attrib), body.text or "", *(tostring(part, "unicode") for part in others))
    return style, ("\n".join((style, *around)), fonts)


def _content(section: Element) -> str:
    return tostring(section, "unicode")
