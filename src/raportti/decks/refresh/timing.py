"""From the animations of a slide to those whose shapes are still on it. Does not know why a shape is gone."""

from raportti.ooxml.xml import Element, P

_EFFECT = "presetClass"
"""The attribute of the time node that is one effect (ECMA-376-1, 19.5.33)."""
_OF_CLICK = "interactiveSeq"
_CONTAINERS = tuple(f"{P}{name}" for name in ("childTnLst", "cTn", "par", "seq", "tnLst"))


def drop_animations(root: Element) -> None:
    """Take away the effects of shapes that are not on the slide any more; PowerPoint writes none of nothing."""
    timing = root.find(f"{P}timing")
    if timing is None:
        return
    there = {naming.get("id") for naming in root.iter(f"{P}cNvPr")}
    for target in [one for one in timing.iter(f"{P}spTgt") if one.get("spid") not in there]:
        nodes = target.iterancestors(f"{P}par", f"{P}seq")
        effect: Element = next((node for node in nodes if _is_effect(node)), None)
        if effect is not None and effect.getparent() is not None:
            _remove_with_empty(effect, timing)
    for build in [one for one in timing.iterfind(f"{P}bldLst/*") if one.get("spid") not in there]:
        _remove_with_empty(build, timing)
    if any(one.get("spid") not in there for one in timing.iter(f"{P}spTgt")) or timing.find(f"{P}tnLst") is None:
        root.remove(timing)


def _is_effect(node: Element) -> bool:
    """Return whether a node of time is one effect, or all effects that a click on a shape starts."""
    time_node = node.find(f"{P}cTn")
    return time_node is not None and (time_node.get(_EFFECT) is not None or time_node.get("nodeType") == _OF_CLICK)


def _remove_with_empty(element: Element, timing: Element) -> None:
    """Remove an element, and what around it is empty then: lists of times must have something in them."""
    parent = element.getparent()
    parent.remove(element)
    while parent is not timing and (len(parent) == 0 or (parent.tag in _CONTAINERS and not _has_effect(parent))):
        element, parent = parent, parent.getparent()
        parent.remove(element)


def _has_effect(node: Element) -> bool:
    return any(time_node.get(_EFFECT) is not None for time_node in node.iter(f"{P}cTn"))
