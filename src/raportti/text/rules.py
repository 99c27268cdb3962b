"""How programs round what a font says of its letters: rules of drawing, by name. Knows nothing of text.

The layout's own rule decides where lines end in the plan. A row gets the height of the largest line count of all rules,
so that it holds its text in each of these programs. A rule that somebody has measured is added to ``RULES``.
"""

from dataclasses import dataclass

from raportti.units import Emu, pt

EMU_PER_INCH = 914_400


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of drawing. With neither rounding, advances are the font's own."""

    name: str
    kerned: bool = True
    substituted: bool = False
    """Whether ligatures and contextual alternates are drawn (Inter has arrows for ``->`` and a cross for ``3x4``)."""
    draws_joiners: bool = False
    """Whether joiners that the font lacks (U+2060 and the like) may be drawn from another font, with a width."""
    resolution: int | None = None
    """Dots per inch: the font is set at a whole number of dots per em, and each advance is a whole number of them."""
    grid: Emu | None = None
    """Each advance is rounded to a multiple of this length."""
    margin: Emu = 0
    """How much of a line's width the program leaves empty."""


HARFBUZZ = Rule("harfbuzz")
"""The layout's own: advances and kerning as the font has them, letter by letter, as the PDF is drawn."""

LIBREOFFICE = Rule("libreoffice", substituted=True, draws_joiners=True, resolution=600, margin=pt(0.5))
"""LibreOffice 7.4 lays out for a printer of 600 dots per inch, whatever it draws for: in its PDF an 11 pt letter of
Inter stands at 92 dots per em. Lines that fit by less than 0.41 pt were seen to be wrapped: hence the margin."""

POWERPOINT = Rule("powerpoint", grid=pt(1 / 8))
"""PowerPoint is said to round advances to 1/8 pt before it breaks lines: one published case (developer0hye/office2pdf,
issue 661); nobody here could watch it."""

POWERPOINT_UNKERNED = Rule("powerpoint-unkerned", kerned=False, grid=pt(1 / 8))
"""The same without kerning: which value of ``kern`` PowerPoint obeys is doubtful."""

RULES = (HARFBUZZ, LIBREOFFICE, POWERPOINT, POWERPOINT_UNKERNED)
"""All rules, the layout's own first."""


def give_of(width: Emu) -> Emu:
    """Return by how much a cell of the deck is to leave its text more width than is planned.

    LibreOffice draws lines of Inter at 11 pt wider than they are by 0.2 % at the median (787 lines of the default
    report), and leaves half a point empty: with this much more, it ends nearly all lines where the plan does.
    """
    return pt(0.5) + width // 500
