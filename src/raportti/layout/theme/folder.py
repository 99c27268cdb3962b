"""From a layout's folder to all that it holds.

Does not know what the template and the HTML say. Which keys there are, which of them are needed and what may stand in a
word is read off the classes of the theme.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from raportti.content.records import STYLES
from raportti.content.wording import MAY_BE_EMPTY, Words
from raportti.layout.choices import Choices, Columns, Filling, Statuses
from raportti.layout.theme import (
    BODY,
    BOX_OF_STYLE,
    FILE,
    LAYOUT_AS,
    NO_GROUNDS,
    OWN_ANCHORS,
    PAGES,
    PLACEHOLDERS,
    Anchors,
    Boxes,
    ChangeSets,
    ColumnWidths,
    Fills,
    Gaps,
    GoalSets,
    SummarySets,
    Tables,
    TableTheme,
    TemplateNames,
    Theme,
    Width,
)
from raportti.layout.theme.check import check_theme
from raportti.layout.theme.style import read_style
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
    as_texts,
    as_width,
    join,
    read_bytes,
    read_toml,
    read_utf8,
)
from raportti.plan import Anchor, Margins
from raportti.plan.typeset import Align, Box, Style
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.model import LANGUAGES
from raportti.text.fonts import FontSource
from raportti.units import Emu, pt

HTML = "html"
STYLE = "style.css"
TEMPLATE = "document.html.j2"

TOP = ("embed_fonts", "charts", "pages", "columns", "summary_columns")
SECTIONS = {
    "slide": ("width", "height"),
    "colours": (),
    "styles": STYLES,
    "fills": Fills._fields,
    "boxes": Boxes._fields,
    "gaps": Gaps._fields,
}
"""Section → the keys that may stand in it; none: any."""
OTHERS = ("fonts", "tables", "template", "words", "grounds", "anchors")
STYLE_KEYS = ("colour", "bold", "tracking", "family", "sizes")
TABLE_KEYS = ("margins", "rule", "rule_width", "head_anchor", "aligned", "columns")
FONT_KEYS = ("family", "bold", "package", "file", "axes")
TEMPLATE_KEYS = ("file", "layouts", "placeholders", "text_boxes", "other_fonts")
_ALIGNS = {align.value: align for align in Align}
_ANCHORS = {anchor.value: anchor for anchor in Anchor}
_FILLINGS = {filling.value: filling for filling in Filling}
_COLUMNS = {columns.value: columns for columns in Columns}
_STATUSES = {statuses.value: statuses for statuses in Statuses}
_COLOUR = as_matching(re.compile(r"[0-9A-Fa-f]{6}"), "six hexadecimal digits, such as 17406D")
_ROLE = as_one_of({role: role for role in PLACEHOLDERS if role != "title"})
_TAGS = {
    language: as_matching(re.compile(rf"{language}(-[A-Z][a-z]{{3}})?(-[A-Z]{{2}})?"), f"a tag such as {language}-FI")
    for language in LANGUAGES
}
"""A language as a document says it (BCP 47): with script and region, as far as decks in these languages need them."""
_BRACES = re.compile(r"\{[^{}]*\}")

T = TypeVar("T")
K = TypeVar("K", bound=NamedTuple)


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
    names = sorted({TEMPLATE, *(tried(_templates_in, folder / HTML) or ())})
    html = {name: tried(read_utf8, folder / HTML / name) for name in names}
    style = tried(partial(read_style, folder=folder), folder / HTML / STYLE)
    if problems or theme is None or template is None or style is None:
        raise ProblemsFound(problems)
    return Layout(theme, template, {name: text or "" for name, text in html.items()}, style)


def _templates_in(folder: Path) -> tuple[str, ...]:
    """Name the templates in a folder; one that is moved away while it is looked through is not to be read."""
    try:
        return tuple(path.name for path in folder.glob("*.j2"))
    except OSError as error:
        values = {"words": error.strerror or str(error)}
        raise ProblemsFound([Problem("file-unreadable", FilePlace(str(folder)), values)]) from error


def read_theme(folder: Path) -> Theme:
    """Read the theme of a layout's folder. Raises ``ProblemsFound`` with everything that is missing or wrong in it."""
    table = read_toml(folder / FILE)
    reader = Reader(str(folder / FILE))
    theme = _theme(reader, table, folder)
    problems = (*reader.problems, *check_theme(theme, known=reader.reported))
    if problems:
        raise ProblemsFound(problems)
    return theme


def _theme(reader: Reader, table: Mapping[str, object], folder: Path) -> Theme:
    reader.know(table, (*TOP, *SECTIONS, *OTHERS))
    sections = {name: reader.section(table, name, keys) for name, keys in SECTIONS.items()}
    slide, fills, boxes, gaps = (sections[name] for name in ("slide", "fills", "boxes", "gaps"))
    colours = {
        name: reader.read(sections["colours"], name, _COLOUR, "", path="colours") for name in sections["colours"]
    }
    fonts = _fonts(reader, table)
    family = fonts[0].family if fonts else ""
    tables = reader.section(table, "tables", Tables._fields)
    words = reader.section(table, "words", LANGUAGES)
    return Theme(
        name=folder.name,
        folder=folder,
        width=_length(reader, slide, "width", "slide"),
        height=_length(reader, slide, "height", "slide"),
        fonts=fonts,
        colours={name: value.upper() for name, value in colours.items()},
        styles={key: _style(reader, sections["styles"], key, family, colours) for key in STYLES},
        fills=_made(Fills, lambda key: _colour(reader, fills, key, "fills", colours)),
        boxes=_made(Boxes, lambda key: _box(reader, boxes, key)),
        gaps=_made(Gaps, lambda key: _length(reader, gaps, key, "gaps")),
        tables=Tables(
            goals=_table(reader, tables, "goals", GoalSets, colours),
            summary=_table(reader, tables, "summary", SummarySets, colours),
            changes=_table(reader, tables, "changes", ChangeSets, colours),
        ),
        template=_template(reader, reader.section(table, "template", TEMPLATE_KEYS)),
        words={language: _words(reader, words, language) for language in LANGUAGES},
        embed_fonts=reader.optional(table, "embed_fonts", as_flag, False),
        grounds=_grounds(reader, table),
        anchors=_anchors(reader, table),
        choices=Choices(
            charts=reader.optional(table, "charts", as_flag, False),
            filling=reader.optional(table, "pages", as_one_of(_FILLINGS), Filling.FILLED),
            columns=reader.optional(table, "columns", as_one_of(_COLUMNS), Columns.FIXED),
            statuses=reader.optional(table, "summary_columns", as_one_of(_STATUSES), Statuses.REACHED),
        ),
    )


def _made(kind: type[K], read: Callable[[str], object]) -> K:
    """Make a table of the theme, each value read by its key."""
    return kind._make(map(read, kind._fields))


def _length(reader: Reader, table: Mapping[str, object], key: str, path: str) -> Emu:
    return pt(reader.read(table, key, as_number, 0, path=path))


def _box(reader: Reader, table: Mapping[str, object], key: str) -> Box:
    x, y, w, h = (pt(n) for n in reader.read(table, key, as_box, (0, 0, 0, 0), path="boxes"))
    return Box(x, y, w, h)


def _colour(reader: Reader, table: Mapping[str, object], key: str, path: str, colours: Mapping[str, str]) -> str:
    """Resolve the name of a colour; one that is itself wrong is reported already, and is empty."""
    if "colours" in reader.reported:
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


def _table(
    reader: Reader, tables: Mapping[str, object], key: str, kind: type[K], colours: Mapping[str, str]
) -> TableTheme[K]:
    path = join("tables", key)
    entry = reader.section(tables, key, TABLE_KEYS, path="tables")
    left, top, right, bottom = reader.read(entry, "margins", as_box, (0, 0, 0, 0), path=path)
    kinds: Mapping[str, type[ColumnWidths]] = kind.__annotations__
    known = {column for columns in kinds.values() for column in columns._fields}
    aligned = reader.section(entry, "aligned", sorted(known), path=path)
    sets = reader.section(entry, "columns", kind._fields, path=path)
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
        columns=_made(kind, lambda name: _widths(reader, sets, name, kinds[name], join(path, "columns"))),
    )


def _widths(reader: Reader, sets: Mapping[str, object], name: str, kind: type[ColumnWidths], path: str) -> ColumnWidths:
    entry = reader.section(sets, name, kind._fields, path=path)

    def width(key: str) -> Width:
        return Width(*map(pt, reader.read(entry, key, as_width, (0, 0, 0), path=join(path, name))))

    return _made(kind, width)


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


def _grounds(reader: Reader, table: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """Read what the template draws below the boxes; a layout without this section stands on paper and its fills."""
    if "grounds" not in table:
        return NO_GROUNDS
    grounds = reader.section(table, "grounds", (*dict.fromkeys(BOX_OF_STYLE.values()), BODY))
    read = {key: reader.read(grounds, key, as_texts(_COLOUR), (), path="grounds") for key in grounds}
    return {key: tuple(colour.upper() for colour in colours) for key, colours in read.items() if colours}


def _anchors(reader: Reader, table: Mapping[str, object]) -> Anchors:
    anchors = reader.section(table, "anchors", Anchors._fields) if "anchors" in table else NO_TABLE
    own = OWN_ANCHORS._asdict()
    return Anchors(**{key: reader.optional(anchors, key, as_one_of(_ANCHORS), own[key], path="anchors") for key in own})


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
        text_boxes=reader.optional(table, "text_boxes", as_texts(_ROLE), (), path="template"),
        other_fonts=reader.optional(table, "other_fonts", as_texts(as_text), (), path="template"),
    )


def _words(reader: Reader, table: Mapping[str, object], language: str) -> Words:
    entry = reader.section(table, language, Words._fields, path="words")
    return _made(Words, lambda key: _word(reader, entry, key, language))


def _word(reader: Reader, entry: Mapping[str, object], key: str, language: str) -> str:
    """Read a word; what annotates its field says what may stand in it."""
    path = join("words", language)
    if key == "language":
        return reader.read(entry, key, _TAGS[language], "", path=path)
    allowed: tuple[object, ...] = getattr(Words.__annotations__[key], "__metadata__", ())
    text = reader.read(entry, key, as_any_text if MAY_BE_EMPTY in allowed else as_text, "", path=path)
    _check_braces(reader, join(path, key), text, [f"{{{name}}}" for name in allowed if isinstance(name, str)])
    return text


def _check_braces(reader: Reader, where: str, text: str, allowed: list[str]) -> None:
    """Report names in braces that nothing fills in, which would be printed as they are."""
    for found in dict.fromkeys(_BRACES.findall(text)):
        if found not in allowed:
            kind = "layout-braces-unknown" if allowed else "layout-braces"
            reader.refuse(kind, where, value=found, keys=allowed)
    if re.search("[{}]", _BRACES.sub("", text)):
        reader.refuse("layout-brace-alone", where, value=text)
