"""The Python API: the three things that people do with a report, each one call.

Knows no terminal. The command line calls these functions and adds only words.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.config import DEFAULT_LAYOUT, DEFAULT_OUT, Settings, cache_folder, find_layout
from raportti.documents import DEFAULT_FORMATS, Built, build_documents
from raportti.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from raportti.pipeline import OnStage, Planned


def _unheard(_: str) -> None:
    """Take no notice of a stage."""


def build(
    source: str | Path,
    *,
    out: str | Path = DEFAULT_OUT,
    layout: str | Path = DEFAULT_LAYOUT,
    formats: Collection[str] = DEFAULT_FORMATS,
    on_stage: "OnStage" = _unheard,
) -> Built:
    """Build the documents of a report; ``formats`` are among ``pptx``, ``pdf`` and ``html``.

    Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written, and earlier files stay as they are.
    """
    folder = find_layout(str(layout), Settings(), Path())
    return build_documents(Path(source), folder, Path(out), formats=formats, cache=cache_folder(), on_stage=on_stage)


def plan_pages(source: str | Path, *, layout: str | Path = DEFAULT_LAYOUT, on_stage: "OnStage" = _unheard) -> "Planned":
    """Plan the pages of a report, and write nothing.

    Raises ``ProblemsFound`` or ``MissingTool``.
    """
    # Imported here, and for a build in ``documents``: it takes 0.1 s that the PDF's process need not wait for.
    from raportti.pipeline import plan_report

    folder = find_layout(str(layout), Settings(), Path())
    return plan_report(Path(source), folder, cache=cache_folder(), on_stage=on_stage)


def check(
    source: str | Path, *, layout: str | Path = DEFAULT_LAYOUT, on_stage: "OnStage" = _unheard
) -> tuple[Problem, ...]:
    """Return all problems of a report, errors and warnings, and write nothing."""
    try:
        return plan_pages(source, layout=layout, on_stage=on_stage).warnings
    except ProblemsFound as found:
        return found.problems
