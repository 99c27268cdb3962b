"""From sections of a parsed page to sheets: sections with what was drawn of them, packed, which any process can unpack.

Does not know which sections are drawn anew. A section is an element of the body that makes one page; where sections
depend on each other, all of them are one sheet.
"""

import copyreg
import logging
import pickle
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast
from xml.etree.ElementTree import Element

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
import weasyprint  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]
from weasyprint.pdf.stream import Stream  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.check import DrawnLine, DrawnPage, DrawnRow
from raportti.render.pdf.faces import Faces
from raportti.render.pdf.painted import PT_PER_PX, PaintedPage, paint_page

_boxes, _logger, _Stream, _PlainStream = (
    cast(Any, boxes_module),
    cast(Any, weasyprint).LOGGER,
    cast(Any, Stream),
    cast(Any, pydyf).Stream,
)
VARIANT = "pdf/a-2a"
_WARNING = ".notdef glyph rendered"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sections and their pages."""

    packed: bytes = field(repr=False)
    drawn: tuple[DrawnPage, ...]
    missing: frozenset[str]
    """The characters that no font of the pages has."""


def paint_sheets(page: Any, sections: Sequence[Element], fonts: Any, faces: Faces) -> list[Sheet] | None:
    """Draw sections of a parsed page, each of which is a sheet; return None where one is not exactly a page."""
    pages = _laid_out(page, sections, fonts)
    if len(pages) != len(sections):
        return None
    return [_sheet((section,), (laid,), faces) for section, laid in zip(sections, pages, strict=True)]


def paint_one_sheet(page: Any, sections: Sequence[Element], fonts: Any, faces: Faces) -> Sheet:
    """Draw sections that depend on each other."""
    return _sheet(sections, _laid_out(page, sections, fonts), faces)


def _laid_out(page: Any, sections: Sequence[Element], fonts: Any) -> Sequence[Any]:
    page.etree_element.find("body")[:] = sections
    return page.render(font_config=fonts, pdf_variant=VARIANT).pages


def _sheet(sections: Sequence[Element], pages: Iterable[Any], faces: Faces) -> Sheet:
    drawn: list[DrawnPage] = []
    painted: list[PaintedPage] = []
    with _missing_glyphs() as missing:
        for page in pages:
            drawn.append(_drawn_page(page))
            painted.append(paint_page(page))
    for page in painted:
        page.ink.fonts.update({key: faces.packed(font) for key, font in page.ink.fonts.items()})
    packed = BytesIO()
    _Packer(packed, pickle.HIGHEST_PROTOCOL).dump((tuple(sections), painted))
    return Sheet(packed.getvalue(), tuple(drawn), frozenset(missing))


def unpacked(sheet: Sheet, faces: Faces) -> tuple[Sequence[Element], Sequence[PaintedPage]]:
    """Return the sections and the pages of a sheet, new ones each time: a PDF that is made of them changes them."""
    sections, pages = pickle.loads(sheet.packed)
    for page in pages:
        page.ink.fonts.update({key: faces.unpacked(facts) for key, facts in page.ink.fonts.items()})
    return sections, pages


def _plain(stream: Any) -> tuple[Any, tuple[Any, ...]]:
    return _PlainStream, (stream.stream, stream.extra, stream.compress)


class _Packer(pickle.Pickler):
    """Packs WeasyPrint's streams, which hold objects of C libraries, as the plain ones that are written in the end."""

    dispatch_table = cast(Any, {**copyreg.dispatch_table, _Stream: _plain})


@contextmanager
def _missing_glyphs() -> Generator[dict[str, None]]:
    """Take WeasyPrint's warnings of characters without a glyph out of its log, and give the characters."""
    characters: dict[str, None] = {}

    def keep(record: logging.LogRecord) -> bool:
        if not str(record.msg).startswith(_WARNING) or not isinstance(record.args, tuple):
            return True
        characters[str(record.args[0])] = None
        return False

    _logger.addFilter(keep)
    try:
        yield characters
    finally:
        _logger.removeFilter(keep)


def _drawn_page(page: Any) -> DrawnPage:
    """Read a laid-out page: the places of lines are only in WeasyPrint's private boxes."""
    descendants: tuple[Any, ...] = tuple(page._page_box.descendants(placeholders=True))
    return DrawnPage(tuple(_rows(descendants)), tuple(_lines(descendants)))


def _rows(descendants: Iterable[Any]) -> Iterator[DrawnRow]:
    for box in descendants:
        if isinstance(box, _boxes.TableRowBox):
            yield DrawnRow(box.position_y * PT_PER_PX, box.height * PT_PER_PX)


def _lines(descendants: Iterable[Any]) -> Iterator[DrawnLine]:
    for box in descendants:
        if isinstance(box, _boxes.LineBox):
            texts = [part for part in box.descendants() if isinstance(part, _boxes.TextBox)]
            while texts and texts[-1].text.isspace():
                texts.pop()
            width = sum(part.width for part in texts)
            yield DrawnLine("".join(part.text for part in texts), box.position_y * PT_PER_PX, width * PT_PER_PX)
