"""A browser without a window, for tests of views: it asks the application within this process, through its gate."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.types import Message, Scope

from planning import LUVN
from raportti.config import cache_folder
from raportti.serve.desk import Desk
from raportti.serve.running import VIEWS
from raportti.serve.saving.store import Store
from raportti.serve.web.app import application
from raportti.serve.web.events import Hub
from raportti.serve.web.gate import Keys, cookie_name
from raportti.serve.workspace import ServeRequest, Workspace

PORT = 8811
HOST = f"127.0.0.1:{PORT}"
BOUNDARY = "----raportti-test"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The words of a page, without its marks."""
        apart = re.sub(
            r"</?(td|th|tr|li|p|div|d[tdl]|h\d|option|label|legend|button|section|form)\b[^>]*>", " ", self.html
        )
        return " ".join(unescape(re.sub(r"<[^>]*>", "", apart)).split())

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def place(self) -> str:
        """Where it leads."""
        return self.headers["location"]

    @property
    def file_name(self) -> str:
        found = re.match(r'attachment; filename="([^"]*)"', self.headers["content-disposition"])
        assert found
        return found[1]

    def json(self) -> Any:
        return json.loads(self.body)

    def values(self, name: str) -> list[str]:
        """The values of the fields of a name."""
        tags = re.findall(rf'<(?:input|button)[^>]*name="{re.escape(name)}"[^>]*>', self.html)
        return [unescape(found[1]) for tag in tags if (found := re.search(r'value="([^"]*)"', tag))]


class Served:
    """A source that is served, and its users; each ``browser`` has a cookie of its own."""

    def __init__(self, source: Path, *, compare_to: Path | None = None, clock: Any = None) -> None:
        self.source = source
        self.keys = Keys()
        self.faults: list[Exception] = []
        request = ServeRequest(source, LUVN, cache_folder(), "en", compare_to=compare_to)
        self.workspace = Workspace(request, Store(source, layout=LUVN), Hub())
        self.desk = Desk(self.workspace)
        self.app = application(
            self.workspace,
            VIEWS,
            desk=self.desk,
            keys=self.keys,
            port=PORT,
            who="tester",
            is_ending=lambda: False,
            on_fault=self.faults.append,
        )
        self.first = self.browser()

    def browser(self) -> str:
        """Return the cookie of another browser."""
        self.keys.link = "again"
        return f"{cookie_name(PORT)}={self.keys.exchange('again')}; raportti-language=en"

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.close()

    def get(self, path: str, *, cookie: str = "", accept: str = "text/html") -> Answer:
        return self.ask("GET", path, b"", {"accept": accept}, cookie)

    def post(self, path: str, fields: Mapping[str, str | list[str]] | None = None, *, cookie: str = "") -> Answer:
        body = urlencode(fields or {}, doseq=True).encode()
        return self.ask("POST", path, body, {"content-type": "application/x-www-form-urlencoded"}, cookie)

    def bring(
        self, *files: tuple[str, bytes], path: str = "/files/in", field: str = "file", cookie: str = ""
    ) -> Answer:
        """Bring files in one form."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'.encode()
            + b"Content-Type: application/octet-stream\r\n\r\n"
            + data
            + b"\r\n"
            for name, data in files
        ]
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        return self.ask("POST", path, body, {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}, cookie)

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str], cookie: str) -> Answer:
        """Send a request as a browser does from a page of this server."""
        plain, _, query = path.partition("#")[0].partition("?")
        given = {
            "host": HOST,
            "origin": f"http://{HOST}",
            "cookie": cookie or self.first,
            "content-length": str(len(body)),
            **headers,
        }
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "http",
            "server": ("127.0.0.1", PORT),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        }
        sent: list[Message] = []
        step = 65536
        chunks = [body[at : at + step] for at in range(0, len(body), step)] or [b""]

        async def receive() -> Message:
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Message) -> None:
            sent.append(message)

        async def asking() -> None:
            await self.app(scope, receive, send)

        asyncio.run(asking())
        if self.faults:
            raise self.faults[0]
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
