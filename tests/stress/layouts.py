"""``python -m stress.layouts TEMPLATES``, in the folder ``tests`` or with it on the path.

Templates that nobody here made become layouts, both reports of the repository are built in each, and other programs
judge the documents.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import raportti
from judges import deck as deck_judge
from judges import libreoffice, ooxml, vera
from judges.needs import missing
from planning import BILINGUAL, DEFAULT
from raportti.problems import Problem, ProblemsFound

NEEDED = ("libreoffice", "openxml", "verapdf")
REPORTS = ((DEFAULT, ("fi",)), (BILINGUAL, ("fi", "sv")))
FLAVOURS = ("ua1", "2a")
REFUSED = "brand-cannot-carry"
NOT_THERE = 3


def main() -> int:
    """Make layouts, build and judge; 1 where anything is wrong. A template that is refused is told with the reason."""
    parser = argparse.ArgumentParser(prog="python -m stress.layouts", description=main.__doc__)
    parser.add_argument("templates", nargs="+", type=Path, help="files .pptx or .potx, or folders of them")
    parser.add_argument("--keep", type=Path, help="keep layouts and documents in this folder")
    options = parser.parse_args()
    if reasons := [reason for reason in map(missing, NEEDED) if reason]:
        print(*reasons, file=sys.stderr)
        return NOT_THERE
    with tempfile.TemporaryDirectory() as name:
        folder = (options.keep or Path(name)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        found = [_tried(template.resolve(), folder) for template in _templates(options.templates)]
    return int(any(found))


def _templates(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from (path,) if path.is_file() else sorted((*path.glob("*.pptx"), *path.glob("*.potx")))


def _tried(template: Path, folder: Path) -> bool:
    """Make one layout and judge what is built in it; tell whether anything is wrong."""
    with chdir(folder):
        try:
            made = raportti.new_layout(template.stem, template, replace=True)
            raportti.apply(made)
            faults = tuple(_faults(template.stem, folder))
        except ProblemsFound as found:
            faults = tuple(map(_worded, found.problems))
            refused = found.problems[0].kind == REFUSED
            print(f"{template.name}: {'refused' if refused else 'FAILED'}", *faults, sep="\n  ", flush=True)
            return not refused
    chosen = ", ".join(f"{purpose} {name}" for purpose, name in made.names.items())
    print(f"{template.name}: {chosen}", *map(_worded, made.warnings), *faults, sep="\n  ", flush=True)
    return bool(faults)


def _worded(problem: Problem) -> str:
    return raportti.describe(problem, "en")


def _faults(name: str, folder: Path) -> Iterator[str]:
    decks: list[Path] = []
    for source, languages in REPORTS:
        for file in raportti.build(source, layout=name, languages=languages, out=folder / "out" / name).files:
            if file.suffix == ".pdf":
                yield from (
                    f"{file.name}, {flavour}: {one}" for flavour in FLAVOURS for one in vera.violations(file, flavour)
                )
            else:
                decks.append(file)
    yield from ooxml.errors(*decks)
    yield from (f"{deck.name}: {one}" for deck in decks for one in deck_judge.findings(deck))
    for deck in decks:
        yield from map(_worded, raportti.inspect_deck(deck, layout=name).findings)
    yield from _drawn_faults(decks, folder / "layouts" / name / "fonts")
    yield from map(_worded, raportti.check_layout(name))


def _drawn_faults(decks: list[Path], fonts: Path) -> Iterator[str]:
    try:
        drawings = libreoffice.drawn(decks, fonts)
    except RuntimeError as error:
        yield str(error)
        return
    for deck, drawing in zip(decks, drawings, strict=True):
        yield from (f"{deck.name}: {one}" for one in drawing.findings)


if __name__ == "__main__":
    sys.exit(main())
