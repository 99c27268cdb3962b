"""From a source to its documents, its pages, its problems, and what changed in it."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.config import DEFAULT_LAYOUT, DEFAULT_OUT, Settings, cache_folder, find_layout
from raportti.documents import DEFAULT_FORMATS, Builder, Built, Order, build_documents
from raportti.layout.choices import NOTHING_ASKED, Asked
from raportti.model import Report
from raportti.problems import Problem, ProblemsFound, distinct
from raportti.wanted import Wanted

if TYPE_CHECKING:
    from raportti.comparing import Comparison
    from raportti.pipeline import OnStage, Planned


def unheard(_: str) -> None:
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
        order = Order(
            Path(source),
            find_layout(str(layout), Settings(), Path()),
            Path(out),
            formats=formats,
            cache=cache_folder(),
            asked=asked,
            wanted=Wanted(tuple(languages), allow_missing=allow_missing, is_draft=draft),
            compare_to=before,
        )
        return builder.build(order, on_stage, deck_first=True) if builder else build_documents(order, on_stage)


def plan_pages(
    source: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    asked: Asked = NOTHING_ASKED,
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
    wanted = Wanted(languages, allow_missing=allow_missing, is_draft=draft)
    return _plans(source, layout, asked, wanted, on_stage, compare_to)[0]


def _opened(source: str | Path | None) -> AbstractContextManager[Path | None]:
    """Give the path of a source that is named, which may be in git."""
    if source is None:
        return nullcontext()
    from raportti.revision import opened

    return opened(source)


def _plans(
    source: str | Path,
    layout: str | Path,
    asked: Asked,
    wanted: Wanted,
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
        plans = _plans(source, layout, NOTHING_ASKED, Wanted(tuple(languages), is_draft=draft), on_stage)
    except ProblemsFound as found:
        return found.problems
    untranslated = () if languages else plans[0].source.untranslated
    return (*untranslated, *distinct(problem for planned in plans for problem in planned.warnings))


def read_report(source: str | Path, *, draft: bool = False) -> Report:
    """Read and check a report in its own language. Raises ``ProblemsFound``."""
    # Imported here: ruamel.yaml takes time that the PDF's process of a build need not wait for.
    from raportti.source import load

    return load(Path(source), Wanted(is_draft=draft)).report


def diff(
    old: str | Path,
    new: str | Path,
    *,
    layout: str | Path = DEFAULT_LAYOUT,
    asked: Asked = NOTHING_ASKED,
    languages: Sequence[str] = (),
    on_stage: "OnStage" = unheard,
) -> tuple["Comparison", ...]:
    """Compare two sources, in the languages that are named, else in all that they have; both may be drafts.

    Each is a path, or ``REV:PATH`` of the git repository of the working folder. Raises ``ProblemsFound`` or
    ``MissingTool``.
    """
    from raportti.comparing import compare
    from raportti.revision import opened

    folder = find_layout(str(layout), Settings(), Path())
    with opened(old) as before, opened(new) as after:
        return compare(
            before, after, folder, cache=cache_folder(), on_stage=on_stage, asked=asked, languages=tuple(languages)
        )
