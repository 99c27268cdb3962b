"""From a deck to what is wrong in it, to the data that it says, and to a deck with new data."""

from pathlib import Path
from typing import TYPE_CHECKING

from raportti.api.reports import unheard
from raportti.config import DEFAULT_LAYOUT, Settings, cache_folder, find_layout, font_folders
from raportti.output import write_all

if TYPE_CHECKING:
    from raportti.bringing import Brought
    from raportti.editing import Edit
    from raportti.inspection import Inspection
    from raportti.pipeline import OnStage
    from raportti.refreshing import Refreshing


def inspect_deck(deck: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "Inspection":
    """Judge a deck, ours or any other: what runs over, what does not add up, what keeps a reader from it.

    ``layout`` names the words that say that a table continues, and fonts that need not be installed. The deck is only
    read. Raises ``ProblemsFound`` where the file is no deck that can be read.
    """
    # Imported here: HarfBuzz and ICU take 0.1 s that the PDF's process of a build need not wait for.
    from raportti.inspection import Supply, inspect
    from raportti.layout.read_theme import read_theme
    from raportti.text.fonts import load_fonts

    theme = read_theme(find_layout(str(layout), Settings(), Path()))
    supply = Supply(
        families=frozenset(font.family for font in theme.fonts),
        load=lambda: load_fonts(theme.fonts, folder=theme.folder, cache=cache_folder()),
        folders=font_folders(),
    )
    words = {language: texts["continues"] for language, texts in theme.words.items()}
    return inspect(Path(deck), words=words, supply=supply)


def pull(deck: str | Path, source: str | Path, *, prefer: str | None = None) -> "Edit":
    """Say what changes in a source where the hand edits of a deck come into it; ``apply`` writes it.

    ``prefer`` is ``ours`` or ``theirs`` for what both the source and the deck changed since it was built; without it
    that raises ``Conflicts``. Raises ``ProblemsFound`` where the deck cannot be read, or an edit is not valid.
    """
    # Imported here: they import python-pptx and ruamel.yaml, which the PDF's process need not wait for.
    from raportti.changes.merge import Side
    from raportti.pulling import pull

    return pull(Path(source), Path(deck), None if prefer is None else Side(prefer))


def import_deck(deck: str | Path, to: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "Brought":
    """Make a new source of a deck, ours or another in the original format: a PPTX, a PDF, or the text of a PDF.

    ``to`` is a folder that is empty or not there yet; by the words of ``layout`` a deck is understood that does not
    carry its data. What a person has to look at is in the result; the source may be a draft.

    Raises ``ProblemsFound``; then nothing is written.
    """
    # Imported here: what reads PDFs takes 0.3 s, which only this needs.
    from raportti.bringing import bring
    from raportti.layout.read_theme import read_theme

    theme = read_theme(find_layout(str(layout), Settings(), Path()))
    brought = bring(Path(deck), Path(to), theme.words)
    write_all(brought.files)
    return brought


def refresh(
    deck: str | Path,
    source: str | Path,
    *,
    layout: str | Path | None = None,
    prefer: str | None = None,
    draft: bool | None = None,
    on_stage: "OnStage" = unheard,
) -> "Refreshing":
    """Bring the data of a source into a deck that people edited; ``apply`` writes it, with a backup.

    ``layout`` is the deck's own where none is named, and ``draft`` as it was built. ``prefer`` is ``ours`` (the deck's)
    or ``theirs`` (the data's) for what both changed; without it ``ProblemsFound`` is raised with all that.
    """
    # Imported here: python-pptx, lxml and HarfBuzz take 0.4 s that a build need not wait for.
    from raportti.changes.merge import Side
    from raportti.renewing import refresh

    def layout_of(name: str) -> Path:
        return find_layout(str(layout or name), Settings(), Path())

    side = None if prefer is None else Side(prefer)
    return refresh(Path(source), Path(deck), side, layout_of, cache=cache_folder(), is_draft=draft, on_stage=on_stage)
