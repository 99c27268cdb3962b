"""From a strategy's summary to its pages of charts: averages, and shares of the statuses, beside each other.

Does not know how a chart is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from raportti.content.records import StrategyContent, StyledText, SummaryRow, longest
from raportti.content.wording import Words
from raportti.layout.bars import (
    ChartArea,
    ChartSetter,
    averages_chart,
    fitting_name,
    legend_height,
    needed_band,
    shares_chart,
    statuses_of,
)
from raportti.layout.frame import Frame, UnnumberedPage, make_frame, moved_down, on_one_page, require_room
from raportti.layout.theme import Boxes
from raportti.layout.typesetting import Typesetter, first_fitting
from raportti.plan import PageKind, Role, TextBox
from raportti.plan.typeset import Box, Paragraph, room_of
from raportti.report.model import Achieved
from raportti.units import Emu, pt

NAMES = 0.4
"""The share of a chart's width that the names take."""
BETWEEN = pt(8)
"""Between names and bars, below titles, and above what stands at the foot."""
TALLEST_BAND = pt(46)
"""Of few guidelines the bars would be as thick as the page, and say no more."""


def chart_pages(strategy: StrategyContent, setter: Typesetter, words: Words) -> tuple[UnnumberedPage, ...]:
    """Make the pages of a strategy's charts, in the largest size in which it is one."""
    steps = setter.steps("chart_text")
    return on_one_page(lambda step: _ChartPages(strategy, ChartSetter(setter, words, step)).pages(), steps)


@dataclass(frozen=True)
class _ChartPages:
    """A strategy's charts in one size, with all that their pages have in common."""

    strategy: StrategyContent
    charts: ChartSetter

    @property
    def boxes(self) -> Boxes:
        return self.charts.setter.theme.boxes

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        return self.strategy.summary.rows

    @property
    def statuses(self) -> tuple[Achieved, ...]:
        return statuses_of(self.rows)

    @cached_property
    def averages(self) -> "_OneChart":
        return self._chart(self.charts.words.averages, self.boxes.averages)

    @cached_property
    def shares(self) -> "_OneChart":
        return self._chart(self.charts.words.shares, self.boxes.shares)

    def _chart(self, title: str, box: Box) -> "_OneChart":
        setter, text = self.charts.setter, (StyledText(title, "chart_title"),)
        steps, leading = setter.steps("chart_title"), setter.style("chart_title").leading
        width = _names_width(box) - BETWEEN
        return _OneChart(
            box=box,
            title=first_fitting(lambda step: (setter.paragraph(text, box.w, step=step),), steps, leading),
            names=tuple(fitting_name(row.guideline.text, width, self.charts) for row in self.rows),
        )

    @cached_property
    def foot(self) -> Emu:
        """The room for scale and legend below the bars, the same for both, so that bars stand side by side."""
        legend = legend_height(self.statuses, self.boxes.shares.w, self.charts)
        return BETWEEN + max(self.charts.text.leading, legend)

    @cached_property
    def head(self) -> Emu:
        return max(room_of(self.averages.title), room_of(self.shares.title)) + BETWEEN

    def pages(self) -> tuple[UnnumberedPage, ...]:
        """Divide the guidelines over pages alike; titles with x/n are known before, as with tables."""
        setter, title = self.charts.setter, self.strategy.summary.charts_title
        band = needed_band((self.averages.names, self.shares.names), self.charts)
        parts = 1
        while True:
            frame = make_frame(setter, title, self.strategy.tag, parts, heading=2)
            room = min(self.boxes.averages.h, self.boxes.shares.h) - frame.shift - self.head - self.foot
            require_room("row", longest(row.guideline for row in self.rows), band, room)
            needed = -(-len(self.rows) // (room // band))
            if needed <= parts:
                break
            parts = needed
        most = -(-len(self.rows) // parts)
        band = max(band, min(TALLEST_BAND, room // most))
        slices = _alike(len(self.rows), parts)
        return tuple(self._page(frame, number, rows, band) for number, rows in enumerate(slices))

    def _page(self, frame: Frame, number: int, rows: slice, band: Emu) -> UnnumberedPage:
        averages, shares = (self._area(chart, frame, rows, band) for chart in (self.averages, self.shares))
        shown = self.rows[rows]
        return UnnumberedPage(
            kind=PageKind.CHARTS,
            title=self.strategy.summary.charts_title.text,
            items=(
                *frame.heads[number],
                self._title(self.averages, frame),
                averages_chart(averages, shown, self.charts),
                self._title(self.shares, frame),
                shares_chart(shares, shown, self.statuses, self.charts),
            ),
            body=moved_down(self.boxes.body, frame.shift),
            tag=self.strategy.tag.text,
            part=frame.parts[number],
            strategy=self.strategy.name,
        )

    def _title(self, chart: "_OneChart", frame: Frame) -> TextBox:
        box = moved_down(chart.box, frame.shift)
        return TextBox(Role.CHART_TITLE, replace(box, h=self.head - BETWEEN), chart.title, heading=3)

    def _area(self, chart: "_OneChart", frame: Frame, rows: slice, band: Emu) -> ChartArea:
        box, names = moved_down(chart.box, frame.shift), chart.names[rows]
        height = band * len(names)
        whole = Box(box.x, box.y + self.head, box.w, height + self.foot)
        left = whole.x + _names_width(box) + BETWEEN
        return ChartArea(whole, Box(left, whole.y, whole.right - left, height), band, names, self.foot - BETWEEN)


@dataclass(frozen=True, slots=True)
class _OneChart:
    """A chart's box, its title, and the names of all guidelines as they stand beside it, each on a few lines."""

    box: Box
    title: tuple[Paragraph, ...]
    names: tuple[Paragraph, ...]


def _names_width(box: Box) -> Emu:
    return round(box.w * NAMES)


def _alike(count: int, parts: int) -> Sequence[slice]:
    """Divide a number of rows over pages that differ by one row at most."""
    edges = [count * n // parts for n in range(parts + 1)]
    return [slice(start, end) for start, end in pairwise(edges)]
