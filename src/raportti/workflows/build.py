"""From a source and a layout to finished files: the plan, then deck and PDF beside each other, then all in place.

Knows no document format. The PDF is drawn by a process of its own, which gets ready while the pages are measured and
draws while this one makes the deck.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from raportti.files import file_stem, write_all
from raportti.layout.choices import AS_THE_LAYOUT_SAYS, PageOptions
from raportti.problems import FilePlace, Problem, ProblemsFound, distinct
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import PdfFailed, PdfResult, PdfWriter
from raportti.source.options import AS_IT_IS, LoadOptions
from raportti.workflows.manifest import (
    Manifest,
    Moved,
    manifest_bytes,
    manifest_of,
    moved_since,
    place_of_manifest,
    read_manifest,
)

if TYPE_CHECKING:
    from raportti.pipeline import Planned
if TYPE_CHECKING:
    from raportti.pipeline import OnStage, Planned

EDITED = "käsin-muokattu"
"""What is added to the name of a file that was changed by hand since it was built."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files of one report in one language: the documents, and what goes with them."""

    documents: tuple[Path, ...]
    files: Mapping[Path, bytes] = field(repr=False)
    """All that is to be written: documents, manifest, and edited files under other names."""
    moved: Moved | None
    """None where nothing was built before."""
    warnings: tuple[Problem, ...]


def deliver(planned: "Planned", documents: Mapping[str, bytes], out: Path, stem: str) -> Delivery:
    """Name the files of documents, which are given by their format.

    A file that was changed since it was built, by hand, is never lost: it is kept under another name.
    """
    place = place_of_manifest(out, stem)
    before = read_manifest(place)
    report, plan = planned.source.report, planned.plan
    paths = {out / f"{stem}.{name}": data for name, data in documents.items()}
    kept = dict(_kept(paths, before))
    manifest = manifest_of(report, plan, {path.suffix: data for path, data in paths.items()}, before=before)
    return Delivery(
        documents=tuple(paths),
        files={**{to: path.read_bytes() for path, to in kept.items()}, **paths, place: manifest_bytes(manifest)},
        moved=moved_since(before, report, plan) if before else None,
        warnings=tuple(Problem("output-edited", FilePlace(str(path)), {"path": str(to)}) for path, to in kept.items()),
    )


def _kept(paths: Mapping[Path, bytes], before: Manifest | None) -> Iterator[tuple[Path, Path]]:
    """Yield the files that were changed since they were built, with the name under which each is kept."""
    for path, data in paths.items():
        if before and before.is_edited(path) and path.read_bytes() != data:
            yield path, next(name for name in _names(path) if not name.exists())


def _names(path: Path) -> Iterator[Path]:
    """Yield names for an edited file: without a number, then with one, so that none that was kept is written over."""
    yield path.with_name(f"{path.stem}.{EDITED}{path.suffix}")
    yield from (path.with_name(f"{path.stem}.{EDITED}-{number}{path.suffix}") for number in count(2))


FORMATS = ("pptx", "pdf", "html")
DEFAULT_FORMATS = ("pptx", "pdf")
_UNTITLED = "raportti"
"""How files are named where nothing of a title can be in a name."""
LONGEST_WORDS = 300
"""Of what the writer's process said, the end tells most."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is to be built: of which source, in which layout, into which folder, and how."""

    source: Path
    layout: Path
    out: Path
    formats: Collection[str]
    """Some of ``FORMATS``."""
    cache: Path
    asked: PageOptions = AS_THE_LAYOUT_SAYS
    """What the user chose; of the rest the layout says it."""
    wanted: LoadOptions = AS_IT_IS
    compare_to: Path | None = None
    """As in ``pipeline.plan_reports``."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: the files of each language in the order of their formats, and the plans that they follow."""

    plans: "Mapping[str, Planned]"
    """By language, in the order in which they were asked for."""
    files: tuple[Path, ...]
    moved: Mapping[str, Moved]
    """What differs from the build before, by language; nothing where there was none."""
    kept: tuple[Problem, ...] = ()
    """Warnings of files that were changed by hand since they were built, and are kept under other names."""

    @property
    def planned(self) -> "Planned":
        """The plan of the first language."""
        return next(iter(self.plans.values()))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """All that was noticed."""
        return (*distinct(problem for planned in self.plans.values() for problem in planned.warnings), *self.kept)


class Builder:
    """Builds documents, again and again: the process that draws PDFs stays, from the first of them to the end.

    A context manager, whose end is the end of that process.
    """

    def __init__(self) -> None:
        self._writers = ExitStack()
        self._writer: PdfWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writers.__exit__(kind, error, trace)

    def build(self, order: BuildRequest, on_stage: "OnStage", *, deck_first: bool = False) -> Built:
        """Build the documents of a report, all of them or none; ``deck_first``: the decks before the PDFs are drawn.

        Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written that is not finished, and earlier files
        stay as they are.
        """
        self._prepare(order.formats)
        # Imported when the writer's process, on which all waits, is under way: this takes 0.1 s.
        from raportti.pipeline import plan_reports

        planned = plan_reports(
            order.source,
            order.layout,
            cache=order.cache,
            on_stage=on_stage,
            asked=order.asked,
            wanted=order.wanted,
            compare_to=order.compare_to,
        )
        batches = _batches(order.formats) if deck_first else (tuple(order.formats),)
        delivered: list[tuple[Planned, Delivery]] = []
        for formats in batches:
            batch = [(one, self._delivery(one, formats, order, on_stage)) for one in planned]
            on_stage("write")
            write_all({path: data for _, delivery in batch for path, data in delivery.files.items()})
            delivered += batch
        return _built(planned, delivered)

    def _prepare(self, formats: Collection[str]) -> None:
        """Start the process that draws PDFs, where one is needed and there is none that works."""
        if "pdf" in formats and not (self._writer and self._writer.is_alive):
            self._writers.close()
            self._writer = self._writers.enter_context(PdfWriter())

    def _delivery(
        self, planned: "Planned", formats: Collection[str], order: BuildRequest, on_stage: "OnStage"
    ) -> Delivery:
        writer = self._writer if "pdf" in formats else None
        documents = _documents(planned, formats, writer, on_stage, order)
        return deliver(planned, documents, order.out, _stem(planned))


def build_documents(order: BuildRequest, on_stage: "OnStage") -> Built:
    """Build the documents of a report once; all else is as in ``Builder.build``."""
    with Builder() as builder:
        return builder.build(order, on_stage)


def _batches(formats: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Part the formats into the deck, which is soon done, and the others."""
    batches = ([name for name in formats if (name == "pptx") is is_deck] for is_deck in (True, False))
    return tuple(tuple(batch) for batch in batches if batch)


def _built(planned: "Sequence[Planned]", delivered: "Sequence[tuple[Planned, Delivery]]") -> Built:
    """Put together what was delivered; what moved is known by the first delivery of each language, which tells it."""
    deliveries = [delivery for _, delivery in delivered]
    moved = {
        one.source.report.language: delivery.moved for one, delivery in delivered[: len(planned)] if delivery.moved
    }
    return Built(
        plans={one.source.report.language: one for one in planned},
        files=tuple(path for delivery in deliveries for path in delivery.documents),
        moved=moved,
        kept=tuple(problem for delivery in deliveries for problem in delivery.warnings),
    )


def _stem(planned: "Planned") -> str:
    """Name the files by the title on the cover, a draft's too; a translation never takes the name of the original."""
    source = planned.source
    stem = file_stem(planned.plan.pages[0].title, _UNTITLED)
    is_taken = source.report.language != source.own_language and stem == file_stem(source.own_title, _UNTITLED)
    return f"{stem}-{source.report.language}" if is_taken else stem


def _documents(
    planned: "Planned", formats: Collection[str], writer: PdfWriter | None, on_stage: "OnStage", order: BuildRequest
) -> Mapping[str, bytes]:
    """Draw the plan in each format; while the writer's process draws the PDF, this one draws the deck."""
    documents: dict[str, bytes] = {}
    stamp = _stamp(planned, order) if writer or "pptx" in formats else ""  # a page of HTML carries none
    with ThreadPoolExecutor(max_workers=1) as waiting:
        pdf: Future[PdfResult] | None = None
        if writer or "html" in formats:
            on_stage("html")
            page = _html(planned)
            documents["html"] = page.encode()
            pdf = waiting.submit(writer.write, page, stamp) if writer else None
        if "pptx" in formats:
            on_stage("pptx")
            documents["pptx"] = _deck(planned, order.asked, stamp)
        if pdf:
            on_stage("pdf")
            documents["pdf"] = _as_planned(planned, pdf)
    return {name: documents[name] for name in FORMATS if name in formats}


def _html(planned: "Planned") -> str:
    # Imported when the writer's process has begun to load what it needs: Jinja2 takes 0.1 s.
    from raportti.render import html

    faces = (html.FontFace(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    return html.render(planned.plan, html.HtmlLayout(planned.layout.html, planned.layout.style), faces)


def _deck(planned: "Planned", asked: PageOptions, stamp: str) -> bytes:
    # Imported while the writer's process draws: python-pptx takes 0.2 s.
    from raportti.render.pptx.deck import render
    from raportti.render.pptx.embedding import EmbeddedFont, check_fonts, used_fonts
    from raportti.render.pptx.template import Template, check_template

    theme = planned.layout.theme
    template = Template(planned.layout.template, theme.template.layouts, theme.template.placeholders)
    embeds = theme.embed_fonts if asked.embed_fonts is None else asked.embed_fonts
    families = dict.fromkeys(font.family for font in theme.fonts)
    fonts = (EmbeddedFont(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    embedded = used_fonts(planned.plan, fonts) if embeds else ()
    problems = (
        *check_template(
            template, families=families, size=(theme.width, theme.height), file=str(theme.folder / theme.template.file)
        ),
        *check_fonts(embedded),
    )
    if problems:
        raise ProblemsFound(problems)
    return render(planned.plan, template, embedded=embedded, stamp=stamp)


def _stamp(planned: "Planned", order: BuildRequest) -> str:
    """Say what the documents are made of, so that they can be read back."""
    # Imported when the writer's process has begun to load what it needs: cattrs takes 0.05 s.
    from raportti.snapshot import snapshot_of, snapshot_text

    choices = {**order.asked.in_words(), **order.wanted.in_words()}
    layout, report = planned.layout.theme.name, planned.source.report
    return snapshot_text(snapshot_of(planned.plan, report, layout=layout, choices=choices, before=planned.before))


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
