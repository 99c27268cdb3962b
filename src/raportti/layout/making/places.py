"""From the two slide layouts of a report to the boxes of its layout: where titles, tables and footers stand.

Does not know styles. All places are in points; ``scale`` is how large things are beside those of a slide of 960 x
540 pt, for which the sizes below were chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from raportti.layout.making.brand import FOOTER, NUMBER, SUBTITLE, BrandLayout
from raportti.layout.making.choice import Chosen
from raportti.layout.making.ground import CELL, Ground, Place, largest
from raportti.layout.theme import COVER_DRAFT
from raportti.plan import Anchor
from raportti.plan.typeset import Box
from raportti.units import as_pt

_USUAL = 960 * 540
_LARGEST = 2.5
MARGIN, GAP = 24, 8
INSET = 7.2
"""How far text stands from the sides of its placeholder, where a template says nothing else."""
TITLE_TALLEST, TITLE_LOWEST = 84, 40
TITLE_DEEPEST = 0.42
"""The share of a page's height that a title above a table may take with what is above it."""
TAG_WIDTH, TAG_BESIDE = 190, 600
"""How wide the tag is, and how wide a title has to be to leave room for it beside itself."""
LINE, DRAFT, FOOTER_WIDTH, NUMBER_WIDTH, CONTINUATION = 13, (150, 15), 300, 36, 170
LEAST_BODY = (560, 215)
"""Points at scale 1: with less, a plate is laid below."""
ENOUGH_OF_BEST = 0.9
COVER_LIST, COVER_COLOPHON, COVER_TITLE, COVER_NARROWEST = 64, 44, 100, 300
COLOPHON_LOWEST = 40
"""Points of any scale that three lines of the smallest text need."""
BESIDE = 430
"""Points of any scale that two charts need beside each other."""
PORTRAIT = 1.1
"""Width to height: below it the legend stands under the summary, and one chart under the other."""


@dataclass(slots=True)
class Places:
    """Boxes by their keys, in points; ``inks``: box → the colour in which text was found to be readable on it."""

    scale: float
    boxes: dict[str, Place] = field(default_factory=dict[str, Place])
    inks: dict[str, str] = field(default_factory=dict[str, str])
    plates: dict[str, Place] = field(default_factory=dict[str, Place])
    """``cover`` or ``pages`` → where a plain rectangle has to lie below the text."""


def place_of(box: Box) -> Place:
    """Return a box in points."""
    return Place(*(as_pt(side) for side in (box.x, box.y, box.w, box.h)))


def scale_of(ground: Ground) -> float:
    """Return how large text is on a slide beside that on one of 960 x 540 pt."""
    return min(_LARGEST, sqrt(ground.width * ground.height / _USUAL))


@dataclass(frozen=True, slots=True)
class Page:
    """A slide layout while it is being laid out: its ground, and the colours that may be tried, the best first."""

    chosen: Chosen
    inks: Sequence[str]
    scale: float

    @property
    def layout(self) -> BrandLayout:
        return self.chosen.layout

    @property
    def ground(self) -> Ground:
        return self.chosen.ground

    @property
    def whole(self) -> Place:
        return Place(0, 0, self.ground.width, self.ground.height)

    def slot(self, *types: str) -> Place | None:
        """Return the place of a placeholder, as far as it is on the slide."""
        found = self.layout.slot(*types)
        if found is None or found.box is None:
            return None
        place = place_of(found.box)
        edge = MARGIN / 2 * self.scale
        x, y = max(edge, place.x + INSET), max(0, place.y)
        right = min(place.right - INSET, self.whole.w - edge)
        return Place(x, y, right - x, min(place.bottom, self.whole.h) - y)

    def widest(
        self, within: Place, blocked: Sequence[Place] = (), *, need: tuple[float, float] | None = None
    ) -> tuple[Place, str]:
        """Return the largest place for text, and its colour: the first that has nearly as much as the best.

        A place without edges and textures goes first, where it is as large as is needed.
        """
        for calm in (True, False):
            found = [(largest(self.ground.readable(ink, calm=calm), within, blocked), ink) for ink in self.inks]
            best = max(place.area for place, _ in found)
            place, ink = next(one for one in found if one[0].area >= ENOUGH_OF_BEST * best)
            enough = place.w >= need[0] and place.h >= need[1] if need else best >= ENOUGH_OF_BEST / 2 * within.area
            if enough or not calm:
                return place, ink
        return Place(0, 0, 0, 0), self.inks[0]

    def ink_on(self, place: Place) -> str | None:
        """Return the first colour that can be read on all of a place."""
        return next((ink for ink in self.inks if self.ground.fits(place, ink)), None)

    def find(self, size: tuple[float, float], near: Place, blocked: Sequence[Place]) -> tuple[Place, str] | None:
        """Return the place of a size that is nearest to another, clear of some, on which a colour can be read."""
        free = [one for one in _spots(size, self.whole.inset(4)) if not any(_meet(one, other) for other in blocked)]
        for spot in sorted(free, key=lambda one: abs(one.x - near.x) + 2 * abs(one.y - near.y)):
            ink = self.ink_on(spot)
            if ink is not None:
                return spot, ink
        return (free[0], self.inks[0]) if free else None


def _spots(size: tuple[float, float], within: Place) -> Iterator[Place]:
    step = 4 * CELL
    for y in range(int(within.y), int(within.bottom - size[1]) + 1, step):
        for x in range(int(within.x), int(within.right - size[0]) + 1, step):
            yield Place(x, y, *size)


def _meet(one: Place, other: Place) -> bool:
    wide = max(one.x, other.x) < min(one.right, other.right)
    return wide and max(one.y, other.y) < min(one.bottom, other.bottom)


def make_places(cover: Page, pages: Page) -> Places:
    """Find a place for everything, first on the pages, then for the mark of a draft on all, last on the cover."""
    places = Places(pages.scale)
    _head(pages, places)
    _foot(pages, places)
    _body(pages, places)
    _draft(cover, pages, places)
    _cover(cover, places)
    return places


# The pages.


def _head(page: Page, places: Places) -> None:
    """Place the title where the template has it, and the tag at its right, else above it."""
    s, slot = page.scale, page.slot("title", "ctrTitle")
    title = slot or Place(MARGIN * s, MARGIN * s, page.whole.w - 2 * MARGIN * s, TITLE_TALLEST * s)
    if title.bottom > TITLE_DEEPEST * page.whole.h and title.w > page.whole.w / 3:
        title = page.widest(_top(page, MARGIN / 2 * s))[0]
    title = _of_height(title, page.layout.look.anchor, s, page.whole)
    best, _ = page.widest(title)
    if best.h < TITLE_LOWEST * s - CELL or best.w < title.w / 2:
        best, _ = page.widest(_top(page, title.y))
    if best.h >= TITLE_LOWEST * s - CELL:
        title = _of_height(best, Anchor.TOP, s, page.whole)
    if title.w >= TAG_BESIDE * s:
        tag = Place(title.right - TAG_WIDTH * s, title.y, TAG_WIDTH * s, min(title.h, 48 * s))
        title = Place(title.x, title.y, title.w - (TAG_WIDTH + 12) * s, title.h)
    else:
        line = _line(s)
        tag = Place(title.x, title.y, title.w, line)
        title = Place(title.x, title.y + line + 2, title.w, max(title.h - line - 2, TITLE_LOWEST * s - line))
    for key, place in (("title", title), ("tag", tag)):
        places.boxes[key], places.inks[key] = place, page.ink_on(place) or page.widest(place)[1]


def _top(page: Page, y: float) -> Place:
    """Return where a title may be that has no good place of its own: on the upper part of the page."""
    s = page.scale
    return Place(MARGIN * s, y, page.whole.w - 2 * MARGIN * s, 1.6 * TITLE_TALLEST * s)


def _line(s: float) -> float:
    """Return the height of a line of the smallest text, which is never smaller than people can read."""
    return max(LINE * s, LINE)


def _of_height(title: Place, anchor: Anchor, s: float, whole: Place) -> Place:
    """Keep a title's place to a height that leaves room for a table; it stays where its text would have stood."""
    title = Place(title.x, title.y, title.w, max(title.h, TITLE_LOWEST * s))
    tall = min(title.h, TITLE_TALLEST * s)
    spare = title.h - tall
    if title.h > whole.h / 3:
        anchor = Anchor.TOP
    down = {Anchor.TOP: 0, Anchor.MIDDLE: spare / 2, Anchor.BOTTOM: spare}[anchor]
    return Place(title.x, title.y + down, title.w, tall)


def _foot(page: Page, places: Places) -> None:
    """Place footer, number and the mark of continuation, each where the template has it or nearest to that."""
    s, whole = page.scale, page.whole
    line = _line(s)
    number, footer = page.slot(NUMBER), page.slot(FOOTER)
    row = number or footer or Place(MARGIN * s, whole.h - 2 * line, 0, line)
    y = min(row.y + max(0, row.h - line) / 2, whole.h - line - 4)
    title = places.boxes["title"]
    if y < title.bottom:
        y = whole.h - line - 8
    margins = (max(title.x, MARGIN / 2 * s), min(max(title.right, places.boxes["tag"].right), whole.w - MARGIN / 2 * s))
    blocked = [places.boxes["title"], places.boxes["tag"]]
    wanted = (
        (
            "number",
            (NUMBER_WIDTH * s, line),
            Place(number.right - NUMBER_WIDTH * s if number else margins[1] - NUMBER_WIDTH * s, y, 0, 0),
        ),
        ("footer", (FOOTER_WIDTH * s, line), Place(footer.x if footer else margins[0], y, 0, 0)),
        ("continuation", (CONTINUATION * s, line), Place(margins[1] - CONTINUATION * s, y, 0, 0)),
    )
    for key, size, near in wanted:
        found = page.find(size, near, [*blocked, *(one.inset(-3) for one in places.boxes.values())])
        place, ink = found or (Place(near.x, near.y, *size), page.inks[0])
        places.boxes[key], places.inks[key] = place, ink


def _body(page: Page, places: Places) -> None:
    """Take the largest calm place below the title and above the foot; where there is none, lay a plate."""
    s, whole, title = page.scale, page.whole, places.boxes["title"]
    slots = [place_of(slot.box) for slot in page.layout.content if slot.box is not None]
    left = max(MARGIN / 2 * s, min([title.x, *(slot.x for slot in slots)]))
    right = min(whole.w - MARGIN / 2 * s, max([places.boxes["tag"].right, *(slot.right for slot in slots)]))
    foot = ("footer", "number", "continuation")
    bottom = min([one.y for key in foot if (one := places.boxes[key]).y > whole.h / 2] or [whole.h - MARGIN * s])
    blocked = [places.boxes[key].inset(-GAP * s / 2) for key in ("title", "tag", *foot)]
    top = title.bottom if title.w > whole.w / 3 and title.bottom < whole.h / 2 else MARGIN * s
    within = Place(left, top + GAP * s, right - left, bottom - top - 2 * GAP * s)
    need = (min(LEAST_BODY[0] * s, 0.8 * whole.w), LEAST_BODY[1] * s)
    body, ink = page.widest(within, blocked, need=need)
    if body.w < need[0] or body.h < need[1]:
        body, ink = within, page.inks[0]
        places.plates["pages"] = body.inset(-GAP * s / 2)
    places.boxes["body"], places.inks["body"] = body, ink
    places.boxes |= parts_of_body(body, s)


def parts_of_body(body: Place, s: float) -> Mapping[str, Place]:
    """Divide the body of the pages that have more than a table on them."""
    gap, sentence = 16 * s, 22 * s
    top = body.y + sentence + 12 * s
    rest = body.bottom - top
    if body.w / body.h >= PORTRAIT and body.w >= BESIDE:
        wide, half = (body.w - gap) * 0.66, (body.w - gap) / 2
        summary = Place(body.x, top, wide, rest)
        legend = Place(body.x + wide + gap, top, body.w - wide - gap, rest)
        averages = Place(body.x, body.y, half, body.h)
        shares = Place(body.x + half + gap, body.y, half, body.h)
    else:
        tall, half = (rest - gap) * 0.6, (body.h - gap) / 2
        summary = Place(body.x, top, body.w, tall)
        legend = Place(body.x, top + tall + gap, body.w, rest - tall - gap)
        averages = Place(body.x, body.y, body.w, half)
        shares = Place(body.x, body.y + half + gap, body.w, half)
    return {
        "sentence": Place(body.x, body.y, body.w, sentence),
        "scale": Place(body.x, body.y + GAP * s, body.w, body.h - GAP * s),
        "summary": summary,
        "changes": Place(body.x, top, body.w, rest),
        "legend": legend,
        "averages": averages,
        "shares": shares,
    }


# The cover.


def _cover(page: Page, places: Places) -> None:
    """Place the title where the template has it, then the strategies, then what the report says of itself."""
    s, whole = page.scale, page.whole
    slot = page.slot("ctrTitle", "title") or Place(MARGIN * s, whole.h / 4, whole.w - 2 * MARGIN * s, whole.h / 3)
    draft = places.boxes["draft"].inset(-3)
    if _meet(slot, draft):
        slot = Place(slot.x, draft.bottom, slot.w, max(slot.bottom - draft.bottom, TITLE_TALLEST * s))
    title, ink = _cover_title(page, slot, draft)
    colophon = max(COVER_COLOPHON * s, COLOPHON_LOWEST)
    needed = (COVER_LIST + 6) * s + colophon
    if (title.w < COVER_NARROWEST * s or title.h < COVER_TITLE * s / 2) and page.widest(whole.inset(MARGIN * s))[
        0
    ].area > title.area:
        # The title's own place is cut by what the template draws: a calm one is taken for all.
        calm, ink = page.widest(whole.inset(MARGIN * s), [draft])
        title = Place(calm.x, calm.y, calm.w, max(calm.h / 2, calm.h - 2 * needed))
    rest, list_ink = page.widest(_below_title(page, title), [draft])
    if rest.h < needed or rest.w < COVER_NARROWEST * s:
        title, rest, list_ink = _raised(page, title, draft, needed) or (title, rest, list_ink)
        ink = page.ink_on(title) or ink
    if rest.h < needed or rest.w < COVER_NARROWEST * s:
        rest, list_ink = page.widest(whole.inset(MARGIN * s), [title.inset(-GAP * s), draft])
    if rest.h < needed or rest.w < min(COVER_NARROWEST * s, slot.w):
        whole_text = Place(
            slot.x, title.y, slot.w, min(whole.h - MARGIN * s, title.bottom + needed + GAP * s) - title.y
        )
        places.plates["cover"] = whole_text.inset(-GAP * s)
        rest = Place(slot.x, whole_text.bottom - needed, slot.w, needed)
        title = Place(slot.x, title.y, slot.w, rest.y - GAP * s - title.y)
    places.boxes |= {
        "cover_title": title,
        "cover_strategies": Place(rest.x, rest.y, rest.w, rest.h - colophon - 6 * s),
        "cover_colophon": Place(rest.x, rest.bottom - colophon, rest.w, colophon),
    }
    places.inks |= {"cover_title": ink, "cover_strategies": list_ink, "cover_colophon": list_ink}


def _raised(page: Page, title: Place, draft: Place, needed: float) -> tuple[Place, Place, str] | None:
    """Move a title up that stands too low for the strategies below it, where all of that is calm."""
    s = page.scale
    column = Place(title.x, MARGIN * s, title.w, page.whole.h - 2 * MARGIN * s)
    calm, ink = page.widest(column, [draft])
    tall = min(title.h, max(COVER_TITLE * s, calm.h / 3))
    if calm.w < COVER_NARROWEST * s or calm.h < tall + 2 * GAP * s + needed:
        return None
    y = max(calm.y, min(title.y, calm.bottom - needed - 2 * GAP * s - tall))
    top = y + tall + GAP * s
    return Place(calm.x, y, calm.w, tall), Place(calm.x, top, calm.w, calm.bottom - top), ink


def _cover_title(page: Page, slot: Place, draft: Place) -> tuple[Place, str]:
    s, whole = page.scale, page.whole
    slot = Place(slot.x, slot.y, slot.w, min(slot.h, whole.h * 0.6))
    best, ink = page.widest(slot)
    if best.h >= COVER_TITLE / 2 * s and best.w >= slot.w / 2:
        slot = best
    if slot.h < COVER_TITLE * s:
        tall = COVER_TITLE * s
        up = Place(slot.x, max(MARGIN / 2, slot.bottom - tall), slot.w, min(tall, slot.bottom - MARGIN / 2))
        ways = (up, Place(slot.x, slot.y, slot.w, tall), Place(slot.x, slot.y - tall / 4, slot.w, tall))
        slot = next((one for one in ways if page.ink_on(one) and not _meet(one, draft)), slot)
    return slot, page.ink_on(slot) or ink


def _below_title(page: Page, title: Place) -> Place:
    """Return where the strategies may be: from the subtitle's place down, else from below the title."""
    s, subtitle = page.scale, page.slot(SUBTITLE, "body")
    bottom = page.whole.h - MARGIN * s
    if subtitle is None or subtitle.y < title.bottom - 2:
        return Place(title.x, title.bottom + GAP * s, title.w, max(0, bottom - title.bottom - GAP * s))
    y = max(subtitle.y, title.bottom + 4 * s)
    return Place(subtitle.x, y, subtitle.w, max(0, bottom - y))


def _draft(cover: Page, pages: Page, places: Places) -> None:
    """Find a place for the mark of a draft, which is the same on all pages: as high on the right as there is one."""
    s = pages.scale
    size = (DRAFT[0] * s, max(DRAFT[1] * s, LINE))
    blocked = [place.inset(-2) for place in places.boxes.values()]
    near = Place(places.boxes["tag"].right - size[0], 4, 0, 0)
    inner = pages.whole.inset(4)
    free = [spot for spot in _spots(size, inner) if not any(_meet(spot, other) for other in blocked)]
    ordered = sorted(free, key=lambda one: abs(one.x - near.x) + 2 * abs(one.y - near.y))
    good = (spot for spot in ordered if pages.ink_on(spot) and cover.ink_on(spot))
    spot = next(good, ordered[0] if ordered else Place(near.x, near.y, *size))
    places.boxes["draft"] = spot
    places.inks["draft"] = pages.ink_on(spot) or pages.inks[0]
    places.inks[COVER_DRAFT] = cover.ink_on(spot) or cover.inks[0]
