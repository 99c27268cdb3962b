"""From spans of text to how far each character reaches. Knows nothing of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from raportti.plan import Span
from raportti.text.fonts import FontBook
from raportti.text.shaper import Shaper
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text with the fonts of a layout."""

    fonts: FontBook

    def reach(self, spans: Iterable[Span]) -> tuple[Emu, ...]:
        """Return for each character boundary how far the text reaches there: n + 1 lengths, the first 0.

        The text is shaped whole, with kerning, as the renderers shape it; a character in the middle of a ligature or a
        cluster has no width of its own.
        """
        widths: list[Emu] = [0]
        for span in spans:
            style = span.style
            shaper = self.fonts.find(style.family, bold=style.bold).shaper
            start = widths[-1]
            scaled = (start + round(u * style.size / shaper.units) for u in accumulate(_advances(shaper, span.text)))
            widths += [w + style.tracking * n for n, w in enumerate(scaled, 1)]
        return tuple(widths)

    def width(self, spans: Iterable[Span]) -> Emu:
        """Return the width of spans set on one line."""
        return self.reach(spans)[-1]


@lru_cache(maxsize=4096)
def _advances(shaper: Shaper, text: str) -> tuple[int, ...]:
    return shaper.advances(text)
