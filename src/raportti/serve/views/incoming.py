"""Files in: one file is brought, what it changes is looked at, and what is chosen of that comes into the source."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raportti.files import slug
from raportti.ooxml.package import packed
from raportti.problems import Problem, ProblemsFound, SlidePlace
from raportti.serve.desk import desk_of, owner_of
from raportti.serve.files.choosing import Item, chosen, items_of, sides_of
from raportti.serve.files.differing import Row
from raportti.serve.files.downloads import NO_STEM, TYPES
from raportti.serve.files.reading import (
    Incoming,
    Kept,
    NotRead,
    ReadChanges,
    ReadDeck,
    ReadSource,
    read_changes,
    read_refreshed,
    read_reports,
)
from raportti.serve.files.uploads import NotTaken, Proposal, incoming
from raportti.serve.saving.store import Conflict, SourceBroken
from raportti.serve.views.files import attachment, files_page
from raportti.serve.web.app import page, who_of, words_of, workspace_of
from raportti.serve.web.language import Words
from raportti.source.conflicts import name_of

_MOST_FIELDS = 20_000
_ALL_PARTS = "all"


def _(msgid: str) -> str:
    """Mark a text for the catalogue."""
    return msgid


_NOT_READ: Mapping[str, str] = {
    "time": _("Reading the file took longer than any report does, so it was stopped. Check that it is the right file."),
    "memory": _("Reading the file took more memory than any report does, so it was stopped. Check that it is the right file."),  # noqa: E501 - one text of the catalogue
    "end": _("The file could not be read: what reads it ended. Open it in the program it was made with, save it again, and try that."),  # noqa: E501 - one text of the catalogue
}  # fmt: skip
_FATES: Mapping[str, str] = {
    "changed": _("Slide {n} changes: {title}"),
    "added": _("Slide {n} is new: {title}"),
    "removed": _("Slide {n} is removed: {title}"),
    "kept": _("Slide {n} stays without its table or charts, as something was added to it by hand: {title}"),
}


class Refused(Exception):
    """Raised where a file is not taken; ``sentences`` say why, in the language of whoever brought it."""

    def __init__(self, sentences: Sequence[str], status: int = 422) -> None:
        super().__init__(sentences)
        self.sentences = sentences
        self.status = status


async def posted_file(request: Request) -> tuple[str, bytes]:
    """Return the one file that was brought, with the name that it came under. Raises ``Refused``."""
    words = words_of(request)
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            found = form.get("file")
            if not isinstance(found, UploadFile) or not found.filename:
                raise Refused([words.say("No file came. Choose one, then bring it.")])
            return found.filename, await found.read()
    except HTTPException as error:  # two files, or none that can be told from others
        raise Refused([words.say("Bring one file at a time.")], 400) from error


def read_incoming(words: Words, work: Any) -> Any:
    """Do what reads a file; what is wrong with it is said as the command line does. Raises ``Refused``."""
    try:
        return work()
    except NotTaken as error:
        raise Refused([words.say(error.why)]) from error
    except NotRead as error:
        raise Refused([words.say(_NOT_READ[error.why])]) from error
    except ProblemsFound as found:
        raise Refused([words.problem(problem) for problem in found.problems]) from found


async def bring(request: Request) -> Response:
    """Take a file in: nothing is written, what it says is a proposal."""
    try:
        name, data = await posted_file(request)
        return await request.app.state.run(_bring, request, name, data)
    except Refused as refused:
        return await request.app.state.run(_refusal, request, refused)


def _refusal(request: Request, refused: Refused) -> Response:
    return files_page(
        request,
        status=refused.status,
        notice=words_of(request).say("The file was not taken."),
        wrong=refused.sentences,
    )


def _bring(request: Request, name: str, data: bytes) -> Response:
    desk, words = desk_of(request), words_of(request)

    def work() -> tuple[Incoming, ReadChanges | ReadSource]:
        file = incoming(name, data)
        return file, read_changes(file, desk.around)

    file, read = read_incoming(words, work)
    sides = None
    if isinstance(read, ReadChanges):
        sides = sides_of(read.base, read.theirs, workspace_of(request).opened.languages)
        if sides is None:
            raise Refused([words.say("The file is in a language that the source does not have.")])
    proposal = desk.proposals.add(owner_of(request), file, read, sides)
    return RedirectResponse(f"/files/in/{proposal.token}", 303)


async def compare(request: Request) -> Response:
    """Take a file in to compare the report with; nothing is written."""
    try:
        name, data = await posted_file(request)
        return await request.app.state.run(_compare, request, name, data)
    except Refused as refused:
        return await request.app.state.run(_refusal, request, refused)


def _compare(request: Request, name: str, data: bytes) -> Response:
    desk, languages = desk_of(request), workspace_of(request).opened.languages

    def work() -> tuple[Incoming, Any]:
        file = incoming(name, data)
        return file, read_reports(file, desk.around, languages)

    file, (reports, _) = read_incoming(words_of(request), work)
    token = sha256(file.data + owner_of(request)).hexdigest()[:32]
    return RedirectResponse(f"/changes?since={desk.since.keep(token, owner_of(request), file.label, reports)}", 303)


def proposal_of(request: Request) -> Proposal:
    """Return the proposal that an address names, if it is of whoever asks."""
    found = desk_of(request).proposals.find(request.path_params["token"], owner_of(request))
    if found is None:
        raise HTTPException(404)
    return found


async def show_proposal(request: Request) -> Response:
    """Show what a file changes, or what new source it makes."""
    return await request.app.state.run(_show_proposal, request)


def _show_proposal(request: Request) -> Response:
    taken = request.query_params.get("taken", "")
    notice = ""
    if taken.isascii() and taken.isdigit():
        notice = words_of(request).count("{n} change was accepted.", "{n} changes were accepted.", int(taken[:6]))
    return proposal_page(request, proposal_of(request), notice=notice)


def proposal_page(
    request: Request, proposal: Proposal, *, status: int = 200, notice: str = "", wrong: Sequence[str] = ()
) -> Response:
    """Fill the page of a proposal."""
    workspace, desk = workspace_of(request), desk_of(request)
    items = _items(request, proposal)
    shared = {
        "proposal": proposal,
        "minutes": desk.proposals.minutes_left(proposal),
        "notice": notice,
        "wrong": wrong,
        "own": workspace.opened.languages[0],
    }
    if isinstance(proposal.read, ReadSource):
        return page(request, "new_source.html.j2", status=status, read=proposal.read, **shared)
    return page(
        request,
        "proposal.html.j2",
        status=status,
        read=proposal.read,
        items=items,
        clashes=sum(len(item.clashes) for item in items),
        number=workspace.opened.number,
        many=len(workspace.opened.languages) > 1,
        **shared,
    )


def _items(request: Request, proposal: Proposal) -> tuple[Item, ...]:
    """Say what a proposal changes in the files as they are in this moment."""
    store, sides = workspace_of(request).store, proposal.sides
    store.look()
    return items_of(sides, store.opened.reports, proposal.settled) if sides else ()


async def accept(request: Request) -> Response:
    """Bring what is chosen of a proposal into the source."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        posted = {name: [str(value) for value in form.getlist(name)] for name in form}
    return await request.app.state.run(_accept, request, posted)


def _accept(request: Request, posted: Mapping[str, list[str]]) -> Response:
    proposal, words = proposal_of(request), words_of(request)
    if proposal.sides is None:
        raise HTTPException(404)
    workspace_of(request).store.look()
    opened = workspace_of(request).opened
    items = items_of(proposal.sides, opened.reports, proposal.settled)
    choice = Choice.of(posted, items)
    if choice.stale:
        names = ", ".join(choice.stale)
        message = words.say("Nothing was taken: this was changed meanwhile: {names}. Look at it again.", names=names)
        return proposal_page(request, proposal, status=409, notice=message)
    if not choice.items:
        message = words.say("Nothing is chosen, so nothing was changed.")
        return proposal_page(request, proposal, status=422, notice=message)
    reports = chosen(proposal.sides, opened.reports, choice.items, choice.taken)
    try:
        saved = workspace_of(request).store.accept(tuple(reports.values()), based_on=opened.number, who=who_of(request))
    except Conflict:
        message = words.say("Nothing was taken: the source was changed in this moment. Look at it again.")
        return proposal_page(request, proposal, status=409, notice=message)
    except SourceBroken as broken:
        message = words.say("Nothing was taken: the source cannot be read now.")
        wrong = [words.problem(problem) for problem in broken.problems]
        return proposal_page(request, proposal, status=503, notice=message, wrong=wrong)
    except ProblemsFound as found:
        message = words.say("Nothing was taken: the source cannot say this.")
        wrong = [words.problem(problem) for problem in found.problems]
        return proposal_page(request, proposal, status=422, notice=message, wrong=wrong)
    proposal.settled |= choice.kept
    if saved.entry is not None:
        workspace_of(request).tell(who_of(request))
    return RedirectResponse(f"/files/in/{proposal.token}?taken={len(choice.items)}", 303)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: items, the ids of clashes where the file's side counts (``taken``), or the source's."""

    items: tuple[Item, ...]
    taken: frozenset[str]
    kept: frozenset[str]
    stale: tuple[str, ...]
    """Names of what is not any more as it was looked at."""

    @classmethod
    def of(cls, posted: Mapping[str, Sequence[str]], items: Collection[Item]) -> "Choice":
        """Read a form: ``only`` is one item, ``all`` every one, else those of ``take``; ``state`` is what was shown."""
        shown = {name: state for name, _, state in (one.partition(":") for one in posted.get("state", ()))}
        only = posted.get("only", ())
        wanted = frozenset(shown if only == [_ALL_PARTS] else only or posted.get("take", ()))
        here = {item.id: item for item in items}
        picked = tuple(item for item in items if item.id in wanted)
        sides = {clash.id: "".join(posted.get(f"side.{clash.id}", ())) for item in picked for clash in item.clashes}
        return cls(
            picked,
            frozenset(name for name, side in sides.items() if side == "theirs"),
            frozenset(name for name, side in sides.items() if side != "theirs"),
            tuple(_stale(wanted, here, shown)),
        )


def _stale(wanted: Collection[str], here: Mapping[str, Item], shown: Mapping[str, str]) -> Iterator[str]:
    for name in wanted:
        item = here.get(name)
        if item is None:
            yield "?"
        elif shown.get(name) != item.state:
            yield item.goal or item.title or "?"


async def discard(request: Request) -> Response:
    """Forget a proposal."""
    desk_of(request).proposals.forget(proposal_of(request))
    return RedirectResponse("/files", 303)


async def refresh(request: Request) -> Response:
    """Show what the deck would become with the data as they are now, or give it."""
    return await request.app.state.run(_refresh, request)


def _refresh(request: Request) -> Response:
    proposal, words = proposal_of(request), words_of(request)
    if not (isinstance(proposal.read, ReadChanges) and proposal.read.is_deck):
        raise HTTPException(404)
    keep = _kept(request)
    try:
        read = _refreshed(request, proposal, keep)
    except ProblemsFound as found:
        conflicts = [problem for problem in found.problems if problem.kind in _CONFLICTS]
        others = [problem for problem in found.problems if problem.kind not in _CONFLICTS]
        return _refresh_page(request, proposal, None, conflicts, [words.problem(one) for one in others], keep)
    except NotRead as error:
        return _refresh_page(request, proposal, None, (), [words.say(_NOT_READ[error.why])], keep)
    if request.path_params["what"] == "deck":
        stem = slug(proposal.file.label.rpartition(".")[0], otherwise=NO_STEM)
        return attachment(f"{stem}.pptx", TYPES["deck"], read.data)
    return _refresh_page(request, proposal, read, (), (), keep)


_CONFLICTS = frozenset({"deck-conflict", "deck-conflict-whole"})
_SIDES = ("deck", "source")
_OF_ONE = "keep."


def _kept(request: Request) -> Kept:
    """Read whose side was chosen: for all conflicts, or for each by its name."""
    query = request.query_params
    if query.get("keep") in _SIDES:
        return query["keep"]
    chosen = {name: side for name, side in query.items() if name.startswith(_OF_ONE) and side in _SIDES}
    return tuple(sorted((name.removeprefix(_OF_ONE), side) for name, side in chosen.items())) or None


def _refreshed(request: Request, proposal: Proposal, keep: Kept) -> ReadDeck:
    """Bring the data into the deck, once for source and layout as they are."""
    workspace_of(request).store.look()
    desk = desk_of(request)
    key = desk.downloads.fingerprint(), keep
    if (read := proposal.refreshed.get(key)) is None:
        read = read_refreshed(proposal.file, desk.around, keep)
        proposal.refreshed.clear()
        proposal.refreshed[key] = read
    return read


@dataclass(frozen=True, slots=True)
class Dispute:
    """What deck and data both changed: where, and from what it was to what each says; ``name`` is its in a form."""

    name: str
    goal: str
    what: str
    slide: int | None
    deck: Row
    data: Row

    @classmethod
    def of(cls, problem: Problem) -> "Dispute":
        """Read it from the problem that the command line would show."""
        values = {name: str(problem.values.get(name, "")) for name in ("what", "base", "deck", "source")}
        slide = problem.place.slide if isinstance(problem.place, SlidePlace) else None
        sides = (Row("text", "", values["base"], values[name]) for name in ("deck", "source"))
        return cls(name_of(problem), problem.goal or "", values["what"], slide, *sides)


def _refresh_page(
    request: Request,
    proposal: Proposal,
    read: ReadDeck | None,
    conflicts: Sequence[Problem],
    wrong: Sequence[str],
    keep: Kept,
) -> Response:
    words = words_of(request)
    slides = [_fate(words, one.fate, one.number, one.title, one.parts) for one in read.slides] if read else []
    return page(
        request,
        "refresh.html.j2",
        status=200 if read else 409 if conflicts else 422,
        proposal=proposal,
        read=read,
        slides=slides,
        disputes=list({name_of(one): Dispute.of(one) for one in conflicts}.values()),
        wrong=wrong,
        decided=keep if isinstance(keep, tuple) else (),
        query=str(request.query_params),
    )


def _fate(words: Words, fate: str, number: int, title: str, parts: Sequence[str]) -> str:
    told = words.say(_FATES.get(fate, _FATES["changed"]), n=number, title=title)
    named = (words.say("notes") if part == "notes" else part for part in parts)
    return f"{told} ({', '.join(named)})" if parts else told


async def new_source(request: Request) -> Response:
    """Give the files of a new source; the served one is not touched."""
    proposal = proposal_of(request)
    if not isinstance(proposal.read, ReadSource):
        raise HTTPException(404)
    files = {name: text.encode() for name, text in proposal.read.files.items()}
    name = f"{slug(proposal.read.report.title, otherwise=NO_STEM)}-lahde.zip"
    return attachment(name, TYPES["zip"], await request.app.state.run(packed, files))


ROUTES = [
    Route("/files/in", bring, methods=["POST"]),
    Route("/files/in/{token}", show_proposal),
    Route("/files/in/{token}/accept", accept, methods=["POST"]),
    Route("/files/in/{token}/discard", discard, methods=["POST"]),
    Route("/files/in/{token}/source", new_source),
    Route("/files/in/{token}/{what:str}", refresh),
    Route("/changes/file", compare, methods=["POST"]),
]
