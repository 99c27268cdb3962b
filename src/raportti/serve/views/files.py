"""Files out: the page with what can be taken, the documents themselves, and what was found in them."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from raportti.problems import Problem, SlidePlace
from raportti.problems.messages import safe, what_and_how_much
from raportti.report.figures import unfinished_goals
from raportti.report.model import LANGUAGES
from raportti.serve.desk import desk_of, owner_of
from raportti.serve.files.downloads import Inspected, Made, NotMade, Wish
from raportti.serve.files.since import Reference
from raportti.serve.web.app import fragment_text, page, words_of, workspace_of
from raportti.serve.web.language import Words


def _(msgid: str) -> str:
    """Mark a text for the catalogue."""
    return msgid


STAGES: Mapping[str, str] = {
    "load": _("Reading the source …"),
    "fonts": _("Loading fonts …"),
    "plan": _("Measuring pages …"),
    "html": _("Writing the HTML …"),
    "pptx": _("Drawing the deck …"),
    "pdf": _("Drawing the PDF …"),
    "write": _("Writing the file …"),
}
"""What is said of each pass while a document is made."""
KINDS = ("deck", "pdf", "workbook")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a deck, in the columns of ``raportti inspect``."""

    slide: str
    what: str
    where: str
    how_much: str


def wish_of(request: Request, kind: str) -> Wish:
    """Read a wish from an address; what it leaves open is as the program was started, as ``build`` would make it."""
    query, started = request.query_params, workspace_of(request).request
    language = query.get("lang", "")
    if kind == "workbook":
        return Wish(kind, unit=query.get("unit") or None)
    own = started.languages[0] if started.languages else None
    return Wish(
        kind,
        language if language in LANGUAGES else own,  # where a text is missing in it, the problems say so
        charts=_YES_NO.get(query.get("charts", ""), started.options.charts),
        draft=_YES_NO.get(query.get("draft", ""), started.is_draft),
        allow_missing=query.get("missing") == "1",
        since=_since(request) if _compares(request) else "",
    )


_YES_NO: Mapping[str, bool] = {"0": False, "1": True}
NOTHING = "none"
"""What is asked for where nothing is to be compared to."""


def _compares(request: Request) -> bool:
    query = request.query_params
    asked = query.get("since", NOTHING if workspace_of(request).request.compare_to is None else "given")
    return query.get("changes") == "1" or asked not in ("", NOTHING)


def _since(request: Request) -> str:
    """Name what is compared to: what is asked for, else the first that there is."""
    references = desk_of(request).since.references(owner_of(request))
    asked = request.query_params.get("since", "").removeprefix(NOTHING)
    found = next((one.id for one in references if asked in ("", one.id)), None)
    if found is None:
        raise HTTPException(404)
    return found


def _compared(request: Request, wish: Wish) -> AbstractContextManager[Path | None]:
    return desk_of(request).since.path(wish.since, owner_of(request)) if wish.since else nullcontext()


async def show_files(request: Request) -> Response:
    """Show what can be taken, and where files can be brought."""
    return await request.app.state.run(_show_files, request)


def _show_files(request: Request) -> Response:
    return files_page(request)


def files_page(request: Request, *, status: int = 200, **shown: object) -> Response:
    """Fill the page of files; ``notice`` and ``wrong`` (sentences) say what came of a file that was brought."""
    workspace, desk, owner, words = workspace_of(request), desk_of(request), owner_of(request), words_of(request)
    opened = workspace.opened
    report = opened.report
    values: Mapping[str, object] = {"notice": "", "wrong": (), **shown}
    newest = desk.downloads.newest()
    return page(
        request,
        "files.html.j2",
        status=status,
        is_draft=workspace.request.is_draft or bool(unfinished_goals(report)),
        has_charts=bool(workspace.request.options.charts),
        own=workspace.main_language,
        compares=workspace.request.compare_to is not None,
        has_missing=any(source.untranslated for source in opened.sources.values()),
        units=list(dict.fromkeys(goal.responsible for goal in report.goals if goal.responsible)),
        references={one.id: since_text(one, words) for one in desk.since.references(owner)},
        made={kind: _said_of(request, newest[kind]) for kind in KINDS if kind in newest},
        proposals=[(one, desk.proposals.minutes_left(one)) for one in desk.proposals.of(owner)],
        **values,
    )


def since_text(one: Reference, words: Words) -> str:
    """Say what a report is compared to."""
    if one.kind == "revision":
        values = {"time": words.time(one.time), "subject": safe(one.name), "author": safe(one.author)}
        return words.say("{time}: {subject} ({author})", **values)
    texts = {
        "given": words.say("{name}, given when the program was started", name=safe(one.name)),
        "beside": words.say("{name}, in the same folder", name=safe(one.name)),
        "file": words.say("{name}, brought here", name=safe(one.name)),
    }
    return texts[one.kind]


@dataclass(frozen=True, slots=True)
class Said:
    """What is shown beside a document that was made."""

    made: Made
    facts: str
    findings: tuple[Finding, ...] | None
    remarks: tuple[Problem, ...]
    slides: int = 0


def _said_of(request: Request, made: Made) -> Said:
    words, inspected = words_of(request), desk_of(request).downloads.inspected(made)
    if inspected is None:
        return Said(made, facts_of(made, words), None, ())
    return Said(made, facts_of(made, words), _findings(inspected, words), inspected.remarks, inspected.slides)


def facts_of(made: Made, words: Words) -> str:
    """Say when a document was made, how large it is and how many pages it has."""
    size = f"{max(1, round(len(made.data) / 1024))} kB"
    pages = words.count("{n} page", "{n} pages", made.pages) if made.pages else ""
    return ", ".join(part for part in (words.say("made {time}", time=f"{made.when:%H:%M}"), pages, size) if part)


def _findings(inspected: Inspected, words: Words) -> tuple[Finding, ...]:
    return tuple(_finding(one, words) for one in inspected.findings)


def _finding(problem: Problem, words: Words) -> Finding:
    what, how_much = what_and_how_much(problem, words.language)
    place = problem.place
    if not isinstance(place, SlidePlace):
        return Finding("", what, "", how_much)
    return Finding(str(place.slide or ""), what, safe(place.shape or ""), how_much)


async def download(request: Request) -> Response:
    """Give a document as the command line writes it; where it cannot be made, say why."""
    return await request.app.state.run(_download, request)


def _download(request: Request) -> Response:
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    wish = wish_of(request, kind)
    try:
        made = desk_of(request).downloads.made(wish, _compared(request, wish))
    except NotMade as error:
        return page(request, "not_made.html.j2", status=422, problems=error.problems, wish=wish, kind=kind)
    return attachment(made.name, made.type, made.data)


def attachment(name: str, kind: str, data: bytes) -> Response:
    """Give bytes as a file to be kept, never to be shown."""
    plain = name.encode("ascii", "replace").decode().replace('"', "_").replace("\\", "_").replace("?", "_")
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers=headers)


async def make(request: Request) -> Response:
    """Make a document for a script, which then fetches it: say what it is, or why it cannot be made."""
    return await request.app.state.run(_make, request)


def _make(request: Request) -> Response:
    kind, words = request.path_params["kind"], words_of(request)
    if kind not in KINDS:
        raise HTTPException(404)
    wish = wish_of(request, kind)
    try:
        made = desk_of(request).downloads.made(wish, _compared(request, wish))
    except NotMade as error:
        problems = [words.problem(problem) for problem in error.problems]
        message = words.count("It cannot be made: {n} problem.", "It cannot be made: {n} problems.", len(problems))
        return JSONResponse({"message": message, "problems": problems}, 422)
    warnings = [words.problem(problem) for problem in made.warnings]
    return JSONResponse(
        {
            "address": f"/files/{kind}?{request.query_params}",
            "message": words.say("{name} is ready", name=made.name),
            "said": fragment_text(request, "made.html.j2", said=_said_of(request, made), kind=kind),
            "inspection": f"/files/inspection/{made.hash}" if kind == "deck" else None,
            "warnings": warnings,
        }
    )


async def stage(request: Request) -> Response:
    """Say at which pass the document is that this address would make."""
    wish = await request.app.state.run(wish_of, request, request.path_params["kind"])
    found = desk_of(request).downloads.stage(wish)
    return JSONResponse({"stage": words_of(request).say(STAGES[found]) if found in STAGES else ""})


async def inspection(request: Request) -> Response:
    """Show what was found in a deck that was made here."""
    return await request.app.state.run(_inspection, request)


def _inspection(request: Request) -> Response:
    downloads = desk_of(request).downloads
    made = downloads.by_hash(request.path_params["hash"])
    if made is None or made.wish.kind != "deck":
        raise HTTPException(404)
    try:
        downloads.inspection(made)
    except NotMade as error:
        return page(request, "not_made.html.j2", status=422, problems=error.problems, wish=made.wish, kind="deck")
    said = _said_of(request, made)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"said": fragment_text(request, "made.html.j2", said=said, kind="deck")})
    return page(request, "inspection.html.j2", said=said, kind="deck")


ROUTES = [
    Route("/files", show_files),
    Route("/files/inspection/{hash}", inspection),
    Route("/files/make/{kind}", make),
    Route("/files/stage/{kind}", stage),
    Route("/files/{kind}", download),
]
