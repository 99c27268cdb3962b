"""What is added to a PDF before it is written, so that it is PDF/UA-1 and PDF/A-2a in one: the steps in their order.

Done on WeasyPrint's own objects: a pass over the finished file would have to read it again, and would no longer know
which element and which text each tag was made of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.metadata import add_stamp, complete_metadata
from raportti.render.pdf.structure import Content, Structure, join_content, read_content, type_artifacts
from raportti.render.pdf.tree import LABEL, Meaning

_pydyf = cast(Any, pydyf)
_PT_PER_PX = 0.75


def finish_figures(structure: Structure) -> None:
    """Give the box of each figure in points from the bottom of its page: WeasyPrint says pixels from the top."""
    for section in structure.sections:
        for tag in structure.walk(section):
            if tag["S"] == "/Figure":
                _, _, _, height = structure.at(tag["Pg"])["MediaBox"]
                left, top, right, bottom = (side * _PT_PER_PX for side in tag["A"]["BBox"])
                tag["A"]["BBox"] = _pydyf.Array((left, height - bottom, right, height - top))


_SCOPES = {"col": "/Column", "row": "/Row"}


def finish_tables(document: Any, structure: Structure) -> None:
    """Say scopes, ids and headers of cells, and name each table and give it its caption."""
    ids: dict[str, bytes] = {}
    for sheet in document.pages:
        for table in _tables(sheet):
            cells = [cell for cell in table.descendants(placeholders=True) if hasattr(cell, "mark")]
            _finish_cells(cells, ids)
            if cells:
                tag = structure.above(cells[0].mark, "Table")
                _name_table(tag, table.element)
                _caption_table(tag, structure)
    if ids:
        names = (part for name in sorted(ids) for part in (_pydyf.String(name), ids[name]))
        structure.root["IDTree"] = _pydyf.Dictionary({"Names": _pydyf.Array(names)})


def _tables(sheet: Any) -> Iterator[Any]:
    """Find the outermost box of each table of a page, which WeasyPrint tells only in private."""
    seen: set[int] = set()
    for box in sheet._page_box.descendants(placeholders=True):
        if box.element is not None and box.element_tag == "table" and id(box.element) not in seen:
            seen.add(id(box.element))
            yield box


def _finish_cells(cells: list[Any], ids: dict[str, bytes]) -> None:
    """Say each header's scope and id, and the headers of cells whose element names them (WeasyPrint does not)."""
    for cell in cells:
        mark, element = cell.mark, cell.element
        if element.tag == "th":
            mark["A"]["Scope"] = _SCOPES.get(element.get("scope"), "/Column")
            mark["ID"] = _pydyf.String(element.get("id", mark["ID"].string))
            ids[mark["ID"].string] = mark.reference
        if headers := element.get("headers"):
            mark["A"]["Headers"] = _pydyf.Array(_pydyf.String(name) for name in headers.split())


def _name_table(tag: Any, element: Any) -> None:
    """Give a table its title and summary: neither is drawn."""
    tag["T"] = _pydyf.String(element.get("aria-label", ""))
    tag["A"] = _pydyf.Dictionary({"O": "/Table", "Summary": _pydyf.String(element.get("data-description", ""))})


def _caption_table(tag: Any, structure: Structure) -> None:
    """Make what stands before a table on its page, the heading first, the table's caption: the order stays."""
    section = structure.at(tag["P"])
    elements = tuple(structure.elements(section))
    before = elements[: next(place for place, element in enumerate(elements) if element is tag)]
    if before:
        structure.add("Caption", tag, list(before))


_boxes = cast(Any, boxes_module)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is drawn in one piece: its structure element, its marked content and WeasyPrint's box."""

    tag: Any
    content: Content
    box: Any


def finish_texts(document: Any, structure: Structure, meaning: Meaning) -> None:
    """Say words where glyphs do not, name their languages, number lists, and hide what is no content."""
    texts = tuple(_texts(document, structure))
    for _, parts in groupby(texts, key=lambda text: meaning.words.get(text.box.element, text.box)):
        pieces = tuple(parts)
        _join(pieces, structure)
        _say(pieces, "".join(piece.box.text for piece in pieces if piece.box.element not in meaning.hyphens))
    _hide(texts, structure, meaning.artifacts)
    for text in filter(_is_heard, texts):
        if text.box.element_tag == LABEL:
            _number_list(text, structure)
        if language := meaning.languages.get(text.box.element):
            text.tag["Lang"] = _pydyf.String(language)


def _texts(document: Any, structure: Structure) -> Iterator[Text]:
    """Pair boxes, which the tree follows, with the elements that have text, and these with their content."""
    fonts = {font.hash.encode(): font.to_unicode for font in document.fonts.values()}
    boxes = (
        box
        for sheet in document.pages
        for box in sheet._page_box.descendants(placeholders=True)
        if isinstance(box, _boxes.TextBox)
    )
    tags = (
        (tag, contents)
        for section in structure.sections
        for contents in (read_content(structure.stream_of(section), fonts),)
        for tag in structure.walk(section)
        if tag["S"] != "/Figure" and any(isinstance(kid, int) for kid in tag["K"])
    )
    for box, (tag, contents) in zip(boxes, tags, strict=True):
        yield Text(tag, contents[tag["K"][0]], box)


def _join(pieces: Sequence[Text], structure: Structure) -> None:
    """Make the pieces of a divided word one element with one content: whoever copies it gets the word once, whole."""
    join_content([piece.content for piece in pieces])
    for piece in pieces[1:]:
        structure.remove(piece.tag)


def _say(pieces: Sequence[Text], words: str) -> None:
    """Say the words of pieces that are one (ISO 32000-1, 14.9.4), or of a text whose glyphs say others."""
    if len(pieces) > 1 or words != pieces[0].content.glyphs:
        pieces[0].content.say(words)
        pieces[0].tag["ActualText"] = _pydyf.String(words)


def _is_heard(text: Text) -> bool:
    """Tell whether a text's element is still in the tree: what is taken out of it is emptied."""
    return bool(text.tag)


def _number_list(label: Text, structure: Structure) -> None:
    """Say by the label of an item how those of its list are numbered (14.8.5.5)."""
    numbering = "/Decimal" if label.box.text.strip().isdigit() else "/Disc"
    if items := structure.above(label.tag, "L"):
        items.setdefault("A", _pydyf.Dictionary({"O": "/List", "ListNumbering": numbering}))


def _hide(texts: Sequence[Text], structure: Structure, artifacts: Mapping[Any, str]) -> None:
    """Make artifacts of texts in elements that no reader should hear, and drop those elements, texts or not."""
    for text in filter(_is_heard, texts):
        if structure.above(text.tag, "NonStruct"):
            text.content.hide(artifacts.get(text.box.element))
            structure.remove(text.tag)
    for section in structure.sections:
        for tag in tuple(structure.elements(section)):
            if tag["S"] == "/NonStruct":
                structure.remove(tag)


def finish(document: Any, pdf: Any, meaning: Meaning, stamp: str = "") -> None:
    """Finish a document that WeasyPrint has drawn; ``stamp`` is what it carries of its data, empty for nothing."""
    structure = Structure(pdf)
    finish_texts(document, structure, meaning)
    finish_tables(document, structure)
    finish_figures(structure)
    for object_ in pdf.objects:
        if isinstance(getattr(object_, "stream", None), list):
            type_artifacts(object_.stream)
    if stamp:
        add_stamp(pdf, stamp, document.metadata.modified)
    complete_metadata(structure.at(pdf.catalog["Metadata"]), document.metadata.lang)
