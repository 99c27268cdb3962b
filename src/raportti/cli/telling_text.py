"""From what changed to lines for a terminal. Knows not how it was found."""

import unicodedata
from collections.abc import Iterable, Iterator

import click

from raportti.changes import Changes, Fate, Piece, word_changes
from raportti.cli.telling import Entry, Row, Table, arrow, entries, figures_table, goal_table
from raportti.cli.words import say
from raportti.comparing import PageChange
from raportti.messages import safe

CONTEXT = 40
"""How many characters of a text that stayed are shown before and after what changed."""
PARAGRAPH = " ¶ "


def change_lines(changes: Changes, language: str) -> Iterator[str]:
    """Tell what changed: a table of goals, then texts, then figures."""
    blocks = (
        _table_lines(goal_table(changes, language)),
        [line for entry in entries(changes, language) for line in _entry_lines(entry)],
        _table_lines(figures_table(changes, language)),
    )
    for number, block in enumerate(block for block in blocks if block):
        yield from ("", *block) if number else block


def page_lines(pages: Iterable[PageChange]) -> Iterator[str]:
    """Name the pages that change."""
    for page in pages:
        yield f"{page.number:4}  {safe(page.title)}" + (f" ({say('removed')})" if page.is_removed else "")


def _table_lines(table: Table) -> list[str]:
    cells = [[safe(cell) for cell in row] for row in table]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in cells]
    return [click.style(lines[0], bold=True), *lines[1:]] if lines else []


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Count the letters that take room on a terminal."""
    return sum(not unicodedata.combining(letter) for letter in text)


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield click.style(safe(entry.title), bold=True)
    yield from (f"  {row_line(row)}" for row in entry.rows)


def row_line(row: Row) -> str:
    """Tell of a field what it was and is: of a text, the words that changed."""
    told = marked(row.old, row.new) if row.is_text else safe(arrow(row.old, row.new))
    return f"{row.label}: {told}"


def marked(old: str, new: str) -> str:
    """Write a text with the words that went and came, as git does: ``[-went-]{+came+}``."""
    pieces = word_changes(old, new)
    last = len(pieces) - 1
    return "".join(_piece(piece, is_first=at == 0, is_last=at == last) for at, piece in enumerate(pieces))


def _piece(piece: Piece, *, is_first: bool, is_last: bool) -> str:
    text = safe(piece.text.replace("\n\n", PARAGRAPH).replace("\n", " "))
    match piece.fate:
        case Fate.REMOVED:
            return click.style(f"[-{text}-]", fg="red")
        case Fate.ADDED:
            return click.style(f"{{+{text}+}}", fg="green")
        case Fate.KEPT:
            return shortened(text, is_first=is_first, is_last=is_last)


def shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """Leave out what is far from any change."""
    before, after = ("" if is_first else text[:CONTEXT]), ("" if is_last else text[-CONTEXT:])
    return text if len(text) <= len(before) + len(after) + 1 else f"{before}…{after}"
