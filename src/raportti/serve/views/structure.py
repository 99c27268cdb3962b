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
from raportti.serve.app import page, who_of, words_of, workspace_of
from raportti.serve.language import Words
from raportti.serve.report_texts import Missing
from raportti.serve.store import Conflict, Saved, SourceBroken
from raportti.serve.structure import RenameGoal, SetTexts
from raportti.serve.versions import YES, Change, Refused
from raportti.serve.views import structure_parts as parts
from raportti.serve.views.structure_parts import Part, row_of
from raportti.serve.views.structure_texts import (
    TextGroup,
    label_in_full,
    new_fields,
    placed_problems,
    text_groups,
    texts_of,
    typed_texts,
)

_LONGEST_FIELD = 100_000
_MOST_FIELDS = 200


def _(msgid: str) -> str:
    """Mark a sentence for the catalogue where it is translated later."""
    return msgid


_DONE: Mapping[str, str] = {
    "added": _("{name} was added at {time}."),
    "moved": _("{name} was moved at {time}."),
    "renamed": _("{name} has its new name since {time}."),
    "removed": _("{name} was removed at {time}."),
    "break": _("The page break before {name} was saved at {time}."),
    "texts": _("The texts were saved at {time}."),
    "undone": _("The change was undone at {time}."),
}


async def show_structure(request: Request) -> Response:
    """Show the outline, and after a change what was done, with the way back."""
    return await request.app.state.run(_show_structure, request)


def _show_structure(request: Request, *, status: int = 200, **shown: Any) -> Response:
    workspace, words = workspace_of(request), words_of(request)
    report = workspace.opened.report
    values: dict[str, Any] = {"notice": _what_was_done(request), "errors": (), "conflicts": {}, **shown}
    return page(
        request,
        "structure.html.j2",
        status=status,
        report=Part(),
        outline=parts.outline_of(report),
        groups=text_groups(workspace, Part(), words),
        entry=request.query_params.get("entry", "") if status == 200 and values["notice"] else "",
        at=request.query_params.get("at", ""),
        **values,
    )


def _what_was_done(request: Request) -> str:
    """Say what the change that led here did; names and times are those of the journal, whatever the address says."""
    workspace, words = workspace_of(request), words_of(request)
    query = request.query_params
    if query.get("did") == "nothing":
        return words.say("Nothing was changed.")
    entry = workspace.store.journal.find(query.get("entry", ""))
    sentence = _DONE.get(query.get("did", ""))
    if entry is None or sentence is None:
        return ""
    here = {row.part.name for strategy in parts.outline_of(workspace.opened.report) for row in strategy.all}
    before = {name for owner in entry.fields for name in (owner, *owner.split(" / "))}
    name = query.get("name", "")
    return words.say(sentence, name=name if name in here | before else "–", time=words.time(entry.time))


async def show_editing(request: Request) -> Response:
    """Show what can be changed of one part: its texts or its id, its place, and that it is there at all."""
    return await request.app.state.run(_show_editing, request, Part.named(request.query_params))


def _show_editing(request: Request, part: Part, *, status: int = 200, **shown: Any) -> Response:
    workspace, words = workspace_of(request), words_of(request)
    opened = workspace.opened
    values: dict[str, Any] = {"notice": "", "errors": (), "conflicts": {}, "problems": {}, "typed": {}, **shown}
    try:
        row = row_of(opened.report, part) if part.kind != "report" else None
        groups: Sequence[TextGroup] = () if part.kind == "goal" else text_groups(workspace, part, words)
    except (Conflict, Missing):
        return _gone_page(request, part.name, None, {})
    return page(
        request,
        "structure_edit.html.j2",
        status=status,
        part=row.part if row else part,
        row=row,
        groups=groups,
        form=opened.goals.get(part.goal),
        targets=parts.targets_of(opened.report, part) if row else [],
        **values,
    )


async def show_adding(request: Request) -> Response:
    """Show the form of a new part."""
    part = Part.named(request.query_params)
    return await request.app.state.run(_show_adding, request, _kind_of(request.query_params), part)


def _kind_of(values: Mapping[str, str]) -> str:
    kind = values.get("kind", "")
    if kind not in ("goal", "guideline", "strategy"):
        raise HTTPException(404)
    return kind


def _show_adding(request: Request, kind: str, part: Part, *, status: int = 200, **shown: Any) -> Response:
    workspace, words = workspace_of(request), words_of(request)
    report = workspace.opened.report
    values: dict[str, Any] = {"notice": "", "errors": (), "conflicts": {}, "problems": {}, "typed": {}, **shown}
    try:
        within = row_of(report, part) if part.kind != "report" else None
    except Conflict:
        return _gone_page(request, part.name, None, values["typed"])
    return page(
        request,
        "structure_add.html.j2",
        status=status,
        kind=kind,
        part=part,
        within=within,
        beside=within.within if within else parts.outline_of(report),
        groups=new_fields(kind, workspace.opened.languages, words),
        proposed=parts.proposed_id(report, kind, part),
        **values,
    )


async def show_removing(request: Request) -> Response:
    """Ask once whether a part shall go, and show all that goes with it."""
    return await request.app.state.run(_show_removing, request, Part.named(request.query_params))


def _show_removing(request: Request, part: Part, *, status: int = 200, **shown: Any) -> Response:
    opened = workspace_of(request).opened
    values: dict[str, Any] = {"notice": "", "errors": (), **shown}
    try:
        row = row_of(opened.report, part)
        seen = parts.seen_of(opened, part)
    except Conflict:
        return _gone_page(request, part.name, None, {})
    forms = [opened.goals[goal.part.goal] for goal in row.goals]
    alone = len(parts.siblings_of(opened.report, part)) == 1
    return page(
        request, "structure_remove.html.j2", status=status, row=row, seen=seen, forms=forms, alone=alone, **values
    )


async def _posted(request: Request) -> Mapping[str, str]:
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)
    return {name: str(value).replace("\r\n", "\n") for name, value in form.items()}


def _taking(work: Callable[[Request, Mapping[str, str]], Response]) -> Callable[[Request], Any]:
    """Make a route of what answers a posted form."""

    async def answer(request: Request) -> Response:
        return await request.app.state.run(work, request, await _posted(request))

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
            return _gone_page(request, conflict.owner, conflict.renamed_to, typed_texts(posted, words))
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


def _gone_page(request: Request, name: str, renamed: str | None, typed: Mapping[str, str]) -> Response:
    """Say that a part is not in the source any more, with all that was typed for it."""
    message = words_of(request).say("Not saved: {name} is not in the source any more.", name=name or "–")
    return page(request, "structure_gone.html.j2", status=410, message=message, renamed=renamed, typed=typed)


def _save_texts(request: Request, posted: Mapping[str, str]) -> Response:
    """Save the texts of the report, or of a strategy or a guideline, that were changed."""
    workspace, part = workspace_of(request), Part.named(posted)
    try:
        now = texts_of(workspace.opened, part)
    except Missing as missing:
        return _gone_page(request, str(missing), None, typed_texts(posted, words_of(request)))
    changes = {name: Change(posted.get(f"was.{name}", now[name]), posted[name]) for name in now if name in posted}
    changes = {name: change for name, change in changes.items() if change.old != change.new}
    what = SetTexts(changes, part.strategy or None, part.guideline or None)
    name = f"name.{workspace.opened.languages[0]}"
    new = changes[name].new.strip() if name in changes else part.name

    def change() -> Saved | None:
        return workspace.store.apply(what, who=who_of(request)) if changes else None

    def again(**shown: Any) -> Response:
        return _show_editing(request, part, typed=posted, **shown)

    renamed = Part(part.strategy, new) if part.guideline else Part(new)
    return _attempt(request, change, did="texts", part=renamed, again=again, posted=posted)


def _rename_goal(request: Request, posted: Mapping[str, str]) -> Response:
    """Give a goal another id."""
    store, part, new = workspace_of(request).store, Part.named(posted), posted.get("id", "").strip()

    def change() -> Saved | None:
        return store.apply(RenameGoal(part.goal, new), who=who_of(request)) if new != part.goal else None

    def again(**shown: Any) -> Response:
        return _show_editing(request, part, typed=posted, **shown)

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
        return _show_editing(request, part, **shown)

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
        return _gone_page(request, conflict.owner, None, {})
    except (ValueError, RecursionError):
        raise HTTPException(404) from None

    def change() -> Saved | None:
        return workspace.store.apply(what, who=who_of(request)) if what else None

    def again(*, problems: Mapping[str, Sequence[str]] = {}, errors: Sequence[str] = (), **shown: Any) -> Response:
        said = [message for messages in problems.values() for message in messages]
        return _show_structure(request, errors=[*said, *errors], **shown)

    moved = Part(getattr(what, "into", part.strategy), part.guideline, part.goal)
    return _attempt(request, change, did="moved", part=moved, again=again, posted=posted)


def _add(request: Request, posted: Mapping[str, str]) -> Response:
    """Add a goal, a guideline or a strategy."""
    workspace, part, kind = workspace_of(request), Part.named(posted), _kind_of(posted)
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
        return _show_adding(request, kind, part, typed=posted, **shown)

    return _attempt(request, change, did="added", part=added, again=again, posted=posted)


def _remove(request: Request, posted: Mapping[str, str]) -> Response:
    """Remove a part, if all that goes with it is as it was shown."""
    workspace, words, part = workspace_of(request), words_of(request), Part.named(posted)
    try:
        is_as_seen = parts.seen_of(workspace.opened, part) == posted.get("seen", "")
    except Conflict as conflict:
        return _gone_page(request, conflict.owner, None, {})
    changed = words.say("Not removed: something in it was changed since. Look once more.")
    if not is_as_seen or part.kind == "report":
        return _show_removing(request, part, status=409, notice=changed)

    def change() -> Saved:
        return workspace.store.apply(parts.removal_of(part, posted["seen"]), who=who_of(request))

    def again(*, conflicts: Mapping[str, object] = {}, notice: str = "", **shown: Any) -> Response:
        return _show_removing(request, part, notice=changed if conflicts else notice, **shown)

    return _attempt(request, change, did="removed", part=part, again=again, posted=posted)


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
            return _show_structure(request, **{name: shown[name] for name in shown if name != "problems"})
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
    Route("/structure/undo", _taking(_undo), methods=["POST"]),
]
