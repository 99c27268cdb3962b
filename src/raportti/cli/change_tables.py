"""From what changed to tables and texts in the user's language: first what they say, then for terminals and Markdown.

Does not know how the changes were found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import click

from raportti.cli.language import say
from raportti.problems.messages import safe
from raportti.report.diff import ChangeKind, Changes, Difference, FiguresChange, GoalChange, TextChange
from raportti.report.figures import Figures, decimal_comma
from raportti.report.model import DECIDED
from raportti.report.text_diff import Fate, Piece, word_changes
from raportti.source.plain import NOTHING, in_plain_words, status_word

if TYPE_CHECKING:
    # For its name alone: it stands beside what measures pages, which the PDF's process of a build need not wait for.
    from raportti.workflows.diff import PageChange

Table: TypeAlias = Sequence[Sequence[str]]
"""Rows of cells; the first row is the header."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id", "text": "goal", "subgoals": "subgoals", "achieved": "reached", "score": "score",
        "assessment": "assessment", "break_before": "page break before", "responsible": "unit in charge",
        "guideline": "strategy / guideline", "place": "place in the list", "parent": "strategy / guideline",
        "title": "title", "language": "language", "organisation": "organisation", "meeting": "meeting", "date": "date",
        "case_number": "case number", "attachment_number": "attachment number", "scale": "scale", "name": "name",
        "tag": "corner tag", "scale_title": "title of the scale", "summary_title": "title of the summary",
        "summary_sentence": "sentence of the summary", "table_title": "title of the tables",
        "published": "published figures",
    }
)  # fmt: skip
"""How each field that can change is called; the catalogue has these words too."""
KINDS: Mapping[ChangeKind, str] = MappingProxyType(
    {ChangeKind.ADDED: "added", ChangeKind.REMOVED: "removed", ChangeKind.CHANGED: "changed"}
)
_IN_TABLE = ("achieved", "score")
_LONGEST = 40
"""A longer value is a text, in which words are marked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field that changed, or, without a label, a whole that came or went."""

    label: str
    old: str
    new: str

    @property
    def is_text(self) -> bool:
        """Whether it is too long to stand beside what it was."""
        return max(len(self.old), len(self.new)) > _LONGEST or "\n" in self.old + self.new


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed of one goal, guideline or strategy, or of the report itself."""

    title: str
    rows: tuple[Row, ...]


def arrow(old: str, new: str) -> str:
    """Say what was and what is, once where it is the same."""
    return old if old == new else f"{old} → {new}"


def goal_table(changes: Changes, language: str) -> Table:
    """Return a row for each goal that changed: its status, its score, and what else; nothing where no goal did."""
    rows = [_goal_row(goal, language) for goal in changes.goals]
    header = (say("id"), say("reached"), say("score"), say("what happened"))
    return [header, *rows] if rows else []


def _goal_row(goal: GoalChange, language: str) -> tuple[str, ...]:
    before, after = goal.old or goal.new, goal.new or goal.old
    whole = in_plain_words("text", after and after.text, language)
    values = (
        arrow(*(in_plain_words(field, getattr(side, field), language) for side in (before, after)))
        for field in _IN_TABLE
    )
    fields = (say(FIELDS[one.field]) for one in goal.differences if one.field not in _IN_TABLE)
    what = ", ".join(fields) if goal.kind is ChangeKind.CHANGED else f"{say(KINDS[goal.kind])}: {whole}"
    return goal.id, *values, what


def entries(changes: Changes, language: str) -> Iterator[Entry]:
    """Yield what the table of goals leaves out: texts and all other fields, before and after."""
    for goal in changes.goals:
        rows = tuple(_row(one, language) for one in goal.differences if one.field not in _IN_TABLE)
        if rows:
            yield Entry(goal.id, rows)
    owners: dict[str, list[Row]] = {}
    for text in changes.texts:
        owners.setdefault(_owner(text), []).append(_text_row(text, language))
    yield from (Entry(owner, tuple(rows)) for owner, rows in owners.items())


def _row(difference: Difference, language: str) -> Row:
    field = difference.field
    return Row(
        say(FIELDS[field]), *(in_plain_words(field, value, language) for value in (difference.old, difference.new))
    )


def _text_row(text: TextChange, language: str) -> Row:
    row = _row(Difference(text.field, text.old, text.new), language)
    return row if text.kind is ChangeKind.CHANGED else Row(say(KINDS[text.kind]), row.old, row.new)


def _owner(text: TextChange) -> str:
    return " / ".join(name for name in (text.strategy, text.guideline) if name) or say("the report")


def figures_table(changes: Changes, language: str) -> Table:
    """Return counts and averages before and after, of each strategy and guideline in which they differ."""
    statuses = (status_word(achieved, language) for achieved in DECIDED)
    header = (say("strategy / guideline"), say("goals"), say("average"), *statuses)
    return [header, *map(_figures_row, changes.figures)] if changes.figures else []


def _figures_row(change: FiguresChange) -> tuple[str, ...]:
    name = change.strategy if change.guideline is None else f"  {change.guideline}"
    return name, *(arrow(old, new) for old, new in zip(_figures(change.old), _figures(change.new), strict=True))


def _figures(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (NOTHING,) * 6
    average = NOTHING if figures.average is None else decimal_comma(figures.average)
    return str(figures.goals), average, *map(str, (figures.yes, figures.partly, figures.no, figures.not_assessed))


CONTEXT = 40
"""How many characters of a text that stayed are shown before and after what changed."""
PARAGRAPH = " ¶ "


def change_lines(changes: Changes, language: str) -> Iterator[str]:
    """Write what changed for a terminal: a table of goals, then texts, then figures."""
    blocks = (
        _table_lines(goal_table(changes, language)),
        [line for entry in entries(changes, language) for line in _entry_lines(entry)],
        _table_lines(figures_table(changes, language)),
    )
    for number, block in enumerate(block for block in blocks if block):
        yield from ("", *block) if number else block


def page_lines(pages: Iterable["PageChange"]) -> Iterator[str]:
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
    """Write what a field was and is: of a text, the words that changed."""
    change = marked(row.old, row.new) if row.is_text else safe(arrow(row.old, row.new))
    return f"{row.label}: {change}"


def on_one_line(text: str) -> str:
    """Write a text of paragraphs on one line."""
    return safe(text.replace("\n\n", PARAGRAPH).replace("\n", " "))


def marked(old: str, new: str) -> str:
    """Write a text with the words that went and came, as git does: ``[-went-]{+came+}``."""
    pieces = word_changes(old, new)
    last = len(pieces) - 1
    return "".join(_piece_in_text(piece, is_first=at == 0, is_last=at == last) for at, piece in enumerate(pieces))


def _piece_in_text(piece: Piece, *, is_first: bool, is_last: bool) -> str:
    text = on_one_line(piece.text)
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


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_INDENT = " \u00a0\u00a0"


def markdown_lines(changes: Changes, pages: Iterable["PageChange"], language: str) -> Iterator[str]:
    """Write what changed as Markdown, under headings of level 3."""
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
        yield from (f"  - {row.label}: {_change(row)}" for row in entry.rows)


def _change(row: Row) -> str:
    if not row.is_text:
        return _escaped(arrow(row.old, row.new))
    pieces = word_changes(row.old, row.new)
    last = len(pieces) - 1
    return "".join(_piece_in_markdown(piece, is_first=at == 0, is_last=at == last) for at, piece in enumerate(pieces))


def _piece_in_markdown(piece: Piece, *, is_first: bool, is_last: bool) -> str:
    text = piece.text.replace("\n\n", PARAGRAPH).replace("\n", " ")
    if piece.fate is Fate.KEPT:
        return _escaped(shortened(text, is_first=is_first, is_last=is_last))
    return _emphasised(text, "~~" if piece.fate is Fate.REMOVED else "**")


def _emphasised(text: str, mark: str) -> str:
    """Mark words; white space at the edges stands outside, or the marks would be none."""
    found = _EDGES.fullmatch(text)
    before, words, after = found.groups() if found else ("", text, "")
    return f"{before}{mark}{_escaped(words)}{mark}{after}" if words else text


def _page(page: "PageChange") -> str:
    return f"- {page.number}: {_escaped(page.title)}" + (f" ({say('removed')})" if page.is_removed else "")


def _escaped(text: str) -> str:
    """Write a text so that nothing in it is Markdown; an indent stays."""
    indent = _INDENT if text.startswith("  ") else ""
    return indent + _SPECIAL.sub(r"\\\1", safe(text.strip() if indent else text))
