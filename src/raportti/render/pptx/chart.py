"""From a chart of the plan to a native PowerPoint chart (ECMA-376-1, 21.2), and to its frame on a slide.

Does not know packages. Places and colours are the plan's; the reader's program draws the bars from the data.
"""

from collections.abc import Iterator
from typing import assert_never

from raportti.ooxml.xml import CHART, DRAWING, RELATIONSHIPS, XML, attribute, hundredths, solid
from raportti.plan.chart import Chart, ChartKind, Label, Series
from raportti.plan.typeset import Box, Style
from raportti.render.pptx.text import RunDefaults, place
from raportti.units import pt

SHEET = "Luvut"
_LOCALES = {"fi": "[$-40B]", "sv": "[$-81D]"}
"""With them LibreOffice writes a decimal comma on any machine; Excel and PowerPoint go by the machine's own locale."""
_CATEGORIES, _VALUES = 1001, 1002
"""The numbers of the axes."""
_THIN = pt(0.75)
_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_ONE_LINE = ' wrap="none"'
"""For labels, which fit on a line: in a low chart LibreOffice (7.4) would break them."""
_GROUPING = {ChartKind.BARS: "clustered", ChartKind.SHARES: "percentStacked"}
_LABEL_PLACE = {ChartKind.BARS: "outEnd", ChartKind.SHARES: "ctr"}


def chart_frame(chart: Chart, *, number: int, name: str, relationship: str) -> str:
    """Write the frame of a chart; ``relationship`` is the slide's to the part of the chart."""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{attribute(name)}" '
        f'descr="{attribute(chart.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{place(chart.box, 'p')}"
        f'<a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="{relationship}"/></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def chart_xml(chart: Chart, defaults: RunDefaults, workbook: str) -> str:
    """Write the part of a chart; ``workbook`` is its relationship to the workbook with its data."""
    return (
        f'{XML}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}">'
        f'<c:date1904 val="0"/><c:lang val="{attribute(defaults.language)}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(chart.plot, chart.box, inner=True)}'
        f"{_bars(chart, defaults)}{_category_axis(chart, defaults)}{_value_axis(chart, defaults)}</c:plotArea>"
        f'{_legend(chart, defaults)}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text(chart.style, defaults)}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def number_format(chart: Chart, language: str = "") -> str:
    """Return the format of values: averages have a decimal, a missing one has its sign, a count of 0 is not written."""
    match chart.kind:
        case ChartKind.BARS:
            sign = chart.no_value.replace('"', "")
            return f'{_LOCALES.get(language[:2], "")}0.0;;"{sign}"'
        case ChartKind.SHARES:
            return "0;;"
        case _:
            assert_never(chart.kind)


def _layout(box: Box, within: Box, *, inner: bool = False) -> str:
    """Write the place of a part of a chart, in shares of the whole chart."""
    shares = {
        "x": (box.x - within.x) / within.w,
        "y": (box.y - within.y) / within.h,
        "w": box.w / within.w,
        "h": box.h / within.h,
    }
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    places = "".join(f'<c:{side} val="{share:.6f}"/>' for side, share in shares.items())
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout><c:manualLayout>{target}{modes}{places}</c:manualLayout></c:layout>"


def _bars(chart: Chart, defaults: RunDefaults) -> str:
    band = chart.plot.h / len(chart.categories)
    gap = round((band - chart.bar) / chart.bar * 100)
    series = "".join(_series(n, one, chart, defaults) for n, one in enumerate(chart.series))
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{_GROUPING[chart.kind]}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="100"/><c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/>'
        "</c:barChart>"
    )


def _series(number: int, series: Series, chart: Chart, defaults: RunDefaults) -> str:
    column, last = chr(ord("B") + number), len(chart.categories) + 1
    names = "".join(f'<c:pt idx="{n}"><c:v>{attribute(name)}</c:v></c:pt>' for n, name in enumerate(chart.categories))
    values = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(series.values))
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{attribute(series.name)}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx><c:spPr>{solid(series.fill)}{_line(series.outline)}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{_labels(series, chart, defaults)}'
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>{attribute(number_format(chart))}</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
        "</c:ser>"
    )


def _labels(series: Series, chart: Chart, defaults: RunDefaults) -> str:
    """Write the labels of a series: its values, and the labels of points that show more or less than that."""
    points = "".join(_point_labels(series, chart, defaults))
    return f"<c:dLbls>{points}{_label(series, chart, defaults, named=False)}</c:dLbls>"


def _point_labels(series: Series, chart: Chart, defaults: RunDefaults) -> Iterator[str]:
    for number, label in enumerate(series.labels):
        match label:
            case Label.VALUE:
                pass
            case Label.NOTHING:
                yield f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
            case Label.NAME_AND_VALUE:
                yield f'<c:dLbl><c:idx val="{number}"/>{_label(series, chart, defaults, named=True)}</c:dLbl>'
            case _:
                assert_never(label)


def _label(series: Series, chart: Chart, defaults: RunDefaults, *, named: bool) -> str:
    code = attribute(number_format(chart, defaults.language))
    separator = "<c:separator> </c:separator>" if named else ""
    return (
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr><a:noFill/>{_NO_LINE}</c:spPr>'
        f"{_text(series.style, defaults, wrap=_ONE_LINE)}"
        f'<c:dLblPos val="{_LABEL_PLACE[chart.kind]}"/><c:showLegendKey val="0"/>'
        f'<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="{int(named)}"/><c:showPercent val="0"/>'
        f'<c:showBubbleSize val="0"/>{separator}'
    )


def _category_axis(chart: Chart, defaults: RunDefaults) -> str:
    """Write the axis of names, the first one on top."""
    line = _line(chart.rule_colour) if chart.kind is ChartKind.BARS else _NO_LINE
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{line}</c:spPr>{_text(chart.style, defaults)}<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart, defaults: RunDefaults) -> str:
    """Write the axis of values below the bars: a scale from 1, which is hidden for shares."""
    is_scale = chart.kind is ChartKind.BARS
    lines = f"<c:majorGridlines><c:spPr>{_line(chart.rule_colour)}</c:spPr></c:majorGridlines>" if is_scale else ""
    most, step = (chart.limit, "1") if is_scale else (1, "0.2")
    return (
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:max val="{most}"/>'
        f'<c:min val="0"/></c:scaling><c:delete val="{int(not is_scale)}"/><c:axPos val="b"/>{lines}'
        '<c:numFmt formatCode="0;;" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr>{_NO_LINE}</c:spPr>{_text(chart.style, defaults)}'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="max"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{step}"/></c:valAx>'
    )


def _legend(chart: Chart, defaults: RunDefaults) -> str:
    if chart.legend is None:
        return ""
    placed = _layout(chart.legend, chart.box)
    return f'<c:legend><c:legendPos val="b"/>{placed}<c:overlay val="0"/>{_text(chart.style, defaults)}</c:legend>'


def _text(style: Style, defaults: RunDefaults, *, wrap: str = "") -> str:
    properties = (
        f'sz="{hundredths(style.size)}" b="{int(style.bold)}"><a:solidFill><a:srgbClr val="{style.colour}"/>'
        f'</a:solidFill><a:latin typeface="{attribute(style.family)}"/>'
    )
    return (
        f"<c:txPr><a:bodyPr{wrap}/><a:lstStyle/><a:p><a:pPr><a:defRPr {properties}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="{attribute(defaults.language)}"/></a:p></c:txPr>'
    )


def _line(colour: str) -> str:
    return f'<a:ln w="{_THIN}">{solid(colour)}</a:ln>'
