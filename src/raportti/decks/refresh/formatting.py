"""From an element as generated (base), as it is in the deck and as it is generated now (new) to what it becomes.

What people changed by hand stays: text, place, size, fill and the formatting of text. The rest follows the new data.
Does not know which elements belong together.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from raportti.ooxml.xml import A, Element, P, canonical, children, clone, is_same

ROUNDING = 700
"""EMU by which LibreOffice rounds lengths, which it keeps in hundredths of a millimetre."""
_RUNS = (f"{A}rPr", f"{A}endParaRPr")
_FILLS = (f"{A}noFill", f"{A}solidFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")
_DEFAULTS = {"b": "0", "i": "0", "u": "none", "strike": "noStrike", "sz": ""}
"""The attributes of a run that people change by hand, and what their absence means."""
_MARGINS = ("marL", "marR", "marT", "marB")
_BOOLEANS = {"true": "1", "false": "0"}

_Reader: TypeAlias = Callable[[Element], str]


def keep_formatting(base: Element, deck: Element, new: Element) -> None:
    """Give a new text the formatting that people gave the old one, where all runs of that have the same."""
    for name, read in _readers().items():
        before, after = _common(base, read), _common(deck, read)
        if after is not None and before is not None and before != after:
            for properties in new.iter(*_RUNS):
                properties.set(name, after)
    _keep_colour(base, deck, new)
    _keep_alignment(base, deck, new)


def _readers() -> Mapping[str, _Reader]:
    def reader(name: str, default: str) -> _Reader:
        return lambda run: str(_BOOLEANS.get(run.get(name, default), run.get(name, default)))

    return {name: reader(name, default) for name, default in _DEFAULTS.items()}


def _run_properties(body: Element) -> list[Element]:
    """Return the properties of the runs that have text; a run without any is formatted as its placeholder."""
    found = (run.find(f"{A}rPr") for run in body.iter(f"{A}r") if (run.findtext(f"{A}t") or "").strip())
    return [properties for properties in found if properties is not None]


def _common(body: Element, read: _Reader) -> str | None:
    """Return the value that all runs share; None where they differ."""
    values = {read(run) for run in _run_properties(body)}
    return values.pop() if len(values) == 1 else None


def _colour(run: Element) -> str:
    fill = run.find(f"{A}solidFill")
    return _comparable(fill) if fill is not None else ""


def _comparable(fill: Element) -> str:
    """Write a fill as text that is the same for the same fill; LibreOffice writes its letters small."""
    return canonical(fill).decode().upper()


def _keep_colour(base: Element, deck: Element, new: Element) -> None:
    before, after = _common(base, _colour), _common(deck, _colour)
    if before and after and before != after:
        fill = _run_properties(deck)[0].find(f"{A}solidFill")
        for properties in new.iter(*_RUNS):
            for old in children(properties, *_FILLS):
                properties.replace(old, clone(fill))


def _keep_alignment(base: Element, deck: Element, new: Element) -> None:
    before, after = ({properties.get("algn", "l") for properties in body.iter(f"{A}pPr")} for body in (base, deck))
    if len(before) == 1 and len(after) == 1 and before != after:
        for properties in new.iter(f"{A}pPr"):
            properties.set("algn", *after)


def keep_fill(base: Element, deck: Element, new: Element) -> None:
    """Give a new cell the fill that people gave the old one, unless the data change the fill too."""
    fills = [fill for cell in (base, deck, new) for fill in _cell_fill(cell)]
    if len(fills) == 3 and _comparable(fills[0]) == _comparable(fills[2]) != _comparable(fills[1]):
        new.find(f"{A}tcPr").replace(fills[2], clone(fills[1]))


def keep_margins(base: Element, deck: Element, new: Element) -> None:
    """Give a new cell the margins that the old one has, where they are not as generated.

    LibreOffice (7.4) writes no margins above and below: its cells would stand higher than a new one beside them.
    """
    before, now, after = (cell.find(f"{A}tcPr") for cell in (base, deck, new))
    if before is None or now is None or after is None:
        return
    for name in _MARGINS:
        value, generated = now.get(name), before.get(name)
        if value is None:
            after.attrib.pop(name, None)
        elif value != generated and not _is_rounded(value, generated):
            after.set(name, value)


def _cell_fill(cell: Element) -> Iterator[Element]:
    """Give the fill of a cell, if it has one of its own."""
    properties = cell.find(f"{A}tcPr")
    if properties is not None:
        yield from list(children(properties, *_FILLS))[:1]


def update_frame(base: Element, deck: Element, new: Element, *, with_height: bool = True) -> None:
    """Let place, size, name and description of a frame follow the data, where nobody changed them."""
    for path, names in (
        (f"{P}xfrm/{A}off", ("x", "y")),
        (f"{P}xfrm/{A}ext", ("cx", "cy") if with_height else ("cx",)),
        (f".//{P}cNvPr", ("name", "descr")),
    ):
        before, now, after = (frame.find(path) for frame in (base, deck, new))
        for name in names:
            update_attribute(before, now, after, name)


def update_place(base: Element, deck: Element, new: Element) -> None:
    """Move a shape where the data move it, unless people moved it; ``base`` and ``new`` say where they are."""
    before, after = (shape.find(f"{P}spPr/{A}xfrm") for shape in (base, new))
    if is_same(before, after):
        return
    place = deck.find(f"{P}spPr/{A}xfrm")
    if place is None:
        deck.find(f"{P}spPr").insert(0, clone(after))
        return
    for part, names in (("off", ("x", "y")), ("ext", ("cx", "cy"))):
        was, now, wanted = (xfrm.find(f"{A}{part}") for xfrm in (before, place, after))
        for name in names:
            update_attribute(was, now, wanted, name)


def update_attribute(base: Element, deck: Element, new: Element, name: str) -> None:
    """Give an attribute its new value, where it is as it was generated (LibreOffice drops descriptions)."""
    before, after = base.get(name), new.get(name)
    if before != after and (deck.get(name) in (before, None) or _is_rounded(deck.get(name), before)):
        deck.set(name, after)


def _is_rounded(length: str, generated: str | None) -> bool:
    try:
        return generated is not None and abs(int(length) - int(generated)) <= ROUNDING
    except ValueError:
        return False
