"""Decks made with python-pptx in a font whose glyphs are all 1 em wide: good ones, to which a test adds one fault."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from em import FAMILY, em_book
from raportti.decks.inspect import Inspection, inspect
from raportti.decks.inspect.fonts import Supply

WORDS = {"fi": "Jatkuu seuraavalla sivulla", "sv": "Fortsätter på nästa sida"}
SUPPLY = Supply(frozenset({FAMILY}), em_book, ())
WIDTH, HEIGHT = 720, 540
TITLE_ONLY, TITLE_AND_TEXT, BLANK = 5, 1, 6
SIZE = 10
"""Points of all text that a test adds; a line of single spacing is 12 pt."""


def new_deck() -> Any:
    """Make an empty deck of 720 by 540 pt whose theme names the font."""
    deck = Presentation()
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    deck.core_properties.title = "Esitys"
    theme._blob = theme.blob.replace(b'latin typeface="Calibri"', f'latin typeface="{FAMILY}"'.encode())
    return deck


def add_slide(deck: Any, title: str = "Otsikko", layout: int = TITLE_ONLY) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if slide.shapes.title is not None:
        say(slide.shapes.title.text_frame, title, size=20)
    return slide


def say(frame: Any, text: str, *, size: float | None = SIZE) -> None:
    """Write text whose runs say size and language; line feeds part paragraphs."""
    frame.text = text
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = None if size is None else Pt(size)
            run._r.get_or_add_rPr().set("lang", "fi-FI")


def add_table(slide: Any, rows: Sequence[Sequence[str]], *, x: float = 40, y: float = 150, height: float = 20) -> Any:
    """Add a table of columns 100 pt wide (85.6 pt for text) and rows of a height; it has an alternative text."""
    columns = len(rows[0])
    frame = slide.shapes.add_table(len(rows), columns, Pt(x), Pt(y), Pt(100 * columns), Pt(height * len(rows)))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Taulukko: tavoitteet")
    for y_, texts in enumerate(rows):
        for x_, text in enumerate(texts):
            say(frame.table.cell(y_, x_).text_frame, text)
    return frame


def add_text(slide: Any, text: str, *, x: float = 40, y: float = 300, w: float = 200, h: float = 60) -> Any:
    """Add a text box that wraps; its text begins 7.2 pt from the left and 3.6 pt from the top."""
    box = slide.shapes.add_textbox(Pt(x), Pt(y), Pt(w), Pt(h))
    box.text_frame.word_wrap = True
    say(box.text_frame, text)
    return box


def add_picture(slide: Any, *, x: float = 40, y: float = 400, side: float = 80, text: str = "Kuva talosta") -> Any:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    file.seek(0)
    picture = slide.shapes.add_picture(file, Pt(x), Pt(y), Pt(side), Pt(side))
    picture._element.nvPicPr.cNvPr.set("descr", text)
    return picture


def good_deck() -> Any:
    """Make a deck of one slide in which nothing is wrong."""
    deck = new_deck()
    slide = add_slide(deck)
    add_table(slide, [["A", "B"], ["c", "d"]])
    add_text(slide, "Teksti")
    add_picture(slide)
    return deck


def saved(deck: Any, folder: Path) -> Path:
    file = folder / "deck.pptx"
    deck.save(str(file))
    return file


def inspected(deck: Any, folder: Path) -> Inspection:
    return inspect(saved(deck, folder), words=WORDS, supply=SUPPLY)


def found(deck: Any, folder: Path) -> list[tuple[str, int, str | None]]:
    """Inspect a deck; give each finding as its kind, its slide and its shape."""
    places = ((finding.kind, finding.place) for finding in inspected(deck, folder).findings)
    return [(kind, place.slide, place.shape) for kind, place in places]
