"""From a strategy's summary to its pages: sentence, table of guidelines, legend.

Does not know goals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from raportti.content.records import ContentItem, Grade, SourceText, StrategyContent, StyledText, SummaryRow, longest
from raportti.content.wording import Words, fill_in
from raportti.layout.choices import Statuses
from raportti.layout.frame import (
    Frame,
    UnnumberedPage,
    make_frame,
    make_sentence,
    moved_down,
    numbered,
    on_one_page,
    require_room,
)
from raportti.layout.tables import Splitter, described, fill_pages, page_table, table_item
from raportti.layout.theme import preferred
from raportti.layout.typesetting import SetRow, TableSetter, Typesetter, first_fitting
from raportti.plan import Cell, CellKind, Item, PageKind, Panel, Role, Table, TextBox
from raportti.plan.typeset import Align, Box, Paragraph, room_of
from raportti.report.passages import joined
from raportti.text.measure import slack_of
from raportti.units import Emu

FLOWING = frozenset({"guideline"})
"""The column that is cut where a row is taller than a page; the figures are repeated."""


_LIKE = {"no": "yes", "not_assessed": "partly"}
"""A column that only a summary of all statuses has → one of those that each has, as wide and aligned as it."""
_GIVING = ("guideline", "average")
"""The columns that leave it their room."""


def summary_pages(
    strategy: StrategyContent, setter: Typesetter, words: Words, statuses: Statuses = Statuses.REACHED
) -> tuple[UnnumberedPage, ...]:
    """Make the pages of a summary, in the largest size in which it is one; sentence and legend stand on each."""
    return on_one_page(lambda step: _pages(strategy, setter, words, statuses, step), setter.steps("summary_text"))


def _pages(
    strategy: StrategyContent, setter: Typesetter, words: Words, statuses: Statuses, step: int
) -> tuple[UnnumberedPage, ...]:
    theme, widths = setter.theme.tables.summary, preferred(setter.theme.tables.summary.columns.summary)
    if statuses is Statuses.ALL:
        aligned = {
            **theme.aligned,
            **{key: theme.aligned[like] for key, like in _LIKE.items() if like in theme.aligned},
        }
        theme, widths = replace(theme, aligned=aligned), _with_all(widths)
    table = _SummaryTable(strategy, words, TableSetter(setter, theme, widths, step))
    header = table.header()
    head_height = sum(row.height for row in header)
    paged = page_table(
        tuple(table.row(row) for row in strategy.summary.rows),
        frame_for=lambda parts: make_frame(setter, strategy.summary.title, strategy.tag, parts, heading=2),
        capacity_in=lambda frame: table.capacity(frame, head_height),
        split=Splitter(table.cells.part_of),
        fill=fill_pages,
    )
    return tuple(table.page(paged.frame, number, header, rows) for number, rows in enumerate(paged.pages))


def _with_all(widths: Mapping[str, Emu]) -> Mapping[str, Emu]:
    """Make room for the columns of all statuses in a table as wide as before."""
    more = {key: widths[like] for key, like in _LIKE.items()}
    needed, room = sum(more.values()), sum(widths[key] for key in _GIVING)
    narrower = {key: widths[key] - needed * widths[key] // room for key in _GIVING}
    rest = sum(widths.values()) - sum({**widths, **narrower, **more}.values())
    return {**widths, **narrower, **more, "guideline": narrower["guideline"] + rest}


@dataclass(frozen=True, slots=True)
class _SummaryTable:
    """The table of a strategy's summary, with all that its pages have in common."""

    strategy: StrategyContent
    words: Words
    cells: TableSetter

    @property
    def setter(self) -> Typesetter:
        return self.cells.setter

    def header(self) -> tuple[SetRow, SetRow]:
        """Set the header: the statuses share a head above their own, the others reach over both rows.

        The lower row alone is as tall as they are: LibreOffice asks that of the last row of a span (7.4, measured).
        """
        words = self.words
        own = (("guideline", words.guideline), ("goals", words.goals), ("average", words.average))
        counts = tuple((key, word) for key, word in _status_heads(words).items() if key in self.cells.widths)
        above = self.cells.header_row((key, n, self._head(key, word)) for n, (key, word) in enumerate(own))
        shared = self.cells.header_row((("completed", len(own), self._shared_head([key for key, _ in counts])),))
        below = self.cells.header_row((key, n, self._head(key, word)) for n, (key, word) in enumerate(counts, len(own)))
        cells = (
            *(replace(cell, row_span=2) for cell in above.cells),
            *(replace(cell, column_span=len(counts)) for cell in shared.cells),
        )
        return (
            replace(above, cells=cells, fixed_height=shared.height),
            replace(below, fixed_height=max(below.height, above.height)),
        )

    def _head(self, key: str, word: str) -> tuple[Paragraph, ...]:
        return self.cells.cell(key, (ContentItem((StyledText(word, "summary_head"),)),))

    def _shared_head(self, keys: Sequence[str]) -> tuple[Paragraph, ...]:
        width, words = self.cells.text_width(*keys), self.words
        text = (StyledText(words.achieved if "no" in keys else words.completed, "summary_head"),)
        return (self.setter.paragraph(text, width, align=Align.CENTRE, slack=slack_of(width)),)

    def row(self, row: SummaryRow) -> SetRow:
        """Set the row of a guideline."""
        figures = row.figures
        texts = {
            "guideline": StyledText(row.guideline.text, "summary_text"),
            "goals": StyledText(str(figures.goals), "summary_text"),
            "average": StyledText(row.average, "summary_average"),
            "yes": StyledText(str(figures.yes), "summary_text"),
            "partly": StyledText(str(figures.partly), "summary_text"),
            "no": StyledText(str(figures.no), "summary_text"),
            "not_assessed": StyledText(str(figures.not_assessed), "summary_text"),
        }
        cells = tuple(
            Cell(
                key=key,
                column=number,
                paragraphs=self.cells.cell(key, (ContentItem((texts[key],)),)),
                kind=CellKind.DATA if number else CellKind.ROW_HEADER,
            )
            for number, key in enumerate(self.cells.widths)
        )
        return SetRow(cells, self.cells.theme.margins, FLOWING, row.guideline.ref)

    def body(self, frame: Frame) -> Box:
        """Return where the table may be: below the sentence."""
        return moved_down(self.setter.theme.boxes.summary, self._shift(frame))

    def capacity(self, frame: Frame, head_height: Emu) -> Emu:
        """Return the room for rows. Raises ``NoRoom`` where a long title or sentence leaves none for one line."""
        margins = self.cells.theme.margins
        room = self.body(frame).h - head_height
        line = self.setter.style("summary_text", self.cells.step).leading + margins.top + margins.bottom
        require_room(*self._pushing(frame), line, room)
        return room

    def _pushing(self, frame: Frame) -> tuple[str, SourceText]:
        """Return what pushes the body down most: the title, or the sentence."""
        summary, by_sentence = self.strategy.summary, self._shift(frame) - frame.shift
        return ("sentence", summary.sentence) if by_sentence > frame.shift else ("title", summary.title)

    def _sentence(self, frame: Frame) -> TextBox:
        return make_sentence(self.setter, self.strategy.summary.sentence.text, frame.shift)

    def _shift(self, frame: Frame) -> Emu:
        """Return how far a long title, and a sentence taller than its box, push the body down."""
        return frame.shift + self._sentence(frame).box.h - self.setter.theme.boxes.sentence.h

    def page(self, frame: Frame, number: int, header: tuple[SetRow, ...], rows: tuple[SetRow, ...]) -> UnnumberedPage:
        """Make the page of a part, ``number`` from 0."""
        body, part, grades = self.body(frame), frame.parts[number], self.strategy.summary.legend
        legend = legend_items(grades, self.setter, self.words, self._shift(frame), pushing=self._pushing(frame))
        return UnnumberedPage(
            kind=PageKind.SUMMARY,
            title=self.strategy.summary.title.text,
            items=(*frame.heads[number], self._sentence(frame), self._table(part, header, rows, body), *legend),
            body=body,
            tag=self.strategy.tag.text,
            part=part,
            strategy=self.strategy.name,
        )

    def _table(
        self, part: tuple[int, int] | None, header: tuple[SetRow, ...], rows: tuple[SetRow, ...], body: Box
    ) -> Table:
        words = self.words
        amount = words.one_guideline if len(rows) == 1 else words.several_guidelines
        description = described(
            words.summary_description,
            words.summary_part_description,
            part,
            strategia=self.strategy.name,
            määrä=fill_in(amount, linjauksia=len(rows)),
        )
        name = numbered(self.strategy.summary.title.text, part)
        return table_item(header, rows, self.cells, at=body, name=name, description=description)


def _status_heads(words: Words) -> Mapping[str, str]:
    return {
        "yes": words.summary_yes,
        "partly": words.summary_partly,
        "no": words.summary_no,
        "not_assessed": words.summary_not_assessed,
    }


def legend_items(
    grades: tuple[Grade, ...], setter: Typesetter, words: Words, shift: Emu, *, pushing: tuple[str, SourceText]
) -> tuple[Item, ...]:
    """Set the legend in the largest size that fits its box, moved down by ``shift``; the panel ends below its text.

    ``pushing`` is what moves it: at fault where the legend would have room without.
    """
    box = moved_down(setter.theme.boxes.legend, shift)
    padding, gap = setter.theme.gaps.legend_padding, setter.theme.gaps.legend_items
    title = setter.paragraph((StyledText(words.legend_title, "legend_title"),), box.w - 2 * padding)
    title_height = room_of((title,)) + gap
    room = box.h - 2 * padding - title_height

    def build(step: int) -> tuple[Paragraph, ...]:
        return tuple(_grade(grade, box.w - 2 * padding, gap, step, setter) for grade in grades)

    paragraphs = first_fitting(build, setter.steps("legend"), room)
    height = room_of(paragraphs)
    fits_unmoved = height <= room + shift
    what, text = pushing if fits_unmoved else ("legend", longest(grade.meaning for grade in grades))
    require_room(what, text, height, room)
    x, y = box.x + padding, box.y + padding
    return (
        Panel(replace(box, h=height + title_height + 2 * padding), setter.theme.fills.panel),
        TextBox(Role.LEGEND_TITLE, Box(x, y, box.w - 2 * padding, title_height - gap), (title,)),
        TextBox(Role.LEGEND, Box(x, y + title_height, box.w - 2 * padding, height), paragraphs, is_list=True),
    )


def _grade(grade: Grade, width: Emu, gap: Emu, step: int, setter: Typesetter) -> Paragraph:
    parts = (StyledText(str(grade.score), "legend_grade"), StyledText(joined((" = ", grade.meaning.text)), "legend"))
    return setter.paragraph(parts, width, step=step, space_before=gap)
