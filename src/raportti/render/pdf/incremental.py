"""From a parsed HTML page to its sheets, of which those that the last page had are not drawn again.

Does not know what is on a page. The result is the same as if all were drawn at once: where a style sheet lets sections
depend on each other, they are.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast
from xml.etree.ElementTree import Element, tostring

import weasyprint.text.fonts as fonts_module  # pyright: ignore[reportMissingTypeStubs] - WeasyPrint has no types

from raportti.render.css_classes import without_class_rules
from raportti.render.pdf.faces import Faces
from raportti.render.pdf.forks import CAN_FORK, spread
from raportti.render.pdf.sheets import Sheet, paint_one_sheet, paint_sheets

_DEPENDENT = re.compile(
    r"counter|string-set|target-|running\(|element\(|footnote"
    r"|(~|\+(?!\.page\{|span\{)|:(nth|first|last|only|empty|has|left|right|blank))[^;{}]*\{"
)
"""What in a style sheet may make a section look different alone than among others. Two selectors of neighbours in
``render.html`` are harmless: the page break between sections, with which every page begins, and the text of a label."""

_ADDRESS = re.compile(r"""url\(("[^"]*"|'[^']*'|[^)]*)\)""")
MOST_AT_ONCE = 40
"""Sections that are laid out together: the boxes of a page take 2 MiB, and the style sheet is read for each round."""
FEWEST_EACH = 6
"""Sections for which a process of their own is worth its while."""

_Frame = tuple[str, Mapping[str, bytes]]


class SheetMaker:
    """Makes the sheets of pages, one page after the other, and keeps those of the last one."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self.faces = Faces()
        self._frame: _Frame | None = None
        self._kept: dict[str, Sheet] = {}
        self._fonts: Any = None
        self._has_drawn = False

    def sheets_of(self, page: Any, fonts: Mapping[str, bytes]) -> list[Sheet]:
        """Return the sheets of a parsed page, in order; afterwards its tree may hold some of its sections only."""
        tree: Element = page.etree_element
        body = cast(Element, tree.find("body"))
        sections = tuple(body)
        style, frame = _frame(tree, body, fonts)
        if frame != self._frame:
            self._frame, self._kept, self.faces, self._fonts = frame, {}, Faces(), None
        sheets = None if _DEPENDENT.search(_ADDRESS.sub("", style)) else self._independent(page, sections)
        body[:] = sections
        return sheets or [paint_one_sheet(page, sections, self._fonts_of_this_process(), self.faces)]

    def _independent(self, page: Any, sections: Sequence[Element]) -> list[Sheet] | None:
        """Draw the sections that are not kept; return None where one of them is not exactly a page."""
        contents = [_content(section) for section in sections]
        new = {
            content: section for content, section in zip(contents, sections, strict=True) if content not in self._kept
        }
        made = self._painted(page, tuple(new.values()))
        if made is None:
            return None
        sheets = {**self._kept, **dict(zip(new, made, strict=True))}
        # A page with characters that have no glyph is drawn again, with stand-ins.
        self._kept = {content: sheets[content] for content in contents if not sheets[content].missing}
        return [sheets[content] for content in contents]

    def _painted(self, page: Any, sections: Sequence[Element]) -> list[Sheet] | None:
        """Draw sections; where there are many of them, in pieces, each by a copy of this process."""
        processes = max(1, min(self._processes, len(sections) // FEWEST_EACH))
        size = max(1, min(MOST_AT_ONCE, -(-len(sections) // processes)))
        pieces = [sections[start : start + size] for start in range(0, len(sections), size)]

        def paint(piece: Sequence[Element]) -> tuple[list[Sheet] | None, Mapping[str, bytes]]:
            return paint_sheets(page, piece, self._fonts_of_this_process(), self.faces), self.faces.files

        # A process that has used Pango has threads, for which a copy of it would wait for ever.
        can_copy = CAN_FORK and len(pieces) > 1 and not self._has_drawn
        sheets: list[Sheet] = []
        for painted, files in spread(paint, pieces, processes) if can_copy else map(paint, pieces):
            if painted is None:
                return None
            sheets += painted
            self.faces.files.update(files)
        return sheets

    def _fonts_of_this_process(self) -> Any:
        self._has_drawn = True
        if self._fonts is None:
            self._fonts = cast(Any, fonts_module).FontConfiguration()
        return self._fonts


def _frame(tree: Element, body: Element, fonts: Mapping[str, bytes]) -> tuple[str, _Frame]:
    """Return what all sections have in common: the style sheet without rules of classes, alone and with the rest."""
    style = without_class_rules("\n".join(part.text or "" for part in tree.iter("style")))
    others = (part for part in tree.find("head") or () if part.tag != "style")
    around = (str(tree.attrib), str(body.attrib), body.text or "", *(tostring(part, "unicode") for part in others))
    return style, ("\n".join((style, *around)), fonts)


def _content(section: Element) -> str:
    return tostring(section, "unicode")
