"""From spans of text to how far each character reaches, by a rule of drawing. Knows nothing of lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from raportti.plan import Span, Style
from raportti.text.fonts import FontBook
from raportti.text.rules import EMU_PER_INCH, RULES, Rule
from raportti.text.shaper import Shaper
from raportti.units import Emu

JOINER_ADVANCE = 0.6
"""Em: more than the widest space of the fonts that LibreOffice was seen to take joiners from (DejaVu Sans, 0.32)."""
_JOINERS = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text with the fonts of a layout, by rules of drawing, the layout's own first."""

    fonts: FontBook
    rules: tuple[Rule, ...] = RULES

    def reach(self, spans: Iterable[Span], rule: Rule | None = None) -> tuple[Emu, ...]:
        """Return for each character boundary how far the text reaches there: n + 1 lengths, the first 0.

        What has one style is shaped whole, whatever its languages: a passage that is marked takes no other width, so
        that lines end where they did. Without a rule, the layout's own is taken.
        """
        rule = rule or self.rules[0]
        widths: list[Emu] = [0]
        for style, group in groupby(spans, key=lambda span: span.style):
            shaper = self.fonts.find(style.family, bold=style.bold).shaper
            start, tracking = widths[-1], style.tracking
            reached = _reach(shaper, "".join(span.text for span in group), style, rule)
            letters = accumulate(before < after for before, after in pairwise((0, *reached)))
            widths += [start + width + tracking * n for width, n in zip(reached, letters, strict=True)]
        return tuple(widths)

    def width(self, spans: Iterable[Span], rule: Rule | None = None) -> Emu:
        """Return the width of spans set on one line."""
        return self.reach(spans, rule)[-1]


def _reach(shaper: Shaper, text: str, style: Style, rule: Rule) -> list[Emu]:
    """Return how far each character of a text in one style reaches."""
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


def _with_joiners(shaper: Shaper, text: str, advances: tuple[int, ...], em: int) -> tuple[int, ...]:
    """Give the joiners that the font lacks the width that another font may draw them with."""
    places = {at.start() for at in _JOINERS.finditer(text) if ord(at[0]) not in shaper.characters}
    if not places:
        return advances
    return tuple(round(JOINER_ADVANCE * em) if at in places else advance for at, advance in enumerate(advances))


@lru_cache(maxsize=16384)
def _advances(shaper: Shaper, text: str, em: int, kerned: bool, substituted: bool) -> tuple[int, ...]:
    return shaper.advances(text, em=em, kerned=kerned, substituted=substituted)
