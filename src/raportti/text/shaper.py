"""From a font file to what HarfBuzz says of it: characters and advances. Knows nothing of styles or sizes."""

# uharfbuzz has no types; this module is its room, and gives it some.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false, reportUnknownArgumentType=false

import uharfbuzz as hb

MISSING_ADVANCE = 1.4
"""The width in em that is kept for a character that the font lacks.

Which font a reader's program draws it from is not known; the widest that were met are those of colour emoji
(Noto Color Emoji, 1.275 em).
"""

_FEATURES = {"kern": True}
"""Kerning is on, as in LibreOffice and Pango; the shaper's other defaults stay."""


class Shaper:
    """A font file that text can be shaped with.

    Raises ``ValueError`` where the bytes are no font.
    """

    def __init__(self, data: bytes) -> None:
        self._font = hb.Font(hb.Face(hb.Blob(data)))
        self.units: int = self._font.face.upem
        """Font units per em."""
        self.characters: frozenset[int] = frozenset(self._font.face.unicodes)
        """The code points that the font has a glyph for."""
        if not self.characters:
            raise ValueError("not a font")

    def advances(self, text: str) -> tuple[int, ...]:
        """Return the advance of each character in font units, the text being shaped whole.

        A character in the middle of a ligature or a cluster has an advance of 0: its first character has it all.
        """
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(char) for char in text])
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _FEATURES)
        advances = [0] * len(text)
        missing = round(MISSING_ADVANCE * self.units)
        for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
            advances[info.cluster] += position.x_advance if info.codepoint else missing
        return tuple(advances)
