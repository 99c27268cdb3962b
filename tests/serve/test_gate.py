"""Who may pass the gate of the web app: each way in that was ever used against a local server is one row here."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from raportti.serve.web.gate import HEADERS, LARGEST_BODY, OPEN, Gate, Keys, TooLarge, cookie_name

PORT = 8765
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"


class Asked:
    """A gate with an application behind it that reads the whole body, and one cookie that is good."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.keys = Keys()
        cookie = self.keys.exchange(self.keys.link or "")
        self.cookie = f"{cookie_name(PORT)}={cookie}"
        self.gate = Gate(self._answer, keys=self.keys, port=PORT)

    async def _answer(self, scope, receive, send) -> None:
        self.passed.append(scope["path"])
        while (await receive()).get("more_body"):
            pass
        await PlainTextResponse("inside")(scope, receive, send)

    def ask(
        self,
        method: str = "GET",
        path: str = "/",
        headers: Iterable[tuple[str, str]] = (),
        *,
        host: tuple[str, ...] = (HOST,),
        cookie: bool = True,
        body: tuple[bytes, ...] = (b"",),
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request as raw as a socket would; return status, headers and text."""
        given = [*(("host", name) for name in host), *((("cookie", self.cookie),) if cookie else ()), *headers]
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in given],
        }
        chunks = [{"type": "http.request", "body": part, "more_body": True} for part in body]
        chunks[-1]["more_body"] = False
        sent: list[Message] = []

        async def receive() -> Message:
            return chunks.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.gate(scope, receive, send))
        found = {name.decode().title(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.mark.parametrize("name", [HOST, f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_this_machine_by_its_names_may_ask(asked: Asked, name: str) -> None:
    assert asked.ask(host=(name,))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        ("evil.example",),
        (f"evil.example:{PORT}",),
        ("127.0.0.1",),
        ("127.0.0.1:80",),
        (f"127.0.0.1:{PORT}.evil.example",),
        (f"127.0.0.1:{PORT}@evil.example",),
        (f"127.0.0.2:{PORT}",),
        (f"0.0.0.0:{PORT}",),
        (f"2130706433:{PORT}",),
        (f"LOCALHOST.evil.example:{PORT}",),
        (),
        ("",),
        (HOST, HOST),
        (HOST, "evil.example"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_another_host_reaches_nothing_not_even_to_read(asked: Asked, host: tuple[str, ...], method: str) -> None:
    status, _, text = asked.ask(method, headers=[("origin", ORIGIN)], host=host)
    assert (status, asked.passed) == (400, [])
    assert b"inside" not in text


@pytest.mark.parametrize(
    "headers",
    [
        [("origin", ORIGIN)],
        [("sec-fetch-site", "same-origin")],
        [("origin", ORIGIN), ("sec-fetch-site", "same-origin")],
    ],
)
def test_a_page_of_this_server_may_change_something(asked: Asked, headers: list[tuple[str, str]]) -> None:
    assert asked.ask("POST", headers=headers)[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("origin", "null")],
        [("origin", "http://evil.example")],
        [("origin", f"https://{HOST}")],
        [("origin", "http://127.0.0.1")],
        [("origin", f"http://localhost:{PORT}")],
        [("origin", f"{ORIGIN}.evil.example")],
        [("origin", f"{ORIGIN}/")],
        [("origin", ORIGIN), ("origin", "http://evil.example")],
        [("origin", ORIGIN), ("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "none")],
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
        [("referer", f"{ORIGIN}/")],
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_page_from_elsewhere_changes_nothing(asked: Asked, headers: list[tuple[str, str]], method: str) -> None:
    status, answered, _ = asked.ask(method, headers=headers)
    assert (status, asked.passed) == (403, [])
    assert not any(name.startswith("Access-Control") for name in answered)


@pytest.mark.parametrize(
    "path", ["/", "/goals/H1.1", "/pages", "/files/deck", "/events", "/staticx", "//static/", "/%2e"]
)
def test_without_the_cookie_nothing_is_seen(asked: Asked, path: str) -> None:
    assert asked.ask(path=path, cookie=False)[0] == 403
    assert asked.ask(path=path, cookie=False, headers=[("cookie", f"{cookie_name(PORT)}=x")])[0] == 403
    assert asked.ask(path=path, cookie=False, headers=[("cookie", asked.cookie.replace("8765", "8766"))])[0] == 403
    assert asked.passed == []


def test_what_passes_without_the_key_is_this(asked: Asked) -> None:
    assert OPEN == ("/start", "/static/")
    assert asked.ask(path="/start", cookie=False)[0] == 200
    assert asked.ask(path="/static/x/app.css", cookie=False)[0] == 200


def test_the_key_is_good_once() -> None:
    keys = Keys()
    link = keys.link or ""
    assert keys.exchange(link[:-1]) is None
    assert keys.exchange("") is None
    cookie = keys.exchange(link)
    assert cookie is not None and keys.knows(cookie)
    assert keys.exchange(link) is None
    assert not keys.knows(link)
    assert len(link) >= 43


@pytest.mark.parametrize(
    ("path", "led_to"),
    [
        ("/goals/H1.1", "/goals/H1.1"),
        ("/", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ('/"><script>', "/"),
        ("/goals//evil.example", "/"),
    ],
)
def test_who_comes_by_a_link_from_elsewhere_is_sent_once_more_from_here(asked: Asked, path: str, led_to: str) -> None:
    headers = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]
    status, _, text = asked.ask(path=path, headers=headers, cookie=False)
    assert (status, asked.passed) == (200, [])
    assert f'content="0; url={led_to}"' in text.decode()


@pytest.mark.parametrize("status", [200, 400, 403, 413])
def test_every_answer_has_the_headers_that_keep_it_safe(asked: Asked, status: int) -> None:
    asking = {
        200: {},
        400: {"host": ("evil.example",)},
        403: {"cookie": False},
        413: {"headers": [("content-length", str(LARGEST_BODY + 1))]},
    }
    found, headers, _ = asked.ask(**asking[status])
    assert found == status
    assert {name.title(): value for name, value in HEADERS.items()}.items() <= headers.items()
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("length", [str(LARGEST_BODY + 1), "9" * 400, "-1", "1e3", "x", ""])
def test_a_body_that_says_it_is_too_large_is_not_read(asked: Asked, length: str) -> None:
    assert asked.ask("POST", headers=[("origin", ORIGIN), ("content-length", length)])[0] == 413
    assert asked.passed == []


def test_a_body_that_grows_too_large_is_cut_off(asked: Asked) -> None:
    part = b"x" * (LARGEST_BODY // 2)
    with pytest.raises(TooLarge):
        asked.ask("POST", headers=[("origin", ORIGIN)], body=(part, part, part))
