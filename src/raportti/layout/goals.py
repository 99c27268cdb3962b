"""From a guideline's goals to the pages of its table. Knows nothing of the summary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from raportti.content.changes import moves_in_words
from raportti.content.records import ContentItem, GoalRow, GoalTable, StrategyContent, StyledText, Words, fill_in
from raportti.layout.choices import Choices, Columns, Filling
from raportti.layout.frame import Draft, Frame, make_frame, moved_down, numbered
from raportti.layout.tables import Fill, Splitter, balance_pages, described, fill_pages, page_table, table_item
from raportti.layout.theme import TableTheme
from raportti.layout.theme.vocabulary import WITH_SUBGOALS, WITHOUT_SUBGOALS
from raportti.layout.typesetting import SetRow, Setter, header_row, text_widths, with_cell
from raportti.plan import Cell, CellKind, PageKind, Table
from raportti.plan.typeset import Align, Paragraph
from raportti.units import Emu

FLOWING = frozenset({"subgoals", "assessment"})
"""The columns that are cut where a row is taller than a page; goal, status and score are repeated."""


FILLS: Mapping[Filling, Fill] = {Filling.FILLED: fill_pages, Filling.BALANCED: balance_pages}


def goal_pages(
    content: GoalTable, strategy: StrategyContent, setter: Setter, words: Words, choices: Choices
) -> tuple[Draft, ...]:
    """Make the pages of a guideline's table."""
    theme = setter.theme.tables["goals"]
    fixed = theme.columns[WITH_SUBGOALS if content.has_subgoals else WITHOUT_SUBGOALS]
    sheet = _Sheet(content, strategy, setter, words, fixed)
    if choices.columns is Columns.AUTO:
        # Imported here: numpy takes 0.1 s, and only this choice needs it.
        from raportti.layout.columns import widths_for

        room = setter.theme.boxes["body"].h - sheet.header().height
        rows = tuple(sheet.row(row) for row in content.rows)
        sheet = replace(sheet, widths=widths_for(content.rows, rows, fixed, setter, capacity=room))
    header = sheet.header()
    body = setter.theme.boxes["body"]
    paged = page_table(
        tuple(sheet.row(row) for row in content.rows),
        frame_for=lambda parts: make_frame(setter, content.title, strategy.tag, parts, heading=3),
        capacity_in=lambda frame: body.h - frame.shift - header.height,
        split=Splitter(sheet.repeated, sheet.part_of),
        fill=FILLS[choices.filling],
    )
    return tuple(sheet.draft(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A guideline's table, with all that its pages have in common."""

    content: GoalTable
    strategy: StrategyContent
    setter: Setter
    words: Words
    widths: Mapping[str, Emu]

    @property
    def theme(self) -> TableTheme:
        return self.setter.theme.tables["goals"]

    def header(self) -> SetRow:
        """Set the header row."""
        heads = ((key, (ContentItem((StyledText(self.words[key], "table_head"),)),)) for key in self.widths)
        fill = self.setter.theme.fills["head"]
        return header_row(
            ((key, number, self._cell(key, items)) for number, (key, items) in enumerate(heads)), self.theme, fill
        )

    def row(self, row: GoalRow) -> SetRow:
        """Set the row of a goal."""
        fills = self.setter.theme.fills
        cells = tuple(
            Cell(
                key=key,
                column=number,
                paragraphs=self._cell(key, row.cells[key]),
                kind=CellKind.ROW_HEADER if key == "goal" else CellKind.DATA,
                fill=fills[row.achieved.value] if key == "achieved" else None,
                is_list=key == "subgoals",
            )
            for number, key in enumerate(self.widths)
        )
        return SetRow(cells, self.theme.margins, FLOWING, row.goal, row.break_before)

    def repeated(self, row: SetRow) -> SetRow:
        """Return a row as its later parts repeat it: the goal is marked as continued."""
        goal = next(source.cells["goal"] for source in self.content.rows if source.goal == row.goal)
        mark = (StyledText(" ", "table_text"), StyledText(self.words["continued"], "continued"))
        marked = (*goal[:-1], replace(goal[-1], parts=(*goal[-1].parts, *mark)))
        return replace(with_cell(row, "goal", self._cell("goal", marked)), begins_page=False)

    def part_of(self, key: str, paragraph: Paragraph, start: int, end: int) -> Paragraph:
        """Set a part of a cell's paragraph."""
        return self.setter.part_of(paragraph, start, end, text_widths(self.theme, self.widths)[key])

    def draft(self, frame: Frame, number: int, header: SetRow, rows: tuple[SetRow, ...]) -> Draft:
        """Make the page of a part, ``number`` from 0."""
        part = frame.parts[number]
        body = moved_down(self.setter.theme.boxes["body"], frame.shift)
        return Draft(
            kind=PageKind.TABLE,
            title=self.content.title,
            items=(*frame.heads[number], self._table(part, header, rows, body.x, body.y)),
            body=body,
            tag=self.strategy.tag,
            part=part,
            strategy=self.strategy.name,
            guideline=self.content.guideline,
            notes=self._moves(rows),
        )

    def _moves(self, rows: tuple[SetRow, ...]) -> tuple[str, ...]:
        """Say which scores and statuses in some rows are not those of the report before."""
        goals = {row.goal for row in rows}
        moved = {row.goal: row.moved for row in self.content.rows if row.goal in goals and row.moved}
        return moves_in_words(moved, self.words)

    def _table(self, part: tuple[int, int] | None, header: SetRow, rows: tuple[SetRow, ...], x: Emu, y: Emu) -> Table:
        goals = len({row.goal for row in rows})
        amount = fill_in(self.words["one_goal" if goals == 1 else "several_goals"], tavoitteita=goals)
        description = described(self.words, "table", part, amount, linjaus=self.content.guideline)
        return table_item(
            (header,),
            rows,
            theme=self.theme,
            widths=self.widths,
            at=(x, y),
            name=numbered(self.content.title, part),
            description=". ".join((description, *self._moves(rows))),
        )

    def _cell(self, key: str, items: tuple[ContentItem, ...]) -> tuple[Paragraph, ...]:
        width = text_widths(self.theme, self.widths)[key]
        return self.setter.cell(items, width, self.theme.aligned.get(key, Align.LEFT))
