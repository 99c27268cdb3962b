"""From a layout's folder to all that it holds. Knows nothing of what the template and the HTML say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from raportti.layout.theme import FILE, TableTheme, TemplateNames, Theme
from raportti.layout.theme.check import check_theme
from raportti.layout.theme.toml import (
    NO_TABLE,
    Reader,
    as_any_text,
    as_box,
    as_flag,
    as_matching,
    as_number,
    as_one_of,
    as_signed,
    as_sizes,
    as_table,
    as_tables,
    as_text,
    as_width,
    join,
    read_bytes,
    read_toml,
    read_utf8,
)
from raportti.layout.theme.vocabulary import (
    BOXES,
    COLUMN_SETS,
    FILLED_IN,
    FILLS,
    GAPS,
    LANGUAGES,
    LAYOUT_AS,
    MAY_BE_EMPTY,
    PAGES,
    PLACEHOLDERS,
    STYLES,
    WORDS,
)
from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Align, Box, Style
from raportti.problems import Problem, ProblemsFound
from raportti.text.fonts import FontSource
from raportti.units import Emu, pt

TOP = ("embed_fonts", "charts", "pages", "columns")
SECTIONS = {"slide": ("width", "height"), "colours": (), "styles": STYLES, "fills": FILLS, "boxes": BOXES, "gaps": GAPS}
"""Section → the keys that may stand in it; none: any."""
OTHERS = ("fonts", "tables", "template", "words")
STYLE_KEYS = ("colour", "bold", "tracking", "family", "sizes")
TABLE_KEYS = ("margins", "rule", "rule_width", "head_anchor", "aligned", "columns")
FONT_KEYS = ("family", "bold", "package", "file", "axes")
_ALIGNS = {align.value: align for align in Align}
_ANCHORS = {anchor.value: anchor for anchor in Anchor}
_PAGES = {"filled": "filled", "balanced": "balanced"}
_COLUMNS = {"fixed": "fixed", "auto": "auto"}
_COLOUR = as_matching(re.compile(r"[0-9A-Fa-f]{6}"), "six hexadecimal digits, such as 17406D")
_TAGS = {
    language: as_matching(re.compile(rf"{language}(-[A-Z][a-z]{{3}})?(-[A-Z]{{2}})?"), f"a tag such as {language}-FI")
    for language in LANGUAGES
}
"""A language as a document says it (BCP 47): with script and region, as far as decks in these languages need them."""
_BRACES = re.compile(r"\{[^{}]*\}")


def read_theme(folder: Path) -> Theme:
    """Read the theme of a layout's folder. Raises ``ProblemsFound`` with everything that is missing or wrong in it."""
    table = read_toml(folder / FILE)
    reader = Reader(str(folder / FILE))
    theme = _theme(reader, table, folder)
    problems = (*reader.problems, *check_theme(theme, told=reader.told))
    if problems:
        raise ProblemsFound(problems)
    return theme


def _theme(reader: Reader, table: Mapping[str, object], folder: Path) -> Theme:
    reader.know(table, (*TOP, *SECTIONS, *OTHERS))
    sections = {name: reader.section(table, name, keys) for name, keys in SECTIONS.items()}
    colours = {
        name: reader.read(sections["colours"], name, _COLOUR, "", path="colours") for name in sections["colours"]
    }
    fonts = _fonts(reader, table)
    family = fonts[0].family if fonts else ""
    tables = reader.section(table, "tables", tuple(COLUMN_SETS))
    words = reader.section(table, "words", LANGUAGES)
    return Theme(
        name=folder.name,
        folder=folder,
        width=_length(reader, sections["slide"], "width", "slide"),
        height=_length(reader, sections["slide"], "height", "slide"),
        fonts=fonts,
        colours={name: value.upper() for name, value in colours.items()},
        styles={key: _style(reader, sections["styles"], key, family, colours) for key in STYLES},
        fills={key: _colour(reader, sections["fills"], key, "fills", colours) for key in FILLS},
        boxes={key: _box(reader, sections["boxes"], key) for key in BOXES},
        gaps={key: _length(reader, sections["gaps"], key, "gaps") for key in GAPS},
        tables={key: _table(reader, tables, key, colours) for key in COLUMN_SETS},
        template=_template(reader, reader.section(table, "template", ("file", "layouts", "placeholders"))),
        words={language: _words(reader, words, language) for language in LANGUAGES},
        embed_fonts=reader.optional(table, "embed_fonts", as_flag, False),
        charts=reader.optional(table, "charts", as_flag, False),
        pages=reader.optional(table, "pages", as_one_of(_PAGES), "filled"),
        columns=reader.optional(table, "columns", as_one_of(_COLUMNS), "fixed"),
    )


def _length(reader: Reader, table: Mapping[str, object], key: str, path: str) -> Emu:
    return pt(reader.read(table, key, as_number, 0, path=path))


def _box(reader: Reader, table: Mapping[str, object], key: str) -> Box:
    x, y, w, h = (pt(n) for n in reader.read(table, key, as_box, (0, 0, 0, 0), path="boxes"))
    return Box(x, y, w, h)


def _colour(reader: Reader, table: Mapping[str, object], key: str, path: str, colours: Mapping[str, str]) -> str:
    """Resolve the name of a colour; one that is itself wrong is told already, and is empty."""
    if "colours" in reader.told:
        return ""
    return reader.read(table, key, as_one_of(colours, "the name of a colour in [colours]"), "", path=path).upper()


def _style(
    reader: Reader, styles: Mapping[str, object], key: str, family: str, colours: Mapping[str, str]
) -> tuple[Style, ...]:
    path = join("styles", key)
    entry = reader.section(styles, key, STYLE_KEYS, path="styles")
    bold = reader.optional(entry, "bold", as_flag, False, path=path)
    tracking = pt(reader.optional(entry, "tracking", as_number, 0, path=path))
    family = reader.optional(entry, "family", as_text, family, path=path)
    colour = _colour(reader, entry, "colour", path, colours)
    sizes = reader.read(entry, "sizes", as_sizes, (), path=path)
    return tuple(Style(family, bold, pt(size), pt(leading), colour, tracking) for size, leading in sizes)


def _table(reader: Reader, tables: Mapping[str, object], key: str, colours: Mapping[str, str]) -> TableTheme:
    path = join("tables", key)
    entry = reader.section(tables, key, TABLE_KEYS, path="tables")
    left, top, right, bottom = reader.read(entry, "margins", as_box, (0, 0, 0, 0), path=path)
    known = {column for columns in COLUMN_SETS[key].values() for column in columns}
    aligned = reader.section(entry, "aligned", sorted(known), path=path)
    sets = reader.section(entry, "columns", tuple(COLUMN_SETS[key]), path=path)
    widths = {name: _widths(reader, sets, name, columns, path) for name, columns in COLUMN_SETS[key].items()}
    return TableTheme(
        margins=Margins(left=pt(left), right=pt(right), top=pt(top), bottom=pt(bottom)),
        rule=_colour(reader, entry, "rule", path, colours),
        rule_width=_length(reader, entry, "rule_width", path),
        head_anchor=reader.read(entry, "head_anchor", as_one_of(_ANCHORS), Anchor.TOP, path=path),
        aligned={
            column: reader.read(aligned, column, as_one_of(_ALIGNS), Align.LEFT, path=join(path, "aligned"))
            for column in aligned
            if column in known
        },
        columns={name: {column: w[1] for column, w in of_set.items()} for name, of_set in widths.items()},
        ranges={name: {column: (w[0], w[2]) for column, w in of_set.items()} for name, of_set in widths.items()},
    )


def _widths(
    reader: Reader, sets: Mapping[str, object], name: str, columns: tuple[str, ...], path: str
) -> Mapping[str, tuple[Emu, Emu, Emu]]:
    path = join(path, "columns")
    entry = reader.section(sets, name, columns, path=path)
    found = {key: reader.read(entry, key, as_width, (0, 0, 0), path=join(path, name)) for key in columns}
    return {key: (pt(least), pt(preferred), pt(most)) for key, (least, preferred, most) in found.items()}


def _fonts(reader: Reader, table: Mapping[str, object]) -> tuple[FontSource, ...]:
    entries = reader.read(table, "fonts", as_tables, ())
    return tuple(_font(reader, entry, f"fonts[{number}]") for number, entry in enumerate(entries, 1))


def _font(reader: Reader, entry: Mapping[str, object], path: str) -> FontSource:
    reader.know(entry, FONT_KEYS, path=path)
    axes = reader.optional(entry, "axes", as_table, NO_TABLE, path=path)
    return FontSource(
        family=reader.read(entry, "family", as_text, "", path=path),
        bold=reader.read(entry, "bold", as_flag, False, path=path),
        package=reader.optional(entry, "package", as_text, "", path=path) if "package" in entry else None,
        file=reader.read(entry, "file", as_text, "", path=path),
        axes=tuple((axis, reader.read(axes, axis, as_signed, 0, path=join(path, "axes"))) for axis in axes),
    )


def _template(reader: Reader, table: Mapping[str, object]) -> TemplateNames:
    layouts = reader.section(table, "layouts", PAGES, path="template")
    path = "template.layouts"
    named = {kind: reader.read(layouts, kind, as_text, "", path=path) for kind in PAGES if kind not in LAYOUT_AS}
    others = {kind: reader.optional(layouts, kind, as_text, named[like], path=path) for kind, like in LAYOUT_AS.items()}
    placeholders = reader.section(table, "placeholders", PLACEHOLDERS, path="template")
    return TemplateNames(
        file=reader.read(table, "file", as_text, "", path="template"),
        layouts={**named, **others},
        placeholders={
            role: reader.read(placeholders, role, as_text, "", path="template.placeholders") for role in PLACEHOLDERS
        },
    )


def _words(reader: Reader, table: Mapping[str, object], language: str) -> Mapping[str, str]:
    entry = reader.section(table, language, WORDS, path="words")
    return {key: _word(reader, entry, key, language) for key in WORDS}


def _word(reader: Reader, entry: Mapping[str, object], key: str, language: str) -> str:
    path = join("words", language)
    if key == "language":
        return reader.read(entry, key, _TAGS[language], "", path=path)
    text = reader.read(entry, key, as_any_text if key in MAY_BE_EMPTY else as_text, "", path=path)
    _check_braces(reader, join(path, key), text, [f"{{{name}}}" for name in FILLED_IN.get(key, ())])
    return text


def _check_braces(reader: Reader, where: str, text: str, allowed: list[str]) -> None:
    """Tell names in braces that nothing fills in, which would be printed as they are."""
    for found in dict.fromkeys(_BRACES.findall(text)):
        if found not in allowed:
            kind = "layout-braces-unknown" if allowed else "layout-braces"
            reader.refuse(kind, where, value=found, keys=allowed)
    if re.search("[{}]", _BRACES.sub("", text)):
        reader.refuse("layout-brace-alone", where, value=text)


T = TypeVar("T")

HTML = "html"
STYLE = "style.css"
TEMPLATE = "document.html.j2"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, read: the renderers get its files from here and open none themselves."""

    theme: Theme
    template: bytes
    html: Mapping[str, str]
    """Name → text of each template in the folder ``html``."""
    style: str


def read_layout(folder: Path) -> Layout:
    """Read a layout's folder. Raises ``ProblemsFound`` with everything that is missing or wrong in it."""
    problems: list[Problem] = []

    def tried(read: Callable[[Path], T], path: Path) -> T | None:
        try:
            return read(path)
        except ProblemsFound as found:
            problems.extend(found.problems)
            return None

    theme = tried(read_theme, folder)
    template = tried(read_bytes, folder / theme.template.file) if theme else None
    names = sorted({TEMPLATE, *(path.name for path in (folder / HTML).glob("*.j2"))})
    html = {name: tried(read_utf8, folder / HTML / name) for name in names}
    style = tried(read_utf8, folder / HTML / STYLE)
    if problems or theme is None or template is None or style is None:
        raise ProblemsFound(problems)
    return Layout(theme, template, {name: text or "" for name, text in html.items()}, style)
