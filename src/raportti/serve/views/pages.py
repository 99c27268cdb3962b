"""The pages exactly as they print: all of them, one after an edit, and one as it was before."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from raportti.serve.paging import FontFile, Pages, ShownPage, changed_since, font_rules
from raportti.serve.web.app import FOREVER, fragment, page, workspace_of
from raportti.serve.workspace import NoPages, Workspace

START = "start"
"""What the pages as they were when the program was started are asked for by."""


@dataclass(frozen=True, slots=True)
class Side:
    """The pages of one language, as a view shows them beside those of another."""

    language: str
    pages: Pages
    changed: Mapping[int, int]
    """The numbers of pages that have changed since the program was started, each with its number then; 0: it is new."""

    def page(self, number: int) -> ShownPage | None:
        """Return a page by its number; None where this language has fewer."""
        return self.pages.pages[number - 1] if number <= len(self.pages.pages) else None


async def show_pages(request: Request) -> Response:
    """Show all pages, in one language or two beside each other."""
    return await request.app.state.run(_show_pages, request)


def _show_pages(request: Request) -> Response:
    workspace = workspace_of(request)
    is_past = request.query_params.get("at") == START
    try:
        sides = [_side(workspace, language, is_past=is_past) for language in _languages(request, workspace)]
    except NoPages as none:
        return page(request, "no_pages.html.j2", problems=none.problems)
    most = max(len(side.pages.pages) for side in sides)
    return page(
        request,
        "pages.html.j2",
        sides=sides,
        numbers=range(1, most + 1),
        chosen=request.query_params.get("lang", sides[0].language),
        sheet=sheet,
        style=style_address(*(side.pages for side in sides)),
        is_past=is_past,
    )


def _side(workspace: Workspace, language: str, *, is_past: bool = False) -> Side:
    """Return the pages of a language as they are now, or as they were when the program was started."""
    now, start = workspace.pages(language), workspace.pages_at_start(language)
    if is_past:
        return Side(language, start or now, {})
    return Side(language, now, changed_since(start, now) if start else {})


def sheet(shown: ShownPage) -> Markup:
    """Return the renderer's own drawing of a page, which has escaped every text already."""
    return Markup(shown.html)


def style_address(*pages: Pages) -> str:
    """Return the address of the last style sheet of pages, with its hash: rules are added, never taken away."""
    return f"/style/{max(pages, key=lambda one: len(one.style)).style_hash}.css"


async def one_page(request: Request) -> Response:
    """Give one page, without anything around it: as it is, or (``at``) as it was at the start or in a reading."""
    return await request.app.state.run(_one_page, request)


def _one_page(request: Request) -> Response:
    workspace = workspace_of(request)
    number = request.path_params["number"]
    at = request.query_params.get("at", "")
    language = _languages(request, workspace)[0]
    try:
        if at == START:
            pages = workspace.pages_at_start(language) or workspace.pages(language)
        else:
            pages = workspace.pages(language, int(at) if at.isascii() and at.isdigit() else None)
    except (KeyError, NoPages) as error:
        raise HTTPException(404) from error
    if not 1 <= number <= len(pages.pages):
        raise HTTPException(404)
    return fragment(
        request,
        "leaf.html.j2",
        shown=pages.pages[number - 1],
        pages=pages,
        of=language,
        beside="beside" in request.query_params,
        sheet=sheet,
    )


async def page_list(request: Request) -> Response:
    """Say which pages there are now, for a page that is open: number, hash and title of each, and the style sheet."""
    return await request.app.state.run(_page_list, request)


def _page_list(request: Request) -> Response:
    workspace = workspace_of(request)
    number = workspace.opened.number
    answer: dict[str, object] = {"number": number}
    for language in _languages(request, workspace):
        try:
            side = _side(workspace, language)
        except NoPages as none:
            return JSONResponse({"number": number, "problems": len(none.problems)}, 409)
        answer[language] = {
            "style": style_address(side.pages),
            "pages": [
                {"number": one.number, "hash": one.hash, "key": one.key, "goals": one.goals}
                | {"before": side.changed.get(one.number)}
                for one in side.pages.pages
            ],
        }
    return JSONResponse(answer)


async def style(request: Request) -> Response:
    """Give the style sheet of the pages, with the fonts that they are set in."""
    return await request.app.state.run(_style, request)


def _style(request: Request) -> Response:
    workspace = workspace_of(request)
    try:
        look, text = workspace.look(), workspace.style()
    except NoPages as none:
        raise HTTPException(404) from none
    # Rules are named by what they say, so that a later sheet serves an earlier page too.
    return Response(f"{font_rules(look.files)}\n{text}", media_type="text/css", headers={"Cache-Control": FOREVER})


async def font(request: Request) -> Response:
    """Give a font of the layout."""
    files = {one.name: one for one in (await request.app.state.run(_look_files, request))}
    found = files.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found.data, media_type="font/ttf", headers={"Cache-Control": FOREVER})


def _look_files(request: Request) -> tuple[FontFile, ...]:
    try:
        return workspace_of(request).look().files
    except NoPages as none:
        raise HTTPException(404) from none


def _languages(request: Request, workspace: Workspace) -> list[str]:
    """Return the languages of the report that are asked for; its own where none is."""
    has = workspace.opened.languages
    asked = [
        language
        for language in (request.query_params.get("lang", ""), request.query_params.get("with", ""))
        if language in has
    ]
    return list(dict.fromkeys(asked)) or [workspace.main_language]


ROUTES = [
    Route("/pages", show_pages),
    Route("/pages/list", page_list),
    Route("/pages/{number:int}", one_page),
    Route("/style/{hash}.css", style),
    Route("/fonts/{name}", font),
]
