"""The command line: ``python -m stress --decks 500 --seed 1``, in the folder ``tests`` or with it on the path."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path

from judges.needs import missing
from stress.generate import Kind as ReportKind
from stress.generate import Recipe
from stress.hold import FAILING, Held, Kind, Miss, hold

PROCESSES = 2
BATCH = 8
"""Decks in one run of LibreOffice, which takes seconds to start."""
NEEDED = ("libreoffice", "poppler")
NOT_THERE = 3
"""The exit status where one of them is missing, as raportti's own is for what is missing on the machine."""
MOST_LINES = 3
"""Of texts that differ, so many lines from the first that does are shown."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold reports, tell what was found; 1 where a table is misplaced or a PDF is not accessible."""
    options = _options().parse_args(arguments)
    if reasons := [reason for reason in map(missing, NEEDED) if reason]:
        print(*reasons, file=sys.stderr)
        return NOT_THERE
    recipe = Recipe(options.seed, ReportKind(options.kind), options.pages)
    numbers = range(options.first, options.first + options.decks)
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        held = _hold_all(recipe, numbers, folder)
        if options.keep:
            (folder / "misses.json").write_text(_json(held.misses), encoding="utf-8")
    print("\n".join([*_misses(held), *_table(held, recipe)]))
    return int(held.fails)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stress", description=main.__doc__)
    parser.add_argument("--decks", type=int, default=100, help="how many reports (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the reports (1)")
    parser.add_argument("--first", type=int, default=1, help="the number of the first report, to make one again (1)")
    parser.add_argument("--kind", choices=[kind.value for kind in ReportKind], default=ReportKind.MIXED.value)
    parser.add_argument("--pages", type=_pages, default=(6, 10), help="of realistic reports, about so many (6-10)")
    parser.add_argument("--keep", type=Path, help="keep sources, documents and misses.json in this folder")
    return parser


def _pages(text: str) -> tuple[int, int]:
    fewest, _, most = text.partition("-")
    return int(fewest), int(most or fewest)


def _hold_all(recipe: Recipe, numbers: Sequence[int], folder: Path) -> Held:
    """Hold batches beside each other; whatever the processes leave in their temporary folder goes with it."""
    held = Held()
    batches = [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
        ProcessPoolExecutor(PROCESSES, initializer=_work_in, initargs=(scratch,)) as pool,
    ):
        done = [pool.submit(_hold_batch, recipe, batch, folder) for batch in batches]
        for number, future in enumerate(as_completed(done), 1):
            held.add(future.result())
            counts = f"{held.counts['decks']} decks, {held.counts['pages']} pages, {len(held.misses)} misses"
            print(f"{number}/{len(batches)}: {counts}", file=sys.stderr, flush=True)
    return held


def _work_in(scratch: str) -> None:
    """Put temporary files below a folder: a process of a pool ends without cleaning up."""
    folder = Path(scratch) / str(os.getpid())
    folder.mkdir()
    tempfile.tempdir = str(folder)


def _hold_batch(recipe: Recipe, numbers: Sequence[int], folder: Path) -> Held:
    mine = folder / f"{numbers[0]}-{numbers[-1]}"
    mine.mkdir(exist_ok=True)
    return hold({number: recipe.report(number) for number in numbers}, mine)


def _misses(held: Held) -> Iterator[str]:
    order = list(Kind)
    for miss in sorted(held.misses, key=lambda miss: (order.index(miss.kind), miss.report, miss.page)):
        place = " ".join(part for part in (f"page {miss.page}", miss.goal, miss.column) if part)
        yield f"report {miss.report}, {place}: {miss.kind.value} {miss.detail}".rstrip()
        first = _first_difference(miss)
        for what, lines in (("planned", miss.planned), ("drawn", miss.drawn)):
            yield from (f"    {what:7} {line}" for line in lines[first : first + MOST_LINES])
    yield from (f"report {number}: refused: {why}" for number, why in sorted(held.refused))


def _first_difference(miss: Miss) -> int:
    pairs = zip(miss.planned, miss.drawn, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if "".join(a.split()) != "".join(b.split())), 0)


def _table(held: Held, recipe: Recipe) -> Iterator[str]:
    yield f"\nseed {recipe.seed}, {recipe.kind.value}, {recipe.pages[0]}-{recipe.pages[1]} pages"
    rows = {**held.counts, "reports refused": len(held.refused)}
    yield from (f"{count:9,}  {name}" for name, count in rows.items())
    for kind in Kind:
        yield f"{len(held.of(kind)):9,}  {kind.value}{' (fails)' if kind in FAILING else ''}"


def _json(misses: Sequence[Miss]) -> str:
    rows = [{**vars(miss), "kind": miss.kind.value} for miss in misses]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
