"""From the texts of a drawn page and what its elements mean to what a PDF says: whole words, languages, artifacts.

Knows nothing of tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.formatting_structure import boxes as boxes_module  # pyright: ignore[reportMissingTypeStubs]

from raportti.render.pdf.content import Content, join_content, read_content
from raportti.render.pdf.structure import Structure
from raportti.render.pdf.tree import LABEL, Meaning

_pydyf = cast(Any, pydyf)
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
