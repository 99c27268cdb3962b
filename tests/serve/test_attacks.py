"""Attacks on a server at work, over its socket as others would: each is a row of the table in ``docs/serve.md``."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planning import BILINGUAL, DEFAULT
from raportti.problems import ProblemsFound
from raportti.serve.running import VIEWS
from raportti.serve.saving.versions import Change
from raportti.serve.web.app import static_files
from raportti.serve.web.server import ADDRESS, bind
from raportti.workflows.git import opened
from serve import asking
from serve.browser.serving import Served
from serve.sources import yaml_source
from serve.test_since import git

SECRET = "root:"
HASH = next(iter(static_files().values())).hash


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(DEFAULT, tmp_path_factory.mktemp("attacked")) as server:
        yield server
        assert server.complaints.splitlines() == ["Pysäytä: Ctrl-C."] or "Ctrl-C" in server.complaints


def sent(served: Served, raw: bytes, patience: float = 10) -> bytes:
    """Send bytes over a socket of one's own, and return all that comes back until it is closed."""
    assert served.port is not None
    found = b""
    with socket.create_connection((ADDRESS, served.port), timeout=patience) as wire:
        wire.sendall(raw)
        while True:
            try:
                part = wire.recv(65536)
            except (TimeoutError, ConnectionResetError):
                return found
            if not part:
                return found
            found += part


def request(served: Served, line: str, *more: str, body: bytes = b"") -> bytes:
    """Write a request with the cookie, as a page of this server sends it."""
    [cookie] = served.cookies()
    host = f"127.0.0.1:{served.port}"
    head = [line, f"Host: {host}", f"Origin: http://{host}", f"Cookie: {cookie['name']}={cookie['value']}", *more]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + body


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def bytes_of(served: Served) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(served.source.rglob("*")) if file.is_file()}


def test_only_this_machine_reaches_the_socket(served: Served) -> None:
    with bind(None) as free:
        assert free.getsockname()[0] == "127.0.0.1"
    if not sys.platform.startswith("linux"):
        return
    listening: list[str] = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        rows = Path(table).read_text(encoding="ascii").splitlines()[1:] if Path(table).exists() else []
        listening += [row.split()[1] for row in rows if row.split()[3] == "0A"]  # LISTEN
    assert [one for one in listening if one.endswith(f":{served.port:04X}")] == [f"0100007F:{served.port:04X}"]


@pytest.mark.parametrize(
    "prefix", [f"/static/{HASH}/", "/static/", "/fonts/", "/style/", "/files/", "/pages/", "/goals/"]
)
@pytest.mark.parametrize(
    "path",
    [
        "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%252f..%252fetc%252fpasswd", "..\\..\\..\\etc\\passwd", "..%5c..%5cetc%5cpasswd", "/etc/passwd",
        "%2fetc%2fpasswd", "app.css%00.png", "..%c0%af..%c0%afetc/passwd", "file:///etc/passwd", "app.css/../app.py",
        "....//....//etc/passwd", "%ff%fe",
    ],
)  # fmt: skip
def test_no_address_leads_to_another_file(served: Served, prefix: str, path: str) -> None:
    answer = sent(served, request(served, f"GET {prefix}{path} HTTP/1.1"))
    assert status_of(answer) in (400, 404), answer[:200]
    assert SECRET.encode() not in answer


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Content-Length: +5",),
        ("Content-Length: 0x5",),
        ("X-A : b",),
        ("X-A: b\nHost: evil.example",),
        ("Host: evil.example",),
        ("X: " + "a" * 2_000_000,),
    ],
)
def test_a_request_that_two_would_read_in_two_ways_is_refused(served: Served, lines: tuple[str, ...]) -> None:
    before = bytes_of(served)
    form = b"score=1&was.score=4"
    kind = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}")
    inner = request(served, "POST /goals/H1.1 HTTP/1.1", *kind, body=form)
    answer = sent(served, request(served, "POST /language HTTP/1.1", *lines, body=b"0\r\n\r\n" + inner))
    statuses = [int(found) for found in re.findall(rb"HTTP/1\.1 (\d+)", answer)]
    assert all(400 <= status < 502 for status in statuses) and len(statuses) <= 1
    assert bytes_of(served) == before


def test_who_sends_slowly_keeps_nobody_waiting(served: Served) -> None:
    slow = [socket.create_connection((ADDRESS, served.port or 0)) for _ in range(60)]
    for number, wire in enumerate(slow):
        wire.sendall(b"GET / HT" if number % 2 else request(served, "POST /language HTTP/1.1", "Content-Length: 99"))
    began = time.monotonic()
    assert status_of(sent(served, request(served, "GET / HTTP/1.1"))) == 200
    assert time.monotonic() - began < 5
    for wire in slow:
        wire.close()


def test_the_cookie_is_for_this_server_alone_and_no_script_reads_it(tmp_path: Path) -> None:
    with asking.Served(yaml_source(tmp_path)) as served:
        served.keys.link = "once"
        given = served.get("/start?key=once").headers["set-cookie"]
    name, *flags = [part.strip().lower() for part in given.split(";")]
    assert name.startswith(f"raportti-{asking.PORT}=")
    assert set(flags) == {"httponly", "samesite=strict", "path=/"}


@pytest.mark.parametrize("key", ["%ff%fe", "%00", "%F0%9F%98%80", "a" * 5000, "", "%0d%0aSet-Cookie:x=y"])
def test_another_key_gives_no_cookie(tmp_path: Path, key: str) -> None:
    with asking.Served(yaml_source(tmp_path)) as served:
        answer = served.get(f"/start?key={key}", cookie="none")
    assert answer.status == 403 and "set-cookie" not in answer.headers


FILLED = {
    "{goal}": "H1.1", "{hash}": "0" * 16, "{name}": "x", "{kind}": "deck", "{entry}": "x", "{number:int}": "1",
    "{token}": "x", "{what:str}": "refresh",
}  # fmt: skip


def test_no_get_changes_anything(tmp_path: Path) -> None:
    source = yaml_source(tmp_path)
    with asking.Served(source) as served:
        workspace = served.workspace
        form = workspace.opened.goals["H1.1"]
        entry = workspace.store.save("H1.1", {"score": Change("4", "5")}, base=form.version, who="A").entry
        assert entry
        before = {file: file.read_bytes() for file in sorted(source.rglob("*")) if file.is_file()}
        query = "?score=1&was.score=5&base=&language=fi&way=up&goal=H1.2&id=X&kind=goal&keep=source&take=all&did=undone"
        for route in VIEWS:
            path = getattr(route, "path", "")
            for sign, value in {**FILLED, "{entry}": entry.id}.items():
                path = path.replace(sign, value)
            methods = getattr(route, "methods", None) or set[str]()
            if path.startswith("/files/make") or path == "/files/deck":
                continue  # they draw, which takes a while, and write nothing: test_files
            answer = served.get(path + query)
            assert answer.status == 405 if "GET" not in methods and "/in/x" not in path and path not in BOTH else True
        after = {file: file.read_bytes() for file in sorted(source.rglob("*")) if file.is_file()}
    assert after == before


BOTH = frozenset({"/goals/H1.1", "/structure/add", "/structure/remove", "/files/in"})
"""Addresses that show something by GET and change something by POST; ``/files/in`` is no kind of document."""


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/\n/evil.example", "\t//evil.example", "/%0d%0aX-Evil: 1", "/\r\nX-Evil: 1",
        "///evil.example", "/@evil.example", "http:evil.example",
    ],
)  # fmt: skip
def test_no_redirect_leads_elsewhere(tmp_path: Path, back: str) -> None:
    with asking.Served(yaml_source(tmp_path)) as served:
        answer = served.post("/language", {"language": "fi", "back": back})
    assert answer.status == 303 and "x-evil" not in answer.headers
    assert re.fullmatch(r"/(?![/\\])[^\s\\]*", answer.place), answer.place
    assert "//" not in answer.place


def test_nothing_that_is_sent_gets_into_what_the_server_says(served: Served) -> None:
    before = served.complaints
    for line in ("GET /goals/%0aFORGED%1b[31m HTTP/1.1", "GET /\x1b]0;FORGED\x07 HTTP/1.1", "FORGED / HTTP/9.9"):
        sent(served, request(served, line, "User-Agent: FORGED\x1b[2J", "Referer: FORGED"))
    sent(served, b"FORGED\n\n\x1b[31m\r\n\r\n")
    body = b"language=%0aFORGED&back=%1bFORGED"
    sent(served, request(served, "POST /language HTTP/1.1", f"Content-Length: {len(body)}", body=body))
    sent(served, request(served, "POST /files/in HTTP/1.1", "Content-Type: multipart/form-data", "Content-Length: 0"))
    time.sleep(0.2)
    assert served.complaints == before
    assert served.process.poll() is None


EVIL = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>{{7*7}}</textarea>'


class Strict(HTMLParser):
    """Names what in a page could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "script" and not values.get("src", "").startswith("/static/"):
            self.found.append("script")
        if tag in ("iframe", "object", "embed", "base", "svg:script") or (tag == "img" and values.get("src") == "x"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in values if name.startswith("on") or name in ("style", "srcdoc")]
        if any(value.strip().lower().startswith(("javascript:", "data:text")) for value in values.values()):
            self.found.append(f"{tag} javascript")


def test_html_in_any_field_is_text_on_every_page(tmp_path: Path) -> None:
    source = yaml_source(tmp_path)
    quoted = EVIL.replace("'", "''")
    for file in source.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for word in ("Arviointi", "Strategia A", "Linjaus yksi", "Asukkaat voivat hyvin.", "Palvelut löytyvät"):
            text = re.sub(rf"(?<=: ){re.escape(word)}(?=[,}}\n])", lambda found: f"'{found[0]} {quoted}'", text)
        file.write_text(text.replace("vastuutaho: Palvelut", f"vastuutaho: '{quoted}'"), encoding="utf-8")
    git(source, "init", "-q")
    git(source, "add", "--all")
    git(source, "-c", "user.name=" + EVIL.replace("<", "‹"), "commit", "-qm", EVIL)
    with asking.Served(source) as served:
        store = served.workspace.store
        goal = "P1.1"
        assert EVIL in store.opened.report.title
        store.save("H1.1", {"assessment.fi": Change("", EVIL)}, base=store.opened.goals["H1.1"].version, who=EVIL)
        brought = served.bring((f"{EVIL}.csv", b"Strategia;x\n1;2\n"))
        seen = [brought.html]
        for path in (
            "/", "/thumbnails", "/goals", "/goals/H1.1", "/pages", "/pages/1", "/structure", "/structure/edit",
            "/structure/add?kind=strategy", "/structure/remove?goal=H1.1", "/structure/edit?goal=" + EVIL, "/changes",
            "/changes/journal", "/files", "/goals?words=" + EVIL, "/structure?did=added&name=" + EVIL,
            "/nothing/" + EVIL,
        ):  # fmt: skip
            seen.append(served.get(path.replace(" ", "%20")).html)
        references = re.findall(r'<option value="(rev-[^"]+)"', served.get("/changes").html)
        seen += [served.get(f"/changes?since={one}").html for one in references[:1]]
        seen.append(served.post("/goals/H1.1", {"score": EVIL, "was.score": "4", "base": ""}).html)
        seen.append(served.post("/structure/id", {"goal": goal, "id": EVIL}).html)
    assert references and "&lt;script&gt;" in "".join(seen)
    for html in seen:
        strict = Strict()
        strict.feed(html)
        assert strict.found == [], html
        assert "49</textarea>" not in html


@pytest.mark.parametrize("name", ["--output=FILE", "rev---output=FILE", "-c", "HEAD --output=FILE", "..", "@{-1}"])
def test_no_revision_of_a_browser_is_an_option_of_git(tmp_path: Path, name: str) -> None:
    source, forged = yaml_source(tmp_path), tmp_path / "forged"
    git(source, "init", "-q")
    git(source, "add", "--all")
    git(source, "commit", "-qm", "a")
    with asking.Served(source) as served:
        for path in ("/changes", "/changes/pages", "/files/deck"):
            asked = name.replace("FILE", str(forged)).replace(" ", "%20")
            assert served.get(f"{path}?since={asked}").status == 404
    with pytest.raises((ProblemsFound, FileNotFoundError)), opened(f"--output={forged}:x", source) as found:
        found.read_bytes()
    assert not forged.exists()


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../../../../../../etc/passwd"])
def test_a_link_in_a_revision_leads_nowhere(tmp_path: Path, target: str) -> None:
    source = yaml_source(tmp_path)
    (source / "b.yaml").unlink()
    (source / "b.yaml").symlink_to(target)
    git(source, "init", "-q")
    git(source, "add", "--all")
    git(source, "commit", "-qm", "a")
    with pytest.raises(ProblemsFound) as found, opened("HEAD:./", source) as copy:
        (copy / "b.yaml").read_text(encoding="utf-8")
    assert SECRET not in str(found.value.problems)


def test_no_hook_or_setting_of_a_repository_is_run(tmp_path: Path) -> None:
    source, ran = yaml_source(tmp_path), tmp_path / "ran"
    git(source, "init", "-q")
    git(source, "add", "--all")
    git(source, "commit", "-qm", "a")
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
    script.chmod(0o755)
    for setting in ("core.pager", "gpg.program", "core.editor", "diff.external", "core.sshCommand", "pager.log"):
        git(source, "config", setting, str(script))
    git(source, "config", "log.showSignature", "true")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (source / ".git" / "hooks" / hook).write_bytes(script.read_bytes())
        (source / ".git" / "hooks" / hook).chmod(0o755)
    with asking.Served(source) as served:
        page = served.get("/changes").html
        reference = re.findall(r'<option value="(rev-[^"]+)"', page)[0]
        assert served.get(f"/changes?since={reference}").status == 200
    assert not ran.exists()


def test_ctrl_c_ends_it_at_once_with_open_streams_and_slow_senders(tmp_path: Path) -> None:
    with Served(BILINGUAL, tmp_path) as server:
        wires = [socket.create_connection((ADDRESS, server.port or 0)) for _ in range(3)]
        for wire in wires:
            wire.sendall(request(server, "GET /events HTTP/1.1"))
            assert wire.recv(64).startswith(b"HTTP/1.1 200")
        wires.append(socket.create_connection((ADDRESS, server.port or 0)))
        wires[-1].sendall(b"POST / HT")
        assert server.stop() < 5  # one second on a machine that does nothing else: bench/serve.py
        assert server.process.returncode == 0
        assert "Traceback" not in server.complaints
        for wire in wires:
            wire.close()


def test_ctrl_c_ends_it_while_something_is_drawn_and_nothing_stays_on_the_disk(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with Served(BILINGUAL, tmp_path / "served", TMPDIR=str(scratch)) as server:
        with socket.create_connection((ADDRESS, server.port or 0)) as wire:
            wire.sendall(request(server, "GET /files/pdf HTTP/1.1"))
            time.sleep(0.7)
            assert server.stop() < 5  # one second on a machine that does nothing else: bench/serve.py
        assert server.process.returncode == 0
    assert not list(scratch.iterdir())


def test_help_and_build_load_nothing_of_the_app() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from raportti.cli import main\n"
        "CliRunner().invoke(main, ['--help']); CliRunner().invoke(main, ['build', '--help']); import raportti.api\n"
        "import raportti.workflows.build\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " & {'starlette', 'uvicorn', 'h11', 'anyio', 'multipart', 'python_multipart', 'asyncio', 'jinja2'}))\n"
        "print([name for name in sys.modules if name.startswith('raportti.serve')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
