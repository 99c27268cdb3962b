"""From a plan and the fonts that it was measured in to the fonts that travel with a deck, and the list of them.

Knows no package. What readers make of embedded fonts is told in ``docs/embedded-fonts.md``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from raportti.plan import Chart, Disc, Item, Panel, Paragraph, Plan, Style, Table, TextBox
from raportti.problems import Problem
from raportti.render.pptx.eot import ANSI_CHARSET, Facts, eot, read_facts
from raportti.render.pptx.markup import PRESENTATION, RELATIONSHIPS, attribute

_RESTRICTED, _BITMAPS_ONLY = 0x0002, 0x0200
_LEVELS = 0x000E
"""The bits of ``fsType`` that say how freely a font may be embedded: the freest holds (OpenType 1.9, OS/2)."""
_VARIABLE_PITCH, _FIXED_PITCH = 2, 1
_ROMAN, _SWISS = 0x10, 0x20
_SERIFS, _SANS = range(2, 11), range(11, 16)
"""The serif styles of PANOSE by which Windows sorts fonts into families."""
_MONOSPACED = 9


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A static TrueType file of one weight, to travel with a deck."""

    family: str
    bold: bool
    data: bytes = field(repr=False)

    @property
    def part(self) -> bytes:
        """The font as a part of the package. Raises ``ValueError`` where it fails ``check_fonts``."""
        return eot(self.data, read_facts(self.data))


def used_fonts(plan: Plan, fonts: Iterable[EmbeddedFont]) -> tuple[EmbeddedFont, ...]:
    """Choose the fonts that a text of the plan is set in."""
    used = {(style.family, style.bold) for page in plan.pages for item in page.items for style in _styles_of(item)}
    return tuple(font for font in fonts if (font.family, font.bold) in used)


def _styles_of(item: Item) -> Iterator[Style]:
    match item:
        case TextBox():
            yield from _styles(item.paragraphs)
        case Table():
            for row in (*item.header, *item.rows):
                for cell in row.cells:
                    yield from _styles(cell.paragraphs)
        case Chart():
            yield from (item.style, *(series.style for series in item.series))
        case Disc() | Panel():
            pass
        case _:
            assert_never(item)


def _styles(paragraphs: Iterable[Paragraph]) -> Iterator[Style]:
    for paragraph in paragraphs:
        if paragraph.bullet:
            yield paragraph.bullet.style
        for line in paragraph.lines:
            yield from (span.style for span in line.spans)


def check_fonts(fonts: Iterable[EmbeddedFont]) -> tuple[Problem, ...]:
    """Find the fonts that must not or cannot be embedded: by the bits of their licence, or no TrueType files."""
    found = {(font.family, what): None for font in fonts if (what := _obstacle(font))}
    return tuple(Problem("font-not-embeddable", None, {"family": family, "what": what}) for family, what in found)


def _obstacle(font: EmbeddedFont) -> str | None:
    try:
        licence = read_facts(font.data).licence
    except ValueError:
        return "it is not a TrueType file"
    if licence & _LEVELS == _RESTRICTED:
        return "its licence forbids it: fsType 0x0002"
    if licence & _BITMAPS_ONLY:
        return "its licence allows bitmaps only: fsType 0x0200"
    return None


def fonts_xml(fonts: Sequence[EmbeddedFont], ids: Sequence[str]) -> str:
    """Write the list of embedded fonts (ECMA-376-1, 19.2.1.9); ``ids`` are the relationships of their parts.

    PowerPoint wants each family once ([MS-OE376] 2.1.1134).
    """
    pairs = sorted(zip(fonts, ids, strict=True), key=lambda pair: (pair[0].family, pair[0].bold))
    families = groupby(pairs, key=lambda pair: pair[0].family)
    inner = "".join(_family(name, list(members)) for name, members in families)
    return f'<p:embeddedFontLst xmlns:p="{PRESENTATION}" xmlns:r="{RELATIONSHIPS}">{inner}</p:embeddedFontLst>'


def _family(name: str, members: Sequence[tuple[EmbeddedFont, str]]) -> str:
    facts = read_facts(members[0][0].data)
    panose = f' panose="{facts.panose.hex().upper()}"' if any(facts.panose) else ""
    weights = "".join(f'<p:{"bold" if font.bold else "regular"} r:id="{rel}"/>' for font, rel in members)
    return (
        f'<p:embeddedFont><p:font typeface="{attribute(name)}"{panose} pitchFamily="{_pitch_family(facts)}" '
        f'charset="{ANSI_CHARSET}"/>{weights}</p:embeddedFont>'
    )


def _pitch_family(facts: Facts) -> int:
    """Give pitch and family in one number, as Windows works them out (LOGFONT.lfPitchAndFamily)."""
    serif, proportion = facts.panose[1], facts.panose[3]
    pitch = _FIXED_PITCH if proportion == _MONOSPACED else _VARIABLE_PITCH
    return pitch | (_ROMAN if serif in _SERIFS else _SWISS if serif in _SANS else 0)
