"""From two sources to all that differs between them: the reports, and the pages of their decks.

Does not know a terminal: what differs is data, or values for JSON.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from raportti.layout.choices import PageOptions
from raportti.pipeline import OnStage, plan_reports
from raportti.plan import Plan
from raportti.plan.diff import changed_pages, removed_pages
from raportti.report.diff import Changes, Difference, FiguresChange, GoalChange, TextChange, changes_of
from raportti.report.figures import Figures
from raportti.report.model import Achieved
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.plain import in_plain_words


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page of the new deck that is new or differs, or one of the old deck that the new one does not have."""

    number: int
    title: str
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two reports in one language; after the first one, only what is of that language alone."""

    language: str
    changes: Changes
    pages: tuple[PageChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.changes)


def compare(
    old: Path,
    new: Path,
    layout: Path,
    *,
    cache: Path,
    on_stage: OnStage,
    page_options: PageOptions,
    languages: tuple[str, ...],
) -> tuple[Comparison, ...]:
    """Compare two sources, which may be drafts, in the languages that are named, else in all that they have.

    Pages are measured only where something differs. Raises ``ProblemsFound`` or ``MissingTool``.
    """
    on_stage("load")
    languages = languages or tuple(dict.fromkeys((*load(new, DRAFT).languages, *load(old, DRAFT).languages)))
    load_options = LoadOptions(languages, allow_missing=True, is_draft=True)
    found: list[Changes] = []
    for before, after in zip(load_all(old, load_options), load_all(new, load_options), strict=True):
        found.append(changes_of(before.report, after.report).beyond(found))
    compared = tuple(Comparison(language, changes) for language, changes in zip(languages, found, strict=True))
    if not any(compared):
        return compared
    plan = partial(
        plan_reports,
        layout=layout,
        cache=cache,
        on_stage=on_stage,
        page_options=page_options,
        load_options=load_options,
    )
    plans = ([planned.plan for planned in plan(path)] for path in (old, new))
    return tuple(
        replace(one, pages=tuple(_pages(before, after))) for one, before, after in zip(compared, *plans, strict=True)
    )


def _pages(old: Plan, new: Plan) -> Iterator[PageChange]:
    changed, removed = changed_pages(old, new), removed_pages(old, new)
    yield from (PageChange(page.number, page.title) for page in new.pages if page.number in changed)
    yield from (PageChange(page.number, page.title, is_removed=True) for page in old.pages if page.number in removed)


Json: TypeAlias = dict[str, Any]


def comparisons_as_json(old: str, new: str, comparisons: Iterable[Comparison]) -> Json:
    """Return what differs between two sources, by language."""
    comparisons = tuple(comparisons)
    return {
        "old": old,
        "new": new,
        "same": not any(comparisons),
        "languages": {one.language: _comparison(one) for one in comparisons},
    }


def _comparison(one: Comparison) -> Json:
    changes, language = one.changes, one.language
    return {
        "goals": [_goal(goal, language) for goal in changes.goals],
        "texts": [_text(text, language) for text in changes.texts],
        "figures": [_figures_change(figures) for figures in changes.figures],
        "pages": [{"number": page.number, "title": page.title, "removed": page.is_removed} for page in one.pages],
    }


def _goal(goal: GoalChange, language: str) -> Json:
    return {
        "id": goal.id,
        "change": goal.kind.value,
        "strategy": str(goal.strategy),
        "guideline": str(goal.guideline),
        "fields": [_difference(difference, language) for difference in goal.differences],
    }


def _text(text: TextChange, language: str) -> Json:
    owner = {"change": text.kind.value, "strategy": text.strategy, "guideline": text.guideline}
    return {**owner, **_difference(Difference(text.field, text.old, text.new), language)}


def _difference(difference: Difference, language: str) -> Json:
    field = difference.field
    return {
        "field": field,
        "old": _value(field, difference.old, language),
        "new": _value(field, difference.new, language),
    }


def _value(field: str, value: object, language: str) -> object:
    """Give numbers, flags and what is not there as such, a status by its name, everything else as its text."""
    match value:
        case None | bool() | int():
            return value
        case Achieved():
            return value.value
        case date():
            return value.isoformat()
        case ():
            return ""
        case _:
            return in_plain_words(field, value, language)


def _figures_change(change: FiguresChange) -> Json:
    return {
        "strategy": change.strategy,
        "guideline": change.guideline,
        "old": _figures(change.old),
        "new": _figures(change.new),
    }


def _figures(figures: Figures | None) -> Json | None:
    if figures is None:
        return None
    return {
        "goals": figures.goals,
        "average": None if figures.average is None else float(figures.average),
        "yes": figures.yes,
        "partly": figures.partly,
        "no": figures.no,
        "not_assessed": figures.not_assessed,
    }
