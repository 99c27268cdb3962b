"""The goals as a list that can be narrowed."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raportti.report.model import Achieved
from raportti.serve.saving.versions import GoalForm
from raportti.serve.views.goals import STATUSES
from raportti.serve.web.app import page, workspace_of
from raportti.serve.workspace import NoPages, Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """A goal in the list: what is missing in it, and on which pages it stands."""

    form: GoalForm
    missing: tuple[str, ...]
    pages: tuple[int, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the list is narrowed to; an empty text leaves a column as it is."""

    words: str = ""
    guideline: str = ""
    unit: str = ""
    status: str = ""
    score: str = ""
    missing: str = ""
    changed: str = ""

    def takes(self, goal: Listed) -> bool:
        """Tell whether a goal is wished for."""
        form = goal.form
        return (
            all(word in _everything_said(form) for word in self.words.casefold().split())
            and self.guideline in ("", f"{form.strategy} / {form.guideline}")
            and self.unit in ("", form.responsible or "-")
            and self.status in ("", form.achieved)
            and self.score in ("", form.score or "-")
            and (not self.missing or bool(goal.missing))
            and (not self.changed or goal.is_changed)
        )


def _everything_said(form: GoalForm) -> str:
    texts = (*form.text.values(), *form.subgoals.values(), *form.assessment.values())
    return " ".join((form.id, form.responsible, *texts)).casefold()


async def show_goals(request: Request) -> Response:
    """Show the list of goals."""
    return await request.app.state.run(_show_goals, request)


def _show_goals(request: Request) -> Response:
    workspace = workspace_of(request)
    wish = Wish(**{name: request.query_params.get(name, "").strip() for name in Wish.__slots__})
    goals = tuple(_listed(workspace))
    forms = workspace.opened.goals.values()
    return page(
        request,
        "goals.html.j2",
        wish=wish,
        goals=[goal for goal in goals if wish.takes(goal)],
        all=len(goals),
        guidelines=list(dict.fromkeys(f"{form.strategy} / {form.guideline}" for form in forms)),
        units=sorted({form.responsible for form in forms if form.responsible}),
        statuses=[status.value for status in (*STATUSES, Achieved.MISSING)],
        own=workspace.opened.languages[0],
    )


def _listed(workspace: Workspace) -> Iterator[Listed]:
    opened = workspace.opened
    try:
        pages = workspace.pages(opened.languages[0])
    except NoPages:
        pages = None
    changed = {goal for entry in workspace.store.history() for goal in entry.goals}
    for form in opened.goals.values():
        yield Listed(
            form,
            tuple(missing_in(form, opened.languages[0])),
            pages.pages_of(form.id) if pages else (),
            form.id in changed,
        )


def missing_in(form: GoalForm, language: str) -> Iterator[str]:
    """Name what a goal lacks; one that is said not to be assessed lacks nothing."""
    if form.achieved == Achieved.NOT_ASSESSED.value:
        return
    if form.achieved == Achieved.MISSING.value:
        yield "status"
    if not form.score:
        yield "score"
    if not form.assessment[language]:
        yield "assessment"


ROUTES = [Route("/goals", show_goals)]
