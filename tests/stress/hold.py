"""Reports → both their documents, and what differs between the plan and what LibreOffice and WeasyPrint draw of it.

The documents are built by raportti's own passes, from a source on disk; LibreOffice draws all decks of a batch at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from judges import libreoffice
from judges.needs import missing
from planning import LUVN, fonts
from raportti.config import cache_folder
from raportti.layout.choices import PageOptions
from raportti.pipeline import Planned, plan_reports
from raportti.plan import Page, Table
from raportti.plan.typeset import height_of
from raportti.problems import ProblemsFound
from raportti.render.html.page import FontFace, HtmlLayout
from raportti.render.html.page import render as render_html
from raportti.render.pdf.check import differences
from raportti.render.pdf.process import PdfResult, PdfWriter
from raportti.render.pptx.deck import render
from raportti.render.pptx.template import Template
from raportti.report.diff import changes_of
from raportti.report.model import Report
from raportti.units import as_pt
from stress.reading import DrawnTexts, deck_texts, pdf_texts
from stress.sources import write_yaml
from stress.tagged import faults
from stress.texts import Found, cells_of, lost_texts, planned_lines, with_letters

TOLERANCE = 1.0
"""Points that LibreOffice may round away in a whole table."""
ROW_TOLERANCE = 0.75


class Kind(Enum):
    """What can go wrong. The first ones are faults: the deck is not as it should be for anyone who opens it."""

    BEYOND_BODY = "table beyond its body"
    OVERLAP = "overlap"
    OFF_SLIDE = "off the slide"
    NO_ROOM = "more lines drawn than the row has room for"
    ROW_GREW = "row drawn taller than planned"
    TABLE_GREW = "table drawn taller than the file says"
    OUTSIDE = "text drawn outside its cell or shape"
    UNSEEN = "text not drawn"
    DECK_TEXT = "goal's text not whole or not in order in the deck"
    PDF_TEXT = "goal's text not whole or not in order in the PDF"
    PDF_LINES = "PDF's lines of a cell not the plan's"
    PDF_DIFFERS = "PDF differs from the plan by raportti's own comparison"
    PDF_TAGS = "PDF's tags or copied texts not the plan's"
    PDF_RULES = "PDF breaks a rule of PDF/UA-1 or PDF/A-2a"
    SOURCE = "report read from its source is another"
    HIGHER = "LibreOffice draws more lines than planned, with room for them"
    LOWER = "LibreOffice draws fewer lines than planned"


FAILING = frozenset({Kind.BEYOND_BODY, Kind.OVERLAP, Kind.OFF_SLIDE, Kind.PDF_TAGS, Kind.PDF_RULES})
FLAVOURS = ("ua1", "2a")
FINDINGS = {
    "overlap": Kind.OVERLAP,
    "off-slide": Kind.OFF_SLIDE,
    "table-grew": Kind.TABLE_GREW,
    "text-outside-cell": Kind.OUTSIDE,
    "text-outside-shape": Kind.OUTSIDE,
    "text-unseen": Kind.UNSEEN,
}


@dataclass(frozen=True)
class Miss:
    """One thing that is not as planned, with what is needed to find it: both texts are lines."""

    report: int
    kind: Kind
    page: int
    goal: str = ""
    column: str = ""
    planned: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    detail: str = ""


@dataclass
class Held:
    """What a number of reports came to: counts by their names, and the misses."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Reports that raportti says it cannot lay out, and why."""

    def add(self, other: "Held") -> None:
        self.counts += other.counts
        self.misses += other.misses
        self.refused += other.refused

    def of(self, kind: Kind) -> list[Miss]:
        return [miss for miss in self.misses if miss.kind is kind]

    @property
    def fails(self) -> bool:
        """Whether a table is not where it should be, or a PDF not accessible."""
        return any(miss.kind in FAILING for miss in self.misses)


@dataclass(frozen=True)
class _Built:
    """A report's documents on disk, and the plan that they follow."""

    number: int
    planned: Planned
    deck: Path
    pdf: Path
    undrawable: str
    rises: Mapping[str, int]


def hold(reports: Mapping[int, Report], folder: Path, before: Mapping[int, Report] = MappingProxyType({})) -> Held:
    """Build, draw and compare reports, by their numbers, in a folder that then has their sources and documents.

    Those that have a report ``before`` are compared with it: their documents tell what changed.
    """
    held = Held()
    with ExitStack() as stack:
        writer = stack.enter_context(PdfWriter())
        built = [
            one
            for number, report in reports.items()
            if (one := _build(number, report, before.get(number), folder, writer, held))
        ]
    for one, drawn in zip(built, libreoffice.drawn([one.deck for one in built], _font_folder(folder)), strict=True):
        _compare(one, drawn, held)
    return held


def _font_folder(folder: Path) -> Path:
    """Write the fonts of the layout where LibreOffice finds them."""
    to = folder / "fonts"
    to.mkdir(exist_ok=True)
    for font in fonts().fonts:
        (to / f"{font.family}-{font.bold}.ttf").write_bytes(font.data)
    return to


def _build(
    number: int, report: Report, before: Report | None, folder: Path, writer: PdfWriter, held: Held
) -> _Built | None:
    source = write_yaml(report, folder / f"{number}")
    old = before and write_yaml(before, folder / f"{number}-before")
    try:
        (planned,) = plan_reports(
            source,
            LUVN,
            cache=cache_folder(),
            on_stage=lambda _: None,
            page_options=PageOptions(charts=True),
            compare_to=old,
        )
    except ProblemsFound as found:
        held.refused.append((number, "; ".join(f"{p.kind} {dict(p.values)}" for p in found.problems)))
        return None
    if planned.source.report != report:
        held.misses.append(Miss(number, Kind.SOURCE, 0))
    pdf = _pdf(planned, writer)
    deck_file, pdf_file = folder / f"{number}.pptx", folder / f"{number}.pdf"
    deck_file.write_bytes(_deck(planned))
    pdf_file.write_bytes(pdf.data)
    differing = differences(planned.plan, pdf.drawn)
    held.misses += (Miss(number, Kind.PDF_DIFFERS, 0, detail=str(problem.values)) for problem in differing)
    rises = {change.id: change.rise for change in changes_of(before, report).goals} if before else {}
    return _Built(number, planned, deck_file, pdf_file, pdf.undrawable, rises)


def _pdf(planned: Planned, writer: PdfWriter) -> PdfResult:
    faces = (FontFace(font.family, font.bold, font.data) for font in planned.fonts.fonts)
    return writer.write(render_html(planned.plan, HtmlLayout(planned.layout.html, planned.layout.style), faces))


def _deck(planned: Planned) -> bytes:
    theme = planned.layout.theme
    template = Template(planned.layout.template, theme.template.layouts, theme.template.placeholders)
    return render(planned.plan, template)


def _compare(built: _Built, drawn: libreoffice.DrawnDeck, held: Held) -> None:
    pages = built.planned.plan.pages
    held.counts.update(decks=1, pages=len(pages))
    for page, slide in zip(pages, drawn.slides, strict=True):
        held.misses += _of_findings(built.number, slide)
        if page.table:
            (table,) = slide.tables
            held.counts["tables"] += 1
            misses = (*_of_table(page, page.table, table), *_of_lines(page, page.table, table, held.counts))
            held.misses += (replace(miss, report=built.number) for miss in misses)
    held.misses += _of_texts(built, held.counts)
    held.misses += _of_tags(built)
    if not missing("verapdf"):
        held.counts["PDFs held against veraPDF's rules"] += 1
        held.misses += _of_rules(built)


def _of_tags(built: _Built) -> Iterator[Miss]:
    for fault in faults(built.pdf, built.planned.plan, built.undrawable):
        texts = (fault.planned,), (fault.read,)
        yield Miss(built.number, Kind.PDF_TAGS, fault.page, "", "", *texts, fault.what)


def _of_rules(built: _Built) -> Iterator[Miss]:
    from judges.vera import violations

    for flavour in FLAVOURS:
        for rule in violations(built.pdf, flavour):
            yield Miss(built.number, Kind.PDF_RULES, 0, detail=f"{flavour} {rule}")


def _of_findings(number: int, slide: libreoffice.DrawnSlide) -> Iterator[Miss]:
    for found in slide.findings:
        yield Miss(number, FINDINGS[found.kind], slide.number, detail=f"{found.shape}: {found.detail}")


def _of_table(page: Page, table: Table, drawn: libreoffice.DrawnTable) -> Iterator[Miss]:
    """Hold the place of a table against the body of its page, and its rows against the plan's."""
    body = libreoffice.Box(*(as_pt(edge) for edge in (page.body.x, page.body.y, page.body.right, page.body.bottom)))
    if (out := drawn.box.excess(body)) > TOLERANCE:
        yield Miss(0, Kind.BEYOND_BODY, page.number, detail=f"by {out:.1f} pt")
    for row, height in zip((*table.header, *table.rows), drawn.heights, strict=True):
        if (grown := height - as_pt(row.h)) > ROW_TOLERANCE:
            yield Miss(0, Kind.ROW_GREW, page.number, row.goal or "", detail=f"by {grown:.1f} pt")


def _of_lines(page: Page, table: Table, drawn: libreoffice.DrawnTable, counts: Counter[str]) -> Iterator[Miss]:
    """Hold the lines of each cell against the plan's, and against the room that its row has."""
    for place in cells_of(table):
        planned = planned_lines(place.cell)
        lines = with_letters(drawn.lines.get((place.row, place.cell.column), ()))
        counts["cells"] += 1
        counts["cells with as many lines"] += len(planned) == len(lines)
        room = _room(table, place)
        if len(lines) > room:
            kind = Kind.NO_ROOM
        elif len(lines) != len(planned):
            kind = Kind.HIGHER if len(lines) > len(planned) else Kind.LOWER
        else:
            continue
        yield Miss(0, kind, page.number, place.goal, place.cell.key, planned, lines, f"room for {room}")


def _room(table: Table, place: Found) -> int:
    """Return how many lines a cell's row has room for; gaps between paragraphs are room that is taken."""
    paragraphs = place.cell.paragraphs
    if not paragraphs:
        return 0
    gaps = height_of(paragraphs) - sum(len(p.lines) * p.leading for p in paragraphs)
    room = place.height - table.margins.top - table.margins.bottom - gaps
    return int(room // max(paragraph.leading for paragraph in paragraphs))


def _of_texts(built: _Built, counts: Counter[str]) -> Iterator[Miss]:
    """Hold the texts of both documents against the report, and the PDF's lines against the plan's."""
    plan, words = built.planned.plan, built.planned.layout.theme.words[built.planned.source.report.language]
    in_pdf = pdf_texts(built.pdf, plan, built.undrawable)
    read: Iterable[tuple[Kind, DrawnTexts]] = (
        (Kind.DECK_TEXT, deck_texts(built.deck)),
        (Kind.PDF_TEXT, in_pdf.texts),
    )
    for kind, texts in read:
        stand_ins = built.undrawable if kind is Kind.PDF_TEXT else ""
        for lost in lost_texts(built.planned.source.report, plan, words, texts, stand_ins, built.rises):
            counts["goals' texts"] += 1
            if lost.is_lost:
                wanted, found = (lost.wanted,), (lost.found,)
                yield Miss(built.number, kind, lost.page, lost.goal, lost.column, wanted, found)
    for page, goal, column, planned, lines in in_pdf.other_lines:
        yield Miss(built.number, Kind.PDF_LINES, page, goal, column, planned, lines)
