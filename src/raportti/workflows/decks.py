"""From a deck to what it brings: its hand edits into the source, the source into it, or a new source of it.

Does not know a terminal, and writes nothing. What each of the three needs is loaded when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.decks.conflicts import Decisions, merge_deck
from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import DeckReading, read_deck
from raportti.files import is_open, require_unchanged, scratch_folder
from raportti.problems import FilePlace, Problem, ProblemsFound, renamed
from raportti.report.merge import Keep
from raportti.report.model import Report
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions, is_draft_in
from raportti.source.rewriting import require_empty
from raportti.source.yaml_files import new_source
from raportti.workflows.edit import Brought, Edit, edit_of

if TYPE_CHECKING:
    from raportti.decks.refresh.outcome import RefreshedDeck


def pull(path: Path, deck: Path, keep: Keep | None = None) -> Edit:
    """Bring into a source what was changed by hand in a deck since it was built, in the deck's language.

    ``keep`` decides conflicts. Raises ``ProblemsFound`` where there are any and nothing decides them, where a value is
    not valid, or the deck is not one of the source's.
    """
    reading = read_deck(deck)
    contents: dict[Path, bytes] = {}
    ours, brought = _edits_in(reading, path, deck, contents)
    theirs = brought.theirs[ours.language]
    merged = merge_deck(reading, deck=theirs, source=ours, into=Keep.SOURCE, keep=keep)
    if merged.conflicts:
        raise ProblemsFound(merged.conflicts)
    return edit_of(path, (ours,), (merged.report,), brought.warnings, contents)


def changes_in_deck(path: Path, deck: Path) -> Brought:
    """Read what a deck says beside what it was built from; all else is as in ``pull``."""
    return _edits_in(read_deck(deck), path, deck, {})[1]


def _edits_in(reading: DeckReading, path: Path, deck: Path, contents: dict[Path, bytes]) -> tuple[Report, Brought]:
    """Return the report of a source in the language of a deck, and what was edited in the deck.

    ``contents`` gets the files of the source as they were read.
    """
    found = hand_edits(reading)
    remarks = (*found.remarks, *_open(deck))
    if found.problems:
        raise ProblemsFound((*found.problems, *remarks))
    base = reading.snapshot.report
    ours = load_all(path, LoadOptions((base.language,), allow_missing=True, is_draft=True), contents)[0].report
    if not _ids(base) & _ids(ours):
        raise ProblemsFound([Problem("deck-of-other-report", FilePlace(str(deck)), {"path": str(path)})])
    return ours, Brought({base.language: base}, {base.language: found.report}, remarks)


def _ids(report: Report) -> set[str]:
    return {goal.id for goal in report.goals}


def _open(deck: Path) -> Iterator[Problem]:
    """Warn of a deck that is open in another program, which may have edits that are not saved."""
    if is_open(deck):
        yield Problem("deck-open", FilePlace(str(deck)))


def refresh(
    source: Path,
    deck: Path,
    keep: Decisions | None,
    layout_of: Callable[[str], Path],
    *,
    cache: Path,
    is_draft: bool | None,
    on_stage: Callable[[str], None],
) -> "RefreshedDeck":
    """Bring a source into a deck, in the deck's language; the deck stays a draft, or none, unless that is said.

    ``layout_of`` finds the layout of a name. Raises ``ProblemsFound`` where the deck or the source cannot be read or is
    not right, or where both were changed apart and ``keep`` does not decide. Raises ``MissingTool`` where the machine
    lacks something.
    """
    # Imported here: lxml, python-pptx and HarfBuzz take 0.4 s that a deck which is only read need not wait for.
    from raportti.decks.refresh.generated import load_layout
    from raportti.decks.refresh.refresh import refresh_deck

    as_read = {deck: deck.read_bytes() if deck.is_file() else None}
    reading = read_deck(deck)
    on_stage("load")
    allows = is_draft_in(dict(reading.snapshot.choices)) if is_draft is None else is_draft
    (loaded,) = load_all(source, LoadOptions((reading.language,), allow_missing=True, is_draft=allows))
    layout = load_layout(layout_of(reading.snapshot.layout), cache=cache)
    on_stage("plan")
    refreshed = refresh_deck(reading, loaded.report, layout, keep, path=str(source), is_draft=is_draft)
    require_unchanged(as_read)  # it is opened more than once
    return refreshed


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
    # Imported here: pdfplumber takes 0.3 s that only this needs.
    from raportti.decks.importing import read_any

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
    with scratch_folder() as scratch:
        for name, text in texts.items():
            (scratch / name).write_bytes(text)
        try:
            source = load(scratch, DRAFT)
        except ProblemsFound as found:
            raise ProblemsFound(replace(problem, place=deck) for problem in found.problems) from found
        if source.report != read:
            raise ProblemsFound(
                [Problem("import-not-possible", deck, {"words": _first_difference(read, source.report)})]
            )
        return source.report, tuple(renamed(warning, str(scratch), str(folder)) for warning in source.warnings)


def _first_difference(read: Report, loaded: Report) -> str:
    """Name the first goal that is not what was read; the title where it is none."""
    pairs = zip(read.goals, loaded.goals, strict=False)
    return next((one.id for one, other in pairs if one != other), read.title)
