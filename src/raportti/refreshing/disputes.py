"""What both sides changed, in a deck by hand and in the data: gathered as problems, or decided by the user's choice.

Knows no XML.
"""

from dataclasses import dataclass, field

from raportti.changes.merge import Side
from raportti.problems import Problem, SlidePlace


@dataclass(slots=True)
class Disputes:
    """Decides for one side, where the user chose one; else the deck's text stays and the dispute is told."""

    file: str
    side: Side | None
    found: list[Problem] = field(default_factory=list[Problem])

    def takes_data(self, slide: int, what: str, base: str, deck: str, data: str, *, goal: str | None = None) -> bool:
        """Tell whether the data's text comes in where both changed it."""
        if self.side is None:
            values = {"what": what, "base": base, "deck": deck, "data": data}
            self.found.append(Problem("refresh-conflict", SlidePlace(self.file, slide), values, goal))
        return self.side is Side.THEIRS
