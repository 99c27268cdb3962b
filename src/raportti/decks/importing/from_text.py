"""From the text of a deck's PDF to pages: blocks of lines, and tables recognized by their statuses.

Does not know reports. Pages are apart by form feeds or by three empty lines, blocks by one. Where some lines end in a
space, the layout ended those lines, and their author the others.
"""

import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from raportti.decks.importing.pages import Cell, Page, Paragraph, Row, as_cell, as_text, typed, with_ends
from raportti.decks.importing.recognition import FIGURES, LayoutWords, is_dash, plain, status_of
from raportti.problems import FilePlace, Problem, ProblemsFound, TextPlace

_STATUS = re.compile(r"(.+?)\s+([1-5]|[-–—])(?:\s+(.*\S\s*)|\s*)$")
_EMPTY_LINES = 3
_LARGEST = 20_000_000
"""Bytes: a report of a thousand pages has a tenth of it."""
_MOST_HEADS = 6
"""Blocks that the names of the columns stand in at most."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines with no empty line between them, and the number of the first."""

    number: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return as_text(self.lines).strip()


def read_text(path: Path, languages: Mapping[str, LayoutWords]) -> tuple[Page, ...]:
    """Read the text of a deck. Raises ``ProblemsFound`` where the file is no text."""
    lines = _text(path).split("\n")
    reader = _Reader(
        file=str(path),
        headers=frozenset(_headers(languages.values())),
        marks=frozenset(plain(words["continues"]) for words in languages.values()),
        tags=_tags(lines),
        says_breaks=any(line.endswith(" ") for line in lines),
    )
    return tuple(page for lines_of_page in _pages(lines) for page in reader.pages(lines_of_page))


def _headers(languages: Iterable[LayoutWords]) -> Iterator[str]:
    """Yield what the names of the columns are together, with subgoals and without."""
    for words in languages:
        for columns in (("goal",), ("goal", "subgoals")):
            yield " ".join(plain(words[key]) for key in (*columns, "achieved", "score", "assessment"))


def _text(path: Path) -> str:
    place = FilePlace(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device has no end
            raise ProblemsFound([Problem("not-a-file", place)])
        if status.st_size > _LARGEST:
            raise ProblemsFound([Problem("import-too-large", place)])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([Problem("import-not-text", place)]) from error
    except OSError as error:
        raise ProblemsFound([Problem("file-unreadable", place, {"words": error.strerror or str(error)})]) from error


def _pages(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines of each page with their numbers."""
    page: list[tuple[int, str]] = []
    has_feeds = any("\f" in line for line in lines)
    for number, line in enumerate(lines, 1):
        ends = "\f" in line if has_feeds else not line.strip() and _is_empty(lines, number)
        if ends and page:
            yield page
            page = []
        page.append((number, line.replace("\f", "")))
    yield page


def _is_empty(lines: Sequence[str], number: int) -> bool:
    """Return whether an empty line is the last of those that end a page."""
    return number >= _EMPTY_LINES and not any(line.strip() for line in lines[number - _EMPTY_LINES : number])


def _tags(lines: Sequence[str]) -> frozenset[str]:
    """Return the lines in capitals that are several times alone in their blocks: corner tags."""
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    alone = Counter(line.strip() for above, line, below in around if not above.strip() and not below.strip())
    return frozenset(text for text, count in alone.items() if count > 1 and text.isupper() and not status_of(text))


def _blocks(page: Sequence[tuple[int, str]], tags: frozenset[str]) -> Iterator[_Block]:
    """Yield the blocks of a page; a corner tag is one even where no empty line parts it."""
    kinds = groupby(page, key=lambda line: line[1].strip() if line[1].strip() in tags else bool(line[1].strip()))
    for is_text, lines in kinds:
        if is_text:
            block = list(lines)
            yield _Block(block[0][0], tuple(line for _, line in block))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the pages of a text, by its names of columns, its marks that a table continues, and its corner tags."""

    file: str
    headers: frozenset[str]
    marks: frozenset[str]
    tags: frozenset[str]
    says_breaks: bool

    def pages(self, lines: Sequence[tuple[int, str]]) -> Iterator[Page]:
        """Yield the pages in some lines: each header of a table is another page's."""
        blocks = [block for block in _blocks(lines, self.tags) if plain(block.text) not in self.marks]
        heads = list(self._heads(blocks))
        if not heads:
            if blocks:
                rows = tuple(_figures(blocks, self.file))
                yield Page(self._place(blocks[0]), None, tuple(_texts(blocks)), rows)
            return
        starts = [0, *(start - (blocks[start - 1].text in self.tags) for start, _ in heads[1:])]
        for (start, end), first, last in zip(heads, starts, [*starts[1:], len(blocks)], strict=True):
            rows = tuple(_rows(blocks[end:last], self.file, says_breaks=self.says_breaks))
            yield Page(self._place(blocks[first]), None, tuple(_texts(blocks[first:start])), rows)

    def _heads(self, blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
        """Yield from which block to which the names of columns stand."""
        for start in range(len(blocks)):
            ends = range(start + 1, min(start + _MOST_HEADS, len(blocks)) + 1)
            texts = ((end, " ".join(plain(block.text) for block in blocks[start:end])) for end in ends)
            found = next((end for end, text in texts if text in self.headers), None)
            if found is not None:
                yield start, found

    def _place(self, block: _Block) -> TextPlace:
        return TextPlace(self.file, block.number, 1)


def _texts(blocks: Sequence[_Block]) -> Iterator[Paragraph]:
    for block in blocks:
        yield from as_cell([typed(line) for line in block.lines])


def _figures(blocks: Sequence[_Block], file: str) -> Iterator[Row]:
    """Yield the rows of a summary: figures on one line, behind their guideline or in a block below it."""
    for n, block in enumerate(blocks):
        found = FIGURES.fullmatch(block.text.strip())
        if found:
            name = found[1] or (blocks[n - 1].text if n else "")
            cells = (name, *found.groups()[1:])
            yield Row(TextPlace(file, block.number, 1), tuple((Paragraph(cell),) for cell in cells))


def _rows(blocks: Sequence[_Block], file: str, *, says_breaks: bool) -> Iterator[Row]:
    """Yield the goals: a status with its score begins the last cell of each; what is before it is the goal."""
    starts = [n for n, block in enumerate(blocks) if _status(block)]
    for n, start in enumerate(starts):
        before = starts[n - 1] + 1 if n else 0
        own = blocks[_first_of(blocks, before, start) : start] if n else blocks[before:start]
        after = _first_of(blocks, start + 1, starts[n + 1]) if n + 1 < len(starts) else len(blocks)
        found = _status(blocks[start])
        if found is None:
            continue
        lists = [block for block in own if _is_list(block)]
        goal = [line for block in own if block not in lists for line in block.lines]
        first = (found[3],) if found[3] else ()
        assessment = [
            cell
            for lines in ((*first, *blocks[start].lines[1:]), *(block.lines for block in blocks[start + 1 : after]))
            for cell in as_cell(with_ends(lines) if says_breaks else [typed(line) for line in lines])
        ]
        subgoals = as_cell([typed(line) for block in lists for line in block.lines])
        cells: tuple[Cell, ...] = (
            (Paragraph(as_text(goal)),),
            *((subgoals,) if lists else ()),
            (Paragraph(found[1]),),
            (Paragraph(found[2]),),
            tuple(assessment),
        )
        yield Row(TextPlace(file, (own or blocks[start : start + 1])[0].number, 1), cells)


def _status(block: _Block) -> "re.Match[str] | None":
    found = _STATUS.match(block.lines[0])
    is_one = found and status_of(found[1]) and (found[2].isdigit() or is_dash(found[2]))
    return found if is_one else None


def _is_list(block: _Block) -> bool:
    return any(paragraph.level for paragraph in as_cell([typed(block.lines[0])]))


def _first_of(blocks: Sequence[_Block], start: int, end: int) -> int:
    """Return the first block of the goal whose status is block ``end``: its lists, and the block before them."""
    at = end
    while at - 1 > start and _is_list(blocks[at - 1]):
        at -= 1
    return max(start, at - 1)
