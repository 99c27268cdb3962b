"""A font whose glyphs are all 1 em wide, so that every expected width is worked out in the head."""

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder

from raportti.plan.typeset import Span, Style
from raportti.text.fonts import Font, FontBook
from raportti.text.measure import HARFBUZZ, Ruler
from raportti.text.shaping import Shaper
from raportti.units import pt

FAMILY = "Em"
UNITS = 1000
EM = pt(10)
"""The size of the styles below: a text of n characters is n * EM wide."""


@cache
def em_data() -> bytes:
    """Make a TrueType font with Latin letters, digits and punctuation, each a square of 1 em."""
    characters = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2019, 0x201D, 0x2022, 0x2026]
    names = [".notdef", *(f"u{code:04X}" for code in characters)]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"u{code:04X}" for code in characters})
    builder.setupGlyf({name: _square() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (UNITS, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def _square() -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


@cache
def em_book() -> FontBook:
    """Return the font in both weights."""
    return FontBook(tuple(Font(FAMILY, bold, em_data(), Shaper(em_data())) for bold in (False, True)))


@cache
def em_ruler() -> Ruler:
    """Return a ruler of the font."""
    return Ruler(em_book(), (HARFBUZZ,))


def em_style(*, bold: bool = False) -> Style:
    """Return a style of 10 pt on 12 pt."""
    return Style(FAMILY, bold, EM, pt(12), "000000")


def em_span(text: str) -> Span:
    """Return a text in the style."""
    return Span(text, em_style())
