"""From a request to finished files: the plan, then deck and PDF side by side, then all put in place.

Does not know how a document is put together. The PDF is drawn by a process of its own, which gets ready while the pages
are measured and draws while this one makes the deck.
"""

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from raportti.files import slug, write_all
from raportti.layout.choices import NO_OPTIONS, PageOptions
from raportti.problems import FilePlace, Problem, ProblemsFound, distinct
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import PdfFailed, PdfResult, PdfWriter, cores
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
    from raportti.pipeline import OnStage, Planned

FORMATS = ("pptx", "pdf", "html")
DEFAULT_FORMATS = ("pptx", "pdf")
EDITED = "käsin-muokattu"
"""What is added to the name of a file that was changed by hand since it was built."""
LONGEST_WORDS = 300
"""So many characters of the output of the PDF's process are shown: its end is the most useful part."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is to be built: of which source, in which layout, into which folder, and how."""

    source: Path
    layout: Path
    out: Path
    formats: Collection[str]
    """Some of ``FORMATS``."""
    cache: Path
    page_options: PageOptions = NO_OPTIONS
    load_options: LoadOptions = AS_IT_IS
    compare_to: Path | None = None
    """As in ``pipeline.plan_reports``."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: the files of each language in the order of their formats, and the plans that they follow."""

    plans: "Mapping[str, Planned]" = field(repr=False)
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

    def _repr_html_(self) -> str:
        """Show the pages small, in a notebook, each language after the other."""
        return "\n".join(planned.thumbnails() for planned in self.plans.values())


def build_documents(request: BuildRequest, on_stage: "OnStage", processes: int | None = None) -> Built:
    """Build the documents of a report once; all else is as in ``Builder.build``."""
    with Builder(processes) as builder:
        return builder.build(request, on_stage)


class Builder:
    """Builds documents, again and again: the process that draws PDFs stays, from the first of them to the end.

    A context manager, whose end is the end of that process. At most ``processes`` draw the pages of a PDF, whose bytes
    are the same however many they are; None: one for each core.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or cores()
        self._writers = ExitStack()
        self._writer: PdfWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writers.__exit__(kind, error, trace)

    def build(self, request: BuildRequest, on_stage: "OnStage", *, deck_first: bool = False) -> Built:
        """Build the documents of a report, all of them or none; ``deck_first``: the decks before the PDFs are drawn.

        Raises ``ProblemsFound`` or ``MissingTool``; then nothing is written that is not finished, and earlier files
        stay as they are.
        """
        writer = self._ready_writer() if "pdf" in request.formats else None
        # Imported when the writer's process, on which all waits, is under way: this takes 0.1 s.
        from raportti.pipeline import plan_reports

        planned = plan_reports(
            request.source,
            request.layout,
            cache=request.cache,
            on_stage=on_stage,
            page_options=request.page_options,
            load_options=request.load_options,
            compare_to=request.compare_to,
        )
        rounds: list[dict[str, _ReportFiles]] = []
        for formats in _formats_by_round(request.formats, deck_first=deck_first):
            files: dict[str, _ReportFiles] = {}
            for one in planned:
                drawing = _Drawing(one, request, writer if "pdf" in formats else None, on_stage)
                files[one.source.report.language] = _report_files(one, drawing.documents(formats), request.out)
            on_stage("write")
            write_all({path: data for one in files.values() for path, data in one.to_write.items()})
            rounds.append(files)
        return _built(planned, rounds)

    def _ready_writer(self) -> PdfWriter:
        """Return the process that draws PDFs; start one where there is none that works."""
        if self._writer is None or not self._writer.is_alive:
            self._writers.close()
            self._writer = self._writers.enter_context(PdfWriter(self._processes))
        return self._writer


def _formats_by_round(formats: Collection[str], *, deck_first: bool) -> tuple[tuple[str, ...], ...]:
    """Part the formats into rounds of which each is written before the next is drawn: the deck is soon done."""
    if not deck_first:
        return (tuple(formats),)
    rounds = (tuple(name for name in formats if (name == "pptx") is is_deck) for is_deck in (True, False))
    return tuple(names for names in rounds if names)


# The files of one report: their names, what is kept of those before, and what differs from those.


@dataclass(frozen=True, slots=True)
class _ReportFiles:
    """The files of one report in one language: the documents, and what goes with them."""

    documents: tuple[Path, ...]
    to_write: Mapping[Path, bytes] = field(repr=False)
    """Documents, manifest, and edited files under other names."""
    moved: Moved | None
    """None where nothing was built before."""
    warnings: tuple[Problem, ...]


def _report_files(planned: "Planned", documents: Mapping[str, bytes], out: Path) -> _ReportFiles:
    """Name the files of documents, which are given by their format.

    A file that was changed by hand since it was built is never lost: it is kept under another name.
    """
    stem = _stem(planned)
    manifest_path = place_of_manifest(out, stem)
    before = read_manifest(manifest_path)
    report, plan = planned.source.report, planned.plan
    paths = {out / f"{stem}.{name}": data for name, data in documents.items()}
    edited = dict(_edited_files(paths, before))
    kept = {to: path.read_bytes() for path, to in edited.items()}
    manifest = manifest_of(report, plan, {path.suffix: data for path, data in paths.items()}, before=before)
    return _ReportFiles(
        documents=tuple(paths),
        to_write={**kept, **paths, manifest_path: manifest_bytes(manifest)},
        moved=moved_since(before, manifest, plan) if before else None,
        warnings=tuple(
            Problem("output-edited", FilePlace(str(path)), {"path": str(to)}) for path, to in edited.items()
        ),
    )


def _stem(planned: "Planned") -> str:
    """Name the files by the title on the cover, a draft's too; a translation never takes the name of the original."""
    source = planned.source
    stem = _slug(planned.plan.pages[0].title)
    is_taken = source.report.language != source.own_language and stem == _slug(source.own_title)
    return f"{stem}-{source.report.language}" if is_taken else stem


def _slug(title: str) -> str:
    return slug(title, otherwise="raportti")


def _edited_files(paths: Mapping[Path, bytes], before: Manifest | None) -> Iterator[tuple[Path, Path]]:
    """Yield the files that were changed since they were built, each with the name under which it is kept."""
    for path, data in paths.items():
        if before and before.is_edited(path) and path.read_bytes() != data:
            yield path, next(name for name in _names_for_edited(path) if not name.exists())


def _names_for_edited(path: Path) -> Iterator[Path]:
    """Yield a name without a number, then names with one, so that no file that was kept is written over."""
    yield path.with_name(f"{path.stem}.{EDITED}{path.suffix}")
    yield from (path.with_name(f"{path.stem}.{EDITED}-{number}{path.suffix}") for number in count(2))


def _built(planned: "tuple[Planned, ...]", rounds: list[dict[str, _ReportFiles]]) -> Built:
    """Put together what was written; only the files of the first round know what was built before."""
    written = [files for by_language in rounds for files in by_language.values()]
    return Built(
        plans={one.source.report.language: one for one in planned},
        files=tuple(path for files in written for path in files.documents),
        moved={language: files.moved for language, files in rounds[0].items() if files.moved},
        kept=tuple(problem for files in written for problem in files.warnings),
    )


# The documents of one report, as bytes.


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the plan of one report; while the writer's process draws the PDF, this one draws the deck."""

    planned: "Planned"
    request: BuildRequest
    writer: PdfWriter | None
    """None where no PDF is wanted."""
    on_stage: "OnStage"

    def documents(self, formats: Collection[str]) -> Mapping[str, bytes]:
        """Return the documents by their format."""
        documents: dict[str, bytes] = {}
        snapshot = self._snapshot() if self.writer or "pptx" in formats else ""  # a page of HTML carries none
        with ThreadPoolExecutor(max_workers=1) as waiting:
            pdf: Future[PdfResult] | None = None
            if self.writer or "html" in formats:
                self.on_stage("html")
                page = self.planned.html()
                documents["html"] = page.encode()
                pdf = waiting.submit(self.writer.write, page, snapshot) if self.writer else None
            if "pptx" in formats:
                self.on_stage("pptx")
                documents["pptx"] = self._deck(snapshot)
            if pdf:
                self.on_stage("pdf")
                documents["pdf"] = self._checked_pdf(pdf)
        return {name: documents[name] for name in FORMATS if name in formats}

    def _snapshot(self) -> str:
        """Say what the documents are generated from, so that they can be read back."""
        # Imported when the writer's process has begun to load what it needs: cattrs takes 0.05 s.
        from raportti.snapshot import snapshot_of, snapshot_text

        planned, request = self.planned, self.request
        choices = {**request.page_options.in_words(), **request.load_options.in_words()}
        layout, report = planned.layout.theme.name, planned.source.report
        return snapshot_text(snapshot_of(planned.plan, report, layout=layout, choices=choices, before=planned.before))

    def _deck(self, snapshot: str) -> bytes:
        # Imported while the writer's process draws: python-pptx takes 0.2 s.
        from raportti.render.pptx.deck import render
        from raportti.render.pptx.embedding import EmbeddedFont, check_fonts, used_fonts
        from raportti.render.pptx.template import Template, check_template

        planned, theme = self.planned, self.planned.layout.theme
        names = theme.template
        template = Template(planned.layout.template, names.layouts, names.placeholders, frozenset(names.text_boxes))
        asked = self.request.page_options.embed_fonts
        embeds = theme.embed_fonts if asked is None else asked
        families = dict.fromkeys((*(font.family for font in theme.fonts), *names.other_fonts))
        fonts = (EmbeddedFont(font.family, font.bold, font.data) for font in planned.fonts.fonts)
        embedded = used_fonts(planned.plan, fonts) if embeds else ()
        file, size = str(theme.folder / theme.template.file), (theme.width, theme.height)
        problems = (*check_template(template, families=families, size=size, file=file), *check_fonts(embedded))
        if problems:
            raise ProblemsFound(problems)
        return render(planned.plan, template, embedded=embedded, snapshot=snapshot)

    def _checked_pdf(self, pdf: Future[PdfResult]) -> bytes:
        """Return the PDF, if it is the plan, line for line."""
        try:
            result = pdf.result()
        except PdfFailed as error:
            raise ProblemsFound([Problem("pdf-failed", None, {"words": str(error)[-LONGEST_WORDS:]})]) from error
        problems = differences(self.planned.plan, result.drawn)
        if problems:
            raise ProblemsFound(self._slip_of_style(problems) or problems)
        return result.data

    def _slip_of_style(self, problems: Collection[Problem]) -> Collection[Problem]:
        """Tell a style sheet's slip in one problem: without the layout's own rules the PDF is the plan."""
        theme, style = self.planned.layout.theme, self.planned.layout.style
        if self.writer is None or not style.strip():
            return ()
        try:
            plain = self.writer.write(self.planned.html(style=""), "")
        except PdfFailed:
            return ()
        if differences(self.planned.plan, plain.drawn):
            return ()
        # Imported here: it is loaded by now, and a build of HTML alone need not wait for it.
        from raportti.layout.theme.folder import HTML, STYLE

        first = next(iter(problems))
        return (Problem("style-moves-text", FilePlace(str(theme.folder / HTML / STYLE)), first.values),)
