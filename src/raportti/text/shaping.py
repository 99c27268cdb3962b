"""From a font file to what HarfBuzz says and makes of it: its characters, their advances, and its static instances.

Does not know styles or sizes.
"""

from collections.abc import Iterable, Mapping

import uharfbuzz as hb

# uharfbuzz has no types; this module is its room, and gives it some.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false, reportUnknownArgumentType=false


MISSING_ADVANCE = 1.4
"""The width in em that is reserved for a character that the font lacks.

Nobody knows which font a reader's program takes it from; the widest that were seen are those of colour emoji
(Noto Color Emoji, 1.275 em).
"""

_SUBSTITUTIONS = ("liga", "clig", "calt")
"""Features that replace glyphs, on by default (OpenType 1.9, registered features)."""


class Shaper:
    """A font file that text can be shaped with.

    Raises ``ValueError`` where the bytes are no font.
    """

    def __init__(self, data: bytes) -> None:
        self._face = hb.Face(hb.Blob(data))
        self._fonts: dict[int, object] = {}
        self.units: int = self._face.upem
        """Font units per em."""
        self.characters: frozenset[int] = frozenset(self._face.unicodes)
        """The code points that the font has a glyph for."""
        if not self.characters:
            raise ValueError("not a font")

    def advances(self, text: str, *, em: int, kerned: bool, substituted: bool) -> tuple[int, ...]:
        """Return the advance of each character, in whole parts of an em that has ``em`` of them; shapes the text whole.

        With ``em`` as the font's own units nothing is rounded. A character in the middle of a ligature or a cluster has
        an advance of 0: its first character has it all.
        """
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(char) for char in text])
        buffer.guess_segment_properties()
        hb.shape(self._font(em), buffer, {"kern": kerned, **dict.fromkeys(_SUBSTITUTIONS, substituted)})
        advances = [0] * len(text)
        missing = round(MISSING_ADVANCE * em)
        for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
            advances[info.cluster] += position.x_advance if info.codepoint else missing
        return tuple(advances)

    def _font(self, em: int) -> object:
        if em not in self._fonts:
            font = hb.Font(self._face)
            font.scale = (em, em)
            self._fonts[em] = font
        return self._fonts[em]


def axes_of(data: bytes) -> Mapping[str, tuple[float, float]]:
    """Return the axes of a variable font, each with its lowest and its highest value; none of a static font."""
    return {axis.tag: (axis.min_value, axis.max_value) for axis in hb.Face(hb.Blob(data)).axis_infos}


def instance_of(data: bytes, axes: Iterable[tuple[str, float]]) -> bytes:
    """Make the static instance of a variable font at the given place of its axes; every glyph and name stays.

    Raises ``ValueError`` where HarfBuzz cannot. The glyphs of an instance may overlap themselves, which they say
    (OpenType 1.9, glyf, OVERLAP_SIMPLE).
    """
    face = hb.Face(hb.Blob(data))
    kept = hb.SubsetInput()
    kept.keep_everything()
    kept.flags |= hb.SubsetFlags.SET_OVERLAPS_FLAG
    for tag, value in axes:
        kept.pin_axis_location(face, tag, value)
    try:
        return kept.subset(face).blob.data
    except RuntimeError as error:
        raise ValueError(str(error)) from error
