"""From a guideline's goals to the pages of its table.

Does not know the summary.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from raportti.content.changes import moves_in_words
from raportti.content.records import GoalRow, GoalTable, StrategyContent, StyledText
from raportti.content.wording import Words, fill_in, of_status
from raportti.layout.choices import Choices, Columns, Filling
from raportti.layout.frame import Frame, UnnumberedPage, make_frame, moved_down, numbered
from raportti.layout.tables import Fill, Splitter, balance_pages, described, fill_pages, page_table, table_item
from raportti.layout.theme import preferred
from raportti.layout.typesetting import SetRow, TableSetter, Typesetter, with_cell
from raportti.plan import Cell, CellKind, PageKind, Table
from raportti.plan.typeset import Box

FLOWING = frozenset({"subgoals", "assessment"})
"""The columns that are cut where a row is taller than a page; goal, status and score are repeated."""
FILLS: Mapping[Filling, Fill] = {Filling.FILLED: fill_pages, Filling.BALANCED: balance_pages}


def goal_pages(
    content: GoalTable, strategy: StrategyContent, setter: Typesetter, words: Words, choices: Choices
) -> tuple[UnnumberedPage, ...]:
    """Make the pages of a guideline's table."""
    theme = setter.theme.tables.goals
    columns = theme.columns.with_subgoals if content.has_subgoals else theme.columns.without_subgoals
    table = _GuidelineTable(content, strategy, words, TableSetter(setter, theme, preferred(columns)))
    body = setter.theme.boxes.body
    if choices.columns is Columns.AUTO:
        # Imported here: numpy takes 0.1 s, and only this choice needs it.
        from raportti.layout.columns import widths_for

        rows = tuple(table.row(row) for row in content.rows)
        widths = widths_for(content.rows, rows, columns, setter, capacity=body.h - table.header().height)
        table = replace(table, cells=replace(table.cells, widths=widths))
    header = table.header()
    paged = page_table(
        tuple(table.row(row) for row in content.rows),
        frame_for=lambda parts: make_frame(setter, content.title, strategy.tag, parts, heading=3),
        capacity_in=lambda frame: body.h - frame.shift - header.height,
        split=Splitter(table.cells.part_of, table.continued),
        fill=FILLS[choices.filling],
    )
    return tuple(table.page(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


@dataclass(frozen=True, slots=True)
class _GuidelineTable:
    """A guideline's table, with all that its pages have in common."""

    content: GoalTable
    strategy: StrategyContent
    words: Words
    cells: TableSetter

    @property
    def setter(self) -> Typesetter:
        return self.cells.setter

    def header(self) -> SetRow:
        """Set the header row."""
        return self.cells.header(self.content.heads, "table_head")

    def row(self, row: GoalRow) -> SetRow:
        """Set the row of a goal."""
        fill = of_status(self.setter.theme.fills, row.achieved)
        cells = tuple(
            Cell(
                key=key,
                column=number,
                paragraphs=self.cells.cell(key, row.cells[key]),
                kind=CellKind.ROW_HEADER if key == "goal" else CellKind.DATA,
                fill=fill if key == "achieved" else None,
                is_list=key == "subgoals",
            )
            for number, key in enumerate(self.cells.widths)
        )
        return SetRow(cells, self.cells.theme.margins, FLOWING, row.ref, row.goal, row.break_before)

    def continued(self, row: SetRow) -> SetRow:
        """Return a row as its later parts repeat it: the goal is marked as continued."""
        goal = next(source.cells["goal"] for source in self.content.rows if source.goal == row.goal)
        mark = (StyledText(" ", "table_text"), StyledText(self.words.continued, "continued"))
        marked = (*goal[:-1], replace(goal[-1], parts=(*goal[-1].parts, *mark)))
        return replace(with_cell(row, "goal", self.cells.cell("goal", marked)), begins_page=False)

    def page(self, frame: Frame, number: int, header: SetRow, rows: tuple[SetRow, ...]) -> UnnumberedPage:
        """Make the page of a part, ``number`` from 0."""
        part = frame.parts[number]
        body = moved_down(self.setter.theme.boxes.body, frame.shift)
        goals = {row.goal for row in rows}
        moves = {row.goal: row.moves for row in self.content.rows if row.goal in goals and row.moves}
        notes = moves_in_words(moves, self.words)
        return UnnumberedPage(
            kind=PageKind.TABLE,
            title=self.content.title.text,
            items=(*frame.heads[number], self._table(part, header, rows, body, notes)),
            body=body,
            tag=self.strategy.tag.text,
            part=part,
            strategy=self.strategy.name,
            guideline=self.content.guideline,
            notes=notes,
        )

    def _table(
        self, part: tuple[int, int] | None, header: SetRow, rows: tuple[SetRow, ...], body: Box, notes: tuple[str, ...]
    ) -> Table:
        words, goals = self.words, len({row.goal for row in rows})
        description = described(
            words.table_description,
            words.table_part_description,
            part,
            linjaus=self.content.guideline,
            määrä=fill_in(words.one_goal if goals == 1 else words.several_goals, tavoitteita=goals),
        )
        name = numbered(self.content.title.text, part)
        return table_item((header,), rows, self.cells, at=body, name=name, description=". ".join((description, *notes)))
