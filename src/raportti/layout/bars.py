"""From the figures of guidelines and a ground to charts with horizontal bars: data, and every bar and word placed.

Knows nothing of pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, pairwise

from raportti.content.records import StyledText, SummaryRow, Words, fill_in
from raportti.layout.typesetting import Setter
from raportti.plan.chart import Chart, ChartKind, ChartRectangle, ChartText, Label, Series
from raportti.plan.typeset import Box, Paragraph, Span, Style
from raportti.text.spans import undivided
from raportti.units import Emu, pt

BEST = 5
"""The best grade, where the scale of averages ends. It begins at 0, so that lengths are to each other as averages."""
STATUSES = ("yes", "partly", "no", "not_assessed")
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
class Look:
    """How the charts of a strategy are set: in which styles, words and size (0 the largest)."""

    setter: Setter
    words: Words
    step: int

    @property
    def text(self) -> Style:
        """The style of names, scale and legend."""
        return self.setter.style("chart_text", self.step)

    @property
    def rule(self) -> str:
        """The colour of the lines of a scale."""
        return self.setter.theme.tables["summary"].rule

    def width(self, text: str, style: Style) -> Emu:
        """Measure a line of text."""
        return self.setter.ruler.width((Span(text, style),)) if text else 0

    def name(self, text: str, width: Emu) -> Paragraph:
        """Set a name within a width."""
        return self.setter.paragraph((StyledText(undivided(text), "chart_text"),), width, step=self.step)


@dataclass(frozen=True, slots=True)
class Ground:
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


def fitting_name(name: str, width: Emu, look: Look) -> Paragraph:
    """Set a name on a few lines; one that needs more is cut at a word, and ends with an ellipsis."""
    whole = look.name(name, width)
    if len(whole.lines) <= MOST_LINES:
        return whole
    words = "".join(line.text for line in whole.lines[:MOST_LINES]).split()
    cut = whole
    while words and len(cut.lines) > MOST_LINES:
        words.pop()
        cut = look.name(" ".join(words) + ELLIPSIS, width)
    return cut


def needed_band(names: Iterable[Sequence[Paragraph]], look: Look) -> Emu:
    """Return how tall a band has to be for every name beside it and for the labels within its bar."""
    tallest = max(len(name.lines) * name.leading for of_chart in names for name in of_chart)
    label = max(look.setter.style(status).leading for status in STATUSES)
    return max(tallest + AROUND_NAME, round((label + AROUND_LABEL) / THICKNESS))


def averages_chart(ground: Ground, rows: Sequence[SummaryRow], look: Look) -> Chart:
    """Make the chart of averages: a bar for each guideline, its figure at the end."""
    style, fill = look.setter.style("chart_figure"), look.setter.theme.fills["bar"]
    room = look.width(f"{BEST},0", style) + 2 * AROUND_LABEL
    ground = replace(ground, plot=replace(ground.plot, w=ground.plot.w - room))
    values = tuple(row.figures.average or Decimal(0) for row in rows)
    ends = tuple(ground.plot.x + round(ground.plot.w * value / BEST) for value in values)
    drawing = (
        *_scale(ground, look),
        *(
            ChartRectangle(ground.bar_box(n, ground.plot.x, end - ground.plot.x), fill)
            for n, end in enumerate(ends)
            if values[n]
        ),
        *(_word(row.average, style, ends[n] + AROUND_LABEL, ground.middle(n)) for n, row in enumerate(rows)),
        *_names(ground),
    )
    series = Series(look.words["averages"], values, (Label.VALUE,) * len(values), style, fill, fill)
    told = "; ".join(f"{row.guideline} {row.average}" for row in rows)
    return _chart(ChartKind.BARS, ground, (series,), drawing, "averages", told, look)


def statuses_of(rows: Sequence[SummaryRow]) -> tuple[str, ...]:
    """Return the statuses that a legend has: that of goals not assessed only where there are any."""
    return STATUSES if any(row.figures.not_assessed for row in rows) else STATUSES[:-1]


def shares_chart(ground: Ground, rows: Sequence[SummaryRow], statuses: Sequence[str], look: Look) -> Chart:
    """Make the chart of shares: of each guideline how many goals have which status."""
    series = tuple(_status_series(status, ground.plot.w, rows, look) for status in statuses)
    drawing = (
        *(mark for n, row in enumerate(rows) for mark in _shared_bar(ground, n, row, series, look)),
        *_names(ground),
        *_legend(ground, series, look),
    )
    told = "; ".join(
        f"{row.guideline}: " + ", ".join(f"{look.words[status]} {getattr(row.figures, status)}" for status in statuses)
        for row in rows
    )
    return _chart(ChartKind.SHARES, ground, series, drawing, "shares", told, look)


def legend_height(statuses: Sequence[str], width: Emu, look: Look) -> Emu:
    """Return the height of the legend of shares."""
    lines = _flowed([look.words[status] for status in statuses], width, look)
    return look.text.leading * len({line for line, _ in lines})


def _chart(
    kind: ChartKind,
    ground: Ground,
    series: tuple[Series, ...],
    drawing: tuple[ChartRectangle | ChartText, ...],
    word: str,
    told: str,
    look: Look,
) -> Chart:
    return Chart(
        kind=kind,
        categories=tuple(undivided(name.text) for name in ground.names),
        series=series,
        limit=BEST,
        no_value=look.words["no_score"],
        box=ground.box,
        plot=ground.plot,
        legend=_legend_box(ground, series, look) if kind is ChartKind.SHARES else None,
        bar=ground.bar,
        style=look.text,
        rule_colour=look.rule,
        drawing=drawing,
        name=undivided(look.words[word]),
        description=undivided(fill_in(look.words[f"{word}_description"], luvut=told)),
    )


def _status_series(status: str, width: Emu, rows: Sequence[SummaryRow], look: Look) -> Series:
    style, name = look.setter.style(status), undivided(look.words[status])
    counts = tuple(int(getattr(row.figures, status)) for row in rows)
    labels = tuple(
        _label(name, count, width * count // row.figures.goals, style, look)
        for count, row in zip(counts, rows, strict=True)
    )
    fill = look.setter.theme.fills[status]
    return Series(name, tuple(map(Decimal, counts)), labels, style, fill, style.colour)


def _label(name: str, count: int, room: Emu, style: Style, look: Look) -> Label:
    """Choose the longest label that stands within its part of a bar."""
    for label in (Label.NAME_AND_VALUE, Label.VALUE):
        text = _label_text(label, name, count)
        if count and look.width(text, style) + 2 * AROUND_LABEL <= room:
            return label
    return Label.NOTHING


def _label_text(label: Label, name: str, count: Decimal | int) -> str:
    return {Label.NOTHING: "", Label.VALUE: f"{count}", Label.NAME_AND_VALUE: f"{name} {count}"}[label]


def _shared_bar(
    ground: Ground, number: int, row: SummaryRow, series: Sequence[Series], look: Look
) -> Iterator[ChartRectangle | ChartText]:
    """Draw the bar of a guideline: its parts, each with its label in the middle."""
    ends = tuple(accumulate((int(one.values[number]) for one in series), initial=0))
    places = [ground.plot.x + ground.plot.w * end // row.figures.goals for end in ends]
    for one, (start, end) in zip(series, pairwise(places), strict=True):
        if start < end:
            yield ChartRectangle(ground.bar_box(number, start, end - start), one.fill, one.outline)
            text = _label_text(one.labels[number], one.name, one.values[number])
            if text:
                left = (start + end - look.width(text, one.style)) // 2
                yield _word(text, one.style, left, ground.middle(number))


def _scale(ground: Ground, look: Look) -> Iterator[ChartRectangle | ChartText]:
    """Draw a line and a number for each grade, and the line where bars begin."""
    middle = ground.box.bottom - ground.foot + look.text.leading // 2
    for grade in range(BEST + 1):
        x = ground.plot.x + ground.plot.w * grade // BEST
        yield ChartRectangle(Box(x - THIN // 2, ground.plot.y, THIN, ground.plot.h), look.rule)
        if grade:
            yield _word(str(grade), look.text, x - look.width(str(grade), look.text) // 2, middle)


def _names(ground: Ground) -> Iterator[ChartText]:
    """Set the names of guidelines to the right, against their bars."""
    right = ground.plot.x - AROUND_NAME
    for number, name in enumerate(ground.names):
        top = ground.middle(number) - len(name.lines) * name.leading // 2
        for line_number, line in enumerate(name.lines):
            middle = top + name.leading * line_number + name.leading // 2
            yield _word(line.drawn, line.spans[0].style, right - line.width, middle)


def _legend(ground: Ground, series: Sequence[Series], look: Look) -> Iterator[ChartRectangle | ChartText]:
    style = look.text
    top = ground.box.bottom - ground.foot
    places = _flowed([one.name for one in series], ground.box.w, look)
    for one, (line, x) in zip(series, places, strict=True):
        middle = top + style.leading * line + style.leading // 2
        yield ChartRectangle(Box(ground.box.x + x, middle - SWATCH // 2, SWATCH, SWATCH), one.fill, one.outline)
        yield _word(one.name, style, ground.box.x + x + SWATCH + BESIDE_SWATCH, middle)


def _legend_box(ground: Ground, series: Sequence[Series], look: Look) -> Box:
    """Return the place of the legend: no wider than its entries, or programs would space them out."""
    names = [one.name for one in series]
    ends = (
        x + _entry_width(name, look) for name, (_, x) in zip(names, _flowed(names, ground.box.w, look), strict=True)
    )
    width = min(max(ends) + BETWEEN_ENTRIES, ground.box.w)
    return Box(ground.box.x, ground.box.bottom - ground.foot, width, ground.foot)


def _entry_width(name: str, look: Look) -> Emu:
    return SWATCH + BESIDE_SWATCH + look.width(undivided(name), look.text)


def _flowed(names: Sequence[str], width: Emu, look: Look) -> list[tuple[int, Emu]]:
    """Place the entries of a legend one after the other: the line of each, from 0, and how far from the left."""
    places: list[tuple[int, Emu]] = []
    line, x = 0, 0
    for name in names:
        needed = _entry_width(name, look)
        if x and x + needed > width:
            line, x = line + 1, 0
        places.append((line, x))
        x += needed + BETWEEN_ENTRIES
    return places


def _word(text: str, style: Style, x: Emu, middle: Emu) -> ChartText:
    return ChartText(text, style, x, middle + round(style.size * HALF_CAPITAL))
