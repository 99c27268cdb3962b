"""From a part of the report to the pages on which its structure is seen and changed: outline, forms, questions.

Does not know what is posted, nor how anything is changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from raportti.report.model import LANGUAGES
from raportti.serve.saving.report_texts import Missing
from raportti.serve.saving.store import Conflict
from raportti.serve.views import structure_parts as parts
from raportti.serve.views.structure_parts import Part, row_of
from raportti.serve.views.structure_texts import TextGroup, new_fields, text_groups, typed_texts
from raportti.serve.web.app import page, words_of, workspace_of


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
    return await request.app.state.run(outline_page, request)


def outline_page(request: Request, *, status: int = 200, **shown: Any) -> Response:
    """Fill the page of the outline."""
    workspace, words = workspace_of(request), words_of(request)
    report = workspace.opened.report
    values: dict[str, Any] = {"notice": _what_was_done(request), "errors": (), "conflicts": {}, **shown}
    return page(
        request,
        "structure.html.j2",
        status=status,
        report=Part(),
        outline=parts.outline_of(report),
        others=[language for language in LANGUAGES if language not in workspace.opened.languages],
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
    return await request.app.state.run(editing_page, request, Part.named(request.query_params))


def editing_page(request: Request, part: Part, *, status: int = 200, **shown: Any) -> Response:
    """Fill the page of one part."""
    workspace, words = workspace_of(request), words_of(request)
    opened = workspace.opened
    values: dict[str, Any] = {"notice": "", "errors": (), "conflicts": {}, "problems": {}, "typed": {}, **shown}
    try:
        row = row_of(opened.report, part) if part.kind != "report" else None
        groups: Sequence[TextGroup] = () if part.kind == "goal" else text_groups(workspace, part, words)
    except (Conflict, Missing):
        return gone_page(request, part.name, None, typed_texts(values["typed"], words))
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
    return await request.app.state.run(adding_page, request, kind_of(request.query_params), part)


def kind_of(values: Mapping[str, str]) -> str:
    """Read what is to be added; nothing else can be."""
    kind = values.get("kind", "")
    if kind not in ("goal", "guideline", "strategy"):
        raise HTTPException(404)
    return kind


def adding_page(request: Request, kind: str, part: Part, *, status: int = 200, **shown: Any) -> Response:
    """Fill the form of a new part."""
    workspace, words = workspace_of(request), words_of(request)
    report = workspace.opened.report
    values: dict[str, Any] = {"notice": "", "errors": (), "conflicts": {}, "problems": {}, "typed": {}, **shown}
    try:
        within = row_of(report, part) if part.kind != "report" else None
        proposed = parts.proposed_id(report, kind, part)
    except (Conflict, Missing):
        return gone_page(request, part.name, None, typed_texts(values["typed"], words))
    return page(
        request,
        "structure_add.html.j2",
        status=status,
        kind=kind,
        part=part,
        within=within,
        beside=within.within if within else parts.outline_of(report),
        groups=new_fields(kind, workspace.opened.languages, words),
        proposed=proposed,
        **values,
    )


async def show_removing(request: Request) -> Response:
    """Ask once whether a part shall go, and show all that goes with it."""
    return await request.app.state.run(removing_page, request, Part.named(request.query_params))


def removing_page(request: Request, part: Part, *, status: int = 200, **shown: Any) -> Response:
    """Fill the question."""
    opened = workspace_of(request).opened
    values: dict[str, Any] = {"notice": "", "errors": (), **shown}
    try:
        row = row_of(opened.report, part)
        seen = parts.seen_of(opened, part)
    except Conflict:
        return gone_page(request, part.name, None, {})
    forms = [opened.goals[goal.part.goal] for goal in row.goals]
    alone = len(parts.siblings_of(opened.report, part)) == 1
    return page(
        request, "structure_remove.html.j2", status=status, row=row, seen=seen, forms=forms, alone=alone, **values
    )


def gone_page(request: Request, name: str, renamed: str | None, typed: Mapping[str, str]) -> Response:
    """Say that a part is not in the source any more, with all that was typed for it."""
    message = words_of(request).say("Not saved: {name} is not in the source any more.", name=name or "–")
    return page(request, "structure_gone.html.j2", status=410, message=message, renamed=renamed, typed=typed)
