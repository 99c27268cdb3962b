"""From what changed to Markdown, for a pull request or for minutes. Knows not how it was found."""

import re
from collections.abc import Iterable, Iterator

from raportti.changes import Changes, Fate, Piece, word_changes
from raportti.cli.telling import Row, Table, arrow, entries, figures_table, goal_table
from raportti.cli.telling_text import PARAGRAPH, shortened
from raportti.cli.words import say
from raportti.comparing import PageChange
from raportti.messages import safe

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_INDENT = " \u00a0\u00a0"


def markdown_lines(changes: Changes, pages: Iterable[PageChange], language: str) -> Iterator[str]:
    """Tell what changed under headings of level 3."""
    blocks = (
        (say("Goals"), _table(goal_table(changes, language))),
        (say("Texts"), list(_texts(changes, language))),
        (say("Figures"), _table(figures_table(changes, language))),
        (say("Pages of the deck that change"), [_page(page) for page in pages]),
    )
    for heading, lines in blocks:
        if lines:
            yield from (f"### {heading}", "", *lines, "")


def _table(table: Table) -> list[str]:
    rows = [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in table]
    return [rows[0], f"|{' --- |' * len(table[0])}", *rows[1:]] if rows else []


def _texts(changes: Changes, language: str) -> Iterator[str]:
    for entry in entries(changes, language):
        yield f"- **{_escaped(entry.title)}**"
        yield from (f"  - {row.label}: {_told(row)}" for row in entry.rows)


def _told(row: Row) -> str:
    if not row.is_text:
        return _escaped(arrow(row.old, row.new))
    pieces = word_changes(row.old, row.new)
    last = len(pieces) - 1
    return "".join(_piece(piece, is_first=at == 0, is_last=at == last) for at, piece in enumerate(pieces))


def _piece(piece: Piece, *, is_first: bool, is_last: bool) -> str:
    text = piece.text.replace("\n\n", PARAGRAPH).replace("\n", " ")
    if piece.fate is Fate.KEPT:
        return _escaped(shortened(text, is_first=is_first, is_last=is_last))
    return _emphasised(text, "~~" if piece.fate is Fate.REMOVED else "**")


def _emphasised(text: str, mark: str) -> str:
    """Mark words; white space at the edges stands outside, or the marks would be none."""
    found = _EDGES.fullmatch(text)
    before, words, after = found.groups() if found else ("", text, "")
    return f"{before}{mark}{_escaped(words)}{mark}{after}" if words else text


def _page(page: PageChange) -> str:
    return f"- {page.number}: {_escaped(page.title)}" + (f" ({say('removed')})" if page.is_removed else "")


def _escaped(text: str) -> str:
    """Write a text so that nothing in it is Markdown; an indent stays."""
    indent = _INDENT if text.startswith("  ") else ""
    return indent + _SPECIAL.sub(r"\\\1", safe(text.strip() if indent else text))
