"""From what changed in a strategy to its pages: a table of figures, and one of the goals that moved.

Knows nothing of what the cells say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from raportti.content.records import ChangeRow, ChangeTable, ContentItem, StrategyChanges, StyledText, Words, fill_in
from raportti.layout.frame import Draft, Frame, make_frame, make_sentence, moved_down
from raportti.layout.tables import Splitter, described, page_table, table_item
from raportti.layout.theme import TableTheme
from raportti.layout.typesetting import SetRow, Setter, header_row, text_widths
from raportti.plan import Cell, CellKind, PageKind, Table, TextBox
from raportti.plan.typeset import Align, Box, Paragraph
from raportti.text.measure import slack_of
from raportti.units import Emu

FLOWING = frozenset({"guideline", "goal"})
"""The columns that are cut where a row is taller than a page; the others are repeated."""


def changes_pages(changes: StrategyChanges, setter: Setter, words: Words) -> tuple[Draft, ...]:
    """Make the pages of a strategy's changes, each table in the largest size in which it is one page."""
    return tuple(draft for table in changes.tables for draft in _table_pages(table, changes, setter, words))


def _table_pages(table: ChangeTable, changes: StrategyChanges, setter: Setter, words: Words) -> tuple[Draft, ...]:
    drafts: tuple[Draft, ...] = ()
    for step in setter.steps("change_text"):
        drafts = _pages_in(_Sheet(table, changes, setter, words, step))
        if len(drafts) == 1:
            break
    return drafts


def _pages_in(sheet: "_Sheet") -> tuple[Draft, ...]:
    header = sheet.header()
    paged = page_table(
        tuple(sheet.row(row) for row in sheet.content.rows),
        frame_for=lambda parts: make_frame(sheet.setter, sheet.content.title, sheet.changes.tag, parts, heading=3),
        capacity_in=lambda frame: sheet.body(frame).h - header.height,
        split=Splitter(lambda row: row, sheet.part_of),
    )
    return tuple(sheet.draft(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table of changes, with all that its pages have in common."""

    content: ChangeTable
    changes: StrategyChanges
    setter: Setter
    words: Words
    step: int
    """The size of its rows, 0 the largest."""

    @property
    def theme(self) -> TableTheme:
        return self.setter.theme.tables["changes"]

    @property
    def widths(self) -> Mapping[str, Emu]:
        return self.theme.columns[self.content.what]

    def header(self) -> SetRow:
        """Set the header row."""
        heads = ((key, ContentItem((StyledText(self.words[key], "summary_head"),))) for key in self.widths)
        fill = self.setter.theme.fills["head"]
        return header_row(
            ((key, number, self._cell(key, item)) for number, (key, item) in enumerate(heads)), self.theme, fill
        )

    def row(self, row: ChangeRow) -> SetRow:
        """Set a row; its first cell names it."""
        cells = tuple(
            Cell(
                key=key,
                column=number,
                paragraphs=self._cell(key, row.cells[key]),
                kind=CellKind.DATA if number else CellKind.ROW_HEADER,
            )
            for number, key in enumerate(self.widths)
        )
        return SetRow(cells, self.theme.margins, FLOWING, row.goal)

    def part_of(self, key: str, paragraph: Paragraph, start: int, end: int) -> Paragraph:
        """Set a part of a cell's paragraph."""
        return self.setter.part_of(paragraph, start, end, text_widths(self.theme, self.widths)[key])

    def body(self, frame: Frame) -> Box:
        """Return where the table may be: below the sentence, where there is one."""
        boxes, sentence = self.setter.theme.boxes, self._sentence(frame)
        if sentence is None:
            return moved_down(boxes["body"], frame.shift)
        return moved_down(boxes["changes"], frame.shift + sentence.box.h - boxes["sentence"].h)

    def draft(self, frame: Frame, number: int, header: SetRow, rows: tuple[SetRow, ...]) -> Draft:
        """Make the page of a part, ``number`` from 0."""
        body, sentence = self.body(frame), self._sentence(frame)
        table = self._table(frame.parts[number], header, rows, body)
        return Draft(
            kind=PageKind.CHANGES,
            title=self.content.title,
            items=(*frame.heads[number], *((sentence,) if sentence else ()), table),
            body=body,
            tag=self.changes.tag,
            part=frame.parts[number],
            strategy=self.changes.strategy,
        )

    def _table(self, part: tuple[int, int] | None, header: SetRow, rows: tuple[SetRow, ...], body: Box) -> Table:
        title, what = self.content.title, self.content.what
        return table_item(
            (header,),
            rows,
            theme=self.theme,
            widths=self.widths,
            at=(body.x, body.y),
            name=title if part is None else f"{title} {part[0]}/{part[1]}",
            description=described(self.words, what, part, self._amount(rows), strategia=self.changes.strategy),
        )

    def _amount(self, rows: tuple[SetRow, ...]) -> str:
        """Count what the rows are of: the goals, or the guidelines and the strategy as a whole."""
        goals = len({row.goal for row in rows if row.goal})
        if goals:
            return fill_in(self.words["one_goal" if goals == 1 else "several_goals"], tavoitteita=goals)
        return fill_in(self.words["one_row" if len(rows) == 1 else "several_rows"], rivejä=len(rows))

    def _sentence(self, frame: Frame) -> TextBox | None:
        text = self.content.sentence
        return None if text is None else make_sentence(self.setter, text, frame.shift)

    def _cell(self, key: str, item: ContentItem) -> tuple[Paragraph, ...]:
        width = text_widths(self.theme, self.widths)[key]
        align = self.theme.aligned.get(key, Align.LEFT)
        return (self.setter.paragraph(item.parts, width, step=self.step, align=align, slack=slack_of(width)),)
