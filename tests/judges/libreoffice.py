"""Decks → where LibreOffice draws them: rows, cells, lines, and what runs over what; also decks → PDF.

Measures the PDF that LibreOffice makes of a coloured copy (``judges.colours``), so nothing is estimated. All lengths
are points from the top left of the slide.
"""

import atexit
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pdfplumber

from judges.colours import Box, Mark, Probe, Shape, probe
from judges.glyphs import Glyph, lines_of, with_ink

TOLERANCE = 1.0
"""Points that LibreOffice may round away in a box or a row before it is a finding."""
TEXT_TOLERANCE = 2.0
"""Points that the estimated ink of a text may stand over its shape's edge."""


@dataclass(frozen=True)
class DrawnTable:
    """A table: the heights of its rows as the file says them and as they were drawn, and each cell's lines."""

    name: str
    declared: tuple[float, ...]
    heights: tuple[float, ...]
    box: Box
    lines: Mapping[tuple[int, int], tuple[str, ...]]
    """(row, column), both from 0 → lines; a cell without text is not in it."""


@dataclass(frozen=True)
class Finding:
    """One fault; ``kind``: table-grew, text-outside-cell, text-outside-shape, text-unseen, off-slide or overlap."""

    slide: int
    kind: str
    shape: str
    detail: str


@dataclass(frozen=True)
class DrawnSlide:
    """A slide (from 1); ``texts``: the lines of each shape with text, by the shape's name."""

    number: int
    tables: tuple[DrawnTable, ...]
    texts: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class DrawnDeck:
    """A deck as LibreOffice draws it."""

    slides: tuple[DrawnSlide, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong, slide by slide."""
        return tuple(finding for slide in self.slides for finding in slide.findings)


def drawn(decks: Sequence[Path], fonts: Path) -> tuple[DrawnDeck, ...]:
    """Measure decks in one run of LibreOffice that finds the fonts of a folder besides the system's."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / f"{number}.pptx" for number, _ in enumerate(decks)]
        probes = [probe(deck, copy) for deck, copy in zip(decks, copies, strict=True)]
        pdfs = convert(copies, Path(folder), fonts)
        return tuple(_measured(pdf, probe) for pdf, probe in zip(pdfs, probes, strict=True))


def convert(decks: Sequence[Path], to: Path, fonts: Path, kind: str = "pdf") -> tuple[Path, ...]:
    """Write each deck into a folder as a PDF, or saved again as it is; so a workbook, too. One run of LibreOffice."""
    made = tuple(to / f"{deck.stem}.{kind}" for deck in decks)
    if len(set(made)) < len(made):
        raise ValueError("two decks have one name")
    for file in made:
        file.unlink(missing_ok=True)
    profile = f"-env:UserInstallation={(_home() / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(to), *map(str, decks)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(fonts))}
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
    )
    # LibreOffice ends with status 0 even when it has converted nothing.
    if missing := [file.name for file in made if not file.exists()]:
        raise RuntimeError(f"LibreOffice made no {', '.join(missing)}: {done.stderr}")
    return made


@cache
def _home() -> Path:
    """Make this process's own place for LibreOffice's profile, once: LibreOffice takes seconds to fill a new one."""
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def _fontconfig(fonts: Path) -> Path:
    """Write a font configuration: the system's fonts and a folder's."""
    file = Path(tempfile.mkdtemp(dir=_home())) / "fonts.conf"
    file.write_text(
        "<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        f"<dir>{fonts.resolve()}</dir><cachedir>{_home() / 'fontcache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


def _measured(pdf: Path, probe: Probe) -> DrawnDeck:
    with pdfplumber.open(pdf) as document:
        if len(document.pages) != len(probe.slides):
            raise RuntimeError(f"LibreOffice drew {len(document.pages)} pages for {len(probe.slides)} slides")
        return DrawnDeck(tuple(_Drawing(page, number, probe).slide() for number, page in enumerate(document.pages)))


class _Drawing:
    """One page of the PDF: which cell was drawn where, and which glyphs belong to what."""

    def __init__(self, page: Any, number: int, probe: Probe) -> None:
        self.number, self.probe, self.shapes = number, probe, probe.slides[number]
        fills = (shape for shape in page.rects + page.curves if shape["fill"])
        self.cells = {mark: _around(found) for mark, found in self._by_mark(fills).items() if not mark.is_text}
        self.glyphs = {mark: found for mark, found in self._by_mark(_ink(page.chars)).items() if mark.is_text}

    def _by_mark(self, things: Iterable[dict[str, Any]]) -> dict[Mark, list[Glyph]]:
        found: dict[Mark, list[Glyph]] = {}
        for thing in things:
            mark = self.probe.mark(thing["non_stroking_color"])
            if mark is not None and mark.slide == self.number:
                found.setdefault(mark, []).append(thing)
        return found

    def slide(self) -> DrawnSlide:
        tables = {index: self._table(index) for index, shape in enumerate(self.shapes) if shape.rows}
        texts = {mark.shape: found for mark, found in self.glyphs.items() if mark.cell is None}
        findings = [*self._in_tables(tables), *self._of_texts(texts), *self._unseen(), *self._between(tables, texts)]
        lines = {self.shapes[index].name: lines_of(found) for index, found in texts.items()}
        return DrawnSlide(self.number + 1, tuple(tables.values()), lines, tuple(findings))

    def _table(self, index: int) -> DrawnTable:
        shape = self.shapes[index]
        cells = {mark.cell: box for mark, box in self.cells.items() if mark.shape == index and mark.cell}
        rows = [
            # A cell that is in other rows too says nothing of this one's height.
            [box for place, box in cells.items() if place[0] == row and place not in shape.tall]
            for row in range(len(shape.rows))
        ]
        heights = tuple(max(box.bottom for box in boxes) - min(box.top for box in boxes) for boxes in rows)
        lines = {mark.cell: lines_of(found) for mark, found in self.glyphs.items() if mark.shape == index and mark.cell}
        return DrawnTable(shape.name, shape.rows, heights, _around(map(_thing, cells.values())), lines)

    def _finding(self, kind: str, shape: Shape, detail: str) -> Finding:
        return Finding(self.number + 1, kind, shape.name, detail)

    def _in_tables(self, tables: Mapping[int, DrawnTable]) -> Iterator[Finding]:
        """Find tables that are taller than the file says, and text that runs out of its cell."""
        for index, table in tables.items():
            shape = self.shapes[index]
            grown = table.box.bottom - max(shape.box.bottom, shape.box.top + sum(shape.rows))
            if grown > TOLERANCE:
                yield self._finding("table-grew", shape, f"{grown:.1f} pt taller than the file says")
        for mark, glyphs in self.glyphs.items():
            if mark.cell and (out := _around(glyphs).excess(self._cell_of(mark))) > TEXT_TOLERANCE:
                yield self._finding("text-outside-cell", self.shapes[mark.shape], f"cell {mark.cell}, by {out:.1f} pt")

    def _cell_of(self, text: Mark) -> Box:
        return self.cells[Mark(text.slide, text.shape, is_text=False, cell=text.cell)]

    def _of_texts(self, texts: Mapping[int, list[Glyph]]) -> Iterator[Finding]:
        for index, glyphs in texts.items():
            out = _around(glyphs).excess(self.shapes[index].box)
            if out > TEXT_TOLERANCE:
                yield self._finding("text-outside-shape", self.shapes[index], f"by {out:.1f} pt")

    def _unseen(self) -> Iterator[Finding]:
        """Find texts of which nothing was drawn: LibreOffice leaves out what is wholly off the slide."""
        for mark in self.probe.written - self.glyphs.keys():
            if mark.slide == self.number:
                place = f"cell {mark.cell}" if mark.cell else "all of it"
                yield self._finding("text-unseen", self.shapes[mark.shape], place)

    def _between(self, tables: Mapping[int, DrawnTable], texts: Mapping[int, list[Glyph]]) -> Iterator[Finding]:
        """Find what lies off the slide, and what lies over a table or two texts over each other."""
        boxes = {index: shape.box for index, shape in enumerate(self.shapes) if shape.is_drawn}
        boxes |= {index: _around(glyphs) for index, glyphs in texts.items()}
        boxes |= {index: table.box for index, table in tables.items()}
        for index, box in boxes.items():
            if (out := box.excess(self.probe.size)) > TOLERANCE:
                yield self._finding("off-slide", self.shapes[index], f"by {out:.1f} pt")
        for one, other in combinations(sorted(boxes), 2):
            matters = one in tables or other in tables or (one in texts and other in texts)
            if matters and (over := boxes[one].overlap(boxes[other])) > TEXT_TOLERANCE:
                yield self._finding("overlap", self.shapes[one], f"{self.shapes[other].name}, by {over:.1f} pt")


def _ink(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out spaces, which may hang over an edge unseen (gaps still tell where they are); box the others' ink."""
    return (with_ink(glyph) for glyph in glyphs if glyph["text"].strip())


def _around(things: Iterable[Mapping[str, Any]]) -> Box:
    """Return the box around glyphs or rectangles."""
    edges = [(thing["x0"], thing["top"], thing["x1"], thing["bottom"]) for thing in things]
    left, top, right, bottom = zip(*edges, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def _thing(box: Box) -> dict[str, float]:
    return {"x0": box.left, "top": box.top, "x1": box.right, "bottom": box.bottom}
