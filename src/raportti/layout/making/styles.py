"""From places, colours and fonts to the theme of a layout: styles, fills, boxes, gaps and the widths of columns.

Does not know the template. All that no brand says, such as words and margins, is the default layout's, in scale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from raportti.content.records import STYLES, StyleName
from raportti.content.wording import Words
from raportti.layout.making.choice import COVER, PAGES, Chosen
from raportti.layout.making.colours import Scheme, inks_of, readable, title_inks_of
from raportti.layout.making.faces import Faces
from raportti.layout.making.ground import Place
from raportti.layout.making.places import Places
from raportti.layout.theme import (
    BOX_OF_STYLE,
    GROUNDS,
    Anchors,
    AnyTable,
    Boxes,
    ColumnWidths,
    Fills,
    Gaps,
    TableTheme,
    Theme,
    Width,
)
from raportti.plan import Margins
from raportti.plan.typeset import Box, Span, Style
from raportti.text.legibility import SMALLEST
from raportti.text.measure import Ruler, slack_of
from raportti.units import Emu, pt

TITLES: tuple[StyleName, ...] = ("title", "title_part")
HEADINGS: tuple[StyleName, ...] = ("cover_title", *TITLES)
_TITLE_LARGEST, _TITLE_SMALLEST, _COVER_LARGEST, _COVER_SMALLEST = 30, 14, 60, 18
_STEP, _LEADING = 0.84, 1.22
_ROLES: Mapping[str, tuple[StyleName, ...]] = {
    "quiet": ("title_part", "continued", "was", "footer", "number"),
    "accent": ("tag", "bullet", "continuation"),
    "on_brand": ("grade", "table_head", "summary_head"),
    "on_panel": ("legend_title", "legend", "legend_grade"),
    "good": ("change_risen", "risen"),
    "bad": ("change_fallen", "fallen", "draft"),
}
"""Colour of the scheme → the styles that have it; the others have that of text."""
_KEPT: tuple[StyleName, ...] = ("yes", "partly", "no", "not_assessed")
"""Styles on fills that are the same in every layout."""
_SUMMARY_WORDS = {"yes": "summary_yes", "partly": "summary_partly"}
_STATUSES = ("yes", "partly", "no", "not_assessed")
_AIR = pt(3)


def made_theme(
    base: Theme, folder: Path, chosen: Mapping[str, Chosen], places: Places, scheme: Scheme, faces: Faces
) -> Theme:
    """Make the theme of a brand on that of the default layout; its columns are not yet measured."""
    scale = places.scale
    size = chosen[PAGES].ground
    draft = replace(
        base,
        name=folder.name,
        folder=folder,
        width=pt(size.width),
        height=pt(size.height),
        fonts=faces.sources,
        boxes=Boxes(**{key: box_of(places.boxes[key]) for key in Boxes._fields}),
        gaps=Gaps(*(round(gap * scale) for gap in base.gaps)),
        anchors=Anchors(*(chosen[purpose].layout.look.anchor for purpose in (COVER, PAGES))),
        fills=Fills(**{
            **base.fills._asdict(), "cover": scheme.brand, "head": scheme.brand, "disc": scheme.brand,
            "panel": scheme.panel, "bar": scheme.brand,
        }),
        embed_fonts=False,
    )  # fmt: skip
    coloured = replace(draft, grounds=_grounds(chosen, places))
    styles = {key: _style(key, base, coloured, chosen, places, scheme, faces) for key in STYLES}
    return replace(coloured, styles=styles)


def box_of(place: Place) -> Box:
    """Return a place in EMU, to a tenth of a point."""
    x, y = round(place.x, 1), round(place.y, 1)
    return Box(pt(x), pt(y), pt(round(place.right, 1) - x), pt(round(place.bottom, 1) - y))


def _grounds(chosen: Mapping[str, Chosen], places: Places) -> Mapping[str, tuple[str, ...]]:
    """Read what lies below each box; below a plate it is the plate, which is drawn in by now."""
    found: dict[str, tuple[str, ...]] = {}
    for key in (*dict.fromkeys(BOX_OF_STYLE.values()), "body"):
        on_cover = key.startswith("cover")
        ground, box = chosen[COVER if on_cover else PAGES].ground, places.boxes.get(key, places.boxes["draft"])
        found[key] = ground.extremes(box)
    return found


def _style(
    key: StyleName,
    base: Theme,
    theme: Theme,
    chosen: Mapping[str, Chosen],
    places: Places,
    scheme: Scheme,
    faces: Faces,
) -> tuple[Style, ...]:
    colour, first = _colour(key, base, theme, chosen, places, scheme), base.style(key)
    sizes = _sizes(key, base, chosen, places)
    bold = chosen[COVER if key == "cover_title" else PAGES].layout.look.bold if key in HEADINGS else first.bold
    family = faces.headings if key in HEADINGS else faces.text
    tracking = round(first.tracking * places.scale)
    return tuple(Style(family, bold, pt(size), pt(leading), colour, tracking) for size, leading in sizes)


def _colour(
    key: StyleName, base: Theme, theme: Theme, chosen: Mapping[str, Chosen], places: Places, scheme: Scheme
) -> str:
    if key in _KEPT:
        return base.style(key).colour
    box, grounds = BOX_OF_STYLE.get(key, "body"), theme.grounds_of(key)
    on_cover = box.startswith("cover")
    layout = chosen[COVER if on_cover else PAGES].layout
    if key in HEADINGS[:2]:
        return readable(title_inks_of(layout), grounds)
    wanted = next((role for role, styles in _ROLES.items() if key in styles), "ink")
    own = places.inks.get(box, scheme.ink) if on_cover or wanted == "ink" else getattr(scheme, wanted)
    if GROUNDS.get(key) and not on_cover:
        return own
    return readable((own, *inks_of(layout)), grounds)


def _sizes(key: StyleName, base: Theme, chosen: Mapping[str, Chosen], places: Places) -> Sequence[tuple[float, float]]:
    scale = places.scale
    if key == "cover_title":
        look, box = chosen[COVER].layout.look, places.boxes["cover_title"]
        largest = min(look.size / pt(1), _COVER_LARGEST * scale, box.h / 2 / _LEADING)
        return _steps(max(largest, _COVER_SMALLEST * scale), _COVER_SMALLEST * scale)
    if key in TITLES:
        look, box = chosen[PAGES].layout.look, places.boxes["title"]
        largest = min(look.size / pt(1), _TITLE_LARGEST * scale, box.h / _LEADING)
        return _steps(max(largest, _TITLE_SMALLEST * scale), _TITLE_SMALLEST * scale)
    return _scaled(base.styles[key], scale)


def _steps(largest: float, smallest: float) -> Sequence[tuple[float, float]]:
    """Return sizes from the largest to the smallest, each a step smaller, with their leading."""
    least = max(SMALLEST / pt(1), smallest)
    sizes = [max(largest, least)]
    while sizes[-1] > least:
        sizes.append(max(least, sizes[-1] * _STEP))
    rounded = dict.fromkeys(round(size * 2) / 2 for size in sizes)
    return [(size, round(size * _LEADING, 1)) for size in rounded]


def _scaled(styles: Iterable[Style], scale: float) -> Sequence[tuple[float, float]]:
    """Return the sizes of a style in scale; none is smaller than what people can read."""
    pairs: dict[float, float] = {}
    for style in styles:
        size = max(SMALLEST / pt(1), round(style.size / pt(1) * scale * 4) / 4)
        pairs.setdefault(size, round(size * style.leading / style.size, 2))
    return list(pairs.items())


# The columns of tables, which need the fonts.


def with_columns(theme: Theme, ruler: Ruler, scale: float) -> Theme:
    """Give the tables columns that are as wide as their boxes: no narrower than the words of their heads."""
    boxes = {"goals": theme.boxes.body, "summary": theme.boxes.summary, "changes": theme.boxes.changes}
    tables = {
        key: _table(key, table, theme, ruler, boxes[key].w, scale) for key, table in theme.tables._asdict().items()
    }
    return replace(theme, tables=theme.tables._replace(**cast(Any, tables)))


def _table(key: str, table: AnyTable, theme: Theme, ruler: Ruler, width: Emu, scale: float) -> AnyTable:
    margins = Margins(*(round(side * min(scale, 1)) for side in _sides(table.margins)))
    head: StyleName = "table_head" if key == "goals" else "summary_head"
    sets = {
        name: _columns(columns, theme, ruler, width, margins, head)
        for name, columns in cast(Any, table.columns)._asdict().items()
    }
    made = replace(cast(Any, table), margins=margins, columns=cast(Any, table.columns)._replace(**sets))
    return cast("TableTheme[Any]", replace(made, rule_width=round(table.rule_width * min(scale, 1.5))))


def _sides(margins: Margins) -> tuple[Emu, ...]:
    return tuple(getattr(margins, name) for name in Margins.__annotations__)


def _columns(
    columns: ColumnWidths, theme: Theme, ruler: Ruler, width: Emu, margins: Margins, head: StyleName
) -> ColumnWidths:
    own: Mapping[str, Width] = columns._asdict()
    beside = margins.left + margins.right + _AIR
    least = {key: beside + max(_words_of(key, theme, ruler, head), default=0) for key in own}
    least = {key: value + slack_of(value) for key, value in least.items()}
    total = sum(one.preferred for one in own.values())
    shares = {key: one.preferred / total for key, one in own.items()}
    wide = {key for key in own if least[key] > shares[key] * width}
    left = width - sum(least[key] for key in wide)
    rest = sum(share for key, share in shares.items() if key not in wide) or 1
    if left < 0.3 * width:
        widths = {key: share * width for key, share in shares.items()}
    else:
        widths = {key: least[key] if key in wide else left * share / rest for key, share in shares.items()}
    rounded = {key: pt(int(one / pt(0.1)) * 0.1) for key, one in widths.items()}
    return cast(Any, columns)._replace(**{key: Width(one, one, one) for key, one in rounded.items()})


def _words_of(key: str, theme: Theme, ruler: Ruler, head: StyleName) -> Iterable[Emu]:
    """Give the widths of the words that a column should not have to divide."""
    for words in theme.words.values():
        yield from (_width(piece, theme, ruler, head) for piece in _pieces(key, words))
        if key == "achieved":
            for status in _STATUSES:
                style = cast(StyleName, status)
                yield from (_width(piece, theme, ruler, style) for piece in getattr(words, status).split())


def _pieces(key: str, words: Words) -> Iterable[str]:
    text = words.by_key().get(_SUMMARY_WORDS.get(key, key), "")
    for word in text.split():
        parts = word.split("\u00ad")
        yield from (f"{part}-" for part in parts[:-1])
        yield parts[-1]


def _width(text: str, theme: Theme, ruler: Ruler, style: StyleName) -> Emu:
    return ruler.width((Span(text, theme.style(style)),))
