"""From the charts of a slide as generated, as they are and as the data want them to the parts that they become.

A chart that people gave another look keeps it, and gets new data. Knows no tables.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from raportti.decks.refresh.drawing import Sheet
from raportti.decks.refresh.records import Disputes
from raportti.decks.refresh.shapes import CHART, Identity, called, identities
from raportti.ooxml.package import Parts
from raportti.ooxml.xml import C, Element, R, is_same, parsed, written
from raportti.render.pptx.parts import ChartParts

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DATA = ("tx", "dLbls", "cat", "val")
"""What of a series is data; the labels say which points show what."""

Figures: TypeAlias = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""Of each series the name, and the points: a category with its value."""


def refresh_charts(
    parts: Parts, slide: str, there: Mapping[Identity, Element], sheets: tuple[Sheet, Sheet], disputes: Disputes, n: int
) -> Iterator[str]:
    """Bring the data into the charts of slide ``n`` that are there already, and name those that changed."""
    before, after = (_charts(sheet) for sheet in sheets)
    for identity in before.keys() & after.keys() & there.keys():
        frame, base, new = there[identity], before[identity], after[identity]
        part = _part_of(parts, slide, frame)
        if part is not None and base != new and _refreshed(parts, part, base, new, disputes, (n, called(frame))):
            yield called(frame)


def _charts(sheet: Sheet) -> dict[Identity, ChartParts]:
    frames = ((identity, frame) for identity, frame in identities(sheet.tied).items() if identity[0] == CHART)
    return {identity: sheet.charts[_link(frame).get(f"{R}id")] for identity, frame in frames}


def _link(frame: Element) -> Element:
    return frame.find(f".//{C}chart")


def _part_of(parts: Parts, slide: str, frame: Element) -> str | None:
    links = {id: relationship.target for id, relationship in parts.relationships(slide).items()}
    name = links.get(_link(frame).get(f"{R}id"))
    return name if name is not None and name in parts else None


def _refreshed(
    parts: Parts, part: str, base: ChartParts, new: ChartParts, disputes: Disputes, named: tuple[int, str]
) -> bool:
    """Give a chart its new data, unless its figures were changed by hand; tell whether it changed."""
    was, now, wants = parsed(base.xml), parts.tree(part), parsed(new.xml)
    before, says, data = map(_figures, (was, now, wants))
    if says not in (before, data):
        number, name = named
        if before == data or not disputes.takes_data(number, name, *map(_told, (before, says, data))):
            return False
    elif says == data and before != data:
        return False
    workbooks = parts.related(part, "package")
    if _is_as_generated(was, now) or not _put_data(now, wants):
        if not workbooks:
            return _whole(parts, part, new)
        now = _linked(wants, parts, part)
    parts.put(part, written(now))
    for workbook in workbooks:
        parts.put(workbook, new.workbook)
    return True


def _is_as_generated(was: Element, now: Element) -> bool:
    """Compare two charts but for the relationship to the workbook."""
    links = [chart.find(f"{C}externalData") for chart in (was, now)]
    if any(link is None for link in links):
        return False
    links[0].set(f"{R}id", links[1].get(f"{R}id"))
    return is_same(was, now)


def _linked(chart: Element, parts: Parts, part: str) -> Element:
    """Let a new chart name the workbook that its part leads to already."""
    [link, *_] = (one.id for one in parts.relationships(part).values() if one.type == "package")
    chart.find(f"{C}externalData").set(f"{R}id", link)
    return chart


def _whole(parts: Parts, part: str, new: ChartParts) -> bool:
    """Put a whole new chart in the place of one that has no workbook."""
    chart = parsed(new.xml)
    name = parts.add("ppt/embeddings/workbook{}.xlsx", new.workbook, _WORKBOOK)
    chart.find(f"{C}externalData").set(f"{R}id", parts.relate(part, "package", name))
    parts.put(part, written(chart))
    return True


def _put_data(now: Element, wants: Element) -> bool:
    """Put names, labels and figures into the series that are there; tell whether these are as many as they should."""
    pairs = list(zip(*(list(chart.iter(f"{C}ser")) for chart in (now, wants)), strict=False))
    if len({len(list(chart.iter(f"{C}ser"))) for chart in (now, wants)}) != 1:
        return False
    for mine, its in pairs:
        for name in _DATA:
            old, new = (series.find(f"{C}{name}") for series in (mine, its))
            if old is not None and new is not None:
                mine.replace(old, new)
    return True


def _figures(chart: Element) -> Figures:
    """Read what a chart shows; any program writes its numbers its own way."""
    return tuple(
        ("".join(series.xpath("c:tx//c:v/text()", namespaces=_NAMES)), tuple(_points(series)))
        for series in chart.iter(f"{C}ser")
    )


_NAMES = {"c": C.strip("{}")}


def _points(series: Element) -> Iterator[tuple[str, ...]]:
    names, values = (
        {point.get("idx"): point.findtext(f"{C}v") or "" for point in series.iterfind(f"{C}{of}//{C}pt")}
        for of in ("cat", "val")
    )
    for number, name in names.items():
        yield " ".join(name.split()), _number(values.get(number, ""))


def _number(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text


def _told(figures: Figures) -> str:
    """Say the figures of a chart in a line."""
    return "; ".join(
        f"{name}: {', '.join(' '.join(point) for point in points)}" if name else "" for name, points in figures
    )


def drop_charts(parts: Parts, slide: str) -> None:
    """Let a slide lead no more to charts that are not on it."""
    there = {link.get(f"{R}id") for link in parts.tree(slide).iter(f"{C}chart")}
    for relationship in parts.relationships(slide).values():
        if relationship.type == "chart" and relationship.id not in there:
            parts.unrelate(slide, relationship.id)


def add_charts(parts: Parts, slide: str, new: Sheet) -> None:
    """Add the parts of charts that a slide calls by the names of its drawing."""
    root = parts.tree(slide)
    links = [link for link in root.iter(f"{C}chart") if link.get(f"{R}id") in new.charts]
    for link in links:
        drawn = new.charts[link.get(f"{R}id")]
        part = parts.add("ppt/charts/chart{}.xml", b"", _CHART)
        _whole(parts, part, drawn)
        link.set(f"{R}id", parts.relate(slide, "chart", part))
    if links:
        parts.put(slide, written(root))
