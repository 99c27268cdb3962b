"""From a brand's colours and the grounds of its places to the colours of a layout, each of which can be read.

Does not know sizes. Contrast is WCAG's: text needs 4.5:1, a bar 3:1 (``text.legibility``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from raportti.layout.making.brand import BrandLayout
from raportti.layout.making.ground import ENOUGH
from raportti.ooxml.palette import UNKNOWN, Palette
from raportti.text.legibility import contrast

BLACK, WHITE = "000000", "FFFFFF"
STANDS_OUT = 3.0
_TEXT = ("tx1", "dk1", "tx2", "dk2", "lt1", "bg1", "lt2")
_ACCENTS = ("accent1", "tx2", "dk2", "accent2", "accent3", "accent4", "accent5", "accent6", "dk1")
_STEPS = 20
_QUIET, _RULE, _PANEL = 0.25, 0.75, 0.9
"""How much of the ground is in the colour of quiet text, of rules and of the legend's panel; the rest is text's."""
_GREY = 24
"""Less between the channels of a colour is no brand's colour."""


def inks_of(layout: BrandLayout) -> tuple[str, ...]:
    """Return the colours in which a slide layout's text may be set: the template's own first, then black and white."""
    return tuple(dict.fromkeys((*_named(layout.palette, _TEXT[:4]), BLACK, *_named(layout.palette, _TEXT[4:]), WHITE)))


def title_inks_of(layout: BrandLayout) -> tuple[str, ...]:
    """Return the colours in which its titles may be set."""
    own = (layout.look.colour,) if layout.look.colour != UNKNOWN else ()
    return tuple(dict.fromkeys((*own, *inks_of(layout))))


def _named(palette: Palette, names: Iterable[str]) -> tuple[str, ...]:
    found = (palette.scheme.get(palette.names.get(name, name), UNKNOWN) for name in names)
    return tuple(colour for colour in found if colour != UNKNOWN)


def worst(colour: str, grounds: Iterable[str]) -> float:
    """Return the least contrast of a colour with some grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(wanted: Iterable[str], grounds: Sequence[str], *, needed: float = ENOUGH) -> str:
    """Return the first colour that can be read on all grounds; where none can, the first made lighter or darker."""
    tried = tuple(wanted)
    found = next((colour for colour in tried if worst(colour, grounds) >= needed), None)
    if found is not None:
        return found
    steps = (mixed(tried[0], end, step / _STEPS) for step in range(1, _STEPS + 1) for end in (BLACK, WHITE))
    made = next((colour for colour in steps if worst(colour, grounds) >= needed), None)
    return made or max((BLACK, WHITE), key=lambda colour: worst(colour, grounds))


def mixed(one: str, other: str, share: float) -> str:
    """Mix a colour with a share of another."""
    channels = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in channels)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of the pages."""

    ink: str
    quiet: str
    brand: str
    """The fill of header rows, discs and bars."""
    on_brand: str
    accent: str
    """Marks and small text in the brand's colour, as far as it can be read."""
    rule: str
    panel: str
    on_panel: str
    good: str
    bad: str
    """What rose and what fell, on the page."""


def scheme_of(layout: BrandLayout, ink: str, grounds: Sequence[str], base: Mapping[str, str]) -> Scheme:
    """Choose the colours of the pages on their ground; ``base`` are those of the default layout, by name."""
    ground = grounds[-1] if worst(WHITE, grounds) < worst(BLACK, grounds) else grounds[0]
    ink = readable((ink, *inks_of(layout)), grounds)
    accents = [colour for colour in _named(layout.palette, _ACCENTS) if _is_colourful(colour)]
    accents = accents or list(_named(layout.palette, _ACCENTS)) or [ink]
    brand = readable(accents, grounds, needed=STANDS_OUT)
    panel = mixed(ink, ground, _PANEL)
    return Scheme(
        ink=ink,
        quiet=readable((mixed(ink, ground, _QUIET), ink), grounds),
        brand=brand,
        on_brand=readable((WHITE, BLACK), (brand,)),
        accent=readable((brand, *accents), grounds),
        rule=mixed(ink, ground, _RULE),
        panel=panel,
        on_panel=readable((ink, BLACK, WHITE), (panel,)),
        good=readable((base["yes_ink"],), grounds),
        bad=readable((base["no_ink"],), grounds),
    )


def _is_colourful(colour: str) -> bool:
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(channels) - min(channels) >= _GREY
