"""From the charts of a slide as generated (base), as they are in the deck and as generated now (new) to their parts.

A chart that people formatted keeps its formatting, and gets new data. Does not know tables.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from raportti.decks.conflicts import ConflictResolver
from raportti.decks.readback.reading import ReadSlide
from raportti.decks.refresh.generated import GeneratedSlide
from raportti.decks.refresh.shapes import CHART, ShapeName, shape_label, shapes_by_name
from raportti.ooxml.package import Parts
from raportti.ooxml.xml import C, Element, R, is_same, parsed, written
from raportti.render.pptx.parts import ChartParts

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DATA = ("tx", "dLbls", "cat", "val")
"""The elements of a series that are data; the labels say which points show what."""
_NAMESPACES = {"c": C.strip("{}")}

_Figures: TypeAlias = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""Of each series the name, and the points: a category with its value."""


def refresh_charts(
    parts: Parts,
    slide: ReadSlide,
    there: Mapping[ShapeName, Element],
    versions: tuple[GeneratedSlide, GeneratedSlide],
    resolver: ConflictResolver,
) -> Iterator[str]:
    """Bring the data into the charts on a slide, and name those that changed; ``versions`` are base and new."""
    before, after = map(_charts, versions)
    for name, base in before.items():
        new, frame = after.get(name), there.get(name)
        part = _part_of(parts, slide.part, frame) if frame is not None else None
        if new is None or part is None or base == new:
            continue
        charts = (parsed(base.xml), parts.tree(part), parsed(new.xml))
        if _takes_new(charts, slide.number, shape_label(frame), resolver):
            _put_chart(parts, part, charts, new)
            yield shape_label(frame)


def _charts(slide: GeneratedSlide) -> dict[ShapeName, ChartParts]:
    frames = ((name, frame) for name, frame in shapes_by_name(slide.on_own_layout).items() if name[0] == CHART)
    return {name: slide.charts[_chart_id(frame)] for name, frame in frames}


def _chart_id(frame: Element) -> str:
    """Return the relationship of a frame to its chart."""
    return frame.find(f".//{C}chart").get(f"{R}id")


def _part_of(parts: Parts, slide: str, frame: Element) -> str | None:
    relationship = parts.relationships(slide).get(_chart_id(frame))
    return relationship.target if relationship is not None and relationship.target in parts else None


def _takes_new(charts: tuple[Element, Element, Element], number: int, label: str, resolver: ConflictResolver) -> bool:
    """Return whether a chart gets its new data: not where its figures were edited, or are the new ones already."""
    base, deck, new = map(_figures, charts)
    if deck == new:
        return base == new
    return deck == base or (base != new and resolver.takes_source(number, label, *map(_line, (base, deck, new))))


def _figures(chart: Element) -> _Figures:
    """Read what a chart shows; each program writes its numbers its own way."""
    return tuple(
        ("".join(series.xpath("c:tx//c:v/text()", namespaces=_NAMESPACES)), tuple(_points(series)))
        for series in chart.iter(f"{C}ser")
    )


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


def _line(figures: _Figures) -> str:
    """Write the figures of a chart in a line."""
    return "; ".join(
        f"{name}: {', '.join(' '.join(point) for point in points)}" if name else "" for name, points in figures
    )


def _put_chart(parts: Parts, part: str, charts: tuple[Element, Element, Element], new: ChartParts) -> None:
    """Put the new data into a chart and its workbook; a chart that nobody formatted is replaced."""
    base, deck, wanted = charts
    workbooks = parts.related(part, "package")
    if not _is_as_generated(base, deck) and _put_data(deck, wanted):
        parts.put(part, written(deck))
    elif workbooks:
        _set_workbook(wanted, next(one.id for one in parts.relationships(part).values() if one.type == "package"))
        parts.put(part, written(wanted))
    else:
        _put_whole(parts, part, new)
    for workbook in workbooks:
        parts.put(workbook, new.workbook)


def _is_as_generated(base: Element, deck: Element) -> bool:
    """Compare two charts but for the relationship to the workbook."""
    workbooks = [chart.find(f"{C}externalData") for chart in (base, deck)]
    if any(workbook is None for workbook in workbooks):
        return False
    _set_workbook(base, workbooks[1].get(f"{R}id"))
    return is_same(base, deck)


def _set_workbook(chart: Element, id: str) -> None:
    """Let a chart name its workbook by a relationship."""
    chart.find(f"{C}externalData").set(f"{R}id", id)


def _put_data(deck: Element, new: Element) -> bool:
    """Put names, labels and figures into the series that are there; tell whether these are as many as they should."""
    deck_series, new_series = (list(chart.iter(f"{C}ser")) for chart in (deck, new))
    if len(deck_series) != len(new_series):
        return False
    for pair in zip(deck_series, new_series, strict=True):
        for name in _DATA:
            old, wanted = (series.find(f"{C}{name}") for series in pair)
            if old is not None and wanted is not None:
                pair[0].replace(old, wanted)
    return True


def _put_whole(parts: Parts, part: str, new: ChartParts) -> None:
    """Put a new chart and its workbook into a part that has none."""
    chart = parsed(new.xml)
    name = parts.add("ppt/embeddings/workbook{}.xlsx", new.workbook, _WORKBOOK)
    _set_workbook(chart, parts.relate(part, "package", name))
    parts.put(part, written(chart))


def add_charts(parts: Parts, slide: str, new: GeneratedSlide) -> None:
    """Add the parts of the charts that a slide names by the keys of ``new.charts``."""
    root = parts.tree(slide)
    links = [link for link in root.iter(f"{C}chart") if link.get(f"{R}id") in new.charts]
    for link in links:
        part = parts.add("ppt/charts/chart{}.xml", b"", _CHART)
        _put_whole(parts, part, new.charts[link.get(f"{R}id")])
        link.set(f"{R}id", parts.relate(slide, "chart", part))
    if links:
        parts.put(slide, written(root))
