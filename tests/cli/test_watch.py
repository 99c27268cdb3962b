"""``raportti watch``: a save is built, problems are shown, and it goes on until it is stopped."""

import queue
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from commands import COMMAND, environment
from planning import LUVN
from saves import GOOD, PATIENCE, put_in_place, saved_by_excel, saved_in_halves, written_over


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
