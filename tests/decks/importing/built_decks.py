"""Decks to bring in: built ones, with their stamps and without. Knows no tests."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf

from planning import luvn
from raportti.api import build
from raportti.decks.importing import ReadDeck, read_any
from raportti.report.model import Goal, Report
from stress.sources import write_yaml


def read(deck: Path) -> ReadDeck:
    """Read a deck by the words of the default layout."""
    return read_any(deck, {language: words.by_key() for language, words in luvn().theme.words.items()})


def built(report: Report, kind: str, folder: Path) -> Path:
    """Build a report as a deck of a kind."""
    (deck,) = build(write_yaml(report, folder / "source"), out=folder, formats=(kind,)).files
    return deck


def without_stamp(deck: Path) -> Path:
    """Take a deck's stamp away, so that it knows nothing of us."""
    bare = deck.with_name(f"bare{deck.suffix}")
    if deck.suffix == ".pdf":
        with pikepdf.open(deck) as pdf:
            del pdf.Root.PieceInfo
            pdf.save(bare)
        return bare
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if not name.startswith("customXml/"):
                new.writestr(name, data.replace(b"relationships/customXml", b"relationships/other"))
    return bare


def goals(report: Report) -> tuple[Goal, ...]:
    """Return the goals as pages show them: without ids, and without what is not printed."""
    return tuple(replace(goal, id="", break_before=False, responsible=None) for goal in report.goals)
