"""How long people wait in the browser: for the link, the effect of a key, the page after a save, files, and the end.

    python bench/serve.py [--keys 40] [--saves 15]

Works on a copy of the default report, in the system's Chromium.
"""

import argparse
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from bench import enlarged

from judges.needs import CHROMIUM
from planning import DEFAULT
from serve.browser.people import Person
from serve.browser.serving import Served
from serve.browser.timing import previews, saves
from serve.test_attacks import request


def line(what: str, took: list[float], limit: str) -> None:
    """Print the median, the 95th percentile and the longest of some waits, beside what they should be."""
    percentile = statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]
    millis = "  ".join(f"{1000 * one:6.0f} ms" for one in (statistics.median(took), percentile, max(took)))
    print(f"{what:46}  {millis}  {limit}", flush=True)


def files(person: Person, times: int) -> Iterator[float]:
    """Save a score, take deck and PDF, and give the seconds that both took."""
    person.goes("/goals/H1.1")
    for path in ("/files/deck", "/files/pdf"):
        assert person.page.request.get(path).ok
    for n in range(times):
        person.score(1 + n % 3).check()
        began = time.perf_counter()
        person.says("^tallennettu")
        for path in ("/files/deck", "/files/pdf"):
            assert person.page.request.get(path).ok
        yield time.perf_counter() - began
        person.page.wait_for_timeout(200)


def end(folder: Path, asked: str | None) -> float:
    """Ask a new server for something that takes its time, end it meanwhile, and return the seconds to its end."""
    with Served(DEFAULT, folder) as served, ExitStack() as open_wires:
        served.cookies()
        if asked:
            wire = open_wires.enter_context(socket.create_connection(("127.0.0.1", served.port or 0)))
            wire.sendall(request(served, f"GET {asked} HTTP/1.1"))
            time.sleep(1)
        return served.stop()


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--saves", type=int, default=15)
    wanted = parser.parse_args()
    print(f"{'':46}  {'median':>9}  {'95 %':>9}  {'longest':>9}  at most")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        starts = []
        for n in range(5):
            with Served(DEFAULT, Path(folder) / f"start-{n}") as served:
                starts.append(served.took)
        line("process to link", starts, "1500 ms")
        program = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with Served(DEFAULT, Path(folder) / "served") as served:
            writer, reader = Person(browser, served), Person(browser, served)
            previews(writer, 5)
            waits = previews(writer, wanted.keys)
            line("a key: asked to answered", waits.asked, "150 / 300 ms")
            line("a key: pressed to seen (120 ms of quiet first)", waits.whole, "")
            line("a score: chosen to seen on another's page", saves(writer, reader, wanted.saves), "400 ms")
            line("a score: saved to both files", list(files(writer, 5)), "as watch")
        with Served(enlarged(10, Path(folder) / "ten"), Path(folder) / "ten-served") as served:
            writer, reader = Person(browser, served), Person(browser, served)
            goal = writer.goes("/goals").locator("a[href^='/goals/']").first.get_attribute("href") or ""
            took = saves(writer, reader, wanted.saves, goal.rpartition("/")[2])
            line("the same with 10 times the goals", took, "1500 ms")
        ends = [end(Path(folder) / f"end-{n}", None) for n in range(3)]
        line("Ctrl-C to the end", ends, "1000 ms")
        ends = [end(Path(folder) / f"stream-{n}", "/events") for n in range(3)]
        line("Ctrl-C to the end, with an open stream", ends, "1000 ms")
        ends = [end(Path(folder) / f"drawing-{n}", "/files/pdf") for n in range(3)]
        line("Ctrl-C to the end, while a PDF is drawn", ends, "1000 ms")


if __name__ == "__main__":
    main()
