"""``python -m stress.refresh --decks 300 --seed 1``, in the folder ``tests`` or with it on the path."""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from judges import libreoffice, ooxml
from judges.needs import missing
from stress.generate import Recipe
from stress.hold_edits import built, built_tall, built_with_all
from stress.hold_refresh import cases, faults, loaded_layout

BATCH = 10
"""Decks in one run of LibreOffice, which takes seconds to start."""
BUILT = 12
"""Reports that are built thrice: with charts, changes and marks of a draft too, and with goals cut over slides."""


def main() -> int:
    """Edit decks and data at random, refresh, tell what was lost or left; 1 where anything was."""
    parser = argparse.ArgumentParser(prog="python -m stress.refresh", description=main.__doc__)
    parser.add_argument("--decks", type=int, default=300, help="how many edited decks (300)")
    parser.add_argument("--seed", type=int, default=1, help="of reports and edits (1)")
    options = parser.parse_args()
    if reason := missing("libreoffice") or missing("openxml"):
        print(reason, file=sys.stderr)
        return 3
    done: Counter[str] = Counter()
    found: list[str] = []
    layout = loaded_layout()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recipe, numbers = Recipe(options.seed, pages=(4, 8)), range(1, BUILT + 1)
        decks = tuple(deck for make in (built, built_with_all, built_tall) for deck in make(recipe, numbers, folder))
        for start in range(0, options.decks, BATCH):
            numbers = range(start, min(start + BATCH, options.decks))
            batch = tuple(cases(decks, numbers, folder, options.seed))
            again, known = folder / "again", len(found)
            again.mkdir(exist_ok=True)
            saved = libreoffice.convert([case.path for case in batch], again, again, "pptx")
            for case, other in zip(batch, saved, strict=True):
                done.update(case.edits)
                for path in (case.path, other):
                    told = tuple(faults(case, path, layout))
                    found += (f"deck {case.number}, {path.parent.name}, {', '.join(case.edits)}: {one}" for one in told)
            found += _invalid(folder)
            for one in found[known:]:
                print(one, flush=True)
            print(f"{numbers.stop} decks, {len(found)} faults", file=sys.stderr, flush=True)
    print("\n".join(f"{count:9,}  {edit}" for edit, count in done.most_common()))
    return int(bool(found))


def _invalid(folder: Path) -> tuple[str, ...]:
    """Tell what the Open XML SDK says of refreshed decks that no other program has saved, and remove these."""
    results = sorted(folder.glob("refreshed-*.pptx"))
    errors = tuple(ooxml.errors(*results)) if results else ()
    for result in results:
        result.unlink()
    return errors


if __name__ == "__main__":
    sys.exit(main())
