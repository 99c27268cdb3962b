"""From a request to serve to a running server: the source is opened, the link is said, and the rest is made ready.

What people need first is there first: no page is planned before the server answers.
"""

import gc
import getpass
import shutil
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress

from starlette.routing import BaseRoute

from raportti.files import scratch_folder
from raportti.serve.desk import Desk
from raportti.serve.saving.store import Store
from raportti.serve.views import changes, files, goal_list, goals, incoming, overview, pages, previews, structure
from raportti.serve.web.app import application
from raportti.serve.web.events import Hub
from raportti.serve.web.gate import Keys
from raportti.serve.web.server import ADDRESS, Server, bind
from raportti.serve.workspace import NoPages, ServeRequest, Workspace

SWEEPS = 3
"""So often the temporary folder is emptied at the end: what is being drawn may put something there meanwhile."""
RARELY = (50_000, 20, 50)
"""Thresholds that make garbage collection rare: readings and plans are many objects that stay, and few cycles."""
VIEWS: Sequence[BaseRoute] = (
    *overview.ROUTES,
    *goal_list.ROUTES,
    *goals.ROUTES,
    *previews.ROUTES,
    *pages.ROUTES,
    *structure.ROUTES,
    *files.ROUTES,
    *incoming.ROUTES,
    *changes.ROUTES,
)


def serve(
    request: ServeRequest, *, port: int | None, on_start: Callable[[str], None], on_fault: Callable[[Exception], None]
) -> None:
    """Serve a source until Ctrl-C; ``on_start`` is given the link when it can be opened.

    Raises ``ProblemsFound`` where the source cannot be read, or no port can be had.
    """
    gc.set_threshold(*RARELY)
    store, hub, stop = Store(request.source, layout=request.layout), Hub(), threading.Event()
    workspace = Workspace(request, store, hub)
    bound = bind(port)
    number = bound.getsockname()[1]
    keys = Keys()
    server: Server | None = None

    def is_ending() -> bool:
        return server is not None and server.should_exit

    desk = Desk(workspace)
    app = application(
        workspace, VIEWS, desk=desk, keys=keys, port=number, who=_who(), is_ending=is_ending, on_fault=on_fault
    )
    server = Server(app)
    link = f"http://{ADDRESS}:{number}/start?key={keys.link}"

    def start() -> None:
        on_start(link)
        threading.Thread(target=_make_ready, args=(workspace, stop), daemon=True).start()

    with _own_scratch():
        try:
            server.serve_until_stopped(bound, on_start=start)
        finally:
            stop.set()
            store.close()
            desk.close()


@contextmanager
def _own_scratch() -> Generator[None]:
    """Put what is being drawn or read into one temporary folder, which goes at the end, whoever works in it still."""
    before = tempfile.tempdir
    with scratch_folder() as scratch:
        tempfile.tempdir = str(scratch)
        try:
            yield
        finally:
            tempfile.tempdir = before
            for _ in range(SWEEPS):
                shutil.rmtree(scratch, ignore_errors=True)


def _make_ready(workspace: Workspace, stop: threading.Event) -> None:
    """Draw the pages before somebody asks for them, then follow what other programs do to the files."""
    with suppress(NoPages):  # whoever asks for pages is told why there are none
        workspace.pages(workspace.opened.languages[0])
    workspace.store.watch(lambda _: workspace.tell(""), stop, on_layout=workspace.follow_layout)


def _who() -> str:
    """Name the user for the journal; a service may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
