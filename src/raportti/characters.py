"""From a report's texts and a layout's fonts to warnings of characters that no reader would see as meant.

Knows nothing of how texts are drawn.
"""

from collections.abc import Iterator, Mapping

from raportti.model import Report
from raportti.problems import Place, Problem
from raportti.source import Ref
from raportti.source.letters import is_invisible
from raportti.text.fonts import FontBook
from raportti.texts import texts_of


def missing_characters(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> tuple[Problem, ...]:
    """Warn of each text with characters that a font of the layout lacks, at its place in the source."""
    return tuple(_warnings(report, fonts, places))


def _warnings(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> Iterator[Problem]:
    families = ", ".join(dict.fromkeys(font.family for font in fonts.fonts))
    drawable = fonts.characters
    goals = {goal.id for goal in report.goals}
    for ref, text in texts_of(report):
        missing = dict.fromkeys(char for char in text if ord(char) not in drawable and not is_invisible(char))
        if missing:
            characters = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
            values = {"characters": characters, "fonts": families}
            yield Problem("characters-missing", places.get(ref), values, ref.owner if ref.owner in goals else None)
