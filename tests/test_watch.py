"""``raportti watch`` and what stays warm in it: what a save changes is built, and is what a cold build gives."""

import base64
import queue
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Self

import pytest

import raportti
from commands import COMMAND, environment, run_apart
from planning import BILINGUAL, LUVN, fonts
from raportti.render.pdf.process import PdfWriter
from raportti.workflows.build import Builder
from raportti.workflows.watch import Watch

PATIENCE = 60
GOOD = """Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)
S,L,A1.1,Tavoite toteutuu,KYLLÄ,4,Työ on edennyt suunnitelman mukaisesti.
"""


class Watching:
    """A ``raportti watch`` that is at work, and the lines that it says."""

    def __init__(self, *arguments: str | Path, **variables: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "watch", *map(str, arguments)],
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:
            self.process.kill()
            self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, pattern: str) -> list[str]:
        """Return what is said up to a line in which a pattern is found."""
        said: list[str] = []
        while not (said and re.search(pattern, said[-1])):
            try:
                said.append(self._lines.get(timeout=PATIENCE))
            except queue.Empty:
                raise AssertionError(f"no {pattern!r} in {said}") from None
        return said

    def stop(self, kind: signal.Signals) -> int:
        self.process.send_signal(kind)
        return self.process.wait(PATIENCE)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "arviointi.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.fixture
def watching(table: Path) -> Iterator[Watching]:
    with Watching(table, "--out", table.parent / "out", "--formats", "pptx") as watching:
        watching.until("4 pages")
        yield watching


def written_over(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def put_in_place(file: Path, text: str) -> None:
    """Save as editors do: a copy beside the file takes its place."""
    half = file.with_name(f".{file.name}.swp")
    half.write_text(text, encoding="utf-8")
    half.replace(file)


def saved_by_excel(file: Path, text: str) -> None:
    """Save as Excel does: a lock, a file without an ending, the old one away, the new one in its place."""
    lock, new = file.with_name(f"~${file.name}"), file.with_name("7F3A2C10")
    lock.write_text("x", encoding="utf-8")
    new.write_text(text, encoding="utf-8")
    file.unlink()
    time.sleep(0.1)
    new.replace(file)
    lock.unlink()


def saved_in_halves(file: Path, text: str) -> None:
    """Save slowly: for a moment there is half a file."""
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text[: len(text) // 2])
        opened.flush()
        time.sleep(0.12)
        opened.write(text[len(text) // 2 :])


@pytest.mark.parametrize("save", [written_over, put_in_place, saved_by_excel, saved_in_halves])
def test_a_save_is_built_however_it_is_done(save: Callable[[Path, str], None], watching: Watching, table: Path) -> None:
    save(table, GOOD.replace("KYLLÄ,4", "KYLLÄ,5"))
    said = watching.until("4 pages")
    assert "A1.1: score 4 → 5" in said
    assert not any("error" in line for line in said)
    assert re.fullmatch(r"\d\d:\d\d:\d\d 4 pages, 1 goal, 0 warnings, \d+\.\d s", said[-1])


def test_problems_are_shown_with_their_places_and_the_watch_goes_on(watching: Watching, table: Path) -> None:
    table.write_text(GOOD.replace("KYLLÄ,4", "KYLLÄ,9"), encoding="utf-8")
    assert "row 2, column" in watching.until("error")[-1]
    table.write_text(GOOD.replace("KYLLÄ,4", "KYLLÄ,3"), encoding="utf-8")
    assert "A1.1: score 4 → 3" in watching.until("4 pages")


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_status_0_and_leaves_no_child(kind: signal.Signals, table: Path) -> None:
    with Watching(table, "--out", table.parent / "out") as watching:
        watching.until("4 pages")
        child = Path(f"/proc/{watching.process.pid}/task/{watching.process.pid}/children")
        children = child.read_text(encoding="utf-8").split()
        assert children
        assert watching.stop(kind) == 0
        assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_layout_may_break_and_be_mended(table: Path) -> None:
    layout, away = Path(shutil.copytree(LUVN, table.parent / "layout")), table.parent / "away"
    toml = layout / "layout.toml"
    text = toml.read_text(encoding="utf-8")
    with Watching(table, "--layout", layout, "--out", table.parent / "out", "--formats", "html") as watching:
        watching.until("4 pages")
        toml.write_text(text.replace("[slide]", "[slide"), encoding="utf-8")
        watching.until("layout.toml.*error")
        shutil.move(layout, away)
        watching.until("no layout")
        (away / "layout.toml").write_text(text, encoding="utf-8")
        shutil.move(away, layout)
        watching.until("4 pages")
        assert watching.stop(signal.SIGTERM) == 0


def test_it_works_where_the_system_tells_of_no_change(table: Path) -> None:
    with Watching(
        table, "--out", table.parent / "out", "--formats", "html", WATCHFILES_FORCE_POLLING="1", RAPORTTI_LANG="fi"
    ) as watching:
        watching.until("4 sivua")
        table.write_text(GOOD.replace("KYLLÄ,4", "KYLLÄ,2"), encoding="utf-8")
        assert "A1.1: arviointi 4 → 2" in watching.until("4 sivua")
        assert watching.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("name", ["~$arviointi.csv", ".~lock.arviointi.csv#", "toinen.csv", "arviointi.csv~", "a.tmp"])
def test_other_files_beside_the_source_are_no_change(name: str, table: Path) -> None:
    watch = Watch(table, LUVN, Event())
    (table.parent / name).write_text("x", encoding="utf-8")
    assert not watch.wait(0.1)


def test_it_works_where_the_system_listens_to_no_more_folders(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Iterator[object]:
        raise OSError("no space left for watches")

    monkeypatch.setattr("watchfiles.watch", full)
    monkeypatch.setattr("raportti.workflows.watch.HEARTBEAT", 20)
    watch = Watch(table, LUVN, Event())
    threading.Timer(0.1, put_in_place, (table, GOOD)).start()
    assert watch.wait()


@pytest.mark.parametrize("name", ["arviointi.csv", "arviointi.sv.csv"])
def test_the_source_and_its_translation_are_watched(name: str, table: Path) -> None:
    watch = Watch(table, LUVN, Event())
    (table.parent / name).write_text("x", encoding="utf-8")
    assert watch.wait(PATIENCE)
    assert not watch.wait(0.1)


def test_warm_builds_give_what_cold_builds_give_byte_by_byte(tmp_path: Path) -> None:
    source = Path(shutil.copytree(BILINGUAL, tmp_path / "source"))
    edits = [
        ("palvelustrategia.yaml", r"arviointi: 3\b", "arviointi: 4"),
        ("hyvinvointialuestrategia.yaml", r"saavutettu: OSITTAIN", "saavutettu: EI"),
        # A long assessment: rows, pages and numbers move.
        (
            "palvelustrategia.yaml",
            r"sanallinen_arviointi:\n          fi: >-\n",
            "sanallinen_arviointi:\n          fi: >-\n" + 80 * "            Työ jatkuu yhä, ja siitä kerrotaan.\n",
        ),
        ("palvelustrategia.yaml", r"arviointi: 4\b", "arviointi: 3"),
        ("raportti.yaml", r"fi: Strategian .*", "fi: Toinen otsikko 漢"),
    ]
    with Builder() as builder:
        raportti.build(source, out=tmp_path / "warm", builder=builder)
        for turn, (file, old, new) in enumerate(edits):
            path = source / file
            text, count = re.subn(old, lambda _, new=new: new, path.read_text(encoding="utf-8"), count=1)
            assert count == 1, old
            path.write_text(text, encoding="utf-8")
            warm = raportti.build(source, out=tmp_path / "warm", builder=builder).files
            again = run_apart("build", source, "--out", tmp_path / f"cold{turn}")
            assert again.returncode == 0, again.stderr
            cold = [Path(line) for line in again.stdout.splitlines()]
            assert [one.read_bytes() for one in warm] == [one.read_bytes() for one in cold]


def test_a_pdf_process_that_has_ended_is_replaced(table: Path) -> None:
    with Builder() as builder:
        raportti.build(table, out=table.parent / "out", builder=builder)
        writer = builder._writer
        assert isinstance(writer, PdfWriter)
        writer._child.kill()
        writer._child.wait()
        assert raportti.build(table, out=table.parent / "out", builder=builder).files[1].is_file()


HTML = """<html lang="fi"><head><title>T</title><style>{style}</style></head><body>{sheets}</body></html>"""
BASE = "@page{size:200pt 100pt;margin:0}.page{height:100pt}.page+.page{break-before:page}"


@pytest.mark.parametrize(
    "style",
    [
        "",
        "body{counter-reset:n}p::before{counter-increment:n;content:counter(n)}",
        ".page:nth-child(2) p{font-size:30pt}",
        ".page+.page p{color:red}",
        ".page~.page p{padding-left:9pt}",
        "@page:left{margin-left:20pt}",
        ".page{height:110pt}",
    ],
)
def test_a_sheet_is_kept_only_where_it_is_the_same_by_itself(style: str) -> None:
    with PdfWriter() as warm:
        for texts in ("abc", "axc", "xcdc"):
            sheets = "".join(f'<section class="page"><p>{text}</p></section>' for text in texts)
            page = HTML.format(style=font_rule() + BASE + style, sheets=sheets)
            kept = warm.write(page)
        with PdfWriter() as cold:
            assert cold.write(page).data == kept.data


def font_rule() -> str:
    data = base64.b64encode(fonts().fonts[0].data).decode()
    return f"@font-face{{font-family:F;src:url(data:font/ttf;base64,{data})}}body{{font-family:F}}"
