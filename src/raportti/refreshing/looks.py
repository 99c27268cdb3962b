"""From how a text was generated and how it looks now to the same look on a new text. Knows no words and no places."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from raportti.refreshing.xml import A, Element, canonical, children, clone

_RUNS = (f"{A}rPr", f"{A}endParaRPr")
_FILLS = (f"{A}noFill", f"{A}solidFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")
_PLAIN = {"b": "0", "i": "0", "u": "none", "strike": "noStrike", "sz": ""}
"""The attributes of a run that people change by hand, and what their absence means."""
_TRUE = {"true": "1", "false": "0"}

_Reader: TypeAlias = Callable[[Element], str]


def carry(base: Element, now: Element, new: Element) -> None:
    """Give a new text what was changed by hand in the look of the old one, where that is of one look."""
    for name, read in _readers().items():
        before, after = _common(base, read), _common(now, read)
        if after is not None and before is not None and before != after:
            for properties in new.iter(*_RUNS):
                properties.set(name, after)
    _carry_colour(base, now, new)
    _carry_alignment(base, now, new)


def _readers() -> Mapping[str, _Reader]:
    def reader(name: str, plain: str) -> _Reader:
        return lambda run: str(_TRUE.get(run.get(name, plain), run.get(name, plain)))

    return {name: reader(name, plain) for name, plain in _PLAIN.items()}


def _runs(body: Element) -> list[Element]:
    """Return how the runs that have text look; one without a look of its own is as its placeholder."""
    found = (run.find(f"{A}rPr") for run in body.iter(f"{A}r") if (run.findtext(f"{A}t") or "").strip())
    return [look for look in found if look is not None]


def _common(body: Element, read: _Reader) -> str | None:
    values = {read(run) for run in _runs(body)}
    return values.pop() if len(values) == 1 else None


def _colour(run: Element) -> str:
    """Say a colour as text; LibreOffice writes its letters small."""
    fill = run.find(f"{A}solidFill")
    return canonical(fill).decode().upper() if fill is not None else ""


def _carry_colour(base: Element, now: Element, new: Element) -> None:
    before, after = _common(base, _colour), _common(now, _colour)
    if before and after and before != after:
        hand = _runs(now)[0].find(f"{A}solidFill")
        for properties in new.iter(*_RUNS):
            _put_fill(properties, hand)


def _put_fill(properties: Element, fill: Element) -> None:
    for old in children(properties, *_FILLS):
        properties.replace(old, clone(fill))


def _carry_alignment(base: Element, now: Element, new: Element) -> None:
    before, after = (_alignments(body) for body in (base, now))
    if len(before) == 1 and len(after) == 1 and before != after:
        for properties in new.iter(f"{A}pPr"):
            properties.set("algn", *after)


def _alignments(body: Element) -> set[str]:
    return {properties.get("algn", "l") for properties in body.iter(f"{A}pPr")}


def carry_fill(base: Element, now: Element, new: Element) -> None:
    """Give a new cell the fill that was changed by hand, unless the data gives it another one too."""
    fills = [next(children(cell.find(f"{A}tcPr"), *_FILLS), None) for cell in (base, now, new) if _has_fill(cell)]
    if len(fills) == 3 and _said(fills[0]) == _said(fills[2]) != _said(fills[1]):
        new.find(f"{A}tcPr").replace(fills[2], clone(fills[1]))


def _has_fill(cell: Element) -> bool:
    properties = cell.find(f"{A}tcPr")
    return properties is not None and any(True for _ in children(properties, *_FILLS))


def _said(fill: Element) -> str:
    return canonical(fill).decode().upper()
