"""From two sources to all that differs between them: the reports, and the pages of their decks.

Knows no terminal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.changes import Changes, changed_pages, changes_of, removed_pages
from raportti.layout.choices import Asked
from raportti.pipeline import OnStage, plan_reports
from raportti.plan import Plan
from raportti.source import load, load_all
from raportti.wanted import DRAFT, Wanted


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
        """Tell whether anything differs."""
        return bool(self.changes)


def compare(
    old: Path,
    new: Path,
    layout: Path,
    *,
    cache: Path,
    on_stage: OnStage,
    asked: Asked,
    languages: tuple[str, ...],
) -> tuple[Comparison, ...]:
    """Compare two sources, which may be drafts, in the languages that are named, else in all that they have.

    Pages are measured only where something differs. Raises ``ProblemsFound`` or ``MissingTool``.
    """
    on_stage("load")
    languages = languages or tuple(dict.fromkeys((*load(new, DRAFT).languages, *load(old, DRAFT).languages)))
    wanted = Wanted(languages, allow_missing=True, is_draft=True)
    told: list[Changes] = []
    for before, after in zip(load_all(old, wanted), load_all(new, wanted), strict=True):
        told.append(changes_of(before.report, after.report).beyond(told))
    compared = tuple(Comparison(language, changes) for language, changes in zip(languages, told, strict=True))
    if not any(compared):
        return compared
    plans = [
        [
            planned.plan
            for planned in plan_reports(path, layout, cache=cache, on_stage=on_stage, asked=asked, wanted=wanted)
        ]
        for path in (old, new)
    ]
    return tuple(
        replace(one, pages=tuple(_pages(before, after))) for one, before, after in zip(compared, *plans, strict=True)
    )


def _pages(old: Plan, new: Plan) -> Iterator[PageChange]:
    changed, removed = changed_pages(old, new), removed_pages(old, new)
    yield from (PageChange(page.number, page.title) for page in new.pages if page.number in changed)
    yield from (PageChange(page.number, page.title, is_removed=True) for page in old.pages if page.number in removed)
