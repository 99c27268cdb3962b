"""From an application to a server on this machine that people reach by one link, until Ctrl-C.

Knows nothing of what is served.
"""

import errno
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from raportti.problems import Problem, ProblemsFound

ADDRESS = "127.0.0.1"
FIRST_PORT = 8765
MOST_TRIES = 50
"""Ports that are tried one after the other; all are below those that systems give away themselves (49152)."""
PATIENCE = 0.4
"""Seconds that answers under way may take when the server ends."""
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
"""A port that is in use, and one that Windows keeps for itself (WinError 10013)."""


def bind(port: int | None) -> socket.socket:
    """Take a port of this machine: the one that is named, else the first that is free.

    Raises ``ProblemsFound`` where there is none.
    """
    ports = (port,) if port is not None else tuple(range(FIRST_PORT, FIRST_PORT + MOST_TRIES))
    for one in ports:
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let two programs share a port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((ADDRESS, one))
        except OSError as error:
            taken.close()
            if error.errno not in _TAKEN:
                raise
        else:
            return taken
    raise ProblemsFound([Problem("port-taken", None, {"port": ports[0]})])


class Server(uvicorn.Server):
    """Serves one application on a socket that is bound already."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="critical",
                access_log=False,  # paths hold ids of goals, and the first of them the key
                lifespan="off",
                ws="none",
                http="h11",
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=cast("int", PATIENCE),  # parts of a second do as well
            )
        )

    def serve_until_stopped(self, bound: socket.socket, *, on_start: Callable[[], None]) -> None:
        """Serve until Ctrl-C or SIGTERM; ``on_start`` is called when requests are taken."""
        self._on_start = on_start
        with _stopping(self.stop):
            self.run(sockets=[bound])

    def stop(self) -> None:
        """End soon: streams see it within moments."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals to ``serve_until_stopped``: uvicorn would raise them once more at its end."""
        yield


@contextmanager
def _stopping(stop: Callable[[], None]) -> Generator[None]:
    def end(_: int, __: FrameType | None) -> None:
        stop()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {kind: signal.signal(kind, end) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def open_browser(link: str) -> None:
    """Open a link in the user's browser, where there is one, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
