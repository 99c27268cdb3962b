"""The Python API: what people do with a report or a deck, each one call.

Knows no terminal. The command line calls these functions and adds only words.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.config import DEFAULT_LAYOUT, DEFAULT_OUT, Settings, cache_folder, find_layout, font_folders
from raportti.documents import DEFAULT_FORMATS, Built, build_documents
from raportti.layout.choices import NOTHING_ASKED, Asked
from raportti.output import write_all
from raportti.problems import Problem, ProblemsFound, distinct
from raportti.wanted import Wanted

if TYPE_CHECKING:
    from raportti.refreshing import Refreshing, Side
    from raportti.inspection import Inspection
    from raportti.pipeline import OnStage, Planned


def _unheard(_: str) -> None:
    """Take no notice of a stage."""


def build(
    source: str | Path,
    *,
    out: str | Path = DEFAULT_OUT,
    layout: str | Path = DEFAULT_LAYOUT,
    formats: Collection[str] = DEFAULT_FORMATS,
    asked: Asked = NOTHING_ASKED,
    languages: Sequence[str] = (),
    allow_missing: bool = False,
    draft: bool = False,
    on_stage: "OnStage" = _unheard,
) -> Built:
    """Build the documents of a report; ``formats`` are among ``pptx``, ``pdf`` and ``html``.

    ``asked`` is what is chosen otherwise than the layout says: columns, pages, fonts in the deck. ``languages`` are
    among ``fi`` and ``sv``, none is the report's own; a text that is missing in one of them is an error, unless
    ``allow_missing``: then it stands in the language that there is, marked as that. In a ``draft`` statuses, scores and
    assessments may be missing.

    Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written, and earlier files stay as they are.
    """
    folder = find_layout(str(layout), Settings(), Path())
    return build_documents(
        Path(source),
        folder,
        Path(out),
        formats=formats,
        cache=cache_folder(),
        on_stage=on_stage,
        asked=asked,
        wanted=Wanted(tuple(languages), allow_missing=allow_missing, is_draft=draft),
    )


def plan_pages(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    asked: Asked = NOTHING_ASKED,
    language: str | None = None,
    allow_missing: bool = False,
    draft: bool = False,
    on_stage: "OnStage" = _unheard,
) -> "Planned":
    """Plan the pages of a report in one language, its own where none is named, and write nothing.

    Raises ``ProblemsFound`` or ``MissingTool``.
    """
    languages = () if language is None else (language,)
    wanted = Wanted(languages, allow_missing=allow_missing, is_draft=draft)
    return _plans(source, layout, asked, wanted, on_stage)[0]


def _plans(
    source: str | Path,
    layout: str | Path,
    asked: Asked,
    wanted: Wanted,
    on_stage: "OnStage",
) -> tuple["Planned", ...]:
    # Imported here, and for a build in ``documents``: it takes 0.1 s that the PDF's process need not wait for.
    from raportti.pipeline import plan_reports

    return plan_reports(
        Path(source),
        find_layout(str(layout), Settings(), Path()),
        cache=cache_folder(),
        on_stage=on_stage,
        asked=asked,
        wanted=wanted,
    )


def check(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    languages: Sequence[str] = (),
    draft: bool = False,
    on_stage: "OnStage" = _unheard,
) -> tuple[Problem, ...]:
    """Return all problems of a report, errors and warnings, and write nothing.

    ``languages``: in these every text has to be there. Without them a report that has some texts in a second language
    gets one warning that counts those that it has not. In a ``draft`` statuses, scores and assessments may be missing.
    """
    try:
        plans = _plans(source, layout, NOTHING_ASKED, Wanted(tuple(languages), is_draft=draft), on_stage)
    except ProblemsFound as found:
        return found.problems
    untranslated = () if languages else plans[0].source.untranslated
    return (*untranslated, *distinct(problem for planned in plans for problem in planned.warnings))


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


def refresh(
    deck: str | Path,
    source: str | Path,
    *,
    layout: str | Path | None = None,
    side: "Side | None" = None,
    on_stage: "OnStage" = _unheard,
) -> "Refreshing":
    """Bring the data of a source into a deck that people edited, and write nothing: ``write_refreshed`` does.

    ``layout`` is the deck's own where none is named. ``side`` says whose text stays where deck and data both changed it.
    Raises ``ProblemsFound``, also with every text that both changed where no side is chosen, or ``MissingTool``.
    """
    # Imported here: python-pptx, lxml and HarfBuzz take 0.4 s that a build need not wait for.
    from raportti.decks import read_deck
    from raportti.pipeline import load_report
    from raportti.refreshing import refreshed_deck, studio_for

    reading = read_deck(Path(deck))
    on_stage("load")
    folder = find_layout(str(layout or reading.stamp.layout), Settings(), Path())
    studio = studio_for(folder, dict(reading.stamp.choices), cache=cache_folder())
    data = load_report(Path(source), reading.language)
    on_stage("plan")
    return refreshed_deck(reading, data, studio, side)


def write_refreshed(refreshing: "Refreshing") -> tuple[Path, ...]:
    """Put a refreshed deck in its place, and what it was under the name of a backup beside it.

    Raises ``ProblemsFound`` where a file cannot be written; then nothing is changed.
    """
    write_all(refreshing.files)
    return tuple(refreshing.files)
