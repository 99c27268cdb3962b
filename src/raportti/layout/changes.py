"""From what changed in a strategy to its pages: a table of figures, and one of the goals that moved.

Does not know what the cells say.
"""

from dataclasses import dataclass

from raportti.content.records import ChangeRow, ChangeSubject, ChangeTable, StrategyChanges
from raportti.content.wording import Words, fill_in
from raportti.layout.frame import Frame, UnnumberedPage, make_frame, make_sentence, moved_down, on_one_page
from raportti.layout.tables import Splitter, described, fill_pages, page_table, table_item
from raportti.layout.theme import preferred
from raportti.layout.typesetting import SetRow, TableSetter, Typesetter
from raportti.plan import Cell, CellKind, PageKind, Table, TextBox
from raportti.plan.typeset import Box

FLOWING = frozenset({"guideline", "goal"})
"""The columns that are cut where a row is taller than a page; the others are repeated."""


def changes_pages(changes: StrategyChanges, setter: Typesetter, words: Words) -> tuple[UnnumberedPage, ...]:
    """Make the pages of a strategy's changes, each table in the largest size in which it is one page."""
    steps = setter.steps("change_text")
    return tuple(
        page
        for table in changes.tables
        for page in on_one_page(lambda step, table=table: _table_pages(table, changes, setter, words, step), steps)
    )


def _table_pages(
    content: ChangeTable, changes: StrategyChanges, setter: Typesetter, words: Words, step: int
) -> tuple[UnnumberedPage, ...]:
    theme = setter.theme.tables.changes
    columns = theme.columns.changes if content.subject is ChangeSubject.FIGURES else theme.columns.changed_goals
    table = _ChangesTable(content, changes, words, TableSetter(setter, theme, preferred(columns), step))
    header = table.cells.header(content.heads, "summary_head")
    paged = page_table(
        tuple(table.row(row) for row in content.rows),
        frame_for=lambda parts: make_frame(setter, content.title, changes.tag, parts, heading=3),
        capacity_in=lambda frame: table.body(frame).h - header.height,
        split=Splitter(table.cells.part_of),
        fill=fill_pages,
    )
    return tuple(table.page(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


@dataclass(frozen=True, slots=True)
class _ChangesTable:
    """A table of changes, with all that its pages have in common."""

    content: ChangeTable
    changes: StrategyChanges
    words: Words
    cells: TableSetter

    def row(self, row: ChangeRow) -> SetRow:
        """Set a row; its first cell names it."""
        cells = tuple(
            Cell(
                key=key,
                column=number,
                paragraphs=self.cells.cell(key, (row.cells[key],)),
                kind=CellKind.DATA if number else CellKind.ROW_HEADER,
            )
            for number, key in enumerate(self.cells.widths)
        )
        return SetRow(cells, self.cells.theme.margins, FLOWING, row.ref, row.goal)

    def body(self, frame: Frame) -> Box:
        """Return where the table may be: below the sentence, where there is one."""
        boxes, sentence = self.cells.setter.theme.boxes, self._sentence(frame)
        if sentence is None:
            return moved_down(boxes.body, frame.shift)
        return moved_down(boxes.changes, frame.shift + sentence.box.h - boxes.sentence.h)

    def page(self, frame: Frame, number: int, header: SetRow, rows: tuple[SetRow, ...]) -> UnnumberedPage:
        """Make the page of a part, ``number`` from 0."""
        body, sentence = self.body(frame), self._sentence(frame)
        table = self._table(frame.parts[number], header, rows, body)
        return UnnumberedPage(
            kind=PageKind.CHANGES,
            title=self.content.title.text,
            items=(*frame.heads[number], *((sentence,) if sentence else ()), table),
            body=body,
            tag=self.changes.tag.text,
            part=frame.parts[number],
            strategy=self.changes.strategy,
        )

    def _sentence(self, frame: Frame) -> TextBox | None:
        text = self.content.sentence
        return None if text is None else make_sentence(self.cells.setter, text, frame.shift)

    def _table(self, part: tuple[int, int] | None, header: SetRow, rows: tuple[SetRow, ...], body: Box) -> Table:
        title, words = self.content.title.text, self.words
        if self.content.subject is ChangeSubject.FIGURES:
            descriptions = words.changes_description, words.changes_part_description
        else:
            descriptions = words.changed_goals_description, words.changed_goals_part_description
        return table_item(
            (header,),
            rows,
            self.cells,
            at=body,
            name=title if part is None else f"{title} {part[0]}/{part[1]}",
            description=described(*descriptions, part, määrä=self._amount(rows), strategia=self.changes.strategy),
        )

    def _amount(self, rows: tuple[SetRow, ...]) -> str:
        """Count what the rows are about: the goals, or the guidelines and the strategy as a whole."""
        goals = len({row.goal for row in rows if row.goal})
        if goals:
            return fill_in(self.words.one_goal if goals == 1 else self.words.several_goals, tavoitteita=goals)
        return fill_in(self.words.one_row if len(rows) == 1 else self.words.several_rows, rivejä=len(rows))
