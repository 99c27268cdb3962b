"""From what is being typed into the form of a goal to what it does to the pages, in sentences and as they would print.

Saves nothing.
"""

from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from raportti.serve.measuring import Effect
from raportti.serve.saving.versions import Refused, fields_of
from raportti.serve.views.goals import changes_in, form_of, posted_fields
from raportti.serve.views.pages import sheet, style_address
from raportti.serve.web.app import fragment_text, words_of, workspace_of
from raportti.serve.web.language import Words
from raportti.serve.workspace import NoPages


async def preview_goal(request: Request) -> Response:
    """Say what the texts that are being typed do to the pages; nothing is saved."""
    posted = await posted_fields(request)
    return await request.app.state.run(_preview_goal, request, posted)


def _preview_goal(request: Request, posted: Mapping[str, str]) -> Response:
    form, words, workspace = form_of(request), words_of(request), workspace_of(request)
    languages, asked = workspace.opened.languages, posted.get("language", "")
    language = asked if asked in languages else languages[0]
    try:
        preview = workspace.preview(form.id, changes_in(posted, fields_of(form)), language)
    except NoPages as none:
        return JSONResponse({"sentences": [], "warnings": [words.message(one) for one in none.problems], "sheet": ""})
    except Refused as refused:
        warnings = [words.message(one) for ones in refused.fields.values() for one in ones]
        return JSONResponse({"sentences": [], "warnings": warnings, "sheet": ""})
    return JSONResponse(
        {
            "sentences": list(sentences_of(preview.effect, words)),
            "language": words.say(f"in {language}") if len(languages) > 1 else "",
            "warnings": [words.message(one) for one in preview.warnings],
            "sheet": fragment_text(
                request, "preview.html.j2", shown_pages=preview.shown, pages=preview.pages, sheet=sheet, of=language
            ),
            "style": style_address(preview.pages),
        }
    )


def sentences_of(effect: Effect, words: Words) -> Iterator[str]:
    """Say what typing does: lines used and left, the page, the number of pages."""
    after, before = effect.after, effect.before
    if after is not None:
        used = words.count("{n} line", "{n} lines", after.lines)
        left = words.count("room for {n} more on the page", "room for {n} more on the page", after.left)
        yield f"{used}, {left}" if after.left else words.say("{lines}; the page is full", lines=used)
        yield words.count("Page {pages}", "Pages {pages}", len(after.pages), pages=_range(after.pages))
        if before is not None and before.pages[0] != after.pages[0]:
            yield words.say("moves from page {before} to page {after}", before=before.pages[0], after=after.pages[0])
        if before is not None and len(before.pages) < len(after.pages):
            yield words.say("goes on to page {page}", page=after.pages[-1])
    if effect.pages_before != effect.pages_after:
        yield words.say("{before} → {after} pages", before=effect.pages_before, after=effect.pages_after)


def _range(pages: tuple[int, ...]) -> str:
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"


ROUTES = [Route("/goals/{goal}/preview", preview_goal, methods=["POST"])]
