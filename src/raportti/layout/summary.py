"""From a strategy's summary to its pages: sentence, table of guidelines, legend. Knows nothing of goals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from raportti.content.records import Grade, StrategyContent, StyledText, SummaryRow, Words, fill_in
from raportti.layout.frame import Draft, Frame, make_frame, make_sentence, moved_down, numbered, require_room
from raportti.layout.tables import Splitter, described, page_table, table_item
from raportti.layout.theme import TableTheme
from raportti.layout.theme.vocabulary import SUMMARY
from raportti.layout.typesetting import SetRow, Setter, first_fitting, header_row, text_widths
from raportti.plan import Cell, CellKind, Item, PageKind, Panel, Role, TextBox
from raportti.plan.typeset import Align, Box, Paragraph, room_of
from raportti.report.passages import joined
from raportti.text.measure import slack_of
from raportti.units import Emu


def legend_items(grades: tuple[Grade, ...], setter: Setter, words: Words, shift: Emu) -> tuple[Item, ...]:
    """Set the legend in the largest size that fits its box; the panel ends below its text."""
    box = moved_down(setter.theme.boxes["legend"], shift)
    padding, gap = setter.theme.gaps["legend_padding"], setter.theme.gaps["legend_items"]
    title = setter.paragraph((StyledText(words["legend_title"], "legend_title"),), box.w - 2 * padding)
    title_height = room_of((title,)) + gap
    room = box.h - 2 * padding - title_height

    def build(step: int) -> tuple[Paragraph, ...]:
        return tuple(_grade(grade, box.w - 2 * padding, gap, step, setter) for grade in grades)

    paragraphs = first_fitting(build, setter.steps("legend"), room)
    height = room_of(paragraphs)
    require_room("legend", max((paragraph.text for paragraph in paragraphs), key=len), height, room)
    x, y = box.x + padding, box.y + padding
    return (
        Panel(replace(box, h=height + title_height + 2 * padding), setter.theme.fills["panel"]),
        TextBox(Role.LEGEND_TITLE, Box(x, y, box.w - 2 * padding, title_height - gap), (title,)),
        TextBox(Role.LEGEND, Box(x, y + title_height, box.w - 2 * padding, height), paragraphs, is_list=True),
    )


def _grade(grade: Grade, width: Emu, gap: Emu, step: int, setter: Setter) -> Paragraph:
    parts = (StyledText(str(grade.score), "legend_grade"), StyledText(joined((" = ", grade.text)), "legend"))
    return setter.paragraph(parts, width, step=step, space_before=gap)


FLOWING = frozenset({"guideline"})
DATA = ("goals", "average", "yes", "partly")


def summary_pages(strategy: StrategyContent, setter: Setter, words: Words) -> tuple[Draft, ...]:
    """Make the pages of a summary, in the largest size in which it is one; sentence and legend stand on each."""
    drafts: tuple[Draft, ...] = ()
    for step in setter.steps("summary_text"):
        drafts = _pages_in(_Sheet(strategy, setter, words, step))
        if len(drafts) == 1:
            break
    return drafts


def _pages_in(sheet: "_Sheet") -> tuple[Draft, ...]:
    strategy, setter = sheet.strategy, sheet.setter
    header = sheet.header()
    head_height = sum(row.height for row in header)
    paged = page_table(
        tuple(sheet.row(row) for row in strategy.summary.rows),
        frame_for=lambda parts: make_frame(setter, strategy.summary.title, strategy.tag, parts, heading=2),
        capacity_in=lambda frame: sheet.body(frame).h - head_height,
        split=Splitter(sheet.repeated, sheet.part_of),
    )
    return tuple(sheet.draft(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A strategy's summary, with all that its pages have in common."""

    strategy: StrategyContent
    setter: Setter
    words: Words
    step: int
    """The size of its rows, 0 the largest."""

    @property
    def theme(self) -> TableTheme:
        return self.setter.theme.tables["summary"]

    @property
    def widths(self) -> Mapping[str, Emu]:
        return self.theme.columns[SUMMARY]

    def header(self) -> tuple[SetRow, SetRow]:
        """Set the header: the last two columns share a head above their own, the others reach over both rows.

        The lower row alone is as tall as they are: LibreOffice asks that of the last row of a span (7.4, measured).
        """
        columns = {key: number for number, key in enumerate(self.widths)}
        *others, yes, partly = self.widths
        spanning = self._heads((key, columns[key], self._head(key, key)) for key in others)
        shared = self._heads((("completed", columns[yes], self._shared_head()),))
        lower = self._heads((key, columns[key], self._head(key, f"summary_{key}")) for key in (yes, partly))
        cells = (
            *(replace(cell, row_span=2) for cell in spanning.cells),
            *(replace(cell, column_span=2) for cell in shared.cells),
        )
        return (
            replace(spanning, cells=cells, fixed_height=shared.height),
            replace(lower, fixed_height=max(lower.height, spanning.height)),
        )

    def _heads(self, cells: Iterable[tuple[str, int, tuple[Paragraph, ...]]]) -> SetRow:
        return header_row(cells, self.theme, self.setter.theme.fills["head"])

    def _head(self, key: str, word: str) -> tuple[Paragraph, ...]:
        return self._cell(key, StyledText(self.words[word], "summary_head"))

    def _shared_head(self) -> tuple[Paragraph, ...]:
        margins = self.theme.margins
        width = self.widths["yes"] + self.widths["partly"] - margins.left - margins.right
        return (
            self.setter.paragraph(
                (StyledText(self.words["completed"], "summary_head"),), width, align=Align.CENTRE, slack=slack_of(width)
            ),
        )

    def row(self, row: SummaryRow) -> SetRow:
        """Set the row of a guideline."""
        figures = row.figures
        data = {
            "goals": StyledText(str(figures.goals), "summary_text"),
            "average": StyledText(row.average, "summary_average"),
            "yes": StyledText(str(figures.yes), "summary_text"),
            "partly": StyledText(str(figures.partly), "summary_text"),
        }
        guideline = self._cell("guideline", StyledText(row.guideline, "summary_text"))
        name = Cell("guideline", 0, guideline, CellKind.ROW_HEADER)
        cells = (Cell(key, number, self._cell(key, data[key])) for number, key in enumerate(DATA, 1))
        return SetRow((name, *cells), self.theme.margins, FLOWING)

    def repeated(self, row: SetRow) -> SetRow:
        """Return a row as its later parts repeat it: the name of the guideline flows on, the figures stand again."""
        return row

    def part_of(self, key: str, paragraph: Paragraph, start: int, end: int) -> Paragraph:
        """Set a part of a cell's paragraph."""
        return self.setter.part_of(paragraph, start, end, text_widths(self.theme, self.widths)[key])

    def _cell(self, key: str, *parts: StyledText) -> tuple[Paragraph, ...]:
        width = text_widths(self.theme, self.widths)[key]
        align = self.theme.aligned.get(key, Align.LEFT)
        return (self.setter.paragraph(parts, width, step=self.step, align=align, slack=slack_of(width)),)

    def body(self, frame: Frame) -> Box:
        """Return where the table may be: below the sentence."""
        return moved_down(self.setter.theme.boxes["summary"], self._shift(frame))

    def _sentence(self, frame: Frame) -> TextBox:
        return make_sentence(self.setter, self.strategy.summary.sentence, frame.shift)

    def _shift(self, frame: Frame) -> Emu:
        """Return how far a long title, and a sentence taller than its box, push the body down."""
        return frame.shift + self._sentence(frame).box.h - self.setter.theme.boxes["sentence"].h

    def draft(self, frame: Frame, number: int, header: tuple[SetRow, ...], rows: tuple[SetRow, ...]) -> Draft:
        """Make the page of a part, ``number`` from 0."""
        body = self.body(frame)
        title = self.strategy.summary.title
        part = frame.parts[number]
        guidelines = "one_guideline" if len(rows) == 1 else "several_guidelines"
        amount = fill_in(self.words[guidelines], linjauksia=len(rows))
        table = table_item(
            header,
            rows,
            theme=self.theme,
            widths=self.widths,
            at=(body.x, body.y),
            name=numbered(title, part),
            description=described(self.words, "summary", part, amount, strategia=self.strategy.name),
        )
        legend = legend_items(self.strategy.summary.legend, self.setter, self.words, self._shift(frame))
        items: tuple[Item, ...] = (*frame.heads[number], self._sentence(frame), table, *legend)
        return Draft(PageKind.SUMMARY, title, items, body, self.strategy.tag, part, self.strategy.name)
