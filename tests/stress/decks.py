"""``python -m stress.decks --decks 300 --seed 1``, in the folder ``tests`` or with it on the path."""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from judges.needs import missing
from stress.generate import Recipe
from stress.hold_edits import Miss, built, built_tall, edited, misses

BATCH = 10
"""Decks in one run of LibreOffice, which takes seconds to start."""
BUILT = 12
"""Reports that are built, each once more with goals cut over slides; their decks are edited in turn."""


def main() -> int:
    """Edit decks at random, hold what is read back against the edits, tell what differs; 1 where anything does."""
    parser = argparse.ArgumentParser(prog="python -m stress.decks", description=main.__doc__)
    parser.add_argument("--decks", type=int, default=300, help="how many edited decks (300)")
    parser.add_argument("--seed", type=int, default=1, help="of reports and edits (1)")
    options = parser.parse_args()
    if reason := missing("libreoffice"):
        print(reason, file=sys.stderr)
        return 3
    done: Counter[str] = Counter()
    found: list[Miss] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recipe, numbers = Recipe(options.seed, pages=(4, 8)), range(1, BUILT + 1)
        decks = (*built(recipe, numbers, folder), *built_tall(recipe, numbers, folder))
        for start in range(0, options.decks, BATCH):
            numbers = range(start, min(start + BATCH, options.decks))
            batch = tuple(edited(decks, numbers, folder, options.seed))
            found += misses(batch, folder / "again", in_libreoffice=True)
            done.update(edit for deck in batch for edit in deck.edits)
            print(f"{numbers.stop} decks, {len(found)} misses", file=sys.stderr, flush=True)
    for miss in found:
        print(f"deck {miss.number}, {', '.join(miss.edits)}, saved by {miss.program}:\n{miss.detail}")
    print("\n".join(f"{count:9,}  {edit}" for edit, count in done.most_common()))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
