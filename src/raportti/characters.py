"""From a report's texts and a layout's fonts to warnings of characters that no reader would see as meant.

Knows nothing of how texts are drawn.
"""

from collections.abc import Iterator, Mapping

from raportti.model import Goal, Guideline, Report, Strategy
from raportti.problems import Place, Problem
from raportti.source import Ref
from raportti.text.fonts import FontBook


def missing_characters(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> tuple[Problem, ...]:
    """Warn of each text with characters that a font of the layout lacks, at its place in the source."""
    return tuple(_warnings(report, fonts, places))


def _warnings(report: Report, fonts: FontBook, places: Mapping[Ref, Place]) -> Iterator[Problem]:
    families = ", ".join(dict.fromkeys(font.family for font in fonts.fonts))
    drawable = fonts.characters
    goals = {goal.id for goal in report.goals}
    for ref, text in _texts(report):
        missing = dict.fromkeys(char for char in text if ord(char) not in drawable and not _is_invisible(char))
        if missing:
            characters = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
            values = {"characters": characters, "fonts": families}
            yield Problem("characters-missing", places.get(ref), values, ref.owner if ref.owner in goals else None)


def _texts(report: Report) -> Iterator[tuple[Ref, str]]:
    for field in ("title", "organisation", "meeting", "case_number", "attachment_number"):
        yield Ref("report", field), getattr(report, field) or ""
    yield Ref("report", "scale"), " ".join(report.scale or ())
    for strategy in report.strategies:
        yield from _strategy_texts(strategy)
        for guideline in strategy.guidelines:
            yield from _guideline_texts(strategy, guideline)


def _strategy_texts(strategy: Strategy) -> Iterator[tuple[Ref, str]]:
    for field in ("name", "tag", "scale_title", "summary_title", "summary_sentence", "table_title"):
        yield Ref(f"strategy:{strategy.name}", field), getattr(strategy, field) or ""


def _guideline_texts(strategy: Strategy, guideline: Guideline) -> Iterator[tuple[Ref, str]]:
    yield Ref(f"guideline:{strategy.name}/{guideline.name}", "name"), guideline.name
    for goal in guideline.goals:
        yield from _goal_texts(goal)


def _goal_texts(goal: Goal) -> Iterator[tuple[Ref, str]]:
    yield Ref(goal.id, "text"), goal.text
    yield Ref(goal.id, "subgoals"), " ".join(text for sub in goal.subgoals for text in (sub.text, *sub.items))
    yield Ref(goal.id, "assessment"), " ".join(goal.assessment)


def _is_invisible(char: str) -> bool:
    """Tell whether a character is drawn by no font: soft hyphen, zero-width space, joiners and marks of direction."""
    return char in "\n\t\u00ad\u2060\ufeff" or "\u200b" <= char <= "\u200f" or "\u202a" <= char <= "\u202e"
