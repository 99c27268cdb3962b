"""How high text is: what it inherits, its spacing, indents, bullets, tabs and words that are too wide.

All glyphs are 1 em wide, so that text of n letters of 10 pt is 10 n pt wide, and a line of single spacing 12 pt high.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from decks.inspect.made_decks import TITLE_AND_TEXT, add_slide, add_table, new_deck, saved, say
from em import FAMILY, em_book
from raportti.decks.inspect.deck import Deck, Frame
from raportti.decks.inspect.fonts import Supply, choose_fonts
from raportti.decks.inspect.measure import Typesetter, row_heights
from raportti.decks.inspect.read import read_deck
from raportti.units import as_pt


def measured(paragraphs: str, folder: Path) -> float:
    """Return the height of paragraphs, written in XML, in a cell with eight letters a line; margins are taken off."""
    deck = new_deck()
    frame = add_table(add_slide(deck), [["A"], ["b"]], height=0)
    cell = frame.table.cell(1, 0)._tc
    body = parse_xml(f"<a:txBody {nsdecls('a')}><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>")
    cell.replace(cell.txBody, body)
    read = read_deck(saved(deck, folder))
    table = next(shape.table for shape in read.slides[0].shapes if shape.table)
    return as_pt(row_heights(table, typesetter(read))[1]) - 7.2


def typesetter(deck: Deck) -> Typesetter:
    faces = {run.face for frame in deck.frames for p in frame.paragraphs for run in (*p.runs, p.end)}
    bullets = {p.bullet.face for frame in deck.frames for p in frame.paragraphs if p.bullet}
    fonts, _ = choose_fonts(Counter(faces | bullets), Supply(frozenset({FAMILY}), em_book, ()))
    return Typesetter(fonts)


def run(text: str, size: int = 1000, more: str = "") -> str:
    return f'<a:r><a:rPr lang="fi-FI" sz="{size}" {more}/><a:t>{text}</a:t></a:r>'


def par(content: str, properties: str = "", attributes: str = "") -> str:
    return f"<a:p><a:pPr {attributes}>{properties}</a:pPr>{content}</a:p>"


@pytest.mark.parametrize(
    ("paragraphs", "height"),
    [
        (par(run("abcdefgh")), 12),
        (par(run("abc defgh")), 24),
        (par(run("abcdefgh ")), 12),
        (par(run("abcdefghabcdefghx")), 36),
        (par(run("ab abcdefghabcdefgh")), 36),
        (par(run("ab") + "<a:br/>" + run("cd")), 24),
        (par(run("ab") + '<a:br><a:rPr sz="1000"/></a:br>'), 24),
        (par(run("ab") + '<a:br/><a:endParaRPr sz="3000"/>'), 12 + 36),
        (par(run("abcd", 1000) + run("ef", 2000)), 24),
        (par(run("ab cdefgh", 1000) + run("x", 2000)), 12 + 24),
        (par('<a:endParaRPr sz="3000"/>'), 36),
        (par(run("a") + '<a:endParaRPr sz="3000"/>'), 12),
        (par(run("abcdefgh", 1000, 'spc="100"')), 24),
        (par(run("stra&#xDF;e", 1000, 'cap="all"')), 12),
        (par(run("&#xDF;bcdefgh", 1000, 'cap="all"')), 24),
    ],
)
def test_lines_are_as_many_and_as_high_as_their_text(paragraphs: str, height: float, tmp_path: Path) -> None:
    assert measured(paragraphs, tmp_path) == pytest.approx(height)


@pytest.mark.parametrize(
    ("properties", "height"),
    [
        ('<a:lnSpc><a:spcPts val="1400"/></a:lnSpc>', 28),
        ('<a:lnSpc><a:spcPct val="150000"/></a:lnSpc>', 36),
        ('<a:lnSpc><a:spcPct val="50%"/></a:lnSpc>', 12),
        ('<a:spcBef><a:spcPts val="600"/></a:spcBef>', 24 + 6),
        ('<a:spcAft><a:spcPts val="600"/></a:spcAft>', 24 + 6),
        ('<a:spcBef><a:spcPct val="50000"/></a:spcBef>', 24 + 6),
    ],
)
def test_spacing_is_exact_or_relative_and_none_at_the_edges(properties: str, height: float, tmp_path: Path) -> None:
    assert measured(2 * par(run("a"), properties), tmp_path) == pytest.approx(height)


@pytest.mark.parametrize(
    ("attributes", "properties", "text", "height"),
    [
        ('marL="254000"', "", "abcdef", 12),
        ('marL="254000"', "", "abcdefg", 24),
        ('marR="254000"', "", "abcdefg", 24),
        ('indent="254000"', "", "abc defghi", 24),
        ('indent="254000"', "", "abc de ghijk", 24),
        ('marL="254000" indent="-254000"', "", "abcd efg ijklmn", 24),
        ('marL="254000" indent="-254000"', '<a:buChar char="•"/>', "abcdef", 12),
        ('marL="254000" indent="-254000"', '<a:buChar char="•"/>', "abcdefg", 24),
        ('marL="254000" indent="-127000"', '<a:buChar char="••••"/>', "abc", 12),
        ('marL="254000" indent="-127000"', '<a:buChar char="••••"/>', "ab cd", 24),
        ("", '<a:buChar char="•"/>', "abcdefg", 12),
        ("", '<a:buSzPct val="200000"/><a:buChar char="•"/>', "abc efg", 24),
        ("", "<a:buNone/>", "abcdefgh", 12),
        ('marL="508000" indent="-508000"', "", "5\tabcd", 12),
        ('marL="508000" indent="-508000"', "", "5\tabcd efgh", 24),
        ("", '<a:tabLst><a:tab pos="508000" algn="l"/></a:tabLst>', "5\tabcd", 12),
        ("", '<a:tabLst><a:tab pos="508000" algn="l"/></a:tabLst>', "5\tabcde", 24),
    ],
)
def test_indents_bullets_and_tabs_take_their_room(
    attributes: str, properties: str, text: str, height: float, tmp_path: Path
) -> None:
    assert measured(par(run(text.replace("\t", "&#9;")), properties, attributes), tmp_path) == pytest.approx(height)


def frame_of(deck: Any, folder: Path, shape: Any) -> Frame:
    read = read_deck(saved(deck, folder))
    return next(found.frame for slide in read.slides for found in slide.shapes if found.name == shape.name)


def test_text_inherits_from_the_nearest_that_says_it(tmp_path: Path) -> None:
    """The run, the shape's list, the slide layout's, the master's placeholder, its style, the deck's default."""
    deck = new_deck()
    slide = add_slide(deck, layout=TITLE_AND_TEXT)
    body = slide.placeholders[1]
    say(body.text_frame, "a", size=None)
    layout = slide.slide_layout
    master = layout.slide_master
    (style,) = master._element.xpath("p:txStyles/p:bodyStyle")
    bodies = [
        next(s for s in holder.placeholders if s.placeholder_format.type is not None and s.name.startswith(name))
        for holder, name in ((master, "Text"), (layout, "Content"))
    ]
    lists = [style, *(shape._element.txBody.find(etree.QName(style[0], "lstStyle").text) for shape in bodies)]
    lists.append(body._element.txBody.find(etree.QName(style[0], "lstStyle").text))
    for step, entry in enumerate(lists, 1):
        level = entry.find(etree.QName(style[0], "lvl1pPr").text)
        if level is None:
            level = etree.SubElement(entry, etree.QName(style[0], "lvl1pPr").text)
        for old in level.findall(etree.QName(style[0], "defRPr").text):
            level.remove(old)
        etree.SubElement(level, etree.QName(style[0], "defRPr").text).set("sz", str(1000 + 100 * step))
        (found,) = frame_of(deck, tmp_path, body).runs
        assert as_pt(found.size) == 10 + step
    body.text_frame.paragraphs[0].runs[0]._r.rPr.set("sz", "2000")
    (found,) = frame_of(deck, tmp_path, body).runs
    assert as_pt(found.size) == 20


def test_fonts_of_the_theme_are_found_by_what_they_are_for(tmp_path: Path) -> None:
    deck = new_deck()
    slide = add_slide(deck, layout=TITLE_AND_TEXT)
    say(slide.placeholders[1].text_frame, "a")
    theme = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    )
    theme._blob = theme.blob.replace(f'typeface="{FAMILY}"'.encode(), b'typeface="Otsikot"', 1)
    (title,) = frame_of(deck, tmp_path, slide.shapes.title).runs
    (body,) = frame_of(deck, tmp_path, slide.placeholders[1]).runs
    assert (title.face.family, body.face.family) == ("Otsikot", FAMILY)


def test_a_tables_style_makes_its_header_bold(tmp_path: Path) -> None:
    deck = new_deck()
    frame = add_table(add_slide(deck), [["A"], ["b"]])
    read = read_deck(saved(deck, tmp_path))
    (table,) = (shape.table for shape in read.slides[0].shapes if shape.table)
    assert [next(cell.frame.runs).face.bold for cell in table.cells] == [True, False]
    frame.table.first_row = False
    read = read_deck(saved(deck, tmp_path))
    (table,) = (shape.table for shape in read.slides[0].shapes if shape.table)
    assert [next(cell.frame.runs).face.bold for cell in table.cells] == [False, False]
