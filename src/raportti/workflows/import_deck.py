"""From a deck to the files of a new source, and to what a person has to look at.

Does not know a terminal, and writes nothing. The new source is loaded and has to say what was read from the deck.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.decks.importing import read_any
from raportti.problems import FilePlace, Problem, ProblemsFound, renamed
from raportti.report.model import Report
from raportti.source.loading import load
from raportti.source.options import DRAFT
from raportti.source.rewriting import require_empty
from raportti.source.yaml_files import new_source


@dataclass(frozen=True, slots=True)
class ImportedDeck:
    """A new source: its files, their report, and what a person has to look at.

    ``is_exact``: the deck carried its data, so that nothing had to be read from its pages.
    """

    files: Mapping[Path, bytes]
    report: Report
    remarks: tuple[Problem, ...]
    is_exact: bool


def import_deck(deck: Path, folder: Path, languages: Mapping[str, Mapping[str, str]]) -> ImportedDeck:
    """Make a new source of a deck; ``languages`` has, by language, the words of a layout by which it is understood.

    Raises ``ProblemsFound`` where the deck cannot be read, makes no source, or the folder is not empty.
    """
    require_empty(folder)
    read = read_any(deck, languages)
    texts = {name: text.encode() for name, text in new_source(read.report).items()}
    report, warnings = _loaded(texts, folder, FilePlace(str(deck)), read.report)
    files = {folder / name: text for name, text in texts.items()}
    return ImportedDeck(files, report, (*read.remarks, *warnings), read.is_exact)


def _loaded(
    texts: Mapping[str, bytes], folder: Path, deck: FilePlace, read: Report
) -> tuple[Report, tuple[Problem, ...]]:
    """Load the new source from a scratch folder; its warnings name the files that are to be written."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in texts.items():
            (Path(scratch) / name).write_bytes(text)
        try:
            source = load(Path(scratch), DRAFT)
        except ProblemsFound as found:
            raise ProblemsFound(replace(problem, place=deck) for problem in found.problems) from found
        if source.report != read:
            raise ProblemsFound(
                [Problem("import-not-possible", deck, {"words": _first_difference(read, source.report)})]
            )
        return source.report, tuple(renamed(warning, scratch, str(folder)) for warning in source.warnings)


def _first_difference(read: Report, loaded: Report) -> str:
    """Name the first goal that is not what was read; the title where it is none."""
    pairs = zip(read.goals, loaded.goals, strict=False)
    return next((one.id for one, other in pairs if one != other), read.title)
