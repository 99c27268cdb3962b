"""Every reader of a deck reads the same text in a cell: no-break spaces, breaks however they are written, tabs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from packages import repacked
from raportti.decks.importing.from_pptx import read_pptx
from raportti.decks.inspect.read import read_deck
from raportti.decks.readback.slides import read_raw
from raportti.ooxml.package import open_parts
from raportti.ooxml.text import paragraph_text, text_of
from raportti.ooxml.xml import A

SLIDE = "ppt/slides/slide1.xml"
RUN = "<a:r><a:t>{}</a:t></a:r>"


def deck_with(runs: str, folder: Path) -> Path:
    """Make a deck with a table whose one cell has some runs."""
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_table(1, 1, Pt(10), Pt(10), Pt(300), Pt(30)).table.cell(0, 0).text = "X"
    deck.save(str(folder / "plain.pptx"))
    given = RUN.format("X").encode()

    def change(name: str, data: bytes) -> bytes:
        assert name != SLIDE or given in data
        return data.replace(given, runs.encode()) if name == SLIDE else data

    return repacked(folder / "plain.pptx", folder / "deck.pptx", change)


def by_pull(deck: Path) -> str:
    (cell,) = read_raw(deck).slides[0].tables[0].rows[0].cells
    return "\n\n".join(paragraph.text for paragraph in cell)


def by_import(deck: Path) -> str:
    (cell,) = read_pptx(deck)[0].rows[0].cells
    return "\n\n".join(paragraph.text for paragraph in cell)


def by_inspect(deck: Path) -> str:
    (frame,) = read_deck(deck).frames
    return "\n\n".join(paragraph.text for paragraph in frame.paragraphs)


def by_refresh(deck: Path) -> str:
    """Read as for editing, before breaks are taken for the layout's."""
    paragraphs = open_parts(deck).tree(SLIDE).iter(f"{A}p")
    return "\n\n".join(map(paragraph_text, paragraphs))


READERS = (by_pull, by_import, by_inspect, by_refresh)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (RUN.format("5\u00a0% on 5\u202f%"), "5\u00a0% on 5\u202f%"),
        (RUN.format("5\u00a0\u00a0000") + RUN.format("\u00a0€"), "5\u00a0\u00a0000\u00a0€"),
        (RUN.format("yksi_x000B_kaksi"), "yksi\nkaksi"),
        (RUN.format("yksi_x000B_") + RUN.format("_x000B_kaksi"), "yksi\n\nkaksi"),
        (RUN.format("yksi") + "<a:br/>" + RUN.format("kaksi"), "yksi\nkaksi"),
        (RUN.format("yksi\nkaksi"), "yksi kaksi"),
        (RUN.format("yksi ") + '<a:fld id="{0}" type="datetime1"><a:t>1.2.2026</a:t></a:fld>', "yksi 1.2.2026"),
        (RUN.format("alas_x000D_ja"), "alas_x000D_ja"),
    ],
)
def test_every_reader_reads_the_same_text(reader: Callable[[Path], str], runs: str, text: str, tmp_path: Path) -> None:
    assert reader(deck_with(runs, tmp_path)) == text


def test_what_the_layout_broke_says_the_same_as_what_is_whole(tmp_path: Path) -> None:
    body = next(open_parts(deck_with(RUN.format("hyvin-_x000B_vointi, 5\u00a0%"), tmp_path)).tree(SLIDE).iter(f"{A}tc"))
    assert text_of(body) == "hyvinvointi, 5\u00a0%"
