"""From a brand's slide layouts, and pictures of them, to the two that a report stands on: for its cover, and the rest.

Does not know places. Each choice has its reason, which the user is told; a name that the user gives goes first.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from raportti.layout.making.brand import SUBTITLE, BrandLayout
from raportti.layout.making.ground import Ground
from raportti.problems import Problem, ProblemsFound, nearest

COVER, PAGES = "cover", "pages"
INKS = ("000000", "FFFFFF")
_COVER_NAME = re.compile(r"title slide|cover|kansi|otsikkodia|omslag|rubrikbild|titelfolie", re.IGNORECASE)
_LAST_NAME = re.compile(r"end|thank|closing|section|väli|lopetus|avslut|quote|divider", re.IGNORECASE)
_PAGES_KINDS = {"titleOnly": 100, "tbl": 90, "obj": 85, "tx": 80, "objOnly": 40, "cust": 50, "": 50}
"""Type of a slide layout (ECMA-376-1, 19.7.15) → how good it is for a table below a title."""
_COVER_KINDS = {"title": 100, "secHead": 25, "titleOnly": 15, "vertTx": -30, "vertTitleAndTx": -60}
_OTHER = 20
_COVER_KIND, _COVER_SLOT, _COVER_SUBTITLE, _COVER_NAMED = 100, 60, 30, 25
_ROOM = 120
"""What a slide layout whose whole face is calm gets for it."""
_SEVERAL = 25
"""What each further place for content takes away: a page of two columns is not for a table."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A slide layout with its ground, and why it was taken (an English sentence, which is translated)."""

    layout: BrandLayout
    ground: Ground
    reason: str


def choose(
    layouts: Sequence[BrandLayout], grounds: Sequence[Ground], wanted: Mapping[str, str]
) -> Mapping[str, Chosen]:
    """Choose the slide layout of the cover and that of the other pages; ``wanted`` are names that the user gave.

    Raises ``ProblemsFound`` where there is no slide layout, or none of a name that was given.
    """
    if not layouts:
        raise ProblemsFound([Problem("brand-without-layouts", None)])
    pairs = tuple(zip(layouts, grounds, strict=True))
    _require_known(wanted.values(), [layout.name for layout in layouts])
    found: dict[str, Chosen] = {}
    scores: Mapping[str, Callable[[BrandLayout, Ground], float]] = {COVER: _cover_score, PAGES: _pages_score}
    for purpose, score in scores.items():
        name = wanted.get(purpose)
        if name is not None:
            layout, ground = next(pair for pair in pairs if pair[0].name == name)
            found[purpose] = Chosen(layout, ground, "you named it")
        else:
            layout, ground = max(pairs, key=lambda pair: score(*pair))
            found[purpose] = Chosen(layout, ground, _reason(layout, purpose))
    return found


def _require_known(wanted: Iterable[str], names: Sequence[str]) -> None:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise ProblemsFound(
            [
                Problem(
                    "brand-layout-unknown",
                    None,
                    {"name": name, "suggestion": nearest(name, names), "names": tuple(names)},
                )
                for name in unknown
            ]
        )


def _cover_score(layout: BrandLayout, ground: Ground) -> float:
    score = _COVER_KINDS.get(layout.kind, 0)
    score += _COVER_SLOT if layout.slot("ctrTitle") else 0
    score += _COVER_SUBTITLE if layout.slot(SUBTITLE) else 0
    score += _COVER_NAMED if _COVER_NAME.search(layout.name) else 0
    score -= _COVER_SLOT if layout.title is None else 0
    return score + _room(ground) * _COVER_NAMED


def _pages_score(layout: BrandLayout, ground: Ground) -> float:
    score = _PAGES_KINDS.get(layout.kind, _OTHER)
    score -= _COVER_KIND if layout.title is None or layout.slot("ctrTitle", SUBTITLE) else 0
    score -= _SEVERAL * max(0, len(layout.content) - 1)
    score -= _SEVERAL if _LAST_NAME.search(layout.name) or _COVER_NAME.search(layout.name) else 0
    return score + _room(ground) * _ROOM


def _room(ground: Ground) -> float:
    """Return what share of a slide is calm, in the better one of black and white."""
    return max(float(ground.readable(ink).mean()) for ink in INKS)


def _reason(layout: BrandLayout, purpose: str) -> str:
    if purpose == COVER:
        if layout.slot("ctrTitle") or layout.kind == "title":
            return "it is the template's title slide"
        return "no slide layout is a title slide; this one has most of it"
    if layout.kind == "titleOnly":
        return "it has a title and leaves the rest of the page free"
    return "it leaves most room below its title"
