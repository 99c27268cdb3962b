"""From spans of text to their advances, by each rule of drawing: programs round what a font says in their own ways.

Does not know lines.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from raportti.plan.typeset import Span, Style
from raportti.text.fonts import FontBook
from raportti.text.shaping import Shaper
from raportti.units import Emu, pt

EMU_PER_INCH = 914_400


@dataclass(frozen=True, slots=True)
class Rule:
    """How a program draws text. With neither ``resolution`` nor ``grid``, advances are the font's own."""

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


def slack_of(width: Emu) -> Emu:
    """Return how much more width than planned a cell of the deck gives its text.

    LibreOffice draws lines of Inter at 11 pt wider than they are by 0.2 % at the median (787 lines of the default
    report), and leaves half a point empty. With this slack it ends nearly all lines where the plan does.
    """
    return pt(0.5) + width // 500


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text with the fonts of a layout, by rules of drawing, the layout's own first."""

    fonts: FontBook
    rules: tuple[Rule, ...] = RULES

    def cumulative_advances(self, spans: Iterable[Span], rule: Rule | None = None) -> tuple[Emu, ...]:
        """Return the advance from the start to each character boundary: n + 1 lengths, the first 0.

        Text of one style is shaped whole, whatever its languages: to mark a passage as of another language must not
        change its width. Without a rule, the layout's own is taken.
        """
        rule = rule or self.rules[0]
        widths: list[Emu] = [0]
        for style, group in groupby(spans, key=lambda span: span.style):
            shaper = self.fonts.find(style.family, bold=style.bold).shaper
            start, tracking = widths[-1], style.tracking
            advances = _cumulative_advances(shaper, "".join(span.text for span in group), style, rule)
            letters = accumulate(before < after for before, after in pairwise((0, *advances)))
            widths += [start + width + tracking * n for width, n in zip(advances, letters, strict=True)]
        return tuple(widths)

    def width(self, spans: Iterable[Span], rule: Rule | None = None) -> Emu:
        """Return the width of spans set on one line."""
        return self.cumulative_advances(spans, rule)[-1]


def _cumulative_advances(shaper: Shaper, text: str, style: Style, rule: Rule) -> list[Emu]:
    """Return the advance from the start of a text in one style to the end of each of its characters."""
    if rule.resolution is not None:
        dots = max(1, round(style.size * rule.resolution / EMU_PER_INCH))
        advances = _advances(shaper, text, dots, rule.kerned, rule.substituted)
        if rule.draws_joiners:
            advances = _with_joiners(shaper, text, advances, dots)
        return [dot * EMU_PER_INCH // rule.resolution for dot in accumulate(advances)]
    units = _advances(shaper, text, shaper.units, rule.kerned, rule.substituted)
    if rule.grid is not None:
        step = shaper.units * rule.grid
        return list(accumulate(rule.grid * round(unit * style.size / step) for unit in units))
    return [round(unit * style.size / shaper.units) for unit in accumulate(units)]


JOINER_ADVANCE = 0.6
"""In em: more than the widest space of the fonts that LibreOffice was seen to take joiners from (DejaVu Sans, 0.32)."""
_JOINERS = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]")


def _with_joiners(shaper: Shaper, text: str, advances: tuple[int, ...], em: int) -> tuple[int, ...]:
    """Give the joiners that the font lacks the width that another font may draw them with."""
    places = {at.start() for at in _JOINERS.finditer(text) if ord(at[0]) not in shaper.characters}
    if not places:
        return advances
    return tuple(round(JOINER_ADVANCE * em) if at in places else advance for at, advance in enumerate(advances))


@lru_cache(maxsize=16384)
def _advances(shaper: Shaper, text: str, em: int, kerned: bool, substituted: bool) -> tuple[int, ...]:
    return shaper.advances(text, em=em, kerned=kerned, substituted=substituted)
