"""From a source and a layout to finished files: the plan, then deck and PDF beside each other, then all in place.

Knows no document format. The PDF is drawn by a process of its own, which gets ready while the pages are measured and
draws while this one makes the deck.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.layout.choices import NOTHING_ASKED, Asked
from raportti.output import write_all
from raportti.problems import Problem, ProblemsFound
from raportti.render.pdf import PdfFailed, PdfResult, PdfWriter, differences
from raportti.wanted import AS_IT_IS, Wanted

if TYPE_CHECKING:
    from raportti.pipeline import OnStage, Planned

FORMATS = ("pptx", "pdf", "html")
DEFAULT_FORMATS = ("pptx", "pdf")
LONGEST_NAME = 80
LONGEST_WORDS = 300
"""Of what the writer's process said, the end tells most."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: the files of each language in the order of their formats, and the plans that they follow."""

    plans: "Mapping[str, Planned]"
    """By language, in the order in which they were asked for."""
    files: tuple[Path, ...]

    @property
    def planned(self) -> "Planned":
        """The plan of the first language."""
        return next(iter(self.plans.values()))


def build_documents(
    source: Path,
    layout: Path,
    out: Path,
    *,
    formats: Collection[str],
    cache: Path,
    on_stage: "OnStage",
    asked: Asked = NOTHING_ASKED,
    wanted: Wanted = AS_IT_IS,
) -> Built:
    """Build the documents of a report in the folder ``out``; formats are among ``FORMATS``.

    ``asked`` is what the user chose; of the rest the layout says it.

    Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written, and earlier files stay as they are.
    """
    with ExitStack() as stack:
        writer = stack.enter_context(PdfWriter()) if "pdf" in formats else None
        # Imported when the writer's process, on which all waits, is under way: this takes 0.1 s.
        from raportti.pipeline import plan_reports

        planned = plan_reports(source, layout, cache=cache, on_stage=on_stage, asked=asked, wanted=wanted)
        files: dict[Path, bytes] = {}
        for one in planned:
            documents = _documents(one, formats, writer, on_stage, asked)
            files |= {out / f"{_stem(one)}.{name}": documents[name] for name in FORMATS if name in documents}
    on_stage("write")
    write_all(files)
    return Built({one.source.report.language: one for one in planned}, tuple(files))


def _stem(planned: "Planned") -> str:
    """Name the files by the title; a translation never takes the name of the report in its own language."""
    source = planned.source
    stem = file_name(planned.plan.properties.title)
    is_taken = source.report.language != source.own_language and stem == file_name(source.own_title)
    return f"{stem}-{source.report.language}" if is_taken else stem


def file_name(title: str) -> str:
    """Return a title as the stem of a file's name: small ASCII letters and digits, apart by hyphens.

    >>> file_name("Yhteisten tavoitteiden arviointi")
    'yhteisten-tavoitteiden-arviointi'
    """
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_NAME].strip("-") or "raportti"


def _documents(
    planned: "Planned", formats: Collection[str], writer: PdfWriter | None, on_stage: "OnStage", asked: Asked
) -> Mapping[str, bytes]:
    """Draw the plan in each format; while the writer's process draws the PDF, this one draws the deck."""
    documents: dict[str, bytes] = {}
    stamp = _stamp(planned, asked)
    with ThreadPoolExecutor(max_workers=1) as waiting:
        pdf: Future[PdfResult] | None = None
        if writer or "html" in formats:
            on_stage("html")
            page = _html(planned)
            documents["html"] = page.encode()
            pdf = waiting.submit(writer.write, page, stamp) if writer else None
        if "pptx" in formats:
            on_stage("pptx")
            documents["pptx"] = _deck(planned, asked, stamp)
        if pdf:
            on_stage("pdf")
            documents["pdf"] = _as_planned(planned, pdf)
    return {name: documents[name] for name in formats}


def _html(planned: "Planned") -> str:
    # Imported when the writer's process has begun to load what it needs: Jinja2 takes 0.1 s.
    from raportti.render import html

    faces = (html.FontFace(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    return html.render(planned.plan, html.HtmlLayout(planned.layout.html, planned.layout.style), faces)


def _deck(planned: "Planned", asked: Asked, stamp: str) -> bytes:
    # Imported while the writer's process draws: python-pptx takes 0.2 s.
    from raportti.render import pptx

    theme = planned.layout.theme
    template = pptx.Template(planned.layout.template, theme.template.layouts, theme.template.placeholders)
    embeds = theme.embed_fonts if asked.embed_fonts is None else asked.embed_fonts
    families = dict.fromkeys(font.family for font in theme.fonts)
    fonts = (pptx.EmbeddedFont(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    embedded = pptx.used_fonts(planned.plan, fonts) if embeds else ()
    problems = (
        *pptx.check_template(
            template, families=families, size=(theme.width, theme.height), file=str(theme.folder / theme.template.file)
        ),
        *pptx.check_fonts(embedded),
    )
    if problems:
        raise ProblemsFound(problems)
    return pptx.render(planned.plan, template, embedded=embedded, stamp=stamp)


def _stamp(planned: "Planned", asked: Asked) -> str:
    """Say what the documents are made of, so that they can be read back."""
    # Imported when the writer's process has begun to load what it needs: cattrs takes 0.05 s.
    from raportti.stamp import stamp_of, stamp_text

    layout = planned.layout.theme.name
    stamp = stamp_of(planned.plan, planned.source.report, layout=layout, choices=asked.in_words())
    return stamp_text(stamp)


def _as_planned(planned: "Planned", pdf: Future[PdfResult]) -> bytes:
    """Return the PDF, if it is the plan, line for line."""
    try:
        result = pdf.result()
    except PdfFailed as error:
        raise ProblemsFound([Problem("pdf-failed", None, {"words": str(error)[-LONGEST_WORDS:]})]) from error
    problems = differences(planned.plan, result.drawn)
    if problems:
        raise ProblemsFound(problems)
    return result.data
