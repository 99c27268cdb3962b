"""From a brand's template to a layout that was tried, from a layout to all that is wrong in it, and to a picture of it.

Does not know a terminal, and writes nothing but in a folder for the time of its work.
"""

import re
import shutil
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from raportti.decks.inspect import inspect
from raportti.decks.inspect.fonts import Supply
from raportti.files import scratch_folder
from raportti.layout.choices import page_options
from raportti.layout.making import make_layout
from raportti.layout.making.contrast import drawn_contrasts
from raportti.layout.making.outlines import outlines_css
from raportti.layout.theme import Theme
from raportti.layout.theme.folder import HTML, STYLE, read_layout, read_theme
from raportti.problems import FilePlace, Problem, ProblemsFound, distinct
from raportti.text.font_files import faces_by_family
from raportti.text.fonts import load_fonts
from raportti.workflows.build import BuildRequest, build_documents
from raportti.workflows.trial import NAME, trial_source

_NAME = re.compile(r"[\w][\w-]{0,60}")
_UNHEARD: Callable[[str], None] = lambda _: None  # noqa: E731 - a stage that nobody listens to
_NOT_OF_LAYOUTS = frozenset({"cells-merged", "reading-order"})
"""What is found in every deck of ours, and is as it should be."""


@dataclass(frozen=True, slots=True)
class NewLayout:
    """A layout that is made and tried: its files, which are to be written, and what there is to tell of it."""

    folder: Path
    files: Mapping[Path, bytes] = field(repr=False)
    names: Mapping[str, str]
    """``cover`` and ``pages`` → the slide layout that was taken."""
    reasons: Mapping[str, str]
    """The same → why, as an English sentence."""
    warnings: tuple[Problem, ...]
    """What of the template is not kept, and what stands in for it."""
    originals: Mapping[Path, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)


def new_layout(
    template: Path,
    folder: Path,
    *,
    base: Path,
    fonts: Collection[Path],
    cache: Path,
    wanted: Mapping[str, str],
    replace: bool,
) -> NewLayout:
    """Make a layout of a template, and build a trial report in it.

    Raises ``ProblemsFound`` where the template cannot carry a report, and ``MissingTool``.
    """
    if not _NAME.fullmatch(folder.name):
        raise ProblemsFound([Problem("layout-name", None, {"name": folder.name})])
    if folder.exists() and not replace:
        raise ProblemsFound([Problem("layout-exists", FilePlace(str(folder)), {"name": folder.name})])
    made = make_layout(template, folder, base, fonts=faces_by_family(fonts), cache=cache, wanted=wanted)
    with scratch_folder() as trial:
        tried = trial / folder.name
        for name, data in made.files.items():
            path = tried / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        found = tuple(_tried(tried, fonts=tuple(fonts), cache=cache))
    if found:
        raise ProblemsFound([Problem("brand-cannot-carry", None, {"file": template.name}), *found])
    files = {folder / name: data for name, data in made.files.items()}
    return NewLayout(folder, files, made.names, made.reasons, made.told)


def check_layout(folder: Path, *, fonts: Collection[Path], cache: Path) -> tuple[Problem, ...]:
    """Return all that is wrong in a layout: in its folder, in a trial report, and in what its template really draws.

    Raises ``MissingTool``.
    """
    try:
        read_layout(folder)
    except ProblemsFound as found:
        return found.problems
    tried = tuple(_tried(folder, fonts=tuple(fonts), cache=cache))
    try:
        return distinct((*tried, *drawn_contrasts(folder)))
    except ProblemsFound as found:
        return distinct((*tried, *found.problems))


def _tried(folder: Path, *, fonts: tuple[Path, ...], cache: Path) -> Iterator[Problem]:
    """Build the trial report, and judge its deck as any other."""
    try:
        with _trial_files(folder, ("pptx", "pdf"), cache=cache) as files:
            deck = next(path for path in files if path.suffix == ".pptx")
            theme = read_theme(folder)
            words = {language: texts.continues for language, texts in theme.words.items()}
            inspection = inspect(deck, words=words, supply=_supply(theme, fonts, cache))
            yield from (one for one in inspection.findings if one.kind not in _NOT_OF_LAYOUTS)
    except ProblemsFound as found:
        yield from found.problems


def _supply(theme: Theme, fonts: tuple[Path, ...], cache: Path) -> Supply:
    return Supply(
        families=frozenset(font.family for font in theme.fonts),
        load=lambda: load_fonts(theme.fonts, folder=theme.folder, cache=cache),
        folders=fonts,
    )


@contextmanager
def _trial_files(folder: Path, formats: Collection[str], *, cache: Path) -> Generator[tuple[Path, ...]]:
    """Build the trial report with every kind of page, in a folder that goes again."""
    with scratch_folder() as trial:
        source, before = trial / NAME, trial / "before" / NAME
        before.parent.mkdir()
        source.write_text(trial_source(), encoding="utf-8")
        before.write_text(trial_source(moved=1), encoding="utf-8")
        request = BuildRequest(
            source,
            folder,
            trial / "out",
            formats=formats,
            cache=cache,
            page_options=page_options(charts=True),
            compare_to=before,
        )
        yield build_documents(request, _UNHEARD).files


def show_layout(folder: Path, *, cache: Path) -> bytes:
    """Return a PDF of every kind of page of a layout, its boxes outlined.

    Raises ``ProblemsFound`` where the layout is wrong, and ``MissingTool``.
    """
    theme = read_theme(folder)
    with scratch_folder() as place:
        copy = place / folder.name
        shutil.copytree(folder, copy)
        with (copy / HTML / STYLE).open("a", encoding="utf-8") as style:
            style.write(outlines_css(theme))
        with _trial_files(copy, ("pdf",), cache=cache) as files:
            return files[0].read_bytes()
