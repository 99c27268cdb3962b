"""From a theme to the problems in its values: what is too small, too large, or does not go together.

Does not know files: each problem names the key that is at fault.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

from raportti.content.records import StyleName
from raportti.layout.choices import Columns
from raportti.layout.theme import BODY, BOX_OF_STYLE, FILE, GROUNDS, PAPER, SMALLEST_BODY, AnyTable, Theme
from raportti.plan.typeset import Box, Style
from raportti.problems import FilePlace, Problem
from raportti.text.legibility import SMALLEST, contrast, contrast_needed
from raportti.units import Emu, as_pt, pt

WRONG_BY_ITSELF = "layout-value"
"""The kind of a value that is wrong whatever the others are: what follows from it is not reported."""


class Finding(NamedTuple):
    """A problem, and the paths of the values that it follows from; the first is the key at fault."""

    kind: str
    paths: tuple[str, ...]
    values: Mapping[str, object]


def wrong(path: str, value: str, expected: str, *others: str) -> Finding:
    """Find a value that is wrong by itself."""
    return Finding(WRONG_BY_ITSELF, (path, *others), {"value": value, "expected": expected})


def no_room(path: str, room: Emu, needed: Emu, *others: str) -> Finding:
    """Find too little room for what has to go there."""
    return Finding("layout-room", (path, *others), {"room": as_pt(max(room, 0)), "needed": as_pt(needed)})


def points(length: Emu) -> str:
    """Write a length in points, without zeros that say nothing."""
    return f"{as_pt(length):g}"


SMALLEST_SLIDE, LARGEST_SLIDE = pt(72), pt(4032)
"""By ECMA-376-1, 19.7.18 (ST_SlideSizeCoordinate)."""
LARGEST_SIZE = pt(200)
LEAST_LEADING, MOST_LEADING = 0.8, 3
"""Times the size: below the one, lines run into each other; above the other, nobody sees that they belong together."""
MOST_TRACKING = 0.5
"""Times the size."""
THICKEST_RULE = pt(6)
NARROWEST_TEXT = pt(20)
LEAST_LETTERS = 2
"""A text's width has to be this many times its size: one wide letter and a hyphen."""
LEAST_HANG = 0.5
"""Times the size of a bullet: with less it lies on its text."""
ROUNDING = pt(0.05)
"""What columns may be wider than their box: their widths are rounded where they are written."""

STYLES_IN_BOX: Mapping[str, StyleName] = {
    "cover_title": "cover_title",
    "cover_strategies": "cover_list",
    "cover_colophon": "cover_colophon",
    "title": "title",
    "tag": "tag",
    "sentence": "sentence",
    "scale": "scale",
    "legend": "legend",
    "footer": "footer",
    "continuation": "continuation",
    "number": "number",
    "draft": "draft",
    "averages": "chart_title",
    "shares": "chart_title",
}
GAPS_IN_BOX: Mapping[str, tuple[str, ...]] = {
    "cover_strategies": ("cover_hang",),
    "scale": ("disc", "disc_text"),
    "legend": ("legend_padding", "legend_padding"),
}
"""Box → what it loses of its width before its text begins."""
CHARTS = ("averages", "shares")
NARROWEST_CHART = pt(200)
"""With less, names and bars are too short to distinguish."""
LEAST_GRAPHIC = 3.0
"""The contrast that graphics need with what is beside them (WCAG 2.1, 1.4.11)."""
FRAME = ("title", "tag", "footer", "continuation", "number", "draft")
PAGES_OF_BOXES = (
    ("cover_title", "cover_strategies", "cover_colophon", "draft"),
    (*FRAME, "body"),
    (*FRAME, "scale"),
    (*FRAME, *CHARTS),
    (*FRAME, "sentence", "summary", "legend"),
    (*FRAME, "sentence", "changes"),
)
STYLES_IN_TABLE: Mapping[str, tuple[StyleName, ...]] = {
    "goals": ("table_head", "table_text", "score"),
    "summary": ("summary_head", "summary_text", "summary_average"),
    "changes": ("summary_head", "change_text", "change_after", "change_risen", "change_fallen"),
}
BOX_OF_TABLE = {"goals": "body", "summary": "summary", "changes": "changes"}
HEADER_ROWS = {"goals": 1, "summary": 2, "changes": 1}
LEVELS_IN_COLUMN = {"subgoals": 2}
"""Column → how deep its lists are."""


def check_theme(theme: Theme, *, known: Collection[str] = ()) -> tuple[Problem, ...]:
    """Find the values that would make wrong pages; what only follows from a wrong key is left out.

    ``known`` are the paths of keys that are reported as wrong already, with stand-ins for their values in the theme.
    """
    place = FilePlace(str(theme.folder / FILE))
    problems: list[Problem] = []
    wrong = set(known)
    for check in CHECKS:
        found = [finding for finding in check(theme) if not _follows(finding, wrong)]
        problems += (Problem(one.kind, place, {"key": one.paths[0], **one.values}) for one in found)
        wrong |= {one.paths[0] for one in found if one.kind == WRONG_BY_ITSELF}
    return tuple(problems)


def _follows(finding: Finding, wrong: Collection[str]) -> bool:
    return any(_is_within(path, key) or _is_within(key, path) for path in finding.paths for key in wrong)


def _is_within(path: str, other: str) -> bool:
    return path == other or path.startswith((f"{other}.", f"{other}["))


def _slide(theme: Theme) -> Iterator[Finding]:
    for key, length in (("width", theme.width), ("height", theme.height)):
        if not SMALLEST_SLIDE <= length <= LARGEST_SLIDE:
            yield wrong(f"slide.{key}", points(length), "a length from 72 to 4032 pt")


def _boxes(theme: Theme) -> Iterator[Finding]:
    for key, box in theme.boxes._asdict().items():
        path, value = f"boxes.{key}", f"[{', '.join(map(points, (box.x, box.y, box.w, box.h)))}]"
        if not (box.w and box.h):
            yield wrong(path, value, "a box wider and taller than 0")
        elif box.right > theme.width or box.bottom > theme.height:
            yield wrong(path, value, "a box on the slide", "slide")


def _rooms(theme: Theme) -> Iterator[Finding]:
    """Ask each box for room for a line of its text in its smallest size."""
    boxes, lengths = theme.boxes._asdict(), theme.gaps._asdict()
    for key, style in STYLES_IN_BOX.items():
        box, sizes, gaps = boxes[key], theme.styles[style], GAPS_IN_BOX.get(key, ())
        others = (f"styles.{style}", *(f"gaps.{gap}" for gap in gaps))
        room, needed = box.w - sum(lengths[gap] for gap in gaps), _narrowest(sizes[-1:])
        if box.w and room < needed:
            yield no_room(f"boxes.{key}", room, needed, *others)
        if box.h and sizes and box.h < sizes[-1].leading:
            yield no_room(f"boxes.{key}", box.h, sizes[-1].leading, *others)
    for key in CHARTS:
        if 0 < boxes[key].w < NARROWEST_CHART:
            yield no_room(f"boxes.{key}", boxes[key].w, NARROWEST_CHART)
    for key in (*BOX_OF_TABLE.values(), *CHARTS):
        if 0 < boxes[key].h < SMALLEST_BODY:
            yield no_room(f"boxes.{key}", boxes[key].h, SMALLEST_BODY)


def _narrowest(styles: Iterable[Style]) -> Emu:
    return max((NARROWEST_TEXT, *(LEAST_LETTERS * style.size for style in styles)))


def _overlaps(theme: Theme) -> Iterator[Finding]:
    boxes = theme.boxes._asdict()
    pairs = dict.fromkeys(pair for keys in PAGES_OF_BOXES for pair in combinations(keys, 2))
    for one, other in pairs:
        if _overlap(boxes[one], boxes[other]):
            yield Finding("layout-boxes", (f"boxes.{one}", f"boxes.{other}"), {"other": f"boxes.{other}"})


def _overlap(one: Box, other: Box) -> bool:
    wide = max(one.x, other.x) < min(one.right, other.right)
    return wide and max(one.y, other.y) < min(one.bottom, other.bottom)


def _styles(theme: Theme) -> Iterator[Finding]:
    for key, styles in theme.styles.items():
        path = f"styles.{key}.sizes"
        for style in styles:
            pair = f"[{points(style.size)}, {points(style.leading)}]"
            if not SMALLEST <= style.size <= LARGEST_SIZE:
                yield wrong(path, pair, "a size from 9 to 200 pt")
            elif not LEAST_LEADING * style.size <= style.leading <= MOST_LEADING * style.size:
                yield wrong(path, pair, "leading from 0.8 to 3 times the size")
        if any(one.size < other.size for one, other in pairwise(styles)):
            sizes = ", ".join(points(style.size) for style in styles)
            yield wrong(path, sizes, "sizes from the largest to the smallest")
        if styles and styles[0].tracking > MOST_TRACKING * styles[-1].size:
            yield wrong(f"styles.{key}.tracking", points(styles[0].tracking), "at most half the size", path)


def _gaps(theme: Theme) -> Iterator[Finding]:
    for key, gap in theme.gaps._asdict().items():
        if gap > theme.height / 4:
            yield wrong(f"gaps.{key}", points(gap), "at most a quarter of the slide's height", "slide")
    hanging: tuple[tuple[str, Emu, StyleName, float], ...] = (
        ("disc", theme.gaps.disc, "grade", 1),
        ("cover_hang", theme.gaps.cover_hang, "cover_bullet", LEAST_HANG),
        ("bullet_hang", theme.gaps.bullet_hang, "bullet", LEAST_HANG),
    )
    for key, gap, style, times in hanging:
        least = round(times * max((size.size for size in theme.styles[style]), default=0))
        if gap < least:
            yield no_room(f"gaps.{key}", gap, least, f"styles.{style}")


def _tables(theme: Theme) -> Iterator[Finding]:
    for key, table in theme.tables._asdict().items():
        if table.rule_width > THICKEST_RULE:
            yield wrong(f"tables.{key}.rule_width", points(table.rule_width), "at most 6 pt")
        yield from _rows(theme, key, table)
        yield from _narrow_columns(theme, key, table)
        yield from _wide_columns(theme, key, table)


def _rows(theme: Theme, key: str, table: AnyTable) -> Iterator[Finding]:
    """Ask for room for the header and a row of one line."""
    rows, box = HEADER_ROWS[key] + 1, BOX_OF_TABLE[key]
    height = theme.boxes._asdict()[box].h
    room = height - rows * (table.margins.top + table.margins.bottom)
    needed = rows * max((style.leading for style in _styles_in(theme, key)), default=0)
    if height >= SMALLEST_BODY and room < needed:
        yield no_room(f"tables.{key}.margins", room, needed, f"boxes.{box}", *_style_paths(key))


def _narrow_columns(theme: Theme, key: str, table: AnyTable) -> Iterator[Finding]:
    sides = table.margins.left + table.margins.right
    needed = _narrowest(_styles_in(theme, key))
    rooms = {
        f"tables.{key}.columns.{name}.{column}": width.least
        - sides
        - LEVELS_IN_COLUMN.get(column, 0) * theme.gaps.bullet_hang
        for name, widths in table.columns._asdict().items()
        for column, width in widths._asdict().items()
    }
    margins, hang = f"tables.{key}.margins", "gaps.bullet_hang"
    narrow = {path: room for path, room in rooms.items() if room < needed}
    if 2 * len(narrow) > len(rooms):
        yield no_room(margins, min(rooms.values()), needed, *rooms, hang, *_style_paths(key))
    else:
        yield from (no_room(path, room, needed, margins, hang, *_style_paths(key)) for path, room in narrow.items())


def _wide_columns(theme: Theme, key: str, table: AnyTable) -> Iterator[Finding]:
    """Hold the widths that a table has at least against its box: with widths by the text, the least ones."""
    box, is_auto = BOX_OF_TABLE[key], theme.choices.columns is Columns.AUTO
    room = theme.boxes._asdict()[box].w
    for name, widths in table.columns._asdict().items():
        width = sum(width.least if is_auto else width.preferred for _, width in widths._asdict().items())
        if room and width > room + ROUNDING:
            values = {"other": f"boxes.{box}", "width": as_pt(width), "room": as_pt(room)}
            yield Finding("layout-columns", (f"tables.{key}.columns.{name}", f"boxes.{box}"), values)


def _styles_in(theme: Theme, table: str) -> Iterator[Style]:
    return (style for key in STYLES_IN_TABLE[table] for style in theme.styles[key][:1])


def _style_paths(table: str) -> Iterator[str]:
    return (f"styles.{key}" for key in STYLES_IN_TABLE[table])


def _fonts(theme: Theme) -> Iterator[Finding]:
    """Ask for one font for each family and weight that a style names."""
    fonts = [(font.family, font.bold) for font in theme.fonts]
    for number, font in enumerate(fonts, 1):
        if font in fonts[: number - 1]:
            first = f"fonts[{fonts.index(font) + 1}]"
            named = _named(font)
            value = f"{named['family']}, {named['what']}"
            yield Finding("layout-twice", (f"fonts[{number}]", first), {"value": value, "other": first})
    wanted: dict[tuple[str, bool], list[str]] = {}
    for key, styles in theme.styles.items():
        for style in styles[:1]:
            wanted.setdefault((style.family, style.bold), []).append(f"styles.{key}")
    for font, keys in wanted.items():
        if font not in fonts:
            yield Finding("layout-font-none", ("fonts", *keys), {"keys": keys[:3], **_named(font)})


def _named(font: tuple[str, bool]) -> Mapping[str, object]:
    return {"family": font[0], "what": f"bold = {str(font[1]).lower()}"}


def _placeholders(theme: Theme) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for role, name in theme.template.placeholders.items():
        path = f"template.placeholders.{role}"
        if name in first:
            yield Finding("layout-twice", (path, first[name]), {"value": name, "other": first[name]})
        first.setdefault(name, path)


def _contrasts(theme: Theme) -> Iterator[Finding]:
    """Hold each text against all that it stands on: the contrast with the worst ground counts."""
    for key, styles in theme.styles.items():
        grounds = [ground for ground in theme.grounds_of(key) if ground]
        for style in styles[-1:]:
            if not (style.colour and grounds):
                continue
            ratio, ground = min((contrast(style.colour, ground), ground) for ground in grounds)
            needed = contrast_needed(style.size, bold=style.bold)
            if ratio < needed:
                yield _low_contrast(theme, key, style.colour, ground, ratio, needed)


def _bars(theme: Theme) -> Iterator[Finding]:
    """Ask bars to stand out from the page; those of a status do, by their fill or outline."""
    fill = theme.fills.bar
    ratio, ground = min((contrast(fill or PAPER, ground), ground) for ground in theme.grounds.get(BODY, (PAPER,)))
    if fill and ratio < LEAST_GRAPHIC:
        values = {"value": fill, "other": ground, "ratio": int(ratio * 10) / 10, "needed": LEAST_GRAPHIC}
        yield Finding("layout-contrast", ("fills.bar",), values)


def _low_contrast(theme: Theme, key: StyleName, colour: str, ground: str, ratio: float, needed: float) -> Finding:
    values = {"value": colour, "other": ground, "ratio": int(ratio * 10) / 10, "needed": needed}
    fill, box = GROUNDS.get(key), BOX_OF_STYLE.get(key, BODY)
    others = (f"grounds.{box}",) if box in theme.grounds else (f"fills.{fill}",) if fill else ()
    return Finding("layout-contrast", (f"styles.{key}", *others), values)


CHECKS: tuple[Callable[[Theme], Iterator[Finding]], ...] = (
    _slide, _styles, _gaps, _boxes, _rooms, _overlaps, _tables, _fonts, _placeholders, _contrasts, _bars,
)  # fmt: skip
