"""From a PDF as WeasyPrint has drawn it to PDF/UA-1 and PDF/A-2a in one file: what is added before it is written.

Does not know plans. Works on WeasyPrint's own objects: a pass over the finished file would have to read it again, and
could no longer know which HTML element and which text each tag was made of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.metadata import add_snapshot, complete_metadata
from raportti.render.pdf.painted import PT_PER_PX
from raportti.render.pdf.structure import (
    LABEL,
    MarkedContent,
    Meaning,
    StructureTree,
    join_content,
    read_content,
    type_artifacts,
)

_pydyf = cast(Any, pydyf)
_boxes = cast(Any, boxes_module)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text that is drawn in one piece: its tag, its marked content and WeasyPrint's box."""

    tag: Any
    content: MarkedContent
    box: Any


def finish(document: Any, pdf: Any, meaning: Meaning, snapshot: str = "") -> None:
    """Finish a document that WeasyPrint has drawn; it carries ``snapshot``, where that is not empty."""
    tree = StructureTree(pdf)
    _finish_texts(document, tree, meaning)
    _finish_tables(document, tree)
    _finish_figures(tree)
    for object_ in pdf.objects:
        if isinstance(getattr(object_, "stream", None), list):
            type_artifacts(object_.stream)
    if snapshot:
        add_snapshot(pdf, snapshot, document.metadata.modified)
    complete_metadata(tree.resolve(pdf.catalog["Metadata"]), document.metadata.lang)


def _finish_texts(document: Any, tree: StructureTree, meaning: Meaning) -> None:
    """Give tags the words that glyphs do not say and their languages, number lists, and hide what is not content."""
    texts = tuple(_texts(document, tree))
    for _, parts in groupby(texts, key=lambda text: meaning.words.get(text.box.element, text.box)):
        pieces = tuple(parts)
        _join(pieces, tree)
        words = "".join(piece.box.text for piece in pieces if piece.box.element not in meaning.hyphens)
        _set_actual_text(pieces, words)
    _hide(texts, tree, meaning.artifacts)
    for text in filter(_is_in_tree, texts):
        if text.box.element_tag == LABEL:
            _number_list(text, tree)
        if language := meaning.languages.get(text.box.element):
            text.tag["Lang"] = _pydyf.String(language)


def _texts(document: Any, tree: StructureTree) -> Iterator[DrawnText]:
    """Match WeasyPrint's boxes of text with the tags that have text, in the same order, and with their content."""
    fonts = {font.hash.encode(): font.to_unicode for font in document.fonts.values()}
    boxes = (
        box
        for page in document.pages
        for box in page._page_box.descendants(placeholders=True)
        if isinstance(box, _boxes.TextBox)
    )
    tags = (
        (tag, contents)
        for section in tree.sections
        for contents in (read_content(tree.stream_of(section), fonts),)
        for tag in tree.walk(section)
        if tag["S"] != "/Figure" and any(isinstance(kid, int) for kid in tag["K"])
    )
    for box, (tag, contents) in zip(boxes, tags, strict=True):
        yield DrawnText(tag, contents[tag["K"][0]], box)


def _join(pieces: Sequence[DrawnText], tree: StructureTree) -> None:
    """Make the pieces of a divided word one tag with one content, so that a copy has the word once and whole."""
    join_content([piece.content for piece in pieces])
    for piece in pieces[1:]:
        tree.remove(piece.tag)


def _set_actual_text(pieces: Sequence[DrawnText], words: str) -> None:
    """Set the words of joined pieces (ISO 32000-1, 14.9.4), and of a text whose glyphs say something else."""
    if len(pieces) > 1 or words != pieces[0].content.glyphs:
        pieces[0].content.set_actual_text(words)
        pieces[0].tag["ActualText"] = _pydyf.String(words)


def _is_in_tree(text: DrawnText) -> bool:
    """Return whether a text's tag is still in the tree: one that is taken out is emptied."""
    return bool(text.tag)


def _number_list(label: DrawnText, tree: StructureTree) -> None:
    """Set how a list is numbered (14.8.5.5), by the label of an item."""
    numbering = "/Decimal" if label.box.text.strip().isdigit() else "/Disc"
    if items := tree.closest(label.tag, "L"):
        items.setdefault("A", _pydyf.Dictionary({"O": "/List", "ListNumbering": numbering}))


def _hide(texts: Sequence[DrawnText], tree: StructureTree, artifacts: Mapping[Any, str]) -> None:
    """Make artifacts of texts that no reader should hear, and drop their tags; drop such tags without text, too."""
    for text in filter(_is_in_tree, texts):
        if tree.closest(text.tag, "NonStruct"):
            text.content.make_artifact(artifacts.get(text.box.element))
            tree.remove(text.tag)
    for section in tree.sections:
        for tag in tuple(tree.children(section)):
            if tag["S"] == "/NonStruct":
                tree.remove(tag)


_SCOPES = {"col": "/Column", "row": "/Row"}


def _finish_tables(document: Any, tree: StructureTree) -> None:
    """Set the scopes, ids and headers of cells, and give each table its name and caption."""
    ids: dict[str, bytes] = {}
    for page in document.pages:
        for table in _tables(page):
            cells = [cell for cell in table.descendants(placeholders=True) if hasattr(cell, "mark")]
            _finish_cells(cells, ids)
            if cells:
                tag = tree.closest(cells[0].mark, "Table")
                _name_table(tag, table.element)
                _caption_table(tag, tree)
    if ids:
        names = (part for name in sorted(ids) for part in (_pydyf.String(name), ids[name]))
        tree.root["IDTree"] = _pydyf.Dictionary({"Names": _pydyf.Array(names)})


def _tables(page: Any) -> Iterator[Any]:
    """Find the outermost box of each table of a page; they are only in WeasyPrint's private boxes."""
    seen: set[int] = set()
    for box in page._page_box.descendants(placeholders=True):
        if box.element is not None and box.element_tag == "table" and id(box.element) not in seen:
            seen.add(id(box.element))
            yield box


def _finish_cells(cells: list[Any], ids: dict[str, bytes]) -> None:
    """Set each header's scope and id, and the headers of cells whose HTML element names them (WeasyPrint does not)."""
    for cell in cells:
        mark, element = cell.mark, cell.element
        if element.tag == "th":
            mark["A"]["Scope"] = _SCOPES.get(element.get("scope"), "/Column")
            mark["ID"] = _pydyf.String(element.get("id", mark["ID"].string))
            ids[mark["ID"].string] = mark.reference
        if headers := element.get("headers"):
            mark["A"]["Headers"] = _pydyf.Array(_pydyf.String(name) for name in headers.split())


def _name_table(tag: Any, element: Any) -> None:
    """Give a table its title and summary, which are not drawn."""
    tag["T"] = _pydyf.String(element.get("aria-label", ""))
    tag["A"] = _pydyf.Dictionary({"O": "/Table", "Summary": _pydyf.String(element.get("data-description", ""))})


def _caption_table(tag: Any, tree: StructureTree) -> None:
    """Make what stands before a table on its page the table's caption, in the same order, the heading first."""
    section = tree.resolve(tag["P"])
    elements = tuple(tree.children(section))
    before = elements[: next(place for place, element in enumerate(elements) if element is tag)]
    if before:
        tree.add("Caption", tag, list(before))


def _finish_figures(tree: StructureTree) -> None:
    """Set the box of each figure in points from the bottom of its page; WeasyPrint writes pixels from the top."""
    for section in tree.sections:
        for tag in tree.walk(section):
            if tag["S"] == "/Figure":
                _, _, _, height = tree.resolve(tag["Pg"])["MediaBox"]
                left, top, right, bottom = (side * PT_PER_PX for side in tag["A"]["BBox"])
                tag["A"]["BBox"] = _pydyf.Array((left, height - bottom, right, height - top))
