"""A page before it has its number, and what goes wrong when it cannot be made. Knows no renderer."""

from dataclasses import dataclass

from raportti.plan import Box, Item, PageKind, Paragraph, room_of
from raportti.problems import Problem, ProblemsFound
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Draft:
    """A page without what depends on its number."""

    kind: PageKind
    title: str
    items: tuple[Item, ...]
    body: Box
    tag: str | None = None
    part: tuple[int, int] | None = None
    strategy: str | None = None
    guideline: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def continues(self) -> bool:
        """Whether a further part follows."""
        return self.part is not None and self.part[0] < self.part[1]


def require_room(what: str, text: str, needed: Emu, room: Emu) -> None:
    """Raise ``ProblemsFound`` where a text cannot be placed even in its smallest size."""
    if needed > room:
        raise ProblemsFound([Problem("text-too-tall", None, {"what": what, "text": text})])


def placed(what: str, paragraphs: tuple[Paragraph, ...], box: Box) -> Box:
    """Return the box for paragraphs, which have to be no taller than it."""
    longest = max((paragraph.text for paragraph in paragraphs), key=len, default="")
    require_room(what, longest, room_of(paragraphs), box.h)
    return box


def moved_down(box: Box, shift: Emu) -> Box:
    """Return a box whose top is lower and whose bottom stays."""
    return Box(box.x, box.y + shift, box.w, box.h - shift)
