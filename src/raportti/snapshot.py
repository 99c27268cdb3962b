"""From a plan and its report to the snapshot that a document carries: what it was generated from. And back, from text.

It is the base where an edited deck and its source are merged. Does not know how a document carries it.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from raportti.plan import Cell, Page, Plan, Row, page_keys
from raportti.plan.typeset import Paragraph
from raportti.report.json import made_from_json, report_as_json, report_from_json
from raportti.report.model import Report

FLOWING = frozenset({"subgoals", "assessment"})
"""The cells that are cut where a row is; others are repeated in each part, unless one alone is taller than a page."""


@dataclass(frozen=True, slots=True)
class ParagraphSnapshot:
    """A paragraph as content, without what the layout added; ``level`` is 0 for text, 1 and 2 for items of a list.

    ``continued``: it goes on with the last paragraph of the same cell on an earlier slide.
    """

    text: str
    level: int = 0
    continued: bool = False


@dataclass(frozen=True, slots=True)
class CellSnapshot:
    """A cell; ``key`` names its column (``goal``, ``subgoals``, ``achieved``, ``score``, ``assessment``)."""

    key: str
    paragraphs: tuple[ParagraphSnapshot, ...]


@dataclass(frozen=True, slots=True)
class RowSnapshot:
    """A row: of a goal, part i of k (from 1) where the goal is taller than a page; in a summary ``goal`` is None."""

    goal: str | None
    split: tuple[int, int] | None
    cells: tuple[CellSnapshot, ...]


@dataclass(frozen=True, slots=True)
class SlideSnapshot:
    """A slide: the key of its page (``plan.page_keys``), its title, the name of its table, its rows but the header."""

    key: str
    kind: str
    title: str
    table: str | None
    rows: tuple[RowSnapshot, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole deck as it was generated: the report in one language, and its slides in their order.

    ``layout`` and ``choices`` (``columns``, ``pages``, ``draft``, …) are those it was built with, by their names.
    ``drawn`` is the report that the deck shows, where it is another one: after a refresh that kept hand edits.
    ``before`` is the report that it was compared to.
    """

    report: Report
    layout: str
    choices: tuple[tuple[str, str], ...]
    slides: tuple[SlideSnapshot, ...]
    drawn: Report | None = None
    before: Report | None = None


def snapshot_of(
    plan: Plan, report: Report, *, layout: str, choices: Mapping[str, str], before: Report | None = None
) -> Snapshot:
    """Take the snapshot of a plan of a report, which is compared to the one before."""
    slides = (_slide(page, key) for page, key in zip(plan.pages, page_keys(plan.pages), strict=True))
    return Snapshot(report, layout, tuple(choices.items()), tuple(slides), before=before)


def _slide(page: Page, key: str) -> SlideSnapshot:
    table = page.table
    rows = tuple(map(_row, table.rows)) if table else ()
    return SlideSnapshot(key, page.kind.value, page.title, table.name if table else None, rows)


def _row(row: Row) -> RowSnapshot:
    return RowSnapshot(row.goal, row.split, tuple(map(_cell, row.cells)))


def _cell(cell: Cell) -> CellSnapshot:
    return CellSnapshot(cell.key, tuple(_paragraphs(cell.paragraphs)))


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterable[ParagraphSnapshot]:
    """Give each paragraph; the rest of an item of a list has no bullet, and the level of its indent."""
    for paragraph in paragraphs:
        level = paragraph.bullet.level if paragraph.bullet else int(paragraph.indent > 0)
        yield ParagraphSnapshot(paragraph.text, level, paragraph.continued)


FORM = 1
"""The form of the values: a deck of a later form cannot be read by this program."""
LARGEST = 50_000_000
"""Bytes that a snapshot may unpack to: a report of a thousand pages has a tenth of it."""


def snapshot_text(snapshot: Snapshot) -> str:
    """Write a snapshot as ASCII text."""
    values = {
        "form": FORM,
        "report": report_as_json(snapshot.report),
        "layout": snapshot.layout,
        "choices": dict(snapshot.choices),
        "slides": [asdict(slide) for slide in snapshot.slides],
        **{name: report_as_json(one) for name, one in (("drawn", snapshot.drawn), ("before", snapshot.before)) if one},
    }
    packed = zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode("ascii")


def read_snapshot(text: str) -> Snapshot:
    """Read a snapshot. Raises ``ValueError`` where this program cannot read the text as one."""
    try:
        values = json.loads(_unpacked(base64.b64decode(text, validate=True)))
        if values["form"] != FORM:
            raise ValueError(f"form {values['form']}")
        slides = tuple(made_from_json(slide, SlideSnapshot) for slide in values["slides"])
        choices = tuple((str(name), str(value)) for name, value in values["choices"].items())
        others = (report_from_json(values[name]) if name in values else None for name in ("drawn", "before"))
        return Snapshot(report_from_json(values["report"]), str(values["layout"]), choices, slides, *others)
    except (KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise ValueError(str(error)) from error


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    values = unpacker.decompress(data, LARGEST)
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return values
