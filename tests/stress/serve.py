"""One truth, held at random: ``python -m stress.serve --edits 200 --seeds 1 2 3 --source yaml``."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from judges.needs import CHROMIUM, missing
from stress.hold_truth import KINDS, hold_truth


def main() -> int:
    """Let three browsers, an editor, the command line and git write one source at once; 1 where a text was lost."""
    parser = argparse.ArgumentParser(prog="python -m stress.serve", description=main.__doc__)
    parser.add_argument("--edits", type=int, default=200, help="in the browsers, so many (200)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="one run each (1 2 3)")
    parser.add_argument("--source", choices=[*KINDS], nargs="+", default=["yaml"], help="the form of the source (yaml)")
    options = parser.parse_args()
    if reason := missing("browser"):
        print(reason, file=sys.stderr)
        return 3
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    is_whole = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for kind in options.source:
            for seed in options.seeds:
                began = time.perf_counter()
                with tempfile.TemporaryDirectory() as folder:
                    held = hold_truth(browser, Path(folder), kind, seed, options.edits)
                is_whole = is_whole and not held.faults
                print(
                    f"{kind}, seed {seed}: {len(held.faults)} faults, {time.perf_counter() - began:.0f} s", flush=True
                )
                print("".join(f"{count:9,}  {what}\n" for what, count in held.done.most_common()), end="")
                print("".join(f"    {fault}\n" for fault in held.faults), end="", flush=True)
        browser.close()
    return int(not is_whole)


if __name__ == "__main__":
    sys.exit(main())
