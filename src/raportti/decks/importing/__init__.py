"""From a deck that someone has, as PPTX, PDF or the text of a PDF, to a report: the passes in their order.

Does not know sources. The files are only read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raportti.decks.importing.assembly import assemble
from raportti.decks.importing.from_pdf import read_pages
from raportti.decks.importing.from_pptx import read_pptx
from raportti.decks.importing.from_text import read_text
from raportti.decks.importing.pages import Page
from raportti.decks.importing.recognition import LayoutWords
from raportti.decks.importing.safe_pdf import open_pdf, snapshot_in_pdf
from raportti.files import DECKS
from raportti.ooxml.package import open_deck
from raportti.ooxml.stamp import snapshot_text
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.model import Report
from raportti.snapshot import Snapshot, read_snapshot

__all__ = ["ReadDeck", "read_any"]


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A report as a deck has it, and what a person has to look at; ``is_exact``: the deck carried its data."""

    report: Report
    remarks: tuple[Problem, ...]
    is_exact: bool


def read_any(path: Path, languages: Mapping[str, LayoutWords]) -> ReadDeck:
    """Read a deck; ``languages`` are the words of a layout, by which a deck that carries no data is understood.

    Raises ``ProblemsFound`` where the file cannot be read, or has no table of goals.
    """
    whole = FilePlace(str(path))
    suffix = path.suffix.lower()
    if suffix not in DECKS:
        raise ProblemsFound([Problem("import-kind", whole, {"suffix": path.suffix or path.name})])
    snapshot, remarks = _snapshot(path, suffix, whole)
    if snapshot:
        remark = Problem("import-stamped", whole, {"code": snapshot.report.language})
        return ReadDeck(snapshot.report, (remark,), is_exact=True)
    pages = _pages(path, suffix, languages)
    if not any(page.title or page.texts or page.rows for page in pages):
        raise ProblemsFound([Problem("import-no-text", whole)])
    assembled = assemble(pages, languages, whole)
    return ReadDeck(assembled.report, (*remarks, *assembled.problems), is_exact=False)


def _snapshot(path: Path, suffix: str, whole: FilePlace) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    """Return the snapshot in a deck, None where it has none; with a remark where it cannot be read."""
    text = _snapshot_text(path, suffix)
    try:
        return (read_snapshot(text) if text is not None else None), ()
    except ValueError:
        return None, (Problem("import-stamp-unread", whole),)


def _snapshot_text(path: Path, suffix: str) -> str | None:
    if suffix == ".pptx":
        with open_deck(path) as package:
            return snapshot_text(package)
    if suffix == ".pdf":
        with open_pdf(path) as pdf:
            return snapshot_in_pdf(pdf.doc)
    return None


def _pages(path: Path, suffix: str, languages: Mapping[str, LayoutWords]) -> tuple[Page, ...]:
    if suffix == ".pptx":
        return read_pptx(path)
    if suffix == ".txt":
        return read_text(path, languages)
    with open_pdf(path) as pdf:
        return tuple(read_pages(pdf, str(path)))
