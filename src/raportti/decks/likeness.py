"""How alike two rows are, or a slide and what was generated. Knows not what follows from it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from raportti.decks.raw import RawParagraph, RawRow
from raportti.stamp import ParagraphStamp, RowStamp

ALIKE = 0.5
"""From this share of words in common on, two rows are taken for the same one with edits."""
_LONGEST_STATUS = len("INTE BEDÖMT")
_GOAL = 2
"""How much the first column, which says what the row is about, counts against each other one."""


def row_likeness(row: RawRow, stamp: RowStamp) -> float:
    """Return the share of words that a row has in common with one that was generated, from 0 to 1."""
    shares = [
        (_GOAL if n == 0 else 1, _share(_words(cell), _words(said.paragraphs)))
        for n, (cell, said) in enumerate(zip(row.cells, stamp.cells, strict=False))
        if n == 0 or _is_text(said.paragraphs)
    ]
    weights = sum(weight for weight, _ in shares)
    return sum(weight * share for weight, share in shares) / weights if weights else 0.0


def table_likeness(rows: Sequence[RawRow], stamps: Sequence[RowStamp]) -> float:
    """Return how alike the rows of a table are to those generated: each to the one that it is most like, on average."""
    if not rows or not stamps:
        return 0.0
    return sum(max(row_likeness(row, stamp) for row in rows) for stamp in stamps) / len(stamps)


def _words(paragraphs: Iterable[RawParagraph | ParagraphStamp]) -> Counter[str]:
    return Counter(word for paragraph in paragraphs for word in paragraph.text.split())


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _is_text(paragraphs: Sequence[ParagraphStamp]) -> bool:
    """Tell whether a cell has text that tells rows apart: statuses, scores and figures are the same in many."""
    return sum(len(paragraph.text) for paragraph in paragraphs) > _LONGEST_STATUS
