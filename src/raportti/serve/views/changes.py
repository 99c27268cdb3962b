"""What has changed since last time, and what was changed here, which can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raportti.problems import MissingTool, Problem, ProblemsFound
from raportti.report.diff import FiguresChange, GoalChange
from raportti.report.figures import Figures, decimal_comma
from raportti.report.model import Achieved, Goal
from raportti.serve.desk import desk_of, owner_of
from raportti.serve.files.differing import Changed, Told, changed, told_by
from raportti.serve.files.since import Difference, Reference
from raportti.serve.saving.journal import Entry, EntryKind
from raportti.serve.views.files import since_text
from raportti.serve.web.app import fragment, page, words_of, workspace_of
from raportti.serve.workspace import NoPages
from raportti.workflows.diff import PageChange

MOST_ENTRIES = 30
"""Entries of the journal that are shown until somebody asks for all."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A goal whose status or score moved; ``direction`` is ``up``, ``down`` or empty."""

    goal: str
    text: str
    achieved: tuple[str, str]
    score: tuple[str, str]
    direction: str


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """The figures of a strategy or guideline: each as it was and as it is, alike where it did not change."""

    name: str
    is_strategy: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What differs in one language, but for what the tables of goals and figures have."""

    language: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made here, and whether it was taken back."""

    entry: Entry
    told: tuple[Told, ...]
    is_undone: bool

    @property
    def fields(self) -> int:
        """How many fields it changed."""
        return sum(len(one.rows) for one in self.told)


async def show_changes(request: Request) -> Response:
    """Show what has changed since something, and the journal."""
    return await request.app.state.run(_show_changes, request)


def _show_changes(request: Request) -> Response:
    desk, words = desk_of(request), words_of(request)
    references = desk.since.references(owner_of(request))
    chosen = _reference(request, references)
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    if chosen is not None:
        try:
            differences = desk.since.differences(chosen)
        except ProblemsFound as found:
            problems = tuple(found.problems)
        except MissingTool as missing:
            problems = (missing.problem,)
    return page(
        request,
        "changes.html.j2",
        references=references,
        chosen=chosen,
        since_texts={one.id: since_text(one, words) for one in references},
        problems=problems,
        moved=list(_moved(differences)),
        figures=[_figures_row(one) for one in differences[0].changes.figures] if differences else [],
        shown=[_shown(one) for one in differences if one.changes],
        is_same=bool(differences) and not any(one.changes for one in differences),
        many=len(differences) > 1,
        own=workspace_of(request).opened.languages[0],
        **_journal(request),
    )


def _reference(request: Request, references: Sequence[Reference]) -> Reference | None:
    """Return what is to be compared to: what is asked for, else what was given at the start."""
    asked = request.query_params.get("since")
    if asked is None:
        return next((one for one in references if one.kind == "given"), None)
    found = next((one for one in references if one.id == asked), None)
    if found is None and asked:
        raise HTTPException(404)
    return found


def _moved(differences: Sequence[Difference]) -> Iterator[Moved]:
    for goal in differences[0].changes.goals if differences else ():
        if goal.is_reassessed and goal.old and goal.new:
            yield Moved(
                goal.id,
                goal.new.text,
                (goal.old.achieved.value, goal.new.achieved.value),
                (_score(goal.old), _score(goal.new)),
                _direction(goal),
            )


def _score(goal: Goal) -> str:
    return "–" if goal.score is None else str(goal.score)


_RANKS = {Achieved.NO: 0, Achieved.PARTLY: 1, Achieved.YES: 2}


def _direction(goal: GoalChange) -> str:
    """Say whether a goal rose, by its score, else by its status."""
    ranks = [_RANKS.get(side.achieved) for side in (goal.old, goal.new) if side]
    old, new = ranks if len(ranks) == 2 else (None, None)
    rise = goal.rise or (new - old if old is not None and new is not None else 0)
    return "up" if rise > 0 else "down" if rise < 0 else ""


def _figures_row(change: FiguresChange) -> FiguresRow:
    old, new = (_values(side) for side in (change.old, change.new))
    name = change.guideline if change.guideline is not None else change.strategy
    return FiguresRow(name, change.guideline is None, tuple(zip(old, new, strict=True)))


def _values(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return ("–",) * 6
    average = "–" if figures.average is None else decimal_comma(figures.average)
    return str(figures.goals), average, *map(str, (figures.yes, figures.partly, figures.no, figures.not_assessed))


_IN_TABLE = ("achieved", "score")


def _shown(difference: Difference) -> Shown:
    """Leave out what the table of goals that moved says already."""
    found: list[Changed] = []
    for one in changed(difference.changes, difference.language):
        rows = tuple(row for row in one.rows if not (one.goal and row.field in _IN_TABLE))
        if rows or one.kind != "changed":
            found.append(Changed(one.kind, one.goal, one.title, rows))
    return Shown(difference.language, tuple(found))


async def changed_pages(request: Request) -> Response:
    """Show which pages change, once the rest is there."""
    return await request.app.state.run(_changed_pages, request)


def _changed_pages(request: Request) -> Response:
    desk, many = desk_of(request), len(workspace_of(request).opened.languages) > 1
    reference = _reference(request, desk.since.references(owner_of(request)))
    if reference is None:
        raise HTTPException(404)
    pages: dict[str, tuple[PageChange, ...]] = {}
    problems: tuple[Problem, ...] = ()
    try:
        differences = desk.since.differences(reference)
        # What is shared by all languages is told in the first; its pages change in each.
        is_shared = bool(differences) and bool(differences[0].changes)
        shown = [one.language for one in differences if one.changes or is_shared]
        pages = {language: desk.since.pages(reference, language) for language in shown}
    except NoPages as none:
        problems = none.problems
    except ProblemsFound as found:
        problems = tuple(found.problems)
    except MissingTool as missing:
        problems = (missing.problem,)
    if request.query_params.get("part") == "1":
        return fragment(request, "changed_pages.html.j2", pages=pages, problems=problems, many=many)
    return page(request, "changed_pages_alone.html.j2", pages=pages, problems=problems, many=many)


async def show_journal(request: Request) -> Response:
    """Give the journal alone, for a page that is open."""
    return await request.app.state.run(_show_journal, request)


def _show_journal(request: Request) -> Response:
    many = len(workspace_of(request).opened.languages) > 1
    return fragment(request, "journal.html.j2", many=many, **_journal(request))


def _journal(request: Request) -> dict[str, Any]:
    words, entries = words_of(request), workspace_of(request).store.history()
    undone = _undone(entries)
    shown = entries if request.query_params.get("all") == "1" else entries[:MOST_ENTRIES]
    return {
        "done": [Done(entry, tuple(told_by(entry)), entry.id in undone) for entry in shown],
        "left_out": len(entries) - len(shown),
        "when": words.time,
        "kinds": _KINDS,
    }


def _undone(entries: Sequence[Entry]) -> frozenset[str]:
    """Name the entries that were taken back, and not brought back again; the newest come first."""
    undone: set[str] = set()
    for entry in entries:
        if entry.undoes and entry.id not in undone:
            undone.add(entry.undoes)
    return frozenset(undone)


def _(msgid: str) -> str:
    """Mark a text for the catalogue."""
    return msgid


_KINDS = {
    EntryKind.SAVE: _("edited in a form"),
    EntryKind.STRUCTURE: _("structure changed"),
    EntryKind.ACCEPT: _("taken from a file"),
    EntryKind.UNDO: _("taken back"),
}
ROUTES = [
    Route("/changes", show_changes),
    Route("/changes/pages", changed_pages),
    Route("/changes/journal", show_journal),
]
