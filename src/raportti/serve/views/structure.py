"""The structure of the report as an outline: what is in it can be added, moved, renamed and removed, and texts changed.

Every change is one form and one request, which works without script; what was typed is never lost.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raportti.problems import ProblemsFound
from raportti.report.model import LANGUAGES
from raportti.serve.saving.report_texts import Missing
from raportti.serve.saving.store import Conflict, Saved, SourceBroken
from raportti.serve.saving.structure import RenameGoal, SetTexts
from raportti.serve.saving.versions import YES, Change, Refused
from raportti.serve.views import structure_parts as parts
from raportti.serve.views.goals import changes_in, posted_fields
from raportti.serve.views.structure_pages import (
    adding_page,
    editing_page,
    gone_page,
    kind_of,
    outline_page,
    removing_page,
    show_adding,
    show_editing,
    show_removing,
    show_structure,
)
from raportti.serve.views.structure_parts import Part, row_of
from raportti.serve.views.structure_texts import (
    label_in_full,
    placed_problems,
    texts_of,
    typed_texts,
)
from raportti.serve.web.app import page, who_of, words_of, workspace_of
from raportti.serve.web.language import Words


def _taking(work: Callable[[Request, Mapping[str, str]], Response]) -> Callable[[Request], Any]:
    """Make a route of what answers a posted form."""

    async def answer(request: Request) -> Response:
        return await request.app.state.run(work, request, await posted_fields(request))

    return answer


def _attempt(
    request: Request,
    change: Callable[[], Saved | None],
    *,
    did: str,
    part: Part,
    again: Callable[..., Response],
    posted: Mapping[str, str],
) -> Response:
    """Make a change and lead to the outline; where it cannot be made, show the form ``again``, and why."""
    words = words_of(request)
    try:
        saved = change()
    except Conflict as conflict:
        if conflict.is_gone:
            return gone_page(request, conflict.owner, conflict.renamed_to, typed_texts(posted, words))
        notice = words.say("Not saved: somebody else changed the same meanwhile.")
        return again(
            status=409, notice=notice, conflicts={name: _clash(words, name, conflict) for name in conflict.fields}
        )
    except SourceBroken:
        return again(
            status=503, notice=words.say("Not saved: the source cannot be read now. What you typed stays here.")
        )
    except Refused as refused:
        problems, errors = placed_problems(words, refused.fields, posted)
        return again(
            status=422, notice=words.say("Not saved: look at what is marked."), problems=problems, errors=errors
        )
    except ProblemsFound as found:
        return again(status=422, notice=words.say("Not saved."), errors=list(map(words.problem, found.problems)))
    return _done(request, saved, did, part)


def _done(request: Request, saved: Saved | None, did: str, part: Part) -> Response:
    """Tell all open pages, and lead to the outline where the part stands now."""
    if saved is None or saved.entry is None:
        return RedirectResponse("/structure?did=nothing", 303)
    workspace_of(request).tell(who_of(request))
    values = {"did": did, "entry": saved.entry.id, "name": part.name}
    try:
        at = f"part-{row_of(saved.opened.report, part).place}" if part.name else "report-texts"
    except Conflict:
        at = ""
    if did == "undone" or not at:
        return RedirectResponse(f"/structure?{urlencode(values)}", 303)
    return RedirectResponse(f"/structure?{urlencode({**values, 'at': at})}#{at}", 303)


def _clash(words: Words, name: str, conflict: Conflict) -> Mapping[str, str]:
    """Return what a page shows of a text that was changed twice."""
    clash = conflict.fields[name]
    note = words.changed_meanwhile(conflict.who, conflict.when)
    return {
        "label": label_in_full(name, words),
        "mine": clash.mine,
        "theirs": clash.theirs,
        "note": note,
    }


def _save_texts(request: Request, posted: Mapping[str, str]) -> Response:
    """Save the texts of the report, or of a strategy or a guideline, that were changed."""
    workspace, part = workspace_of(request), Part.named(posted)
    try:
        now = texts_of(workspace.opened, part)
    except Missing as missing:
        return gone_page(request, str(missing), None, typed_texts(posted, words_of(request)))
    changes = changes_in(posted, now)
    what = SetTexts(changes, part.strategy or None, part.guideline or None)
    name = f"name.{workspace.opened.languages[0]}"
    new = changes[name].new.strip() if name in changes else part.name

    def change() -> Saved | None:
        return workspace.store.apply(what, who=who_of(request)) if changes else None

    def again(**shown: Any) -> Response:
        return editing_page(request, part, typed=posted, **shown)

    renamed = Part(part.strategy, new) if part.guideline else Part(new)
    return _attempt(request, change, did="texts", part=renamed, again=again, posted=posted)


def _rename_goal(request: Request, posted: Mapping[str, str]) -> Response:
    """Give a goal another id."""
    store, part, new = workspace_of(request).store, Part.named(posted), posted.get("id", "").strip()

    def change() -> Saved | None:
        return store.apply(RenameGoal(part.goal, new), who=who_of(request)) if new != part.goal else None

    def again(**shown: Any) -> Response:
        return editing_page(request, part, typed=posted, **shown)

    return _attempt(request, change, did="renamed", part=Part(goal=new), again=again, posted=posted)


def _set_break(request: Request, posted: Mapping[str, str]) -> Response:
    """Let a goal begin a new page, or not."""
    store, part = workspace_of(request).store, Part.named(posted)
    wanted = Change(posted.get("was.break_before", ""), YES if posted.get("break_before") else "")

    def change() -> Saved | None:
        if wanted.old == wanted.new:
            return None
        return store.save(part.goal, {"break_before": wanted}, base=posted.get("base", ""), who=who_of(request))

    def again(**shown: Any) -> Response:
        return editing_page(request, part, **shown)

    return _attempt(request, change, did="break", part=part, again=again, posted=posted)


def _move(request: Request, posted: Mapping[str, str]) -> Response:
    """Move a part one step, or to a place that was chosen."""
    workspace, part = workspace_of(request), Part.named(posted)
    report = workspace.opened.report
    try:
        if "to" in posted:
            what = parts.move_to(report, part, posted["to"])
        else:
            what = parts.step_of(report, part, posted.get("way", ""))
    except Conflict as conflict:
        return gone_page(request, conflict.owner, None, {})
    except (ValueError, RecursionError):
        raise HTTPException(404) from None

    def change() -> Saved | None:
        return workspace.store.apply(what, who=who_of(request)) if what else None

    def again(*, problems: Mapping[str, Sequence[str]] = {}, errors: Sequence[str] = (), **shown: Any) -> Response:
        said = [message for messages in problems.values() for message in messages]
        return outline_page(request, errors=[*said, *errors], **shown)

    moved = Part(getattr(what, "into", part.strategy), part.guideline, part.goal)
    return _attempt(request, change, did="moved", part=moved, again=again, posted=posted)


def _add(request: Request, posted: Mapping[str, str]) -> Response:
    """Add a goal, a guideline or a strategy."""
    workspace, part, kind = workspace_of(request), Part.named(posted), kind_of(posted)
    languages = workspace.opened.languages
    own = posted.get(f"name.{languages[0]}", "").strip()
    added = {
        "goal": Part(goal=posted.get("id", "").strip()),
        "guideline": Part(part.strategy, own),
        "strategy": Part(own),
    }[kind]

    def change() -> Saved:
        before = posted.get("before")
        report = workspace.opened.report
        beside = row_of(report, part).within if part.kind != "report" else parts.outline_of(report)
        if before and before not in [row.part.name for row in beside]:
            raise parts.gone(before)
        return workspace.store.apply(parts.addition_of(kind, part, posted, languages), who=who_of(request))

    def again(**shown: Any) -> Response:
        return adding_page(request, kind, part, typed=posted, **shown)

    return _attempt(request, change, did="added", part=added, again=again, posted=posted)


def _remove(request: Request, posted: Mapping[str, str]) -> Response:
    """Remove a part, if all that goes with it is as it was shown."""
    workspace, words, part = workspace_of(request), words_of(request), Part.named(posted)
    workspace.store.look()
    try:
        is_as_seen = parts.seen_of(workspace.opened, part) == posted.get("seen", "")
    except Conflict as conflict:
        return gone_page(request, conflict.owner, None, {})
    changed = words.say("Not removed: something in it was changed since. Look once more.")
    if not is_as_seen or part.kind == "report":
        return removing_page(request, part, status=409, notice=changed)

    def change() -> Saved:
        return workspace.store.apply(parts.removal_of(part, posted["seen"]), who=who_of(request))

    def again(*, conflicts: Mapping[str, object] = {}, notice: str = "", **shown: Any) -> Response:
        return removing_page(request, part, notice=changed if conflicts else notice, **shown)

    return _attempt(request, change, did="removed", part=part, again=again, posted=posted)


def _begin(request: Request, posted: Mapping[str, str]) -> Response:
    """Begin a language that the source has no texts in yet: forms show its fields from now on."""
    workspace, words, language = workspace_of(request), words_of(request), posted.get("language", "")
    if language not in LANGUAGES:
        raise HTTPException(404)
    try:
        workspace.store.begin(language)
    except ProblemsFound as found:
        status = 503 if isinstance(found, SourceBroken) else 422
        return outline_page(request, status=status, errors=list(map(words.problem, found.problems)))
    workspace.tell(who_of(request))
    return RedirectResponse("/structure/edit", 303)


def _undo(request: Request, posted: Mapping[str, str]) -> Response:
    """Take back the change that was made last, or another of the journal."""
    workspace = workspace_of(request)
    entry = workspace.store.journal.find(posted.get("entry", ""))
    if entry is None:
        raise HTTPException(404)

    def change() -> Saved:
        try:
            return workspace.store.undo(entry.id, who=who_of(request))
        except Conflict as conflict:
            conflict.is_gone = False
            raise

    def again(*, conflicts: Mapping[str, Mapping[str, str]] = {}, **shown: Any) -> Response:
        if not conflicts:
            return outline_page(request, **{name: shown[name] for name in shown if name != "problems"})
        sides = [{**one, "mineShown": one["mine"], "theirsShown": one["theirs"]} for one in conflicts.values()]
        return page(request, "undo_conflict.html.j2", status=409, entry=entry, conflicts=sides, back="/structure")

    return _attempt(request, change, did="undone", part=Part(), again=again, posted=posted)


ROUTES = [
    Route("/structure", show_structure),
    Route("/structure/edit", show_editing),
    Route("/structure/add", show_adding),
    Route("/structure/remove", show_removing),
    Route("/structure/texts", _taking(_save_texts), methods=["POST"]),
    Route("/structure/id", _taking(_rename_goal), methods=["POST"]),
    Route("/structure/break", _taking(_set_break), methods=["POST"]),
    Route("/structure/move", _taking(_move), methods=["POST"]),
    Route("/structure/add", _taking(_add), methods=["POST"]),
    Route("/structure/remove", _taking(_remove), methods=["POST"]),
    Route("/structure/language", _taking(_begin), methods=["POST"]),
    Route("/structure/undo", _taking(_undo), methods=["POST"]),
]
