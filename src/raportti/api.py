"""The Python API: what people do with a report or a deck, each one call.

Does not know a terminal. The command line calls these functions and adds only words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.config import DEFAULT_LAYOUT, DEFAULT_OUT, Settings, cache_folder, find_layout, font_folders
from raportti.files import locked, refuse_open, require_unchanged, write_all
from raportti.layout.choices import NO_OPTIONS, Columns, Filling, PageOptions, Statuses, page_options
from raportti.problems import FilePlace, Problem, ProblemsFound, distinct, messages, nearest
from raportti.report.merge import Keep
from raportti.report.model import LANGUAGES, Achieved, Report
from raportti.source.options import LoadOptions
from raportti.workflows.build import DEFAULT_FORMATS, FORMATS, Builder, BuildRequest, Built, build_documents

if TYPE_CHECKING:
    from raportti.decks.inspect import Inspection
    from raportti.decks.refresh.outcome import RefreshedDeck
    from raportti.pipeline import OnStage, Planned
    from raportti.workflows.decks import ImportedDeck
    from raportti.workflows.diff import Comparison
    from raportti.workflows.edit import Edit, GoalEdit
    from raportti.workflows.layouts import NewLayout
    from raportti.workflows.new_report import NewReport

# Imports within the functions: ruamel.yaml, HarfBuzz, ICU, openpyxl, python-pptx and what reads PDFs take 0.1 to 0.4 s
# each. Only the call that needs one has to wait for it, and the process that draws the PDF of a build needs none.


def unheard(_: str) -> None:
    """Take no notice of a stage."""


def _folder_of(layout: str | Path) -> Path:
    return find_layout(str(layout), Settings(), Path())


_WORDS = {
    "formats": FORMATS,
    "languages": LANGUAGES,
    "language": LANGUAGES,
    "columns": tuple(one.value for one in Columns),
    "pages": tuple(one.value for one in Filling),
    "summary_columns": tuple(one.value for one in Statuses),
    "words": messages.LANGUAGES,
}
"""What a parameter knows, by its name."""


def _require_known(**given: str | tuple[str, ...] | None) -> None:
    """Raise ``ProblemsFound`` with every word that its parameter does not know."""
    words = {name: (value,) if isinstance(value, str) else value or () for name, value in given.items()}
    unknown = ((name, word) for name, said in words.items() for word in said if word not in _WORDS[name])
    if problems := [_unknown(name, word, _WORDS[name]) for name, word in unknown]:
        raise ProblemsFound(problems)


def _listed(words: str | Iterable[str]) -> tuple[str, ...]:
    """Part words that are given in one text, as on the command line; each stands once."""
    parts = words.split(",") if isinstance(words, str) else words
    return tuple(dict.fromkeys(part.strip() for part in parts))


def _unknown(name: str, word: str, known: Iterable[str]) -> Problem:
    meant = nearest(word, known)
    values = {"keys": tuple(known)} if meant is None else {"suggestion": meant}
    return Problem("word-unknown" if meant is None else "word-misspelt", None, {"name": name, "value": word, **values})


def build(
    source: str | Path,
    *,
    out: str | Path = DEFAULT_OUT,
    layout: str | Path = DEFAULT_LAYOUT,
    formats: str | Collection[str] = DEFAULT_FORMATS,
    languages: str | Sequence[str] = (),
    columns: str | None = None,
    pages: str | None = None,
    charts: bool | None = None,
    summary_columns: str | None = None,
    embed_fonts: bool | None = None,
    allow_missing: bool = False,
    draft: bool = False,
    compare_to: str | Path | None = None,
    on_stage: "OnStage" = unheard,
    builder: Builder | None = None,
    processes: int | None = None,
) -> Built:
    """Build the documents of a report and write them, all of them or none.

    - ``source``: a report folder, a YAML file, a workbook or a CSV
    - ``out``: the folder to write to; the files are named by the title of the report
    - ``layout``: the name of a layout, or its folder
    - ``formats``: one or some of ``pptx``, ``pdf`` and ``html``
    - ``languages``: one or some of ``fi`` and ``sv``; none is the report's own
    - ``columns``: ``fixed``, or ``auto`` for the widths by which each table takes the fewest pages
    - ``pages``: ``filled``, or ``balanced`` for pages that are all filled alike
    - ``charts``: whether a page of charts follows each summary
    - ``summary_columns``: the statuses that a summary counts in columns, ``reached`` or ``all``
    - ``embed_fonts``: whether the fonts travel with the deck; None leaves this and the four above to the layout
    - ``allow_missing``: a text without a translation stands in the language that there is, marked as that; without it
      such a text is an error
    - ``draft``: statuses, scores and assessments may be missing
    - ``compare_to``: the source of the report before, a path or ``REV:PATH`` of git; what changed since then gets pages
      and marks
    - ``on_stage``: is called with the name of each stage as it begins
    - ``builder``: one that stays, for many builds in a row; it writes the deck before the PDF is drawn
    - ``processes``: how many may draw the pages of the PDF, whose bytes are the same however many do; one for each core
      where none is said

    Raises ``ProblemsFound`` with all problems of source, layout and documents, or with all words that name nothing, and
    ``MissingTool`` where the machine lacks something. Then nothing is written, and earlier files stay as they are.

    >>> built = raportti.build("arviointi.csv", out="output", formats="pptx", charts=True)
    >>> [path.name for path in built.files], len(built.planned.plan.pages)
    (['arviointi.pptx'], 5)
    """
    words = {"columns": columns, "pages": pages, "summary_columns": summary_columns}
    _require_known(formats=_listed(formats), languages=_listed(languages), **words)
    chosen = page_options(**words, charts=charts, embed_fonts=embed_fonts)
    with _opened(compare_to) as before:
        request = BuildRequest(
            Path(source),
            _folder_of(layout),
            Path(out),
            formats=_listed(formats),
            cache=cache_folder(),
            page_options=chosen,
            load_options=LoadOptions(_listed(languages), allow_missing=allow_missing, is_draft=draft),
            compare_to=before,
        )
        if builder:
            return builder.build(request, on_stage, deck_first=True)
        return build_documents(request, on_stage, processes)


def left_of_sample(source: str | Path) -> tuple[Problem, ...]:
    """Return a warning for each text that a workbook still has of the one that it was made from, though no goal is.

    Empty for any other source. Raises nothing: one that cannot be read has no such texts either.

    >>> raportti.left_of_sample("arviointi.csv")
    ()
    """
    from raportti.source.loading import load
    from raportti.source.options import DRAFT

    try:
        warnings = load(Path(source), DRAFT).warnings
    except ProblemsFound:
        return ()
    return tuple(problem for problem in warnings if problem.kind == "sample-left")


def not_in_summaries(source: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> tuple[str, ...]:
    """Return the ids of the goals that were not reached, where the layout's summaries have no column for them.

    - ``source``, ``layout``: as in ``build``; the source may be a draft

    Raises ``ProblemsFound`` where one of them cannot be read.

    >>> raportti.not_in_summaries("arviointi.csv")
    ()
    """
    from raportti.layout.theme.folder import read_theme

    if read_theme(_folder_of(layout)).choices.statuses is Statuses.ALL:
        return ()
    return tuple(goal.id for goal in read_report(source, draft=True).goals if goal.achieved is Achieved.NO)


def plan_pages(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    language: str | None = None,
    columns: str | None = None,
    pages: str | None = None,
    charts: bool | None = None,
    summary_columns: str | None = None,
    allow_missing: bool = False,
    draft: bool = False,
    compare_to: str | Path | None = None,
    on_stage: "OnStage" = unheard,
) -> "Planned":
    """Plan the pages of a report in one language, and write nothing.

    - ``language``: ``fi`` or ``sv``; the report's own where none is named
    - all else: as in ``build``

    The plan has every page with its placed items. Lengths are integers in EMU, 12,700 to the point, from the top left;
    printed, a plan tells its pages and their tables in points, and a notebook shows what was planned in small pictures.
    Raises ``ProblemsFound`` and ``MissingTool``.

    >>> plan = raportti.plan_pages("arviointi.csv").plan
    >>> [(page.number, page.title) for page in plan.pages if page.table]
    [(3, 'Strategia A: yhteenveto'), (4, 'Linjaus 1')]
    """
    _require_known(language=language, columns=columns, pages=pages, summary_columns=summary_columns)
    chosen = page_options(columns=columns, pages=pages, charts=charts, summary_columns=summary_columns)
    languages = () if language is None else (language,)
    load_options = LoadOptions(languages, allow_missing=allow_missing, is_draft=draft)
    return _plans(source, layout, chosen, load_options, on_stage, compare_to)[0]


def check(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    languages: str | Sequence[str] = (),
    draft: bool = False,
    on_stage: "OnStage" = unheard,
) -> tuple[Problem, ...]:
    """Return all problems of a report, errors and warnings, and write nothing.

    - ``source``, ``layout``: as in ``build``
    - ``languages``: in these every text has to be there; without them a report that has some texts in a second language
      gets one warning that counts the texts that it lacks
    - ``draft``: statuses, scores and assessments may be missing

    Raises ``MissingTool`` where the machine lacks something, and ``ProblemsFound`` for a language that it does not
    know; problems of the report are never raised.

    >>> raportti.check("arviointi.csv")
    ()
    """
    _require_known(languages=_listed(languages))
    load_options = LoadOptions(_listed(languages), is_draft=draft)
    try:
        plans = _plans(source, layout, NO_OPTIONS, load_options, on_stage)
    except ProblemsFound as found:
        return found.problems
    untranslated = () if languages else plans[0].source.untranslated
    return (*untranslated, *distinct(problem for planned in plans for problem in planned.warnings))


def _plans(
    source: str | Path,
    layout: str | Path,
    chosen: PageOptions,
    load_options: LoadOptions,
    on_stage: "OnStage",
    compare_to: str | Path | None = None,
) -> tuple["Planned", ...]:
    from raportti.pipeline import plan_reports

    with _opened(compare_to) as before:
        return plan_reports(
            Path(source),
            _folder_of(layout),
            cache=cache_folder(),
            on_stage=on_stage,
            page_options=chosen,
            load_options=load_options,
            compare_to=before,
        )


def _opened(source: str | Path | None) -> AbstractContextManager[Path | None]:
    """Give the path of a source that is named, which may be in git."""
    if source is None:
        return nullcontext()
    from raportti.workflows.git import opened

    return opened(source)


def read_report(source: str | Path, *, draft: bool = False) -> Report:
    """Read and check a report in its own language.

    - ``source``: as in ``build``
    - ``draft``: statuses, scores and assessments may be missing

    Raises ``ProblemsFound``.

    >>> report = raportti.read_report("arviointi.csv")
    >>> [(goal.id, goal.score) for goal in report.goals]
    [('A1.1', 4), ('A1.2', 3)]
    """
    from raportti.source.loading import load

    return load(Path(source), LoadOptions(is_draft=draft)).report


def diff(
    old: str | Path,
    new: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    languages: str | Sequence[str] = (),
    columns: str | None = None,
    pages: str | None = None,
    on_stage: "OnStage" = unheard,
) -> tuple["Comparison", ...]:
    """Compare two sources, goal by goal and page by page, in each language; both may be drafts.

    - ``old``, ``new``: each a path, or ``REV:PATH`` of the git repository of the working folder
    - ``languages``: one or some of ``fi`` and ``sv``; all that the two have where none is named
    - all else: as in ``build``

    A comparison is false where nothing differs. Raises ``ProblemsFound`` and ``MissingTool``.

    >>> (finnish,) = raportti.diff("viime-vuosi/arviointi.csv", "arviointi.csv")
    >>> [(goal.id, one.field, one.old, one.new) for goal in finnish.changes.goals for one in goal.differences]
    [('A1.1', 'score', 3, 4)]
    """
    from raportti.workflows.diff import compare
    from raportti.workflows.git import opened

    _require_known(languages=_listed(languages), columns=columns, pages=pages)
    with opened(old) as before, opened(new) as after:
        return compare(
            before,
            after,
            _folder_of(layout),
            cache=cache_folder(),
            on_stage=on_stage,
            page_options=page_options(columns=columns, pages=pages),
            languages=_listed(languages),
        )


def export(
    source: str | Path,
    to: str | Path,
    *,
    unit: str | None = None,
    languages: str | Sequence[str] = (),
    may_replace: Callable[[Path], bool] = lambda _: False,
) -> tuple[Path, ...]:
    """Write a report as a workbook that builds exactly what its source does, and return its path.

    - ``to``: the workbook; with ``unit="all"`` the folder for one workbook of each unit in charge
    - ``unit``: with the goals of that unit in charge alone
    - ``languages``: of its texts, as in ``build``; with two of them each text stands beside its translation, and what
      is missing is coloured. Without the source's own all of it has to be translated
    - ``may_replace``: is asked about each file that is there already

    What is missing of an assessment stays empty. Raises ``ProblemsFound``; then nothing is written.

    >>> [path.name for path in raportti.export("arviointi.csv", "arviointi.xlsx")]
    ['arviointi.xlsx']
    """
    from raportti.source.workbook.export import exported

    chosen = _listed(languages)
    _require_known(languages=chosen)
    with locked([Path(source) if Path(source).is_dir() else Path(source).parent]):  # its files are of one moment
        files = exported(Path(source), Path(to), unit, chosen)
    there = {path: path.read_bytes() if path.is_file() else None for path in files}
    for path in files:
        refuse_open(path)
        if path.exists() and not may_replace(path):
            raise ProblemsFound([Problem("output-exists", FilePlace(str(path)))])
    _write(files, there)
    return tuple(files)


def _write(files: Mapping[Path, bytes], originals: Mapping[Path, bytes | None]) -> None:
    """Write files where nobody changed meanwhile what stood there; no other process of the program writes then."""
    with locked({path.parent for path in files}):
        write_all(files, last_look=partial(require_unchanged, originals))


def set_goal(source: str | Path, goal_edit: "GoalEdit", *, language: str | None = None) -> "Edit":
    """Return what changes where a goal of a source gets new values; ``apply`` writes it. The source may be a draft.

    - ``goal_edit``: the id of the goal, and its new values as they would be typed into a source
    - ``language``: that of the assessment, ``fi`` or ``sv``; the source's own where none is named

    Raises ``EditRefused``, a kind of ``ProblemsFound``, where there is no such goal or a value is not right, and
    ``ProblemsFound`` where the source cannot be read or cannot hold the value.

    >>> edit = raportti.set_goal("arviointi.csv", raportti.GoalEdit("A1.2", score="5"))
    >>> raportti.apply(edit)
    >>> raportti.read_report("arviointi.csv").goals[1].score
    5
    """
    from raportti.workflows.edit import set_goal

    _require_known(language=language)
    return set_goal(Path(source), goal_edit, language)


def import_file(
    file: str | Path | Sequence[str | Path],
    source: str | Path,
    *,
    keep: str | None = None,
    remove_missing: bool = False,
) -> "Edit":
    """Return what changes where a workbook that came back, or any other source, comes into a source; ``apply`` writes.

    - ``file``: what was changed in it since it was exported comes in, in each language that it has texts in; where it
      does not say what it was exported from, all in which it differs from the source. Several files come in one after
      the other
    - ``keep``: ``file`` or ``source``, whose value stays where both were changed apart
    - ``remove_missing``: goals of the source that are not in the file are removed; else they stay, and a warning of the
      kind ``goals-kept`` names them

    Raises ``ProblemsFound``, also with all such conflicts where ``keep`` does not decide them: problems of the kind
    ``file-conflict``, with the values ``what``, ``base``, ``file`` and ``source``. What two files say apart is a
    ``files-conflict``, whatever ``keep`` is.

    >>> edit = raportti.import_file("viime-vuosi/arviointi.csv", "arviointi.csv")
    >>> [(goal.id, goal.new.score) for goal in edit.changes["fi"].goals]
    [('A1.1', 3)]
    """
    from raportti.workflows.import_changes import import_files

    files = [Path(one) for one in ((file,) if isinstance(file, (str, Path)) else file)]
    return import_files(Path(source), files, _side(keep, Keep.FILE), removes_missing=remove_missing)


def _side(keep: str | None, other: Keep) -> Keep | None:
    """Read whose value stays in a conflict: the source's or the other's. Raises ``ProblemsFound`` for another word."""
    known = (other.value, Keep.SOURCE.value)
    if keep is not None and keep not in known:
        raise ProblemsFound([_unknown("keep", keep, known)])
    return None if keep is None else Keep(keep)


def new_report(target: str | Path, asked: "NewReport", *, words: str = "fi") -> tuple[Path, ...]:
    """Write a new report, a draft with a first goal for each guideline, and return its files.

    - ``target``: a folder for YAML files, empty or not there yet; or a workbook that is not there yet
    - ``asked``: what is known of it: title, organisation, strategies, languages; or the source of the report before
    - ``words``: the language of the comments in the files, ``fi``, ``sv`` or ``en``

    Raises ``ProblemsFound``; then nothing is written.

    >>> asked = raportti.NewReport(title="Arviointi 2026", strategies=("Palvelustrategia: Apotti; Hoitoon pääsy",))
    >>> [path.name for path in raportti.new_report("arviointi-2026", asked)]
    ['raportti.yaml', 'strategia-1.yaml']
    >>> raportti.new_report("arviointi-2027.xlsx", raportti.NewReport(based_on="arviointi-2026"))[0].name
    'arviointi-2027.xlsx'
    """
    from raportti.workflows.new_report import new_files

    languages = _listed(asked.languages)
    _require_known(languages=languages, words=words)
    files = new_files(Path(target), replace(asked, languages=languages), words)
    _write(files, dict.fromkeys(files))
    return tuple(files)


def new_source(file: str | Path, folder: str | Path) -> tuple[Path, ...]:
    """Write a new source in YAML that says what a table or a workbook does, and return its files.

    - ``folder``: has to be empty, or not there yet

    Raises ``ProblemsFound``; then nothing is written.

    >>> [path.name for path in raportti.new_source("arviointi.csv", "uusi")]
    ['raportti.yaml', 'strategia-1.yaml']
    """
    from raportti.workflows.import_changes import new_source_of

    files = new_source_of(Path(file), Path(folder))
    _write(files, dict.fromkeys(files))
    return tuple(files)


def import_deck(deck: str | Path, to: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "ImportedDeck":
    """Write a new source that says what a deck does, ours or another in the original format.

    - ``deck``: a PPTX, a PDF, or the text of a PDF as ``.txt``
    - ``to``: a folder that is empty, or not there yet
    - ``layout``: by its words a deck is understood that does not carry its data

    What a person has to look at is in the result; the source may be a draft. Raises ``ProblemsFound``; then nothing is
    written.

    >>> (deck,) = raportti.build("arviointi.csv", formats=["pptx"]).files
    >>> imported = raportti.import_deck(deck, "uusi")
    >>> imported.is_exact, [goal.id for goal in imported.report.goals]
    (True, ['A1.1', 'A1.2'])
    """
    from raportti.layout.theme.folder import read_theme
    from raportti.workflows.decks import import_deck

    theme = read_theme(_folder_of(layout))
    words = {language: texts.by_key() for language, texts in theme.words.items()}
    imported = import_deck(Path(deck), Path(to), words)
    _write(imported.files, dict.fromkeys(imported.files))
    return imported


def pull(deck: str | Path, source: str | Path, *, keep: str | None = None) -> "Edit":
    """Return what changes in a source where the hand edits of a deck come into it; ``apply`` writes it.

    - ``deck``: one that was built from the source; it is only read
    - ``keep``: ``deck`` or ``source``, whose value stays where both were changed apart since the deck was built

    Raises ``ProblemsFound`` where the deck cannot be read or an edit in it is not valid, and with all such conflicts
    where ``keep`` does not decide them: problems of the kind ``deck-conflict``, with the values ``what``, ``base``,
    ``deck`` and ``source``.

    >>> (deck,) = raportti.build("arviointi.csv", formats=["pptx"]).files
    >>> raportti.pull(deck, "arviointi.csv").changes  # nobody has edited it yet
    {}
    """
    from raportti.workflows.decks import pull

    return pull(Path(source), Path(deck), _side(keep, Keep.DECK))


def refresh(
    deck: str | Path,
    source: str | Path,
    *,
    layout: str | Path | None = None,
    keep: str | None = None,
    draft: bool | None = None,
    on_stage: "OnStage" = unheard,
) -> "RefreshedDeck":
    """Return a deck that people edited with the new data of its source; ``apply`` writes it, and a backup.

    - ``deck``: one that was built from the source
    - ``layout``: the deck's own where none is named
    - ``keep``: as in ``pull``
    - ``draft``: whether the deck is one from now on; as it was where nothing is said

    Raises ``ProblemsFound`` as ``pull`` does, and ``MissingTool`` where the machine lacks something.

    >>> (deck,) = raportti.build("viime-vuosi/arviointi.csv", formats=["pptx"]).files
    >>> refreshed = raportti.refresh(deck, "arviointi.csv")
    >>> [(slide.number, slide.parts) for slide in refreshed.slides]
    [(3, ('Linjaus 1',)), (4, ('A1.1',))]
    """
    from raportti.workflows.decks import refresh

    return refresh(
        Path(source),
        Path(deck),
        _side(keep, Keep.DECK),
        lambda own: _folder_of(layout or own),
        cache=cache_folder(),
        is_draft=draft,
        on_stage=on_stage,
    )


def apply(change: "Edit | NewLayout | RefreshedDeck") -> None:
    """Write the files of a change, all or none.

    - ``change``: what ``set_goal``, ``import_file``, ``pull``, ``refresh`` or ``new_layout`` returned

    Raises ``ProblemsFound`` where a file was changed since it was read, or cannot be written; then nothing is written.

    >>> raportti.apply(raportti.import_file("viime-vuosi/arviointi.csv", "arviointi.csv"))
    >>> raportti.read_report("arviointi.csv").goals[0].score
    3
    """
    _write(change.files, change.originals)


def inspect_deck(deck: str | Path, *, layout: str | Path = DEFAULT_LAYOUT) -> "Inspection":
    """Judge a deck, ours or any other: what runs over, what does not add up, what keeps a reader from it.

    - ``deck``: is only read
    - ``layout``: names the words that say that a table continues, and fonts that need not be installed

    Heights of the tables are in EMU, 12,700 to the point. Raises ``ProblemsFound`` where the file is no deck that can
    be read.

    >>> (deck,) = raportti.build("arviointi.csv", formats=["pptx"]).files
    >>> inspection = raportti.inspect_deck(deck)
    >>> inspection.slides, inspection.findings
    (4, ())
    """
    from raportti.decks.inspect import inspect
    from raportti.decks.inspect.fonts import Supply
    from raportti.layout.theme.folder import read_theme
    from raportti.text.fonts import load_fonts

    theme = read_theme(_folder_of(layout))
    supply = Supply(
        families=frozenset(font.family for font in theme.fonts),
        load=lambda: load_fonts(theme.fonts, folder=theme.folder, cache=cache_folder()),
        folders=font_folders(),
    )
    words = {language: texts.continues for language, texts in theme.words.items()}
    return inspect(Path(deck), words=words, supply=supply)


def new_layout(
    name: str, template: str | Path, *, cover: str | None = None, table: str | None = None, replace: bool = False
) -> "NewLayout":
    """Make a layout of a brand's template and try it with a report; nothing is written before ``apply``.

    - ``name``: the layout's folder will be ``layouts/name``
    - ``template``: a .pptx or .potx of any size, which is only read
    - ``cover``, ``table``: the slide layouts of the cover and of all other pages; None: those that serve best
    - ``replace``: a layout of this name may be there already

    Raises ``ProblemsFound`` where the template cannot carry a report, and ``MissingTool`` where LibreOffice, which
    draws the template's empty pages, is not on the machine.

    >>> made = raportti.new_layout("oma", "brand.pptx")
    >>> raportti.apply(made)
    >>> made.folder.as_posix(), made.names["cover"]
    ('layouts/oma', 'Title Slide')
    """
    from raportti.workflows.layouts import new_layout as make

    named = {"cover": cover, "pages": table}
    return make(
        Path(template),
        Path("layouts") / name,
        base=_folder_of(DEFAULT_LAYOUT),
        fonts=font_folders(),
        cache=cache_folder(),
        wanted={purpose: one for purpose, one in named.items() if one is not None},
        replace=replace,
    )


def check_layout(layout: str | Path) -> tuple[Problem, ...]:
    """Return all that is wrong in a layout: in its files, in a trial report, in what its template really draws.

    - ``layout``: the name of a layout, or its folder

    Raises ``MissingTool`` where LibreOffice or Pango is not on the machine; problems are never raised.

    >>> raportti.check_layout("luvn")
    ()
    """
    from raportti.workflows.layouts import check_layout as check_one

    return check_one(_folder_of(layout), fonts=font_folders(), cache=cache_folder())


def show_layout(layout: str | Path, *, out: str | Path = DEFAULT_OUT) -> Path:
    """Write a PDF of every kind of page of a layout, with its boxes outlined, and return its path.

    - ``layout``: the name of a layout, or its folder
    - ``out``: the folder to write to

    Raises ``ProblemsFound`` where the layout is wrong, and ``MissingTool``.

    >>> raportti.show_layout("luvn", out="output").name
    'luvn-malli.pdf'
    """
    from raportti.workflows.layouts import show_layout as show_one

    folder = _folder_of(layout)
    path = Path(out) / f"{folder.name}-malli.pdf"
    write_all({path: show_one(folder, cache=cache_folder())})
    return path
