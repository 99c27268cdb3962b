"""From the figures of guidelines and an area to charts with horizontal bars: data, and every bar and word placed.

Does not know pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, pairwise

from raportti.content.records import StyledText, SummaryRow, status_style
from raportti.content.wording import Words, fill_in, of_status
from raportti.layout.typesetting import Typesetter
from raportti.plan.chart import Chart, ChartKind, ChartRectangle, ChartText, Label, Series
from raportti.plan.typeset import Box, Paragraph, Span, Style
from raportti.report.model import DECIDED, Achieved
from raportti.text.spans import undivided
from raportti.units import Emu, pt

BEST = 5
"""The best grade, where the scale of averages ends. It begins at 0, so that lengths are to each other as averages."""
THICKNESS = 0.6
"""The share of its band that a bar is thick."""
AROUND_LABEL = pt(3)
AROUND_NAME = pt(6)
MOST_LINES = 4
"""Of a name; the table of the summary has it whole."""
SWATCH, BESIDE_SWATCH, BETWEEN_ENTRIES = pt(9), pt(5), pt(14)
THIN = pt(0.75)
HALF_CAPITAL = 0.36
"""The half height of capitals as a share of the size: as much below the middle of a line is its baseline."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class ChartSetter:
    """How the charts of a strategy are set: in which styles, words and size (0 the largest)."""

    setter: Typesetter
    words: Words
    step: int

    @property
    def text(self) -> Style:
        """The style of names, scale and legend."""
        return self.setter.style("chart_text", self.step)

    @property
    def rule(self) -> str:
        """The colour of the lines of a scale."""
        return self.setter.theme.tables.summary.rule

    def width(self, text: str, style: Style) -> Emu:
        """Measure a line of text."""
        return self.setter.ruler.width((Span(text, style),)) if text else 0

    def name(self, text: str, width: Emu) -> Paragraph:
        """Set a name within a width."""
        return self.setter.paragraph((StyledText(undivided(text), "chart_text"),), width, step=self.step)


@dataclass(frozen=True, slots=True)
class ChartArea:
    """Where a chart is, its bars, and how tall the band of each of its guidelines; ``foot``: the room below."""

    box: Box
    plot: Box
    band: Emu
    names: tuple[Paragraph, ...]
    foot: Emu

    @property
    def bar(self) -> Emu:
        return round(self.band * THICKNESS)

    def middle(self, number: int) -> Emu:
        """Return the middle of a band, counted from 0."""
        return self.plot.y + self.band * number + self.band // 2

    def bar_box(self, number: int, start: Emu, width: Emu) -> Box:
        """Return the place of a bar or of a part of it."""
        return Box(start, self.middle(number) - self.bar // 2, width, self.bar)


def fitting_name(name: str, width: Emu, charts: ChartSetter) -> Paragraph:
    """Set a name on a few lines; one that needs more is cut at a word, and ends with an ellipsis."""
    whole = charts.name(name, width)
    if len(whole.lines) <= MOST_LINES:
        return whole
    words = "".join(line.text for line in whole.lines[:MOST_LINES]).split()
    cut = whole
    while words and len(cut.lines) > MOST_LINES:
        words.pop()
        cut = charts.name(" ".join(words) + ELLIPSIS, width)
    return cut


def needed_band(names: Iterable[Sequence[Paragraph]], charts: ChartSetter) -> Emu:
    """Return how tall a band has to be for every name beside it and for the labels within its bar."""
    tallest = max(len(name.lines) * name.leading for of_chart in names for name in of_chart)
    label = max(charts.setter.style(status_style(status)).leading for status in DECIDED)
    return max(tallest + AROUND_NAME, round((label + AROUND_LABEL) / THICKNESS))


def averages_chart(area: ChartArea, rows: Sequence[SummaryRow], charts: ChartSetter) -> Chart:
    """Make the chart of averages: a bar for each guideline, its figure at the end."""
    style, fill = charts.setter.style("chart_figure"), charts.setter.theme.fills.bar
    room = charts.width(f"{BEST},0", style) + 2 * AROUND_LABEL
    area = replace(area, plot=replace(area.plot, w=area.plot.w - room))
    values = tuple(row.figures.average or Decimal(0) for row in rows)
    ends = tuple(area.plot.x + round(area.plot.w * value / BEST) for value in values)
    drawing = (
        *_scale(area, charts),
        *(
            ChartRectangle(area.bar_box(n, area.plot.x, end - area.plot.x), fill)
            for n, end in enumerate(ends)
            if values[n]
        ),
        *(_word(row.average, style, ends[n] + AROUND_LABEL, area.middle(n)) for n, row in enumerate(rows)),
        *_names(area),
    )
    words = charts.words
    series = Series(words.averages, values, (Label.VALUE,) * len(values), style, fill, fill)
    figures = "; ".join(f"{row.guideline.text} {row.average}" for row in rows)
    description = fill_in(words.averages_description, luvut=figures)
    return _chart(ChartKind.BARS, area, (series,), drawing, words.averages, description, charts)


def statuses_of(rows: Sequence[SummaryRow]) -> tuple[Achieved, ...]:
    """Return the statuses that a legend has: that of goals not assessed only where there are any."""
    is_complete = not any(row.figures.not_assessed for row in rows)
    return tuple(status for status in DECIDED if not (is_complete and status is Achieved.NOT_ASSESSED))


def shares_chart(
    area: ChartArea, rows: Sequence[SummaryRow], statuses: Sequence[Achieved], charts: ChartSetter
) -> Chart:
    """Make the chart of shares: of each guideline how many goals have which status."""
    series = tuple(_status_series(status, area.plot.w, rows, charts) for status in statuses)
    drawing = (
        *(mark for n, row in enumerate(rows) for mark in _shared_bar(area, n, row, series, charts)),
        *_names(area),
        *_legend(area, series, charts),
    )
    words = charts.words
    figures = "; ".join(f"{row.guideline.text}: {_shares(row, statuses, words)}" for row in rows)
    description = fill_in(words.shares_description, luvut=figures)
    return _chart(ChartKind.SHARES, area, series, drawing, words.shares, description, charts)


def _shares(row: SummaryRow, statuses: Sequence[Achieved], words: Words) -> str:
    return ", ".join(f"{of_status(words, status)} {of_status(row.figures, status)}" for status in statuses)


def legend_height(statuses: Sequence[Achieved], width: Emu, charts: ChartSetter) -> Emu:
    """Return the height of the legend of shares."""
    lines = _flowed([of_status(charts.words, status) for status in statuses], width, charts)
    return charts.text.leading * len({line for line, _ in lines})


def _chart(
    kind: ChartKind,
    area: ChartArea,
    series: tuple[Series, ...],
    drawing: tuple[ChartRectangle | ChartText, ...],
    name: str,
    description: str,
    charts: ChartSetter,
) -> Chart:
    return Chart(
        kind=kind,
        categories=tuple(undivided(name.text) for name in area.names),
        series=series,
        limit=BEST,
        no_value=charts.words.no_score,
        box=area.box,
        plot=area.plot,
        legend=_legend_box(area, series, charts) if kind is ChartKind.SHARES else None,
        bar=area.bar,
        style=charts.text,
        rule_colour=charts.rule,
        drawing=drawing,
        name=undivided(name),
        description=undivided(description),
    )


def _status_series(status: Achieved, width: Emu, rows: Sequence[SummaryRow], charts: ChartSetter) -> Series:
    style, name = charts.setter.style(status_style(status)), undivided(of_status(charts.words, status))
    counts = tuple(of_status(row.figures, status) for row in rows)
    labels = tuple(
        _label(name, count, width * count // row.figures.goals, style, charts)
        for count, row in zip(counts, rows, strict=True)
    )
    fill = of_status(charts.setter.theme.fills, status)
    return Series(name, tuple(map(Decimal, counts)), labels, style, fill, style.colour)


def _label(name: str, count: int, room: Emu, style: Style, charts: ChartSetter) -> Label:
    """Choose the longest label that stands within its part of a bar."""
    for label in (Label.NAME_AND_VALUE, Label.VALUE):
        text = _label_text(label, name, count)
        if count and charts.width(text, style) + 2 * AROUND_LABEL <= room:
            return label
    return Label.NOTHING


def _label_text(label: Label, name: str, count: Decimal | int) -> str:
    return {Label.NOTHING: "", Label.VALUE: f"{count}", Label.NAME_AND_VALUE: f"{name} {count}"}[label]


def _shared_bar(
    area: ChartArea, number: int, row: SummaryRow, series: Sequence[Series], charts: ChartSetter
) -> Iterator[ChartRectangle | ChartText]:
    """Draw the bar of a guideline: its parts, each with its label in the middle."""
    ends = tuple(accumulate((int(one.values[number]) for one in series), initial=0))
    places = [area.plot.x + area.plot.w * end // row.figures.goals for end in ends]
    for one, (start, end) in zip(series, pairwise(places), strict=True):
        if start < end:
            yield ChartRectangle(area.bar_box(number, start, end - start), one.fill, one.outline)
            text = _label_text(one.labels[number], one.name, one.values[number])
            if text:
                left = (start + end - charts.width(text, one.style)) // 2
                yield _word(text, one.style, left, area.middle(number))


def _scale(area: ChartArea, charts: ChartSetter) -> Iterator[ChartRectangle | ChartText]:
    """Draw a line and a number for each grade, and the line where bars begin."""
    middle = area.box.bottom - area.foot + charts.text.leading // 2
    for grade in range(BEST + 1):
        x = area.plot.x + area.plot.w * grade // BEST
        yield ChartRectangle(Box(x - THIN // 2, area.plot.y, THIN, area.plot.h), charts.rule)
        if grade:
            yield _word(str(grade), charts.text, x - charts.width(str(grade), charts.text) // 2, middle)


def _names(area: ChartArea) -> Iterator[ChartText]:
    """Set the names of guidelines to the right, against their bars."""
    right = area.plot.x - AROUND_NAME
    for number, name in enumerate(area.names):
        top = area.middle(number) - len(name.lines) * name.leading // 2
        for line_number, line in enumerate(name.lines):
            middle = top + name.leading * line_number + name.leading // 2
            yield _word(line.drawn, line.spans[0].style, right - line.width, middle)


def _legend(area: ChartArea, series: Sequence[Series], charts: ChartSetter) -> Iterator[ChartRectangle | ChartText]:
    style = charts.text
    top = area.box.bottom - area.foot
    places = _flowed([one.name for one in series], area.box.w, charts)
    for one, (line, x) in zip(series, places, strict=True):
        middle = top + style.leading * line + style.leading // 2
        yield ChartRectangle(Box(area.box.x + x, middle - SWATCH // 2, SWATCH, SWATCH), one.fill, one.outline)
        yield _word(one.name, style, area.box.x + x + SWATCH + BESIDE_SWATCH, middle)


def _legend_box(area: ChartArea, series: Sequence[Series], charts: ChartSetter) -> Box:
    """Return the place of the legend: no wider than its entries, or programs would space them out."""
    names = [one.name for one in series]
    ends = (
        x + _entry_width(name, charts) for name, (_, x) in zip(names, _flowed(names, area.box.w, charts), strict=True)
    )
    width = min(max(ends) + BETWEEN_ENTRIES, area.box.w)
    return Box(area.box.x, area.box.bottom - area.foot, width, area.foot)


def _entry_width(name: str, charts: ChartSetter) -> Emu:
    return SWATCH + BESIDE_SWATCH + charts.width(undivided(name), charts.text)


def _flowed(names: Sequence[str], width: Emu, charts: ChartSetter) -> list[tuple[int, Emu]]:
    """Place the entries of a legend one after the other: the line of each, from 0, and how far from the left."""
    places: list[tuple[int, Emu]] = []
    line, x = 0, 0
    for name in names:
        needed = _entry_width(name, charts)
        if x and x + needed > width:
            line, x = line + 1, 0
        places.append((line, x))
        x += needed + BETWEEN_ENTRIES
    return places


def _word(text: str, style: Style, x: Emu, middle: Emu) -> ChartText:
    return ChartText(text, style, x, middle + round(style.size * HALF_CAPITAL))
