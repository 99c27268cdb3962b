"""From parts of text and a width to set paragraphs. Knows nothing of what the text says or where it goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from raportti.content import Item, Part
from raportti.layout.theme import Theme
from raportti.plan import Align, Bullet, Line, Paragraph, Span, Style, height_of
from raportti.text.advances import Ruler
from raportti.text.lines import break_lines
from raportti.units import Emu

BULLETS = {1: "•", 2: "–"}
"""The marks of a list and of a list within it."""


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets text in the styles of a layout. ``step`` counts down the sizes of a style, 0 is the largest."""

    theme: Theme
    ruler: Ruler
    language: str

    def style(self, key: str, step: int = 0) -> Style:
        """Return a style at a step; a style with fewer sizes stays at its smallest."""
        sizes = self.theme.styles[key]
        return sizes[min(step, len(sizes) - 1)]

    def spans(self, parts: Iterable[Part], step: int = 0) -> tuple[Span, ...]:
        """Resolve the styles of parts."""
        return tuple(Span(part.text, self.style(part.style, step)) for part in parts)

    def lines(self, parts: Iterable[Part], width: Emu, step: int = 0) -> tuple[Line, ...]:
        """Break parts into lines of at most ``width``."""
        return break_lines(self.spans(parts, step), width, ruler=self.ruler, language=self.language)

    def paragraph(
        self, parts: tuple[Part, ...], width: Emu, *, step: int = 0, align: Align = Align.LEFT, space_before: Emu = 0
    ) -> Paragraph:
        """Set a paragraph without a bullet; its pitch is that of its first style."""
        pitch = self.style(parts[0].style, step).pitch
        return Paragraph(self.lines(parts, width, step), pitch, align, space_before)

    def bulleted(self, item: Item, width: Emu, *, hang: Emu, bullet: str, step: int = 0) -> Paragraph:
        """Set an item of a list, its bullet in the style ``bullet`` hanging before it."""
        indent = hang * item.level
        return Paragraph(
            lines=self.lines(item.parts, width - indent, step),
            pitch=self.style(item.parts[0].style, step).pitch,
            indent=indent,
            hang=hang,
            bullet=Bullet(BULLETS[item.level], self.style(bullet, step), item.level),
        )

    def cell(self, items: Iterable[Item], width: Emu, align: Align) -> tuple[Paragraph, ...]:
        """Set the paragraphs of a table's cell."""
        hang = self.theme.gaps["bullet_hang"]
        return tuple(
            self.bulleted(item, width, hang=hang, bullet="bullet")
            if item.level
            else self.paragraph(item.parts, width, align=align)
            for item in items
        )

    def steps(self, *styles: str) -> range:
        """Return the steps that some styles have between them."""
        return range(max(len(self.theme.styles[key]) for key in styles))


def first_fitting(
    build: Callable[[int], tuple[Paragraph, ...]], steps: Iterable[int], height: Emu
) -> tuple[Paragraph, ...]:
    """Return the paragraphs at the first step at which they are no taller than ``height``, else at the last."""
    paragraphs: tuple[Paragraph, ...] = ()
    for step in steps:
        paragraphs = build(step)
        if height_of(paragraphs) <= height:
            break
    return paragraphs
