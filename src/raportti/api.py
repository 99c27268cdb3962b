"""The Python API: what people do with a report or a deck, each one call.

Knows no terminal. The command line calls these functions and adds only words.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.config import DEFAULT_LAYOUT, DEFAULT_OUT, Settings, cache_folder, find_layout, font_folders
from raportti.files import refuse_open, write_all
from raportti.layout.choices import AS_THE_LAYOUT_SAYS, PageOptions
from raportti.problems import FilePlace, Problem, ProblemsFound, distinct
from raportti.report.model import Report
from raportti.source.options import LoadOptions
from raportti.workflows.build import DEFAULT_FORMATS, Builder, BuildRequest, Built, build_documents

if TYPE_CHECKING:
    from raportti.pipeline import OnStage, Planned
    from raportti.workflows.diff import Comparison
if TYPE_CHECKING:
    from raportti.decks.refresh.outcome import RefreshedDeck
    from raportti.report.model import Report
    from raportti.workflows.edit import Edit, GoalEdit
if TYPE_CHECKING:
    from raportti.decks.inspect import Inspection
    from raportti.decks.refresh.outcome import RefreshedDeck
    from raportti.pipeline import OnStage
    from raportti.workflows.edit import Edit
    from raportti.workflows.import_deck import ImportedDeck


def unheard(_: str) -> None:
    """Take no notice of a stage."""


def build(
    source: str | Path,
    *,
    out: str | Path = DEFAULT_OUT,
    layout: str | Path = DEFAULT_LAYOUT,
    formats: Collection[str] = DEFAULT_FORMATS,
    asked: PageOptions = AS_THE_LAYOUT_SAYS,
    languages: Sequence[str] = (),
    allow_missing: bool = False,
    draft: bool = False,
    compare_to: str | Path | None = None,
    on_stage: "OnStage" = unheard,
    builder: Builder | None = None,
) -> Built:
    """Build the documents of a report; ``formats`` are among ``pptx``, ``pdf`` and ``html``.

    ``asked`` is what is chosen otherwise than the layout says: columns, pages, fonts in the deck. ``languages`` are
    among ``fi`` and ``sv``, none is the report's own; a text that is missing in one of them is an error, unless
    ``allow_missing``: then it stands in the language that there is, marked as that. In a ``draft`` statuses, scores and
    assessments may be missing. ``compare_to`` is the source of the report before, a path or ``REV:PATH`` as in
    ``diff``: what changed since then gets pages and marks. What builds again and again has a ``builder`` that stays,
    and gets the deck first.

    Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written, and earlier files stay as they are.
    """
    with _opened(compare_to) as before:
        order = BuildRequest(
            Path(source),
            find_layout(str(layout), Settings(), Path()),
            Path(out),
            formats=formats,
            cache=cache_folder(),
            asked=asked,
            wanted=LoadOptions(tuple(languages), allow_missing=allow_missing, is_draft=draft),
            compare_to=before,
        )
        return builder.build(order, on_stage, deck_first=True) if builder else build_documents(order, on_stage)


def plan_pages(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    asked: PageOptions = AS_THE_LAYOUT_SAYS,
    language: str | None = None,
    allow_missing: bool = False,
    draft: bool = False,
    compare_to: str | Path | None = None,
    on_stage: "OnStage" = unheard,
) -> "Planned":
    """Plan the pages of a report in one language, its own where none is named, and write nothing.

    ``compare_to`` and all else are as in ``build``.

    Raises ``ProblemsFound`` or ``MissingTool``.
    """
    languages = () if language is None else (language,)
    wanted = LoadOptions(languages, allow_missing=allow_missing, is_draft=draft)
    return _plans(source, layout, asked, wanted, on_stage, compare_to)[0]


def _opened(source: str | Path | None) -> AbstractContextManager[Path | None]:
    """Give the path of a source that is named, which may be in git."""
    if source is None:
        return nullcontext()
    from raportti.workflows.git import opened

    return opened(source)


def _plans(
    source: str | Path,
    layout: str | Path,
    asked: PageOptions,
    wanted: LoadOptions,
    on_stage: "OnStage",
    compare_to: str | Path | None = None,
) -> tuple["Planned", ...]:
    # Imported here, and for a build in ``documents``: it takes 0.1 s that the PDF's process need not wait for.
    from raportti.pipeline import plan_reports

    with _opened(compare_to) as before:
        return plan_reports(
            Path(source),
            find_layout(str(layout), Settings(), Path()),
            cache=cache_folder(),
            on_stage=on_stage,
            asked=asked,
            wanted=wanted,
            compare_to=before,
        )


def check(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    languages: Sequence[str] = (),
    draft: bool = False,
    on_stage: "OnStage" = unheard,
) -> tuple[Problem, ...]:
    """Return all problems of a report, errors and warnings, and write nothing.

    ``languages``: in these every text has to be there. Without them a report that has some texts in a second language
    gets one warning that counts those that it has not. In a ``draft`` statuses, scores and assessments may be missing.
    """
    try:
        plans = _plans(source, layout, AS_THE_LAYOUT_SAYS, LoadOptions(tuple(languages), is_draft=draft), on_stage)
    except ProblemsFound as found:
        return found.problems
    untranslated = () if languages else plans[0].source.untranslated
    return (*untranslated, *distinct(problem for planned in plans for problem in planned.warnings))


def read_report(source: str | Path, *, draft: bool = False) -> Report:
    """Read and check a report in its own language. Raises ``ProblemsFound``."""
    # Imported here: ruamel.yaml takes time that the PDF's process of a build need not wait for.
    from raportti.source.loading import load

    return load(Path(source), LoadOptions(is_draft=draft)).report


def diff(
    old: str | Path,
    new: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    asked: PageOptions = AS_THE_LAYOUT_SAYS,
    languages: Sequence[str] = (),
    on_stage: "OnStage" = unheard,
) -> tuple["Comparison", ...]:
    """Compare two sources, in the languages that are named, else in all that they have; both may be drafts.

    Each is a path, or ``REV:PATH`` of the git repository of the working folder. Raises ``ProblemsFound`` or
    ``MissingTool``.
    """
    from raportti.workflows.diff import compare
    from raportti.workflows.git import opened

    folder = find_layout(str(layout), Settings(), Path())
    with opened(old) as before, opened(new) as after:
        return compare(
            before, after, folder, cache=cache_folder(), on_stage=on_stage, asked=asked, languages=tuple(languages)
        )


def export(
    source: str | Path,
    to: str | Path,
    *,
    unit: str | None = None,
    may_replace: Callable[[Path], bool] = lambda _: False,
) -> tuple[Path, ...]:
    """Write a report as a workbook that builds exactly what its source does, and return its path.

    ``unit``: with the goals of that unit in charge alone; ``all``: one workbook for each unit, in the folder ``to``.
    ``may_replace`` is asked about each file that is there. What is missing of an assessment stays empty.

    Raises ``ProblemsFound``; then nothing is written.
    """
    # Imported here: openpyxl takes 0.2 s.
    from raportti.source.workbook.export import exported

    files = exported(Path(source), Path(to), unit)
    for path in files:
        refuse_open(path)
        if path.exists() and not may_replace(path):
            raise ProblemsFound([Problem("output-exists", FilePlace(str(path)))])
    write_all(files)
    return tuple(files)


def set_goal(source: str | Path, wish: "GoalEdit", *, language: str | None = None) -> "Edit":
    """Say what changes where a goal of a source gets new values; ``apply`` writes it. The source may be a draft.

    ``language`` is that of the assessment, the source's own where none is named. Raises ``WishRefused`` where the wish
    cannot be granted, ``ProblemsFound`` where the source is not right or cannot say it.
    """
    # Imported here, and below: ruamel.yaml, which the PDF's process of a build need not wait for.
    from raportti.workflows.edit import set_goal

    return set_goal(Path(source), wish, language)


def import_file(file: str | Path, source: str | Path, *, prefer: str | None = None) -> "Edit":
    """Say what changes where a file that was exported, or any other source, comes into a source; ``apply`` writes it.

    ``prefer`` is ``ours`` or ``theirs`` for what both changed since the export; without it that raises ``Conflicts``.
    """
    from raportti.report.merge import Side
    from raportti.workflows.import_changes import import_file

    return import_file(Path(source), Path(file), _base_of(Path(file)), None if prefer is None else Side(prefer))


def _base_of(file: Path) -> "Mapping[str, Report] | None":
    """Return the report that a workbook was exported from, by language."""
    if file.suffix.lower() != ".xlsx" or not file.is_file():
        return None
    from raportti.source.workbook.export import base_of

    return base_of(file)


def new_source(file: str | Path, folder: str | Path) -> tuple[Path, ...]:
    """Make a folder of YAML files that say what a table or a workbook does; it must be empty, or not there yet."""
    from raportti.workflows.import_changes import new_source_of

    files = new_source_of(Path(file), Path(folder))
    write_all(files)
    return tuple(files)


def apply(edit: "Edit | RefreshedDeck") -> None:
    """Write the files of an edit, all or none. Raises ``ProblemsFound`` where one was changed since it was read."""
    edit.require_unchanged()
    write_all(edit.files)


def inspect_deck(deck: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "Inspection":
    """Judge a deck, ours or any other: what runs over, what does not add up, what keeps a reader from it.

    ``layout`` names the words that say that a table continues, and fonts that need not be installed. The deck is only
    read. Raises ``ProblemsFound`` where the file is no deck that can be read.
    """
    # Imported here: HarfBuzz and ICU take 0.1 s that the PDF's process of a build need not wait for.
    from raportti.decks.inspect import inspect
    from raportti.decks.inspect.fonts import Supply
    from raportti.layout.theme.folder import read_theme
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
    from raportti.report.merge import Side
    from raportti.workflows.pull import pull

    return pull(Path(source), Path(deck), None if prefer is None else Side(prefer))


def import_deck(deck: str | Path, to: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "ImportedDeck":
    """Make a new source of a deck, ours or another in the original format: a PPTX, a PDF, or the text of a PDF.

    ``to`` is a folder that is empty or not there yet; by the words of ``layout`` a deck is understood that does not
    carry its data. What a person has to look at is in the result; the source may be a draft.

    Raises ``ProblemsFound``; then nothing is written.
    """
    # Imported here: what reads PDFs takes 0.3 s, which only this needs.
    from raportti.layout.theme.folder import read_theme
    from raportti.workflows.import_deck import import_deck

    theme = read_theme(find_layout(str(layout), Settings(), Path()))
    brought = import_deck(Path(deck), Path(to), theme.words)
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
) -> "RefreshedDeck":
    """Bring the data of a source into a deck that people edited; ``apply`` writes it, with a backup.

    ``layout`` is the deck's own where none is named, and ``draft`` as it was built. ``prefer`` is ``ours`` (the deck's)
    or ``theirs`` (the data's) for what both changed; without it ``ProblemsFound`` is raised with all that.
    """
    # Imported here: python-pptx, lxml and HarfBuzz take 0.4 s that a build need not wait for.
    from raportti.report.merge import Side
    from raportti.workflows.refresh import refresh

    def layout_of(name: str) -> Path:
        return find_layout(str(layout or name), Settings(), Path())

    side = None if prefer is None else Side(prefer)
    return refresh(Path(source), Path(deck), side, layout_of, cache=cache_folder(), is_draft=draft, on_stage=on_stage)
