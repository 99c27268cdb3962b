"""From a source to its report in each language that it has, and to the part of it that a unit is in charge of.

Knows no workbook.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from raportti.model import Goal, Report
from raportti.passages import passages_of
from raportti.source import load, load_all
from raportti.source.marks import marked, tag_of
from raportti.wanted import DRAFT, Wanted

NO_UNIT = ""
"""The unit of goals that nobody is in charge of."""


def reports_of(path: Path) -> Mapping[str, Report]:
    """Read a source in its own language, which comes first, and in the other, where there are texts in it.

    Raises ``ProblemsFound`` as ``load`` does.
    """
    source = load(path, DRAFT)
    if len(source.languages) == 1:
        return {source.own_language: source.report}
    sources = load_all(path, Wanted(source.languages, allow_missing=True, is_draft=True))
    return {language: found.report for language, found in zip(source.languages, sources, strict=True)}


def stands_in(cell: str, own: str) -> bool:
    """Tell whether a translated cell has only texts in the language ``own``: they stand there for missing ones."""
    lines = [line.removeprefix("• ").removeprefix("- ") for line in cell.split("\n") if line]
    return bool(lines) and all(_is_of(line, own) for line in lines)


def _is_of(line: str, language: str) -> bool:
    tags = {passage.language for passage in passages_of(marked(line))}
    return tag_of(language) in tags and None not in tags


def units_of(report: Report) -> tuple[str, ...]:
    """Return the units in charge of goals in the order in which they first appear; last ``NO_UNIT``, if it is one."""
    units = dict.fromkeys(goal.responsible or NO_UNIT for goal in report.goals)
    return tuple(sorted(units, key=lambda unit: unit == NO_UNIT))


def part_of(report: Report, unit: str) -> Report:
    """Return the report with the goals of a unit alone; what has none of them is left out."""
    return _with_goals(report, lambda goal: (goal.responsible or NO_UNIT) == unit)


def _with_goals(report: Report, keep: Callable[[Goal], bool]) -> Report:
    strategies = (
        replace(
            strategy,
            guidelines=tuple(
                replace(guideline, goals=goals)
                for guideline in strategy.guidelines
                if (goals := tuple(filter(keep, guideline.goals)))
            ),
        )
        for strategy in report.strategies
    )
    return replace(report, strategies=tuple(strategy for strategy in strategies if strategy.guidelines))
