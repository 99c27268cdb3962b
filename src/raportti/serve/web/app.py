"""From a workspace to the application that serves it: the table of routes, and what a page is made of.

Knows nothing of how a view is filled. Static files come from a fixed table, never from a path that a browser names.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_type
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from raportti.problems.messages import LANGUAGES
from raportti.serve.desk import Desk
from raportti.serve.web import events
from raportti.serve.web.gate import Gate, Keys, TooLarge, cookie_name
from raportti.serve.web.language import COOKIE, ENDONYMS, Words, language_of
from raportti.serve.workspace import Workspace

FOREVER = "private, max-age=31536000, immutable"
"""How long a browser may keep what has its hash in its address."""
FONT = "Inter[opsz,wght].ttf"
"""What the app itself is set in; it comes with the program, as a package."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the program; its address has a hash of it, so that browsers may keep it."""

    name: str
    data: bytes = field(repr=False)
    hash: str

    @property
    def address(self) -> str:
        return f"/static/{self.hash}/{self.name}"


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Return the files of the program by name: style sheets, scripts, pictures.

    All have one hash, of all of them: scripts import each other by relative addresses.
    """
    own = (files("raportti.serve") / "static").iterdir()
    found = {entry.name: entry.read_bytes() for entry in sorted(own, key=lambda entry: entry.name)}
    found["inter.ttf"] = (files("fontpkg_inter") / "files" / FONT).read_bytes()
    whole = sha256(b"".join(found.values())).hexdigest()[:16]
    return {name: StaticFile(name, data, whole) for name, data in found.items()}


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("raportti.serve"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def words_of(request: Request) -> Words:
    """Return the texts in the language of whoever asks."""
    return Words(language_of(request, default=request.app.state.workspace.language))


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Fill a template of a whole page; what every page shows is added: words, navigation, the state of the source."""
    words = words_of(request)
    html = (
        _templates()
        .get_template(template)
        .render(
            say=words.say,
            count=words.count,
            problem=words.problem,
            language=words.language,
            languages=ENDONYMS,
            path=request.scope["path"],
            static={name: file.address for name, file in static_files().items()},
            workspace=request.app.state.workspace,
            texts=json.dumps(words.for_scripts(), ensure_ascii=False),
            **values,
        )
    )
    return HTMLResponse(html, status)


def fragment_text(request: Request, template: str, **values: Any) -> str:
    """Fill a template of a part of a page."""
    words = words_of(request)
    return (
        _templates()
        .get_template(template)
        .render(say=words.say, count=words.count, problem=words.problem, language=words.language, **values)
    )


def fragment(request: Request, template: str, **values: Any) -> HTMLResponse:
    """Answer with a part of a page, for a script to put in its place."""
    return HTMLResponse(fragment_text(request, template, **values))


def workspace_of(request: Request) -> Workspace:
    """Return what is served."""
    return request.app.state.workspace


def who_of(request: Request) -> str:
    """Name whoever asks, for the journal."""
    return request.app.state.who


async def start(request: Request) -> Response:
    """Take the key of the link for a cookie."""
    keys: Keys = request.app.state.keys
    name = cookie_name(request.app.state.port)
    cookie = keys.exchange(request.query_params.get("key", ""))
    if cookie is None:
        if keys.knows(request.cookies.get(name, "")):
            return RedirectResponse("/", 303)
        return page(request, "used.html.j2", status=403)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(name, cookie, httponly=True, samesite="strict", path="/")
    return answer


async def static(request: Request) -> Response:
    """Give a file of the program."""
    file = static_files().get(request.path_params["name"])
    if file is None or request.path_params["hash"] != file.hash:
        raise HTTPException(404)
    kind = guess_type(file.name)[0] or "application/octet-stream"
    return Response(file.data, media_type=kind, headers={"Cache-Control": FOREVER})


async def switch_language(request: Request) -> Response:
    """Remember in which language the browser's user reads; lead back to where the switch was."""
    form = await request.form(max_files=0, max_fields=4)
    chosen, back = str(form.get("language", "")), str(form.get("back", "/"))
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="strict", httponly=True, path="/")
    return answer


async def stream(request: Request) -> Response:
    """Send what happens, as long as the page is open."""
    state = request.app.state
    first = events.message("hello", state.workspace.state())
    listening = state.workspace.hub.listen(first=first, is_ending=state.is_ending)
    return StreamingResponse(listening, media_type=events.TYPE, headers=events.HEADERS)


def error_page(request: Request, error: Exception) -> Response:
    """Answer what went wrong with a page that says it and leads back."""
    status = 413 if isinstance(error, TooLarge) else error.status_code if isinstance(error, HTTPException) else 500
    if status == 500:
        request.app.state.on_fault(error)
    words = words_of(request)
    heading, sentence = words.of_status(status)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": sentence}, status)
    return page(request, "error.html.j2", status=status, heading=heading, sentence=sentence)


async def in_thread(work: Callable[..., Response], *values: Any) -> Response:
    """Do what takes a while beside the loop that serves: it stays awake for others."""
    return await run_in_threadpool(work, *values)


def application(
    workspace: Workspace,
    routes: Sequence[BaseRoute],
    *,
    desk: Desk,
    keys: Keys,
    port: int,
    who: str,
    is_ending: Callable[[], bool],
    on_fault: Callable[[Exception], None],
) -> ASGIApp:
    """Make the application of these views, behind its gate; ``on_fault`` is told of faults of the program."""
    own = [
        Route("/start", start),
        Route("/static/{hash}/{name}", static),
        Route("/events", stream),
        Route("/language", switch_language, methods=["POST"]),
    ]
    handlers = {HTTPException: error_page, TooLarge: error_page, 500: error_page}
    app = Starlette(routes=[*own, *routes], exception_handlers=handlers)
    app.state.workspace = workspace
    app.state.desk = desk
    app.state.keys = keys
    app.state.port = port
    app.state.who = who
    app.state.is_ending = is_ending
    app.state.on_fault = on_fault
    app.state.run = in_thread
    return Gate(app, keys=keys, port=port)
