"""A place on a page. Knows not what is there. Lengths are EMU from the top left."""

from dataclasses import dataclass

from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    x: Emu
    y: Emu
    w: Emu
    h: Emu

    @property
    def right(self) -> Emu:
        return self.x + self.w

    @property
    def bottom(self) -> Emu:
        return self.y + self.h
