"""From any request to those that may pass: of this machine, of this page, with the key, and not too large.

Stands in front of every route, so that none can forget it; what passes without the key is named in ``OPEN``. Knows
nothing of what is behind it. What each step keeps out is said in ``docs/serve.md``, with its test.
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = ("/start", "/static/")
"""The paths that need no key: the one that takes it, and what every installation has alike."""
SAFE = frozenset({"GET", "HEAD"})
NAMES = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine that a ``Host`` may have."""
LARGEST_BODY = 25 * 1024 * 1024
"""Bytes of a request at most: a workbook or a deck, never more than the readers of files take."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, no ``eval``, nothing from elsewhere, and nobody's frame."""
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",  # with "no-referrer" browsers say "Origin: null" of a form of this page
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
)
_BOUNCE = '<!doctype html><html lang="en"><title>raportti</title><meta http-equiv="refresh" content="0; url={path}">'
"""Sends a browser that came by a link from elsewhere once more, now from this page: only then the cookie goes along."""
_PLAIN_PATH = re.compile(r"/(?:[\w.-]+/)*[\w.-]*", re.ASCII)
"""A path within this server: two strokes at its beginning would name another one."""


@dataclass(slots=True)
class Keys:
    """The key of the link, good once, and the cookies that were given for it; of these only hashes are kept."""

    link: str | None = field(default_factory=lambda: secrets.token_urlsafe(32))
    _cookies: list[bytes] = field(default_factory=list[bytes])

    def exchange(self, key: str) -> str | None:
        """Return a new cookie for the key of the link; None where it is not the key, or was used."""
        if self.link is None or not hmac.compare_digest(key.encode(), self.link.encode()):
            return None
        self.link = None
        cookie = secrets.token_urlsafe(32)
        self._cookies.append(sha256(cookie.encode()).digest())
        return cookie

    def knows(self, cookie: str) -> bool:
        """Tell whether a cookie was given here."""
        found = sha256(cookie.encode()).digest()
        return any(hmac.compare_digest(found, known) for known in self._cookies)


class Gate:
    """Lets requests through to an application, and sends its answers with the headers that keep them safe."""

    def __init__(self, app: ASGIApp, *, keys: Keys, port: int, names: Iterable[str] = NAMES) -> None:
        self._app = app
        self._keys = keys
        self._hosts = {f"{name}:{port}" for name in names}
        self.cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request here, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._refusal(scope) or self._app
            await answer(scope, _Bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; None where it may."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("This address is not served here.", 400)
        if "transfer-encoding" in headers and "content-length" in headers:  # two readers could part it in two ways
            return PlainTextResponse("This request says its length twice.", 400)
        if scope["method"] not in SAFE and not _is_from(hosts[0], headers):
            return PlainTextResponse("This was not sent from a page of raportti.", 403)
        if not _is_bounded(headers):
            return PlainTextResponse("Too large.", 413)
        if scope["path"].startswith(OPEN) or self._keys.knows(_cookie(headers, self.cookie)):
            return None
        return self._without_key(scope, headers)

    def _without_key(self, scope: Scope, headers: Headers) -> Response:
        """Refuse who has no key; who comes from a page elsewhere may have one that the browser did not send along."""
        comes_from_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if scope["method"] == "GET" and comes_from_elsewhere and headers.get("sec-fetch-mode") == "navigate":
            path = scope["path"]
            return HTMLResponse(_BOUNCE.format(path=path if _PLAIN_PATH.fullmatch(path) else "/"))
        return PlainTextResponse("Open the link that raportti serve printed when it was started.", 403)


def cookie_name(port: int) -> str:
    """Name the cookie by the port: cookies are shared by all ports of a machine."""
    return f"raportti-{port}"


def _is_from(host: str, headers: Headers) -> bool:
    """Tell whether a request that may change something comes from a page of this server.

    ``Origin`` is compared whole, since a site that only resolves to this machine has another one; browsers send
    ``Sec-Fetch-Site`` to this machine too, and it may only confirm. A request without both is no browser's.
    """
    origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
    if any(site != "same-origin" for site in sites) or any(origin != f"http://{host}" for origin in origins):
        return False
    return bool(origins or sites)


def _is_bounded(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return (
        len(headers.getlist("content-length")) <= 1
        and length.isascii()
        and length.isdigit()
        and int(length) <= LARGEST_BODY
    )


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


class TooLarge(Exception):
    """Raised where more of a body arrives than its length said, or than is allowed."""


class _Bounded:
    """Receives a body, and no more of it than is allowed, whatever its length was said to be."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._room = LARGEST_BODY

    async def __call__(self) -> Message:
        message = await self._receive()
        self._room -= len(message.get("body", b""))
        if self._room < 0:
            raise TooLarge
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
