"""Which rows of a deck's tables are the ones that were generated."""

from raportti.decks.readback.match import match_rows
from raportti.decks.readback.slides import RawParagraph, RawRow, RawTable
from raportti.snapshot import CellSnapshot, ParagraphSnapshot, RowSnapshot, SlideSnapshot


def raw(*texts: str) -> RawRow:
    return RawRow(None, tuple((RawParagraph(text, 0),) if text else () for text in texts))


def snapshot(kind: str, *rows: RowSnapshot) -> SlideSnapshot:
    return SlideSnapshot(f"{kind}/Strategia 1", kind, kind, kind, rows)


def row(goal: str | None, *texts: str) -> RowSnapshot:
    return RowSnapshot(
        goal, None, tuple(CellSnapshot(str(n), (ParagraphSnapshot(text),)) for n, text in enumerate(texts))
    )


def test_a_head_is_no_row_of_a_table_that_was_deleted() -> None:
    summary, goals = snapshot("summary", row(None, "Hyvinvointi", "2")), snapshot("table", row("S1.1", "", "Kyllä"))
    deck = {1: (RawTable("summary", (raw("Linjaus", "Luku"), raw("", "Kyllä"), raw("Hyvinvointi", "2"))), summary)}
    assert match_rows(deck, (summary, goals)) == {(1, 2): summary.rows[0]}
