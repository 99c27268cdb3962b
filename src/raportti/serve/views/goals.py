"""A form for each goal: what is typed, what it does to the pages, how it is saved, and conflicts side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from raportti.problems import Problem, ProblemsFound
from raportti.report.model import Achieved
from raportti.serve.saving.journal import Entry
from raportti.serve.saving.store import Clash, Conflict, SourceBroken
from raportti.serve.saving.versions import Change, GoalForm, Refused, fields_of
from raportti.serve.views.pages import sheet, style_address
from raportti.serve.web.app import page, who_of, words_of, workspace_of
from raportti.serve.web.language import Words
from raportti.serve.workspace import NoPages, Workspace

STATUSES = (Achieved.YES, Achieved.PARTLY, Achieved.NO, Achieved.NOT_ASSESSED)
"""What a form offers; that nobody has said it yet is no choice."""
_LONGEST_FIELD = 1_000_000
_MOST_FIELDS = 200


def form_of(request: Request) -> GoalForm:
    """Return the goal that an address names."""
    form = workspace_of(request).opened.goals.get(request.path_params["goal"])
    if form is None:
        raise HTTPException(404)
    return form


async def show_goal(request: Request) -> Response:
    """Show the form of a goal; to a script its fields as they are now."""
    return await request.app.state.run(_show_goal, request)


def _show_goal(request: Request) -> Response:
    form = form_of(request)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"version": form.version, "fields": fields_of(form), "time": f"{datetime.now():%H:%M}"})
    return _form_page(request, form, notice=_notice_after_saving(request, form))


def _notice_after_saving(request: Request, form: GoalForm) -> str:
    """Say what came of a save that led back here: without script this is where it is said."""
    words, saved = words_of(request), request.query_params.get("saved")
    entries = workspace_of(request).store.history(form.id) if saved == "1" else ()
    if entries:
        return words.say("saved {time}", time=words.time(entries[0].time))
    return words.say("Nothing was changed.") if saved == "0" else ""


def _form_page(request: Request, form: GoalForm, *, status: int = 200, **shown: object) -> Response:
    workspace = workspace_of(request)
    opened = workspace.opened
    ids = list(opened.goals)
    at = ids.index(form.id)
    values: Mapping[str, object] = {"fields": fields_of(form), "problems": {}, "conflicts": (), "notice": "", **shown}
    try:
        pages = workspace.pages(opened.languages[0])
        numbers, address = pages.pages_of(form.id), style_address(pages)
        sheets = [pages.pages[number - 1] for number in numbers]
    except NoPages:
        pages, address, sheets = None, None, []
    return page(
        request,
        "goal.html.j2",
        status=status,
        form=form,
        was=fields_of(form),
        statuses=[one.value for one in STATUSES],
        grades=_grades(workspace),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        number=at + 1,
        all=len(ids),
        pages=pages,
        style=address,
        shown_pages=sheets,
        sheet=sheet,
        of=opened.languages[0],
        history=[_told(entry, form.id, words_of(request)) for entry in workspace.store.history(form.id)],
        units=sorted({one.responsible for one in opened.goals.values() if one.responsible}),
        **values,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A change of a goal as its form tells it."""

    id: str
    time: str
    when: str
    who: str
    what: str


def _told(entry: Entry, goal: str, words: Words) -> Told:
    """Say who changed what of a goal; short values with what they were and are, texts by their names."""
    changed = [
        f"{words.field(name)} {words.value(name, before)} → {words.value(name, after)}"
        if name in ("achieved", "score")
        else words.field(name)
        for name, (before, after) in entry.fields.get(goal, {}).items()
    ]
    who = entry.who or words.say("Somebody")
    return Told(entry.id, entry.time, words.time(entry.time), who, ", ".join(changed) or words.say(entry.kind.value))


def _grades(workspace: Workspace) -> Mapping[str, str]:
    """Return the words of the scale by grade, as the report says them, else the layout."""
    return workspace.grades(workspace.opened.languages[0])


async def save_goal(request: Request) -> Response:
    """Save the fields of a goal that were changed: to a script the result as JSON, else the form or the way on."""
    posted = await posted_fields(request)
    return await request.app.state.run(_save_goal, request, posted)


async def posted_fields(request: Request) -> Mapping[str, str]:
    """Read the fields of a form of a goal."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)
    return {name: str(value).replace("\r\n", "\n") for name, value in form.items()}


def changes_in(posted: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, Change]:
    """Read the changed fields of a form: those that are not what they were when it was filled."""
    changes = {
        name: Change(old=posted.get(f"was.{name}", now[name]), new=posted[name]) for name in now if name in posted
    }
    return {name: change for name, change in changes.items() if change.old != change.new}


def _save_goal(request: Request, posted: Mapping[str, str]) -> Response:
    words, workspace = words_of(request), workspace_of(request)
    wants_json = "application/json" in request.headers.get("accept", "")
    if request.path_params["goal"] not in workspace.opened.goals:
        return _not_there(request, posted, wants_json=wants_json)
    form = form_of(request)
    changes = changes_in(posted, fields_of(form))
    try:
        saved = (
            workspace.store.save(form.id, changes, base=posted.get("base", ""), who=who_of(request))
            if changes
            else None
        )
    except Conflict as conflict:
        return _conflict(request, conflict, posted, wants_json=wants_json)
    except SourceBroken:
        message = words.say("Not saved: the source cannot be read now. What you typed stays here.")
        if wants_json:
            return JSONResponse({"message": message, "problems": {}}, 503)
        return _form_page(request, form, status=503, notice=message, fields=_typed(posted, form))
    except Refused as refused:
        return _refused(
            request, refused.fields, words.say("Not saved: look at what is marked."), posted, wants_json=wants_json
        )
    except ProblemsFound as found:
        return _refused(request, {}, " ".join(map(words.problem, found.problems)), posted, wants_json=wants_json)
    if saved is not None:
        workspace.tell(who_of(request))
    message = words.say("saved {time}", time=f"{datetime.now():%H:%M}") if saved else words.say("Nothing was changed.")
    now = workspace.opened.goals.get(form.id, form)
    if wants_json:
        return JSONResponse({"version": now.version, "fields": fields_of(now), "message": message})
    return RedirectResponse(f"/goals/{quote(form.id)}?saved={'1' if saved else '0'}", 303)


def _typed(posted: Mapping[str, str], form: GoalForm) -> Mapping[str, str]:
    """Return the fields of a form with what was typed into them."""
    return {name: posted.get(name, value) for name, value in fields_of(form).items()}


def _conflict(request: Request, conflict: Conflict, posted: Mapping[str, str], *, wants_json: bool) -> Response:
    """Show both texts of what two people changed; nothing of either is lost."""
    words, workspace = words_of(request), workspace_of(request)
    if conflict.saved is not None:
        workspace.tell(who_of(request))
    now = workspace.opened.goals.get(conflict.owner)
    if now is None:
        return _gone(request, conflict, wants_json=wants_json)
    shown = [_clash_shown(words, name, clash, conflict) for name, clash in conflict.fields.items()]
    message = words.count(
        "Not saved: {n} field was changed by somebody else too.",
        "Not saved: {n} fields were changed by somebody else too.",
        len(shown),
    )
    if wants_json:
        fields = {name: value for name, value in fields_of(now).items() if name not in conflict.fields}
        return JSONResponse({"version": now.version, "message": message, "conflicts": shown, "fields": fields}, 409)
    typed = {**fields_of(now), **{name: clash.mine for name, clash in conflict.fields.items()}}
    return _form_page(request, now, status=409, notice=message, conflicts=shown, fields=typed)


def _clash_shown(words: Words, name: str, clash: Clash, conflict: Conflict) -> Mapping[str, str]:
    """Return what a page shows of a field that was changed twice."""
    note = words.changed_meanwhile(conflict.who, conflict.when)
    return {
        "name": name,
        "label": words.field(name),
        "mine": clash.mine,
        "theirs": clash.theirs,
        "mineShown": words.value(name, clash.mine),
        "theirsShown": words.value(name, clash.theirs),
        "note": note,
    }


def _not_there(request: Request, posted: Mapping[str, str], *, wants_json: bool) -> Response:
    """Answer a save of a goal that is not in the source any more."""
    began = {name.removeprefix("was."): text for name, text in posted.items() if name.startswith("was.")}
    changes = changes_in(posted, began)
    if changes:
        try:
            workspace_of(request).store.save(request.path_params["goal"], changes, base="", who=who_of(request))
        except Conflict as conflict:
            return _gone(request, conflict, wants_json=wants_json)
    raise HTTPException(404)


def _gone(request: Request, conflict: Conflict, *, wants_json: bool) -> Response:
    """Say that a goal is not in the source any more, with all that was typed for it."""
    words = words_of(request)
    message = words.say("Not saved: the goal {goal} is not in the source any more.", goal=conflict.owner)
    if conflict.renamed_to:
        message += " " + words.say("It seems to be {goal} now.", goal=conflict.renamed_to)
    if wants_json:
        return JSONResponse({"message": message, "problems": {}}, 410)
    typed = {words.field(name): words.value(name, clash.mine) for name, clash in conflict.fields.items()}
    return page(request, "gone.html.j2", status=410, message=message, typed=typed, renamed=conflict.renamed_to)


def _refused(
    request: Request,
    found: Mapping[str, Sequence[Problem]],
    message: str,
    posted: Mapping[str, str],
    *,
    wants_json: bool,
) -> Response:
    """Say what is wrong with what was typed, at its field; what was typed stays."""
    form, words = form_of(request), words_of(request)
    problems = {name: [words.message(problem) for problem in ones] for name, ones in found.items()}
    if wants_json:
        return JSONResponse({"message": message, "problems": problems}, 422)
    typed = _typed(posted, form)
    return _form_page(request, form, status=422, notice=message, problems=problems, fields=typed)


async def undo(request: Request) -> Response:
    """Take back one change of the journal."""
    return await request.app.state.run(_undo, request)


def _undo(request: Request) -> Response:
    workspace, words = workspace_of(request), words_of(request)
    entry = workspace.store.journal.find(request.path_params["entry"])
    if entry is None:
        raise HTTPException(404)
    try:
        workspace.store.undo(entry.id, who=who_of(request))
    except Conflict as conflict:
        shown = [_clash_shown(words, name, clash, conflict) for name, clash in conflict.fields.items()]
        back = _back_from(entry, workspace)
        return page(request, "undo_conflict.html.j2", status=409, entry=entry, conflicts=shown, back=back)
    except ProblemsFound as found:
        sentence = " ".join(map(words.problem, found.problems))
        status = 503 if isinstance(found, SourceBroken) else 422
        return page(request, "error.html.j2", status=status, heading=words.say("Not undone"), sentence=sentence)
    workspace.tell(who_of(request))
    return RedirectResponse(_back_from(entry, workspace), 303)


def _back_from(entry: Entry, workspace: Workspace) -> str:
    """Lead to the goal that a change was of; where it is not there any more, to the outline that it was in."""
    if len(entry.goals) != 1:
        return "/changes"
    [goal] = entry.goals
    return f"/goals/{quote(goal)}" if goal in workspace.opened.goals else "/structure"


ROUTES = [
    Route("/goals/{goal}", show_goal),
    Route("/goals/{goal}", save_goal, methods=["POST"]),
    Route("/undo/{entry}", undo, methods=["POST"]),
]
