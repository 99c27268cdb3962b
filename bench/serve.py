"""How long people wait in the browser: until the link is there, for the effect of a key, for the page after a save.

    python bench/serve.py [--keys 40] [--saves 15]

Works on a copy of the default report, in the system's Chromium.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from judges.needs import CHROMIUM
from planning import DEFAULT
from serve.browser.people import Person
from serve.browser.serving import Served
from serve.browser.timing import previews, saves


def line(what: str, took: list[float], limit: str) -> None:
    """Print the median, the 95th percentile and the longest of some waits, beside what they should be."""
    percentile = statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]
    millis = "  ".join(f"{1000 * one:6.0f} ms" for one in (statistics.median(took), percentile, max(took)))
    print(f"{what:46}  {millis}  {limit}", flush=True)


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


if __name__ == "__main__":
    main()
