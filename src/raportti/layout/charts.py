"""From a strategy's summary to its pages of charts: averages, and shares of the statuses, beside each other.

Knows nothing of how a chart is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from raportti.content.records import StrategyContent, StyledText, SummaryRow, Words
from raportti.layout.bars import (
    Ground,
    Look,
    averages_chart,
    fitting_name,
    legend_height,
    needed_band,
    shares_chart,
    statuses_of,
)
from raportti.layout.frame import Draft, Frame, make_frame, moved_down, require_room
from raportti.layout.typesetting import Setter, first_fitting
from raportti.plan import Item, PageKind, Role, TextBox
from raportti.plan.typeset import Box, Paragraph, room_of
from raportti.units import Emu, pt

NAMES = 0.4
"""The share of a chart's width that the names take."""
BETWEEN = pt(8)
"""Between names and bars, below titles, and above what stands at the foot."""
TALLEST_BAND = pt(46)
"""Of few guidelines the bars would be as thick as the page, and say no more."""
CHARTS = ("averages", "shares")


def chart_pages(strategy: StrategyContent, setter: Setter, words: Words) -> tuple[Draft, ...]:
    """Make the pages of a strategy's charts, in the largest size in which it is one."""
    drafts: tuple[Draft, ...] = ()
    for step in setter.steps("chart_text"):
        drafts = _Sheet(strategy, Look(setter, words, step)).pages()
        if len(drafts) == 1:
            break
    return drafts


@dataclass(frozen=True)
class _Sheet:
    """A strategy's charts in one size, with all that their pages have in common."""

    strategy: StrategyContent
    look: Look

    @property
    def setter(self) -> Setter:
        return self.look.setter

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        return self.strategy.summary.rows

    @property
    def statuses(self) -> tuple[str, ...]:
        return statuses_of(self.rows)

    @cached_property
    def titles(self) -> dict[str, tuple[Paragraph, ...]]:
        return {key: self._title(key) for key in CHARTS}

    def _title(self, key: str) -> tuple[Paragraph, ...]:
        text, width = (StyledText(self.look.words[key], "chart_title"),), self.setter.theme.boxes[key].w
        steps = self.setter.steps("chart_title")
        leading = self.setter.style("chart_title").leading
        return first_fitting(lambda step: (self.setter.paragraph(text, width, step=step),), steps, leading)

    @cached_property
    def names(self) -> dict[str, tuple[Paragraph, ...]]:
        """The names of the guidelines beside each chart, each on a few lines; programs that draw wider have room."""
        return {
            key: tuple(fitting_name(row.guideline, _names_width(box) - BETWEEN, self.look) for row in self.rows)
            for key, box in ((key, self.setter.theme.boxes[key]) for key in CHARTS)
        }

    @cached_property
    def foot(self) -> Emu:
        """The room for scale and legend below the bars, the same for both, so that bars stand side by side."""
        width = self.setter.theme.boxes["shares"].w
        return BETWEEN + max(self.look.text.leading, legend_height(self.statuses, width, self.look))

    @cached_property
    def head(self) -> Emu:
        return max(room_of(title) for title in self.titles.values()) + BETWEEN

    def pages(self) -> tuple[Draft, ...]:
        """Divide the guidelines over pages alike; titles with x/n are known before, as with tables."""
        band = needed_band(self.names.values(), self.look)
        parts = 1
        while True:
            frame = make_frame(self.setter, self.strategy.summary.charts_title, self.strategy.tag, parts, heading=2)
            room = min(self.setter.theme.boxes[key].h for key in CHARTS) - frame.shift - self.head - self.foot
            longest = max((row.guideline for row in self.rows), key=len)
            require_room("row", longest, band, room)
            needed = -(-len(self.rows) // (room // band))
            if needed <= parts:
                break
            parts = needed
        most = -(-len(self.rows) // parts)
        band = max(band, min(TALLEST_BAND, room // most))
        slices = _alike(len(self.rows), parts)
        return tuple(self._draft(frame, number, rows, band) for number, rows in enumerate(slices))

    def _draft(self, frame: Frame, number: int, rows: slice, band: Emu) -> Draft:
        boxes = {key: moved_down(self.setter.theme.boxes[key], frame.shift) for key in CHARTS}
        titles = {
            key: TextBox(Role.CHART_TITLE, self._title_box(boxes[key]), self.titles[key], heading=3) for key in CHARTS
        }
        grounds = {key: self._ground(boxes[key], self.names[key][rows], band) for key in CHARTS}
        shown = self.rows[rows]
        items: tuple[Item, ...] = (
            *frame.heads[number],
            titles["averages"],
            averages_chart(grounds["averages"], shown, self.look),
            titles["shares"],
            shares_chart(grounds["shares"], shown, self.statuses, self.look),
        )
        body = moved_down(self.setter.theme.boxes["body"], frame.shift)
        title = self.strategy.summary.charts_title
        return Draft(PageKind.CHARTS, title, items, body, self.strategy.tag, frame.parts[number], self.strategy.name)

    def _title_box(self, box: Box) -> Box:
        return Box(box.x, box.y, box.w, self.head - BETWEEN)

    def _ground(self, box: Box, names: tuple[Paragraph, ...], band: Emu) -> Ground:
        names_width, height = _names_width(box), band * len(names)
        whole = Box(box.x, box.y + self.head, box.w, height + self.foot)
        left = whole.x + names_width + BETWEEN
        return Ground(whole, Box(left, whole.y, whole.right - left, height), band, names, self.foot - BETWEEN)


def _names_width(box: Box) -> Emu:
    return round(box.w * NAMES)


def _alike(count: int, parts: int) -> Sequence[slice]:
    """Divide a number of rows over pages that differ by one row at most."""
    edges = [count * n // parts for n in range(parts + 1)]
    return [slice(start, end) for start, end in pairwise(edges)]
