"""Decks from elsewhere, in fonts that the machine has or has not, held against LibreOffice."""

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from judges import libreoffice
from raportti.api import inspect_deck
from raportti.config import font_folders
from raportti.text.font_files import faces_in
from raportti.units import as_pt

SENTENCE = (
    "Palvelujen saatavuutta on parannettu, mutta hoitotakuuseurantajärjestelmä ja jonot vaativat edelleen työtä. "
)
SIZE = 12
SINGLE = {"Calibri": 1.2207, "Arial": 1.2}
"""Height of a line in em."""
IN_LIBREOFFICE = {"Calibri": 1.0, "Arial": 1.117}
"""LibreOffice 7.4 leaves the font's gap out."""
MARGINS = 7.2
STAND_INS = {"Calibri": "carlito", "Arial": "liberation sans"}


def is_on_the_machine(family: str) -> bool:
    files = (path for folder in font_folders() for path in folder.rglob("*.[to]t[fc]"))
    return any(family in face.families for path in files for face in faces_in(path))


def deck_in(family: str, pitch: float | None, file: Path) -> Path:
    """Make a deck with a table whose texts are of many lengths."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    table = slide.shapes.add_table(7, 3, Pt(40), Pt(90), Pt(640), Pt(70)).table
    for y in range(7):
        for x in range(3):
            fill(table.cell(y, x), (4 * SENTENCE)[: 20 + (x * 97 + y * 61) % 300], family, pitch)
    deck.save(str(file))
    return file


def fill(cell: Any, text: str, family: str, pitch: float | None) -> None:
    cell.text = text
    (paragraph,) = cell.text_frame.paragraphs
    paragraph.line_spacing = pitch and Pt(pitch)
    paragraph.runs[0].font.size, paragraph.runs[0].font.name = Pt(SIZE), family


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("family", ["Calibri", "Arial"])
def test_tables_are_as_high_as_libreoffice_draws_them(family: str, tmp_path: Path) -> None:
    if not is_on_the_machine(STAND_INS[family]):
        pytest.skip(f"{STAND_INS[family]} is not on this machine")
    exact, single = deck_in(family, 14, tmp_path / "exact.pptx"), deck_in(family, None, tmp_path / "single.pptx")
    seen = [deck.slides[0].tables[0].heights for deck in libreoffice.drawn([exact, single], tmp_path)]
    rows = [[as_pt(row) for row in inspect_deck(file).tables[0].rows] for file in (exact, single)]
    assert sum(rows[0]) == pytest.approx(sum(seen[0]), rel=0.03)
    ours = [round((row - MARGINS) / (SIZE * SINGLE[family])) for row in rows[1]]
    theirs = [round((row - MARGINS) / (SIZE * IN_LIBREOFFICE[family])) for row in seen[1]]
    assert ours == theirs


def test_single_spacing_of_calibri_gives_powerpoints_own_row(tmp_path: Path) -> None:
    """A row that PowerPoint makes for 18 pt Calibri is 370,840 EMU high: one line and margins."""
    if not is_on_the_machine("carlito"):
        pytest.skip("Carlito is not on this machine")
    deck = Presentation()
    table = deck.slides.add_slide(deck.slide_layouts[5]).shapes.add_table(2, 1, Pt(40), Pt(90), Pt(300), Pt(20)).table
    table.cell(0, 0).text = table.cell(1, 0).text = "Otsikko"
    deck.save(str(tmp_path / "deck.pptx"))
    (measured,) = inspect_deck(tmp_path / "deck.pptx").tables
    assert measured.rows == pytest.approx([370_840] * 2, abs=1000)
