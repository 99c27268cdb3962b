"""From a variable font to a static instance of it. Knows nothing of where fonts come from."""

# fontTools has no types; this module is its room.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import io
from typing import Any

from raportti.text.sources import FontSource

REGULAR, BOLD = 400, 700
"""Weight classes (OpenType 1.9, OS/2.usWeightClass)."""


def make_instance(data: bytes, source: FontSource) -> bytes:
    """Take one static instance of a variable font, named so that programs find it as family and weight.

    Raises ``ValueError`` where the font has no such instance.
    """
    # fontTools takes 0.4 s to import and seconds to run: only on the first build on a machine.
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    _require_axes(font, source)
    instancer.instantiateVariableFont(font, dict(source.axes), inplace=True)
    _name(font, source)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _require_axes(font: Any, source: FontSource) -> None:
    """Refuse an axis that the font has not, and a value past its ends, which the instancer would cut in silence."""
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    for name, value in source.axes:
        if name not in axes:
            raise ValueError(f"axes: {name}; the font has: {', '.join(axes) or '–'}")
        low, high = axes[name].minValue, axes[name].maxValue
        if not low <= value <= high:
            raise ValueError(f"axes: {name} = {value:g}; the font has: {low:g}–{high:g}")


def _name(font: Any, source: FontSource) -> None:
    """Name an instance by family and style alone (OpenType 1.9, name IDs 1, 2, 4, 6) and set its weight bits."""
    style = "Bold" if source.bold else "Regular"
    names = font["name"]
    for name_id in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    postscript = f"{source.family.replace(' ', '')}-{style}"
    for name_id, text in ((1, source.family), (2, style), (4, f"{source.family} {style}"), (6, postscript)):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = BOLD if source.bold else REGULAR
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if source.bold else 0b1000000)
    font["head"].macStyle = 1 if source.bold else 0
