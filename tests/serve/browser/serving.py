"""A ``raportti serve`` in a process of its own, on a copy of a source, and how it ends and starts again."""

import http.client
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from commands import COMMAND, environment
from planning import LUVN

PATIENCE = 60
"""Seconds that anything may take on a machine that does other things too."""


def until(is_so: Callable[[], object], patience: float = PATIENCE / 4) -> None:
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class Served:
    """A server at work on a source that nobody else has."""

    def __init__(self, source: Path, folder: Path, *options: str | Path, **variables: str) -> None:
        """Copy a source into a folder, and serve it; ``variables`` are those of the environment."""
        self.variables = variables
        self.source = folder / source.name
        self.options = options
        if source.is_dir():
            shutil.copytree(source, self.source)
        else:  # with what stands beside a table: its texts in another language
            folder.mkdir(exist_ok=True)
            for file in source.parent.glob(f"{source.stem}.*"):
                shutil.copy(file, folder)
        self.port: int | None = None
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start; at the port that it had, if it had one."""
        port = ("--port", str(self.port)) if self.port else ()
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [*COMMAND, "serve", str(self.source), "--layout", str(LUVN), "--no-open", *port, *map(str, self.options)],
            cwd=self.source.parent,
            env=environment(**self.variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.link = self._first_line()
        self.took = time.perf_counter() - began
        self.port = urlsplit(self.link).port
        self.cookie: dict[str, Any] | None = None

    def _first_line(self) -> str:
        said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._complaints: list[str] = []

        def read() -> None:
            assert self.process.stdout is not None
            for line in self.process.stdout:
                said.put(line.strip())

        def heed() -> None:
            assert self.process.stderr is not None
            self._complaints.extend(self.process.stderr)

        self._readers = [threading.Thread(target=work, daemon=True) for work in (read, heed)]
        for reader in self._readers:
            reader.start()
        try:
            return said.get(timeout=PATIENCE)
        except queue.Empty:
            self.kill()
            raise AssertionError(f"no link was said: {self.complaints}") from None

    @property
    def complaints(self) -> str:
        """What was said on standard error."""
        return "".join(self._complaints)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cookies(self) -> list[Any]:
        """Return the cookie that the link is good for, once taken, as each browser of this person has it."""
        if self.cookie is None:
            parts = urlsplit(self.link)
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request("GET", f"{parts.path}?{parts.query}")
            given = connection.getresponse().headers["set-cookie"]
            connection.close()
            name, _, value = given.partition(";")[0].partition("=")
            self.cookie = {"name": name, "value": value, "url": self.base, "sameSite": "Strict", "httpOnly": True}
        return [self.cookie]

    def stop(self) -> float:
        """Send Ctrl-C and return how long it took to end."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        took = time.perf_counter() - began
        self._end()
        return took

    def kill(self) -> None:
        """End without warning."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._end()

    def _end(self) -> None:
        for reader in self._readers:
            reader.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def text(self) -> str:
        """Return all files of the source, one after the other."""
        return "\n".join(file.read_text(encoding="utf-8") for file in sorted(self.source.glob("*.yaml")))

    def file_of(self, goal: str) -> Path:
        """Return the file that a goal stands in."""
        return next(file for file in self.source.glob("*.yaml") if f"tunnus: {goal}\n" in file.read_text("utf-8"))
